// Package list holds watchlists: who was listed, by whom, and from which day
// to which.
package list

import "navicert"

// Edition is a source as published on one day.
type Edition struct {
	Source   string       // key of the source: "us-ofac-sdn"
	Form     string       // the form it was read from: "enhanced", "csv"
	Date     navicert.Day // day of publication; 0: the files do not say, and the caller must
	Declared int          // number of records the files themselves declare; 0: none
	Entities []*Entity
	Notes    []string // what was mended or looks odd, with file and line
}
