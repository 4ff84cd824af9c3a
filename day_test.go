package navicert_test

import (
	"testing"

	"navicert"
)

func TestParseDays(t *testing.T) {
	for _, c := range []struct{ text, from, to string }{
		{"1974-02-17", "1974-02-17", "1974-02-17"},
		{"1974-02", "1974-02-01", "1974-02-28"},
		{"2024-02", "2024-02-01", "2024-02-29"},
		{"1974-12", "1974-12-01", "1974-12-31"},
		{"1974", "1974-01-01", "1974-12-31"},
		{"1899", "", ""},
		{"2101-01", "", ""},
		{"74", "", ""},
		{"1974-2", "", ""},
		{"1974-02-30", "", ""},
		{"", "", ""},
	} {
		from, to, err := navicert.ParseDays(c.text)
		if err != nil != (c.from == "") || err == nil && (from.String() != c.from || to.String() != c.to) {
			t.Errorf("%q: %s to %s, %v", c.text, from, to, err)
		}
	}
}
