package rule

import (
	"fmt"
	"math/bits"
	"strconv"

	"navicert"
)

// Raw is the number of a value within its fact's domain, counted from 1.
// Unknown is 0.
type Raw = uint8

// Unknown is the value of a fact that nobody has stated.
const Unknown Raw = 0

const (
	rawFalse Raw = 1
	rawTrue  Raw = 2
)

// Input holds one Raw per fact, indexed by fact number.
type Input []Raw

// NewInput returns an input in which nothing is known.
func (l *Law) NewInput() Input { return make(Input, len(l.facts)) }

// FactTerm returns the term of fact f.
func (l *Law) FactTerm(f int) *Term { return &l.Terms[l.facts[f]] }

// Fact returns the fact number of a term that can be stated.
func (l *Law) Fact(term string) (int, bool) {
	i, ok := l.term[term]
	if !ok || l.fact[i] < 0 {
		return 0, false
	}
	return l.fact[i], true
}

// Domain returns how many values fact f has; they are numbered 1 to Domain.
func (l *Law) Domain(f int) int {
	switch t := l.FactTerm(f); t.Kind {
	case Choice:
		return len(t.Values)
	case Country:
		return len(l.Countries)
	case ItemT:
		return len(l.Items)
	case Number:
		return len(l.cuts[f]) + 1
	default:
		return 2
	}
}

// Encode turns the canonical text of a value into its Raw.
func (l *Law) Encode(term, value string) (fact int, raw Raw, err error) {
	f, ok := l.Fact(term)
	if !ok {
		return 0, 0, fmt.Errorf("%q is no term that can be stated", term)
	}
	switch t := l.FactTerm(f); t.Kind {
	case Choice:
		for i, v := range t.Values {
			if v.Code == value {
				return f, Raw(i + 1), nil
			}
		}
	case Country:
		if i, ok := l.country[value]; ok {
			return f, Raw(i + 1), nil
		}
	case ItemT:
		if i, ok := l.item[value]; ok {
			return f, Raw(i + 1), nil
		}
	case Number:
		x, err := strconv.ParseFloat(value, 64)
		if err == nil && x >= 0 {
			n := 0
			for n < len(l.cuts[f]) && l.cuts[f][n].passes(x) {
				n++
			}
			return f, Raw(n + 1), nil
		}
	default:
		switch value {
		case "false":
			return f, rawFalse, nil
		case "true":
			return f, rawTrue, nil
		}
	}
	return 0, 0, fmt.Errorf("%q is no value of %s", value, term)
}

// Text writes a Raw of fact f as words; numbers become their interval.
func (l *Law) Text(f int, raw Raw) string {
	if raw == Unknown {
		return "unknown"
	}
	i := int(raw) - 1
	switch t := l.FactTerm(f); t.Kind {
	case Choice:
		return t.Values[i].Code
	case Country:
		return l.Countries[i].Code
	case ItemT:
		return l.Items[i].Code
	case Number:
		lo, hi := "", ""
		if i > 0 {
			lo = cutText(l.cuts[f][i-1], true)
		}
		if i < len(l.cuts[f]) {
			hi = cutText(l.cuts[f][i], false)
		}
		switch {
		case lo == "" && hi == "":
			return "any number"
		case lo == "":
			return hi
		case hi == "":
			return lo
		}
		return lo + " and " + hi
	default:
		return strconv.FormatBool(raw == rawTrue)
	}
}

func cutText(c Cut, passed bool) string {
	v := strconv.FormatFloat(c.V, 'g', -1, 64)
	switch {
	case passed && c.Over:
		return "over " + v
	case passed:
		return "at least " + v
	case c.Over:
		return "at most " + v
	default:
		return "under " + v
	}
}

// sample returns a text that Encode reads back as raw; it stands for the
// whole interval of a number.
func (l *Law) sample(f int, raw Raw) string {
	if l.FactTerm(f).Kind != Number {
		return l.Text(f, raw)
	}
	cs, i := l.cuts[f], int(raw)-1
	var x float64
	switch {
	case i == 0:
		x = 0
	case cs[i-1].Over:
		x = cs[i-1].V + 0.5
		if i < len(cs) && cs[i].V <= x {
			x = (cs[i-1].V + cs[i].V) / 2
		}
	default:
		x = cs[i-1].V
	}
	return strconv.FormatFloat(x, 'g', -1, 64)
}

// members returns the raw values of fact f that args name on day.
func (l *Law) members(f int, args []string, day navicert.Day) (b rawSet, err error) {
	for _, a := range args {
		if s, ok := l.set[a]; ok {
			for _, m := range l.Sets[s].Members {
				if m.Since > day || m.Until < day {
					continue
				}
				for _, code := range m.In {
					_, raw, err := l.Encode(l.FactTerm(f).Name, code)
					if err != nil {
						return b, fmt.Errorf("set %s: %w", a, err)
					}
					b.set(raw)
				}
			}
			continue
		}
		_, raw, err := l.Encode(l.FactTerm(f).Name, a)
		if err != nil {
			return b, err
		}
		b.set(raw)
	}
	return b, nil
}

// rawSet is a set of Raw values.
type rawSet [4]uint64

func (b *rawSet) set(r Raw)      { b[r>>6] |= 1 << (r & 63) }
func (b *rawSet) has(r Raw) bool { return b[r>>6]>>(r&63)&1 == 1 }

func (b *rawSet) and(c *rawSet) rawSet {
	return rawSet{b[0] & c[0], b[1] & c[1], b[2] & c[2], b[3] & c[3]}
}

func (b *rawSet) without(c *rawSet) rawSet {
	return rawSet{b[0] &^ c[0], b[1] &^ c[1], b[2] &^ c[2], b[3] &^ c[3]}
}

// meets reports whether two sets have a member in common.
func (b *rawSet) meets(c *rawSet) bool {
	return b[0]&c[0]|b[1]&c[1]|b[2]&c[2]|b[3]&c[3] != 0
}

// first returns the smallest member of a set that has one.
func (b *rawSet) first() Raw {
	for i, w := range b {
		if w != 0 {
			return Raw(i<<6 + bits.TrailingZeros64(w))
		}
	}
	return Unknown
}

func (b *rawSet) len() int {
	return bits.OnesCount64(b[0]) + bits.OnesCount64(b[1]) + bits.OnesCount64(b[2]) + bits.OnesCount64(b[3])
}

// members lists a set, the smallest first.
func (b *rawSet) members() (out []Raw) {
	for i, w := range b {
		for ; w != 0; w &= w - 1 {
			out = append(out, Raw(i<<6+bits.TrailingZeros64(w)))
		}
	}
	return out
}
