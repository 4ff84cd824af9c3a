package rule

import (
	"slices"

	"navicert"
)

// Days lists the days on which anything in the law changes, from navicert.FirstDay on:
// two days between two neighbors have the same law.
func (l *Law) Days() []navicert.Day {
	ds := []navicert.Day{navicert.FirstDay}
	add := func(since, until navicert.Day) {
		if since > navicert.FirstDay {
			ds = append(ds, since)
		}
		if until >= navicert.FirstDay && until < navicert.MaxDay {
			ds = append(ds, until+1)
		}
	}
	for i := range l.Entries {
		add(l.Entries[i].Since, l.Entries[i].Until)
	}
	for _, s := range l.Sets {
		for _, m := range s.Members {
			add(m.Since, m.Until)
		}
	}
	slices.Sort(ds)
	return slices.Compact(ds)
}
