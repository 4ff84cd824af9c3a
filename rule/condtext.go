package rule

import "strings"

// String writes a condition the way a person would read it aloud.
func (c *Cond) String() string {
	switch c.Op {
	case Always:
		return "always"
	case Is:
		return c.Term
	case In:
		if len(c.Args) == 1 {
			return c.Term + " is " + c.Args[0]
		}
		return c.Term + " is one of " + strings.Join(c.Args, ", ")
	case Cmp:
		return c.Term + " " + cutText(c.Cut, !c.Neg)
	case Not:
		return "not (" + c.Kids[0].String() + ")"
	}
	word := " and "
	if c.Op == Any {
		word = " or "
	}
	parts := make([]string, len(c.Kids))
	for i := range c.Kids {
		parts[i] = c.Kids[i].String()
		if k := c.Kids[i].Op; (k == All || k == Any) && k != c.Op {
			parts[i] = "(" + parts[i] + ")"
		}
	}
	return strings.Join(parts, word)
}
