package deal

import (
	"regexp"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"

	"navicert"
)

// other is the code of every paragraph that the tables do not encode.
const other = "other"

const eccnPattern = `[0-9][A-E][0-9]{3}(\.[a-z](\.[0-9]{1,2}(\.[a-z](\.[0-9]{1,2})?)?)?)?`

var (
	eccn      = regexp.MustCompile(`^` + eccnPattern + `( for ` + eccnPattern + `)*$`)
	munitions = regexp.MustCompile(`^(?i:usml|category)|^[XVI]{1,5}\(`)
	looseECCN = regexp.MustCompile(`(?i)^([0-9])\s*([a-e])\s*([0-9]{3})((?:[.\s]*\(?[a-z0-9]{1,2}\)?)*)$`)
)

// class reads one classification: eccn or candidate, with an optional "for".
func (r *reader) class(eccnAt, candAt, forAt *yaml.Node) *navicert.Class {
	codeAt, key, final := eccnAt, "eccn", "true"
	switch {
	case eccnAt != nil && candAt != nil:
		r.fault(candAt, `"eccn" and "candidate" both stand here`, "one of them",
			"eccn is a final classification, candidate one whose notes are still to be answered")
		return nil
	case candAt != nil:
		codeAt, key, final = candAt, "candidate", "false"
	case eccnAt == nil:
		if forAt != nil && !isNull(forAt) {
			r.fault(forAt, `"for" stands without "eccn"`, `eccn: "5D001.c" with for: "5A001.j"`, "")
		}
		return nil
	}
	s, ok := r.unwrap(codeAt, key, nil)
	if !ok {
		return nil
	}
	written := r.text(s.node, key)
	if written == "" {
		return nil
	}
	if forAt != nil && !isNull(forAt) {
		f := r.text(forAt, "for")
		if f == "" {
			return nil
		}
		if strings.Contains(written, " for ") {
			r.fault(forAt, `the "for" clause stands twice, in `+quote(key)+` and in "for"`, "it once", "")
			return nil
		}
		written += " for " + f
	}
	code, note := r.itemCode(s.node, written)
	if code == "" {
		return nil
	}
	c := &navicert.Class{Code: code}
	ev := s.ev
	ev.Note = joinNotes(note, ev.Note)
	if code != written {
		c.Written = written
	}
	c.Facts = []navicert.Fact{{Term: "item.eccn", Value: code, Evidence: ev}}
	if r.terms["item.final"] != nil {
		ev.Note = "stated as " + key
		c.Facts = append(c.Facts, navicert.Fact{Term: "item.final", Value: final, Evidence: ev})
	}
	return c
}

// itemCode finds the code of the tables that a written classification stands
// for. A note says so where it is not the same.
func (r *reader) itemCode(n *yaml.Node, w string) (code, note string) {
	if r.codes[w] {
		return w, ""
	}
	if !eccn.MatchString(w) {
		r.fault(n, quote(w)+" is not a classification",
			`a paragraph such as "4D004", "5D001.c for 5A001.j" or "EAR99"`, r.codeHint(w))
		return "", ""
	}
	var below []string
	for _, c := range r.Items {
		if strings.HasPrefix(c, w+".") || strings.HasPrefix(c, w+" for ") {
			below = append(below, c)
		}
	}
	if len(below) > 0 {
		r.fault(n, quote(w)+" alone does not decide: its paragraphs are treated differently",
			oneOf(below)+", or the exact other paragraph", "leave it out if you do not know it")
		return "", ""
	}
	// A whole entry of the tables covers its paragraphs; the .z paragraphs
	// are controlled in a way of their own.
	if up := r.ancestor(w); up != "" && !strings.Contains(w+".", ".z.") && !strings.Contains(w, ".z ") {
		return up, "written " + w + ", read as " + up
	}
	return other, "written " + w + ", which this edition does not encode"
}

// ancestor finds the nearest code above w that has no "for" clause.
func (r *reader) ancestor(w string) string {
	if strings.Contains(w, " for ") {
		return ""
	}
	for i := strings.LastIndexByte(w, '.'); i > 0; i = strings.LastIndexByte(w, '.') {
		if w = w[:i]; r.codes[w] {
			return w
		}
	}
	return ""
}

func (r *reader) codeHint(w string) string {
	if i := slices.IndexFunc(r.Items, func(c string) bool { return strings.EqualFold(c, w) }); i >= 0 {
		return didYouMean(r.Items[i])
	}
	if munitions.MatchString(w) {
		return "an item of the U.S. Munitions List is stated by other_agency: true"
	}
	parts := strings.Split(strings.Join(strings.Fields(w), " "), " for ")
	for i, p := range parts {
		m := looseECCN.FindStringSubmatch(p)
		if m == nil {
			return didYouMean(nearest(w, r.Items))
		}
		p = m[1] + strings.ToUpper(m[2]) + m[3]
		for _, s := range strings.FieldsFunc(m[4], func(c rune) bool { return strings.ContainsRune(". ()\t", c) }) {
			p += "." + strings.ToLower(s)
		}
		parts[i] = p
	}
	if s := strings.Join(parts, " for "); s != w && eccn.MatchString(s) {
		return didYouMean(s)
	}
	return didYouMean(nearest(w, r.Items))
}
