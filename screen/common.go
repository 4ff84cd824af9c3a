package screen

import (
	"math"
	"slices"
	"strings"

	"navicert/list"
	"navicert/match"
	"navicert/name"
)

// humanity is how many people there are, and crowd from how many on that bear
// a name it points at nobody.
const (
	humanity = 8e9
	crowd    = 1000
)

// bearers is a low estimate of how many people bear a full name: as many as
// there would be if its words were given without regard to each other. A name
// with a word that is not known to be common has none.
func bearers(full string) float64 {
	var p name.Parser
	out := humanity
	words := 0
	for _, t := range p.Parse(full).Readings[0].Tokens {
		switch {
		case t.Class&name.Legal != 0:
			return 0
		case t.Class&(name.Title|name.Particle) != 0:
		case t.Class&name.Initial != 0:
			out /= 20
		case t.Common == 0:
			return 0
		default:
			words++
			out *= 1000 * math.Exp2(float64(t.Common)/4) / humanity
		}
	}
	if words == 0 {
		return 0
	}
	return out
}

// crowded tells whether a name that is the same proves nothing, because very
// many people bear it and nothing but perhaps the country tells them apart.
// Firms are held by their names, and so is one word of which nobody says that
// it is a person.
func crowded(h *Hit, q *match.Query) bool {
	switch h.Entity.Kind {
	case list.KindPerson:
	case list.KindUnknown:
		if q.Kind == list.KindOrganization || len(strings.Fields(h.Asked)) < 2 {
			return false
		}
	default:
		return false
	}
	confirmed := slices.ContainsFunc(h.Effects, func(f match.Effect) bool {
		return f.Effect > 0 && (f.What == "date of birth" || f.What == "document" || f.What == "address")
	})
	return !confirmed && max(bearers(h.Asked), bearers(h.Listed)) >= crowd
}
