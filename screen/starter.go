package screen

import (
	_ "embed"
	"sync"

	"navicert/list"
)

// The starter: North Korea's cyber program as listed by OFAC and FinCEN, and
// the UN 1718 list. It is a start, not a screening list: every other listed
// person is missing from it. TestStarterIsFresh writes the snapshots from
// starter/dprk*.yaml, with their index; one that this program cannot use is built
// anew when it is opened.
//
//go:generate go test . -run TestStarterIsFresh -update
var (
	//go:embed starter/dprk-cyber.snap
	starterCyber []byte
	//go:embed starter/un-1718.snap
	starterUN []byte
)

const unStarter = "un-1718"

var starter = sync.OnceValues(func() ([]*List, error) {
	var out []*List
	for _, b := range [][]byte{starterCyber, starterUN} {
		s, err := list.Load(b)
		if err != nil {
			return nil, err
		}
		l, err := Open(s)
		if err != nil {
			return nil, err
		}
		out = append(out, l)
	}
	return out, nil
})

// starterRefs are the starter's entities by OFAC's numbers. They say what no
// tag of OFAC's says, who belongs to North Korea's cyber program; and days that
// OFAC's own forms leave out.
var starterRefs = sync.OnceValue(func() map[string]*list.Entity {
	out := map[string]*list.Entity{}
	ls, err := starter()
	if err != nil { // told by whoever searches
		return out
	}
	for i := range ls[0].Len() {
		if e := ls[0].Entity(i); e.Ref != "" {
			out["ofac-"+e.Ref] = e
		}
	}
	return out
})

// listingOf finds an entity's listing on a list.
func listingOf(e *list.Entity, on string) (list.Listing, bool) {
	if e != nil {
		for _, l := range e.Listings {
			if l.List == on {
				return l, true
			}
		}
	}
	return list.Listing{}, false
}
