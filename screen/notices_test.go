package screen

import (
	"strings"
	"testing"

	"navicert"
	"navicert/list"
)

// Many old editions are told in one notice, and each with its day.
func TestOldEditionsAreToldTogether(t *testing.T) {
	day := func(s string) navicert.Day {
		d, err := navicert.ParseDay(s)
		if err != nil {
			t.Fatal(err)
		}
		return d
	}
	l := &Lists{Day: day("2026-11-27"), Gaps: []list.Gap{
		{Source: "eu-fsf", Date: day("2024-01-24")}, {Source: "un-sc", Date: day("2025-01-01"), Next: day("2026-12-01")}, {Source: "uk-sl", Date: day("2022-11-30")},
	}}
	got := l.Notices()
	want := "Searched as they were before the day of the question (2026-11-27), what changed in between is not known here: " +
		"eu-fsf as it was on 2024-01-24, un-sc as it was on 2025-01-01 (the next edition kept is of 2026-12-01), uk-sl as it was on 2022-11-30."
	if len(got) != 2 || got[1] != want {
		t.Errorf("%s", strings.Join(got, "\n"))
	}
	l.Gaps = l.Gaps[:2]
	if got := l.Notices(); len(got) != 3 || !strings.HasPrefix(got[1], "eu-fsf is searched as it was on 2024-01-24, before") {
		t.Errorf("%s", strings.Join(got, "\n"))
	}
}
