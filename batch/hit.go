package batch

import (
	"strconv"
	"strings"

	"navicert/match"
)

// header names the columns of the hits.
const header = "row,id,name,score,similarity,completeness,list,edition,entity,listed_name,matched_name,weak,programs,listed_on,passed_by,pass_reason\n"

// appendHit appends one line of the output.
func appendHit(b []byte, r *row, set *match.Set, h *match.SetHit) []byte {
	s := set.Parts[h.Part].Index.Snapshot()
	e := s.Entity(int(h.Entity))
	asked := ""
	if int(h.Asked) < len(r.query.Names) {
		asked = r.query.Names[h.Asked]
	}
	matched := ""
	if int(h.Name) >= 0 && int(h.Name) < len(e.Names) {
		matched = e.Names[h.Name].Text
	}
	b = strconv.AppendInt(b, r.number, 10)
	b = appendText(b, r.id)
	b = appendText(b, asked)
	for _, f := range []float32{h.Score, h.Similarity, h.Completeness} {
		b = append(b, ',')
		b = strconv.AppendFloat(b, float64(f), 'f', 2, 32)
	}
	b = appendText(b, s.Info().Source)
	b = appendText(b, s.Info().Date.String())
	b = appendText(b, e.ID)
	b = appendText(b, e.Names[0].Text)
	b = appendText(b, matched)
	b = append(b, ',')
	b = strconv.AppendBool(b, h.Weak)
	b = appendText(b, strings.Join(e.Programs, " "))
	on := make([]string, 0, 4)
	for i := range e.Listings {
		on = append(on, e.Listings[i].List)
	}
	b = appendText(b, strings.Join(on, " "))
	by, why := "", ""
	if h.Pass != nil {
		by, why = h.Pass.Author, h.Pass.Reason
	}
	b = appendText(b, by)
	b = appendText(b, why)
	return append(b, '\n')
}

// appendText appends a comma and a field. A text that a spreadsheet would run
// as a formula is given an apostrophe, since hits are opened in spreadsheets.
func appendText(b []byte, s string) []byte {
	b = append(b, ',')
	if s == "" {
		return b
	}
	formula := strings.IndexByte("=+-@\t\r", s[0]) >= 0
	if !formula && !strings.ContainsAny(s, ",\"\n\r") {
		return append(b, s...)
	}
	b = append(b, '"')
	if formula {
		b = append(b, '\'')
	}
	for i := range len(s) {
		if s[i] == '"' {
			b = append(b, '"')
		}
		b = append(b, s[i])
	}
	return append(b, '"')
}
