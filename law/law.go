// Package law holds the law as data. It contains no code that judges: package
// rule reads these files, and doc/format.md explains them.
package law

import "embed"

//go:generate go run ../cmd/navicert law compile --law . law.bin

// Files are the data files of this directory.
//
//go:embed *.yaml tables un us
var Files embed.FS

// Compiled is the same law in the form that loads fast; go generate makes it.
//
//go:embed law.bin
var Compiled []byte
