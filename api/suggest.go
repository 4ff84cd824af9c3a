package api

import (
	"cmp"
	"net/http"
	"slices"
	"strings"
)

// suggestion begins an answer to who types.
func suggestion(out []byte, prefix string) []byte {
	out = append(out, `{"code":"/api/status/ok","status":"200 OK","prefix":`...)
	return append(appendString(out, prefix), `,"result":[`...)
}

func begins(prefix string, labels ...string) bool {
	prefix = strings.ToLower(strings.TrimSpace(prefix))
	return prefix != "" && slices.ContainsFunc(labels, func(l string) bool { return strings.HasPrefix(strings.ToLower(l), prefix) })
}

func (w *answer) suggestEntity(_ *http.Request, p *params, at []string) error {
	b, d, err := w.inDataset(p, at[0])
	if err != nil {
		return err
	}
	prefix, limit := p.text("prefix"), p.int("limit")
	f := searching{Book: b, text: b.text(), scope: d.lists, schema: "Thing"}
	out := suggestion(w.out, prefix)
	if strings.TrimSpace(prefix) != "" {
		_ = f.run("", false, true) // no words, so nothing can be wrong with them
		found, err := f.text.prefix(prefix)
		if err != nil {
			return err
		}
		f.docs = both(found, f.docs)
		slices.SortStableFunc(f.docs, func(a, b ranked) int { return cmp.Compare(b.score, a.score) })
	}
	n := 0
	for _, r := range f.docs {
		if n == limit {
			break
		}
		if f.text.docs[r.doc].link >= 0 {
			continue
		}
		n++
		x := f.entity(&f.text.docs[r.doc])
		out = comma(out)
		kind := theModel().schemata[x.Schema]
		out = append(out, '{')
		out = appendString(appendField(out, "id"), x.ID)
		out = appendString(appendField(out, "name"), x.Caption)
		out = appendString(appendField(out, "description"), kind.label)
		out = append(kind.appendType(append(appendField(out, "type"), '[')), "]}"...)
	}
	w.out = append(out, "]}"...)
	return nil
}

func (w *answer) suggestProperty(_ *http.Request, p *params, at []string) error {
	b, d, err := w.inDataset(p, at[0])
	if err != nil {
		return err
	}
	prefix := p.text("prefix")
	out := suggestion(w.out, prefix)
	n := 0
	for _, s := range b.types(d) {
		for _, p := range s.own {
			if p.hidden || p.typ == "entity" || n == matchLimit || !begins(prefix, p.name, p.label) {
				continue
			}
			n++
			out = append(comma(out), '{')
			out = appendString(appendField(out, "id"), s.name+":"+p.name)
			out = appendString(appendField(out, "name"), p.label)
			out = append(appendField(out, "description"), "null}"...)
		}
	}
	w.out = append(out, "]}"...)
	return nil
}

func (w *answer) suggestType(_ *http.Request, p *params, at []string) error {
	b, d, err := w.inDataset(p, at[0])
	if err != nil {
		return err
	}
	prefix := p.text("prefix")
	out := suggestion(w.out, prefix)
	n := 0
	for _, s := range b.types(d) {
		if n == matchLimit || !begins(prefix, s.name, s.label) {
			continue
		}
		n++
		out = comma(out)
		out = s.appendType(out)
	}
	w.out = append(out, "]}"...)
	return nil
}
