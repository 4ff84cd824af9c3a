package deal

import (
	"os"
	"strings"
	"testing"
)

// TestDocumentation reads the sample deal of doc/format.md.
func TestDocumentation(t *testing.T) {
	b, err := os.ReadFile("../doc/format.md")
	if err != nil {
		t.Fatal(err)
	}
	_, rest, ok := strings.Cut(string(b), "```yaml\nday: ")
	if !ok {
		t.Fatal("no sample deal in doc/format.md")
	}
	sample, _, _ := strings.Cut(rest, "```")
	d := read(t, "day: "+sample)
	if cs := Cases(d); len(cs) != 2 || len(d.Parties) != 1 {
		t.Errorf("%+v", cs)
	}
}
