package match

import (
	"strings"

	"navicert/name"
)

func classes(t *name.Token) name.Class {
	c := t.Class
	for _, e := range []string{"vich", "vych", "ovna", "evna", "ivna", "yvna"} {
		if len(t.Text) > 6 && strings.HasSuffix(string(t.Text), e) {
			c |= name.Patronymic
		}
	}
	return c
}

var interimCommon = map[string]uint8{}

func commonOf(t *name.Token) uint8 { return max(t.Common, interimCommon[string(t.Text)]) }
