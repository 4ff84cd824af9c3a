// Package feed reads published lists: one file here for each form in which
// somebody publishes one, and what is needed to fetch it from its official address.
package feed

import (
	"io"

	"navicert/list"
)

// Source is a list that somebody publishes.
type Source struct {
	Key       string  // "us-ofac-sdn": names files, commands and answers
	Prefix    string  // of entity IDs, "ofac"; sources that share numbers share it
	Title     string  // "OFAC Specially Designated Nationals and Blocked Persons"
	Authority string  // who lists: "OFAC", "BIS", "UN", "EU", "UK", "CA", "CH"
	License   string  // on what terms the data may be used
	Cadence   string  // how often it changes, in words
	Forms     []Form  // the official forms, the preferred one first
	Band      [2]int  // entities between which an edition is plausible
	MaxChange float64 // largest plausible change of their number against the last edition: 0.2 is a fifth
}

// Form is one form in which a source is published.
type Form struct {
	Name  string // "enhanced", "advanced", "xml", "csv"
	Files []URL  // an edition needs all of them but the optional ones
	Parse Parser
	Is    func(Head) bool // whether a file seems to be of this form; nil: never
}

// URL is where one file of a form is published.
type URL struct {
	Name     string // base name that the parser knows: "sdn.csv"
	Address  string
	Optional bool
}

// Parser reads one edition from its files. It streams: its memory grows with
// the entities, not with the text. An error names file and line. A file that
// is cut, malformed or larger than 1 GiB is an error, never a shorter edition.
type Parser func(files []File) (*list.Edition, error)

// File is one file of an edition, decompressed.
type File struct {
	Name string // base name: "sdn.csv"
	Open func() (io.ReadCloser, error)
}

// maxFile is how many bytes are read of one file, decompressed.
const maxFile = 1 << 30
