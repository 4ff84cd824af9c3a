package screen

import (
	"fmt"
	"slices"
	"strings"

	"navicert"
	"navicert/list"
	"navicert/match"
	"navicert/name"
	"navicert/owner"
)

// ofOwner is what an owner is itself, by rule.
type ofOwner struct{ blocked, sectoral, entity, military, restricted, un owner.Listed }

// maxChain bounds how far the lists' own relations are followed.
const maxChain = 1000

// owners asks the 50 percent rules about the party.
func (s *finding) owners() {
	g := s.Owners
	related := s.related()
	switch {
	case g == nil && len(related) == 0:
		return
	case g == nil:
		g = owner.New(related, name.Key)
	default:
		g = g.With(related)
	}
	names := slices.Clone(s.ids)
	for _, n := range append([]string{s.p.Name}, s.p.Aliases...) {
		if n != "" {
			names = append(names, n)
		}
	}
	known := map[string]ofOwner{}
	ask := func(rule func(ofOwner) owner.Listed) owner.Answer {
		return g.Ask(s.day, names, func(o string) owner.Listed {
			l, ok := known[o]
			if !ok {
				l = s.listed(o)
				known[o] = l
			}
			return rule(l)
		})
	}
	blocked := ask(func(o ofOwner) owner.Listed { return o.blocked })
	s.owned50([]string{sdnOwner}, "persons blocked by OFAC", blocked, true)
	if blocked.Listed != owner.Certainly {
		s.owned50(nil, "parties of OFAC's Sectoral Sanctions Identifications List", ask(func(o ofOwner) owner.Listed { return o.sectoral }), false)
	}
	if s.p.Country != "US" { // the Affiliates Rule is about foreign parties
		entity := ask(func(o ofOwner) owner.Listed { return o.entity })
		s.owned50([]string{entityOwner}, "Entity List parties", entity, true)
		end := ask(func(o ofOwner) owner.Listed { return o.military })
		s.owned50([]string{meuOwner}, "parties of the Military End User List", end, true)
		// No term asks about owners on several lists that are counted
		// together: a person must answer.
		if max(blocked.Listed, entity.Listed, end.Listed) == owner.Not {
			s.owned50([]string{entityOwner, meuOwner}, "parties of the Entity List, the Military End User List and 15 CFR 744.8 together",
				ask(func(o ofOwner) owner.Listed { return o.restricted }), false)
		}
	}
	s.owned50([]string{un1718}, "parties of the UN 1718 list", ask(func(o ofOwner) owner.Listed { return o.un }), true)
}

// owned50 takes an answer as a fact, where the law has a term for it, or as
// something to be settled.
func (s *finding) owned50(terms []string, whom string, a owner.Answer, fact bool) {
	if a.High == 0 {
		return
	}
	who := label(s.p)
	share := a.Low.String() + " %"
	if a.Low != a.High {
		share = fmt.Sprintf("between %s %% and %s %%", a.Low, a.High)
	}
	note := fmt.Sprintf("%s is owned %s by %s: %s.", who, share, whom, pathText(a.Path))
	h := navicert.ListHit{Party: who, How: "owner", Note: note, Source: a.Path[0].Source, List: "ownership"}
	switch {
	case a.Listed == owner.Certainly && fact:
		h.States = true
		s.state(terms, "ownership", s.day.String(), a.Path[0].Where, note)
	case a.Listed != owner.Not && len(terms) == 0:
		h.Open = true
		s.unsettle(nil, note+" OFAC's 50 percent rule extends to it what the sectoral directives forbid (31 CFR 589.411) [recalled]; that is not encoded here, and a person must see whether it is this deal.")
	case a.Listed == owner.Certainly:
		h.Open = true
		s.unsettle(terms, note+" No list alone has half. On days on which the Affiliates Rule stands (since 2025-09-29, stayed from 2025-11-10 to 2026-11-09) the "+
			"restrictions of the most restricted owner reach it: read 15 CFR 744.11(a)(1), 744.21(a)(3) and 744.8(a)(2) beside the entries of these owners.")
	case a.Listed == owner.Possibly:
		h.Open = true
		s.unsettle(terms, note+" Whether that is 50 percent or more is not known, so that what was attested of it does not count. Find out the shares, and state them in the ownership data.")
	default:
		if a.Told < owner.Whole {
			h.Note += fmt.Sprintf(" Of its owners %s %% are on file; the others are not known here.", a.Told)
		}
	}
	s.out.Hits = append(s.out.Hits, h)
}

