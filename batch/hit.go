package batch

import (
	"strconv"
	"strings"

	"navicert/screen"
)

// header names the columns of the hits.
const header = "row,id,name,grade,score,similarity,completeness,list,edition,entity,listed_name,matched_name,how,weak,when,programs,listed_on,cleared_by,cleared_because\n"

// appendHit appends one line of the output.
func appendHit(b []byte, r *row, h *screen.Hit) []byte {
	e := h.Entity
	b = strconv.AppendInt(b, r.number, 10)
	b = appendText(b, r.id)
	b = appendText(b, h.Asked)
	b = appendText(b, h.Grade.String())
	for _, f := range []float32{h.Score, h.Similarity, h.Completeness} {
		b = append(b, ',')
		b = strconv.AppendFloat(b, float64(f), 'f', 2, 32)
	}
	b = appendText(b, h.List.Source)
	b = appendText(b, h.List.Date.String())
	b = appendText(b, e.ID)
	b = appendText(b, e.Names[0].Text)
	b = appendText(b, h.Listed)
	b = appendText(b, h.How)
	b = append(b, ',')
	b = strconv.AppendBool(b, h.Weak)
	b = appendText(b, h.When.String())
	b = appendText(b, strings.Join(e.Programs, " "))
	on := make([]string, 0, 4)
	for i := range e.Listings {
		on = append(on, e.Listings[i].List)
	}
	b = appendText(b, strings.Join(on, " "))
	by, why := "", ""
	if h.Clear != nil {
		by, why = h.Clear.By, h.Clear.Reason
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
