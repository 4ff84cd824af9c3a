// Package deal reads what a person states about a deal, and tells in plain
// words what is wrong with it. It knows the form of a deal file and no law:
// the words a file may use come in as a [Vocabulary].
package deal

import (
	"cmp"
	"fmt"
	"io"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"

	"navicert"
)

const wantDay = `a day such as "2026-09-24"`

// Read reads a deal file, YAML or JSON. The name is used in messages and in
// evidence. Where the file is wrong the error is a [navicert.Errors] with up
// to 20 faults, in the order of the text.
func Read(name string, in io.Reader, voc *Vocabulary) (*navicert.Deal, error) {
	root, src, err := load(name, in)
	if err != nil {
		return nil, navicert.Errors{err}
	}
	r := &reader{index: voc.index(), file: name}
	r.check(root, 1)
	if len(r.errs) > 0 {
		return nil, r.errs // what was read wrongly would only breed more faults
	}
	d := r.deal(root)
	if len(r.errs) > 0 {
		slices.SortStableFunc(r.errs, func(a, b *navicert.Error) int {
			return cmp.Or(cmp.Compare(a.Line, b.Line), cmp.Compare(a.Column, b.Column))
		})
		return nil, r.errs
	}
	d.Source = src
	return d, nil
}

// topKeys lists the keys of the whole file.
func (x *index) topKeys() []string {
	out := append([]string{"day", "reference"}, x.keyOrder[groupDeal]...)
	return append(append(out, "items", "parties"), x.sections()...)
}

func (r *reader) deal(root *yaml.Node) *navicert.Deal {
	d := &navicert.Deal{File: r.file}
	hasDay := false
	for _, e := range r.mapping(root, "the deal", "groups of entries, such as day: \"2026-09-24\"") {
		if r.quiet {
			break
		}
		switch {
		case e.key == "day":
			hasDay = true
			d.Day = r.dealDay(e.at)
		case e.key == "reference":
			d.Reference = r.text(e.at, e.key)
		case e.key == "items":
			d.Items = each(r, e, maxItems, r.item)
		case e.key == "parties":
			d.Parties = each(r, e, maxParties, r.party)
		case r.keys[groupDeal][e.key] != nil:
			d.Facts = append(d.Facts, r.fact(r.keys[groupDeal][e.key], e.key, e.at, nil)...)
		case slices.Contains(r.sections(), e.key):
			r.section(d, e)
		default:
			r.unknownKey(e, "", r.topKeys())
		}
	}
	if !hasDay && len(r.errs) == 0 {
		r.fault(root, "the deal has no day, and the day chooses the law", wantDay, `write day: "2026-09-24"`)
	}
	r.sort(d.Facts)
	if n := countCases(d); n > maxCases {
		r.fault(root, fmt.Sprintf("the deal makes %d cases (classifications of items, times end users)", n),
			fmt.Sprintf("at most %d", maxCases), "split the deal")
	}
	return d
}

func (r *reader) dealDay(n *yaml.Node) navicert.Day {
	if isNull(n) || n.Kind == yaml.ScalarNode && strings.TrimSpace(n.Value) == "" {
		r.fault(n, "the day is not stated, and the day chooses the law", wantDay, "")
		return 0
	}
	d, ok := r.day(n, "day")
	if ok && d < navicert.FirstDay {
		r.fault(n, fmt.Sprintf("the law of %s is not held here", d),
			"a day from "+navicert.FirstDay.String()+" on", "")
	}
	return d
}

// section reads one group of facts about the deal as a whole.
func (r *reader) section(d *navicert.Deal, e entry) {
	entries := r.mapping(e.at, quote(e.key), "entries below it, such as "+r.keyOrder[e.key][0]+": …")
	var att *navicert.Attestation
	if attested[e.key] {
		if att = r.attestation(e, entries); att == nil {
			return
		}
		switch e.key {
		case "knowledge":
			d.Knowledge = att
		case "screening":
			d.Screening = att
		}
	}
	for _, f := range entries {
		switch t := r.keys[e.key][f.key]; {
		case t != nil:
			d.Facts = append(d.Facts, r.fact(t, f.key, f.at, att)...)
		case e.key == "route" && f.key == "via":
			d.Via = r.via(f.at)
		case att != nil && slices.Contains(attestKeys(e.key), f.key):
		default:
			r.unknownKey(f, e.key, r.sectionKeys(e.key))
		}
	}
}

// sectionKeys lists the keys of one section.
func (x *index) sectionKeys(group string) []string {
	out := slices.Clone(attestKeys(group))
	if group == "route" {
		out = append(out, "via")
	}
	return append(out, x.keyOrder[group]...)
}

func attestKeys(group string) []string {
	switch {
	case group == "screening":
		return []string{"by", "on", "lists", "note"}
	case attested[group]:
		return []string{"by", "on", "note"}
	}
	return nil
}

// attestation reads who answers for a section, and since when. A section
// that states nothing needs nobody.
func (r *reader) attestation(e entry, entries []entry) *navicert.Attestation {
	if len(entries) == 0 {
		return nil
	}
	a := &navicert.Attestation{}
	hasOn, before := false, len(r.errs)
	for _, f := range entries {
		switch f.key {
		case "by":
			a.By = r.text(f.at, f.key)
		case "on":
			a.On, hasOn = r.day(f.at, f.key)
		case "note":
			a.Note = r.text(f.at, f.key)
		case "lists":
			if e.key == "screening" {
				a.Lists = r.texts(f.at, f.key)
			}
		}
	}
	if len(r.errs) == before && a.By == "" {
		r.fault(e.k, quote(e.key)+" does not say who attests it", "by: a name", `write by: "J. Weber, export compliance"`)
	}
	if len(r.errs) == before && !hasOn {
		r.fault(e.k, quote(e.key)+" does not say when it was attested", "on: a day", `write on: "2026-09-20"`)
	}
	return a
}

func (r *reader) via(n *yaml.Node) []string {
	var out []string
	for _, c := range r.oneOrMore(n, "via") {
		if code := r.countryCode("via", c); code != "" {
			out = append(out, code)
		}
	}
	return out
}

// sort puts facts in the order of the glossary, so that the order in which a
// person wrote them changes nothing.
func (r *reader) sort(fs []navicert.Fact) {
	slices.SortStableFunc(fs, func(a, b navicert.Fact) int { return r.order[a.Term] - r.order[b.Term] })
}
