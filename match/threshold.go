package match

// Thresholds of scores. A score says how seldom a clean name reaches it: of
// clean names, half of them made to look like listed ones, about one in e to
// the s reaches the score s on a list of OFAC's size. The shares and the
// recall at each threshold are measured on the product's own benchmark; see
// doc/benchmarks.md.
const (
	// Strict: one clean name in a thousand alerts.
	Strict = 6.9
	// Standard: one clean name in a hundred alerts.
	Standard = 4.6
	// Broad: one clean name in twenty alerts.
	Broad = 3.0
)
