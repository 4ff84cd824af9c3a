package rule

import (
	"maps"
	"slices"
	"strings"

	"navicert"
)

// tables refuses sets in which a code stands twice at the same time.
func (k *linter) tables() {
	for _, s := range k.law.Sets {
		rows := map[string][]*Members{}
		for i := range s.Members {
			m := &s.Members[i]
			once := map[string]bool{}
			for _, code := range m.In {
				if once[code] {
					k.refuse(m.At, "rows", "%s: %s stands twice in this row", s.Name, code)
					continue
				}
				once[code] = true
				for _, o := range rows[code] {
					if o.Since <= m.Until && m.Since <= o.Until {
						k.refuse(m.At, "rows", "%s: %s is a member from %s, but the row at %s has it already until %s",
							s.Name, code, m.Since, o.At, end(o.Until))
					}
				}
				rows[code] = append(rows[code], m)
			}
		}
	}
}

// used follows words to their use: terms that nothing defines on a day, sets
// that are empty, and what no rule uses at all.
func (k *linter) used() {
	l := k.law
	terms, sets := map[string]bool{}, map[string]bool{}
	for i := range l.Implies {
		im := &l.Implies[i]
		l.uses(&im.If, terms, sets)
		for _, lit := range im.Then {
			terms[lit.Term] = true
		}
	}
	defined, asked := map[string][]*Entry{}, map[string][]*Entry{}
	for i := range l.Entries {
		e := &l.Entries[i]
		t, s := map[string]bool{}, map[string]bool{}
		l.uses(&e.When, t, s)
		maps.Copy(terms, t)
		maps.Copy(sets, s)
		if e.Effect.Verb == "defines" {
			defined[e.Effect.Arg] = append(defined[e.Effect.Arg], e)
		}
		if !e.Operative() {
			continue
		}
		for name := range t {
			if l.Term(name).Kind == Derived {
				asked[name] = append(asked[name], e)
			}
		}
		if k.looks(i) {
			k.members(e, slices.Sorted(maps.Keys(s)))
		}
	}
	for _, t := range l.Terms {
		k.definitions(&t, defined[t.Name], asked[t.Name])
	}
	if k.only != nil {
		return
	}
	for _, t := range l.Terms {
		if !terms[t.Name] && !strings.HasPrefix(t.Name, "candidate.") { // the classification aid asks those
			k.warn(t.At, "unused", "no rule asks %s", t.Name)
		}
	}
	for _, s := range l.Sets {
		if !sets[s.Name] {
			k.warn(s.At, "unused", "no rule asks the set %s", s.Name)
		}
	}
}

// uses notes the terms and sets of a condition; a switch stands for the terms
// it chooses from as well.
func (l *Law) uses(c *Cond, terms, sets map[string]bool) {
	c.walk(func(c *Cond) {
		if c.Term == "" {
			return
		}
		terms[c.Term] = true
		if t := l.Term(c.Term); t != nil {
			for _, b := range t.Choose {
				for _, name := range []string{b.When, b.Use} {
					if name != "" {
						terms[name] = true
					}
				}
			}
		}
		for _, a := range c.Args {
			if _, ok := l.set[a]; ok {
				sets[a] = true
			}
		}
	})
}

// definitions reports the days on which entries ask a derived term that none
// defines. Before its first definition that is how the law may have been, and
// only worth a look.
func (k *linter) definitions(t *Term, by, asked []*Entry) {
	var early, late []navicert.Day
	for _, d := range k.days {
		if on(by, d) != nil || on(asked, d) == nil {
			continue
		}
		if slices.ContainsFunc(by, func(e *Entry) bool { return e.Since > d }) &&
			!slices.ContainsFunc(by, func(e *Entry) bool { return e.Until < d }) {
			early = append(early, d)
		} else {
			late = append(late, d)
		}
	}
	if len(early) > 0 {
		e := on(asked, early[0])
		k.warn(t.At, "undefined", "%s is asked by %s (%s) and others before any entry defines it, and so is false from %s",
			t.Name, e.ID, e.At, spans(early, k.days))
	}
	if len(late) > 0 {
		e := on(asked, late[0])
		k.refuse(t.At, "undefined", "%s is asked by %s (%s) and others, but no entry defines it from %s",
			t.Name, e.ID, e.At, spans(late, k.days))
	}
}

// members reports the sets that an entry asks while they are empty. Before the
// first member joins that may be right, and is only worth a look.
func (k *linter) members(e *Entry, sets []string) {
	for _, name := range sets {
		s := &k.law.Sets[k.law.set[name]]
		var early, late []navicert.Day
		for _, d := range k.days {
			if e.Since > d || d > e.Until || len(s.On(d)) > 0 {
				continue
			}
			if slices.ContainsFunc(s.Members, func(m Members) bool { return m.Since > d }) &&
				!slices.ContainsFunc(s.Members, func(m Members) bool { return m.Until < d }) {
				early = append(early, d)
			} else {
				late = append(late, d)
			}
		}
		if len(early) > 0 {
			k.warn(e.At, "empty", "%s asks the set %s, which has no member yet from %s", e.ID, name, spans(early, k.days))
		}
		if len(late) > 0 {
			k.refuse(e.At, "empty", "%s asks the set %s, which is empty from %s", e.ID, name, spans(late, k.days))
		}
	}
}

// on returns the first entry in force on a day, or nil.
func on(es []*Entry, d navicert.Day) *Entry {
	for _, e := range es {
		if e.Since <= d && d <= e.Until {
			return e
		}
	}
	return nil
}
