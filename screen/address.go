package screen

import (
	"fmt"
	"slices"
	"strings"
	"unicode"

	"navicert/list"
	"navicert/match"
	"navicert/name"
)

// The Entity List has addresses too, whoever is there (15 CFR 744.16(f)). Each
// is an entry of its own, "Address 01" and so on, without a name.
const (
	listedAddress = "us-el-address-%02d"
	maxAddresses  = 99
)

// addresses finds listed addresses where somebody is.
func (l *Lists) addresses(q *match.Query, o *Options, out []Hit) []Hit {
	if len(q.Addresses) == 0 {
		return out
	}
	for _, s := range l.Now {
		if s.Source != "us-csl" {
			continue
		}
		for i := 1; i <= maxAddresses; i++ {
			n := s.Find(fmt.Sprintf(listedAddress, i))
			if n < 0 {
				continue
			}
			e := s.Entity(n)
			for _, a := range q.Addresses {
				if slices.ContainsFunc(out, func(h Hit) bool { return h.Entity.ID == e.ID }) || !at(a, e) {
					continue
				}
				h := Hit{
					Hit: match.Hit{Entity: int32(n), Similarity: 1, Completeness: 1, Score: 10}, List: s, Entity: e, Asked: a, Listed: e.Names[0].Text,
					Grade: Possible, How: "address", kept: true, Clear: o.Tuning.Clears(a, e, l.Day),
					unsure: "a license is needed for whoever is at that address, as far as its entry says",
				}
				if l.dated(&h, Then) {
					out = append(out, h)
				}
			}
		}
	}
	return out
}

// at tells whether an address is one of the entity's: nearly all words of it
// are there, and no number says that it is another door.
func at(asked string, e *list.Entity) bool {
	words := addressWords(asked)
	return slices.ContainsFunc(e.Addresses, func(a list.Address) bool {
		listed := addressWords(addressText(&a))
		found := 0
		for _, w := range listed {
			if slices.Contains(words, w) {
				found++
			}
		}
		other := slices.ContainsFunc(words, func(w string) bool { return numeric(w) && !slices.Contains(listed, w) })
		lacks := slices.ContainsFunc(listed, func(w string) bool { return numeric(w) && !slices.Contains(words, w) })
		return found >= 4 && 10*found >= 7*len(listed) && !(other && lacks)
	})
}

func numeric(w string) bool { return w[0] >= '0' && w[0] <= '9' }

// addressWords are the words of an address, each once, numbers apart from the
// letters beside them, without those that are written in many ways.
func addressWords(s string) (out []string) {
	parted := make([]rune, 0, len(s))
	last := ' '
	for _, r := range s[:min(len(s), 1000)] {
		if unicode.IsDigit(r) != unicode.IsDigit(last) || !unicode.IsLetter(r) && !unicode.IsDigit(r) {
			parted = append(parted, ' ')
		}
		parted = append(parted, r)
		last = r
	}
	for w := range strings.FieldsSeq(name.Fold(string(parted))) {
		if !slices.Contains(sameEverywhere, w) && !slices.Contains(out, w) {
			out = append(out, w)
		}
	}
	return out
}

// sameEverywhere are words of addresses that tell none apart, or are written
// in many ways.
var sameEverywhere = []string{"rd", "road", "st", "street", "ave", "avenue", "rm", "room", "flat", "unit", "f", "floor", "th", "no", "hong", "kong", "hk", "cn", "china"}
