package screen

import (
	"fmt"
	"slices"

	"navicert/name"
)

// Unknown says which decisions are about an entity that no list kept here has
// or ever had: a slip, most likely, and the name goes on hitting.
func (t *Tuning) Unknown(b *Library) ([]string, error) {
	if t == nil || len(t.Clear) == 0 {
		return nil, nil
	}
	ids, err := b.ids()
	if err != nil {
		return nil, err
	}
	var out []string
	var p name.Pattern
	for i := range t.Clear {
		c := &t.Clear[i]
		if ids[c.Entity] {
			continue
		}
		p.Set([]byte(c.Entity))
		near, d := "", 3
		for id := range ids {
			if n := p.Within([]byte(id), d); n < d || n == d && near != "" && id < near {
				near, d = id, n
			}
		}
		say := fmt.Sprintf("clear: no list kept here has or had the entity %q, so that clearing %q of it does nothing", printable(c.Entity), printable(c.Name))
		if near != "" {
			say += fmt.Sprintf("; the nearest ID is %s", near)
		}
		if say += "."; !slices.Contains(out, say) {
			out = append(out, say)
		}
	}
	return out, nil
}

// ids are all entities that a list has or had.
func (b *Library) ids() (map[string]bool, error) {
	out := map[string]bool{}
	own, err := starter()
	if err != nil {
		return nil, err
	}
	for _, l := range own {
		for i := range l.Len() {
			out[l.Entity(i).ID] = true
		}
	}
	if b.Store == nil {
		return out, nil
	}
	sources, err := b.Store.Sources()
	if err != nil {
		return nil, err
	}
	for _, s := range sources {
		h, err := b.Store.History(s)
		if err != nil {
			return nil, err
		}
		for i := range h.Entities {
			out[h.Entities[i].ID] = true
		}
	}
	return out, nil
}
