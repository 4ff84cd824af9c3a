package deal

import (
	"os"
	"strings"
	"testing"
)

// TestDocumentation reads the sample deal of doc/, wherever it stands there.
func TestDocumentation(t *testing.T) {
	found := false
	for _, p := range []string{"../doc/deal-format.md", "../doc/format.md"} {
		b, err := os.ReadFile(p)
		if err != nil {
			continue
		}
		_, rest, ok := strings.Cut(string(b), "```yaml\nday: ")
		if !ok {
			continue
		}
		found = true
		sample, _, _ := strings.Cut(rest, "```")
		d := read(t, "day: "+sample)
		if cs := Cases(d); len(cs) != 2 || len(d.Parties) != 1 {
			t.Errorf("%s: %+v", p, cs)
		}
	}
	if !found {
		t.Error("no sample deal in doc/")
	}
}
