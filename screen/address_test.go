package screen

import (
	"strings"
	"testing"

	"navicert"
	"navicert/list"
)

// TestListedAddresses: the Entity List has addresses, and whoever is there
// holds the deal, in whatever role.
func TestListedAddresses(t *testing.T) {
	st := store(t)
	e := &list.Entity{
		ID: "us-el-address-03", Kind: list.KindOrganization, Names: []list.Name{{Text: "Address 03"}},
		Addresses: []list.Address{{Text: "Room 19C Example Centre 301-307, Example Rd. Wan Chai, Hong Kong, HK"}},
		Listings:  []list.Listing{{List: "EL", Since: day(t, "2024-06-12"), Requirement: "For items on the CCL"}},
	}
	edition(t, st, "us-csl", "2025-01-10", e)
	for _, c := range []struct {
		address, on string
		open        bool
	}{
		{"Room 19C, Example Centre, 301-307 Example Road, Wan Chai, Hong Kong", "2025-02-01", true},
		{"19C Example Centre, Example Road 301 - 307, Wan Chai", "2025-02-01", true},
		{"Example Centre, 301-307 Example Road, Wan Chai", "2025-02-01", true}, // which room is not said
		{"Room 12A, Example Centre, 301-307 Example Road, Wan Chai, Hong Kong", "2025-02-01", false},
		{"Room 19C, Other House, 88 Other Road, Wan Chai, Hong Kong", "2025-02-01", false},
		{"Wan Chai, Hong Kong", "2025-02-01", false},
		{"", "2025-02-01", false},
	} {
		f := &Finder{Library: &Library{Store: st}}
		found := find(t, f, day(t, c.on), navicert.Party{Name: "Acme Ltd.", Roles: []string{navicert.IntermediateConsignee}, Address: c.address})
		if got := len(found.Unsettled) > 0; got != c.open {
			t.Errorf("%q: open %t, want %t: %+v", c.address, got, c.open, found.Hits)
		}
		if c.open && (strings.Join(found.Unsettled[0].Terms, " ") != entityList+" "+allItems || found.Hits[0].How != "address") {
			t.Errorf("%q: %+v", c.address, found)
		}
	}
	f := &Finder{Library: &Library{Store: st}, Tuning: &Tuning{Clear: []navicert.Clear{{
		Name: "room 19c, example centre, 301-307 example road", Entity: e.ID, By: "A. Roe", On: day(t, "2025-01-11"), Expires: day(t, "2025-12-31"),
	}}}}
	found := find(t, f, day(t, "2025-02-01"), navicert.Party{Name: "Acme Ltd.", Address: "Room 19C, Example Centre, 301-307 Example Road"})
	if len(found.Unsettled) > 0 || len(found.Cleared) != 1 {
		t.Errorf("cleared: %+v", found)
	}
}
