package navicert

import (
	"fmt"
	"time"
)

// Day is a calendar day, counted from 1970-01-01. The law of a deal is the
// law of its day; no time of day and no zone enters a decision.
type Day int32

// The days between which the product accepts a date. The lower one leaves
// room for list dates, the upper one catches mistyped years.
const (
	MinDay Day = -25567 // 1900-01-01
	MaxDay Day = 47846  // 2100-12-31
	// Forever stands for "no end known" in intervals.
	Forever Day = 1<<31 - 1
)

// ParseDay reads YYYY-MM-DD.
func ParseDay(s string) (Day, error) {
	t, err := time.Parse(time.DateOnly, s)
	if err != nil {
		return 0, fmt.Errorf("%q is not a day: write YYYY-MM-DD, for example \"2026-09-24\"", s)
	}
	d := DayOf(t)
	if d < MinDay || d > MaxDay {
		return 0, fmt.Errorf("the year of %q is outside 1900 to 2100: check the date", s)
	}
	return d, nil
}

// ParseDays reads YYYY-MM-DD, YYYY-MM or YYYY: the first and the last day of
// what is known.
func ParseDays(s string) (from, to Day, err error) {
	for _, f := range []struct {
		layout       string
		years, month int
	}{{time.DateOnly, 0, 0}, {"2006-01", 0, 1}, {"2006", 1, 0}} {
		t, err := time.Parse(f.layout, s)
		if err != nil {
			continue
		}
		from = DayOf(t)
		if to = from; f.years+f.month > 0 {
			to = DayOf(t.AddDate(f.years, f.month, -1))
		}
		if from < MinDay || to > MaxDay {
			return 0, 0, fmt.Errorf("the year of %q is outside 1900 to 2100: check the date", s)
		}
		return from, to, nil
	}
	return 0, 0, fmt.Errorf("%q is not a date: write YYYY-MM-DD, or YYYY-MM or YYYY where no more is known", s)
}

// DayOf returns the day of t in t's own zone.
func DayOf(t time.Time) Day {
	y, m, d := t.Date()
	return Day(time.Date(y, m, d, 0, 0, 0, 0, time.UTC).Unix() / 86400)
}

// String writes d as YYYY-MM-DD, and Forever as an empty string.
func (d Day) String() string {
	if d == Forever {
		return ""
	}
	return time.Unix(int64(d)*86400, 0).UTC().Format(time.DateOnly)
}

// MarshalText makes a Day a YYYY-MM-DD string in JSON.
func (d Day) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// UnmarshalText reads what MarshalText wrote.
func (d *Day) UnmarshalText(b []byte) (err error) {
	if len(b) == 0 {
		*d = Forever
		return nil
	}
	*d, err = ParseDay(string(b))
	return err
}