// maxSteps is how much of a path is told; the rest is counted.
const maxSteps = 12

func pathText(path []owner.Step) string {
	var out []string
	for i, st := range path {
		if i == maxSteps {
			out = append(out, fmt.Sprintf("and %d more shares", len(path)-i))
			break
		}
		t := fmt.Sprintf("%s owns %s of %s", printable(st.Owner), st.Text(), printable(st.Owned))
		if st.Itself {
			t = fmt.Sprintf("%s (listed) owns %s of %s", printable(st.Owner), st.Text(), printable(st.Owned))
			if !st.Sure {
				t = fmt.Sprintf("%s (perhaps listed) owns %s of %s", printable(st.Owner), st.Text(), printable(st.Owned))
			}
		}
		if st.Source != "" {
			t += " (" + printable(st.Source) + ")"
		}
		out = append(out, t)
	}
	return strings.Join(out, "; ")
}

// listed finds what an owner is, known by a name or by the ID of an entity.
func (s *finding) listed(o string) (out ofOwner) {
	take := func(h *Hit, l owner.Listed) {
		m := &said{}
		for i := range h.Entity.Listings {
			li := &h.Entity.Listings[i]
			if h.When == Then && (li.Since != 0 && s.day < li.Since || li.Until != 0 && s.day > li.Until) {
				continue
			}
			m.of(h.List.Source, h.Entity, li, trading)
			if code(li.List) == "SSI" {
				out.sectoral = max(out.sectoral, l)
			}
		}
		has := func(ts ...string) bool {
			return slices.ContainsFunc(ts, func(t string) bool { return slices.Contains(m.terms, t) })
		}
		if has(sdn) {
			out.blocked = max(out.blocked, l)
		}
		if has(entityList) {
			out.entity = max(out.entity, l)
		}
		if has(meu) {
			out.military = max(out.military, l)
		}
		if has(entityList, meu, sdn7448) {
			out.restricted = max(out.restricted, l)
		}
		if has(un1718) {
			out.un = max(out.un, l)
		}
	}
	for _, l := range s.lists.Now {
		if n := l.Find(o); n >= 0 {
			h := Hit{List: l, Entity: l.Entity(n)}
			if s.lists.superseded(l, h.Entity) {
				continue
			}
			if s.lists.dated(&h, Then); h.When == Then {
				take(&h, owner.Certainly)
			}
		}
	}
	hits := s.lists.Search(&match.Query{Names: []string{o}}, &s.opts)
	for i := range hits {
		h := &hits[i]
		switch {
		case h.Clear != nil, h.Grade == Contradicted, h.When == Later, h.When == Earlier:
		case h.Grade == Same && h.When == Then:
			take(h, owner.Certainly)
		default:
			take(h, owner.Possibly)
		}
	}
	return out
}

// related are the shares that the lists themselves state of what the party
// certainly is. Most say "owned or controlled" and no number.
func (s *finding) related() (out []owner.Share) {
	queue := slices.Clone(s.ids)
	seen := map[string]bool{}
	for i := 0; i < len(queue) && i < maxChain; i++ {
		id := queue[i]
		if seen[id] {
			continue
		}
		seen[id] = true
		for _, l := range s.lists.Now {
			n := l.Find(id)
			if n < 0 {
				continue
			}
			e := l.Entity(n)
			for _, r := range e.Relations {
				if r.Type != list.OwnedOrControlledBy || r.Former {
					continue
				}
				o := r.To
				if o == "" {
					o = r.Name
				} else {
					queue = append(queue, o)
				}
				if o == "" || slices.ContainsFunc(out, func(s owner.Share) bool { return s.Owner == o && s.Owned == id }) {
					continue
				}
				share := owner.Share{
					Owner: o, Owned: id, High: owner.Whole, Since: navicert.MinDay, Until: navicert.Forever,
					Source: l.Source + " of " + l.Date.String() + ": " + r.Kind,
				}
				if r.Percent > 0 && r.Percent <= 100 {
					share.Low = owner.Percent(r.Percent * 1e6)
					share.High = share.Low
				}
				out = append(out, share)
			}
		}
	}
	return out
}
