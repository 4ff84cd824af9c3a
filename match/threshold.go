package match

// Thresholds of scores. What they mean is measured on the product's own
// benchmark; see doc/benchmarks.md.
const (
	// Strict: one clean name in a thousand alerts.
	Strict = 8.7
	// Standard: one clean name in a hundred alerts.
	Standard = 7.6
	// Broad: one clean name in twenty alerts.
	Broad = 6.5
)
