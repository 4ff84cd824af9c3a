package match

// Thresholds of scores. A score says how seldom a clean name reaches it: about
// one in e to the s reaches the score s on a list of OFAC's size, of names of
// which four in ten are made to look like listed ones. On the product's own
// benchmark, whose clean names are harder still, the same shares alert up
// to one point higher; doc/benchmarks.md has the recall at both.
const (
	// Strict: fewer than one clean name in a thousand alert (2 of the 4,869 labeled).
	Strict = 7.4
	// Standard: one clean name in a hundred alerts; with listed names that stand
	// whole in them, see Searcher.Whole, 0.27 in a hundred more (13 of the 4,869).
	Standard = 4.6
	// Broad: fewer than one clean name in twenty alert.
	Broad = 2.9
)
