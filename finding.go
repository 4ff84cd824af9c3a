package navicert

// Finding is what a fact-finder found out about the parties of a deal.
type Finding struct {
	Facts     []Fact
	Hits      []ListHit
	Unsettled []Unsettled
	Lists     []string // what was searched, with dates and hashes
	Notices   []string // what the reader must know, above all what no hit does not mean
	Cleared   []Clear  // decisions of the firm that were used
}

// Unsettled is something that was found and states no fact: a person must
// settle it before the deal may go. What was attested as false of its terms
// does not count until then.
type Unsettled struct {
	Terms []string
	Note  string
}
