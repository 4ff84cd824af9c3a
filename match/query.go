package match

import "navicert/list"

// Query is who is asked about. Only Names is needed; what else is known
// confirms or contradicts what the names find, and what is not known counts
// neither way.
type Query struct {
	Names     []string
	Kind      list.Kind
	Dates     []list.Date
	Countries []string // ISO 3166-1 alpha-2
	Documents []list.Document
	Addresses []string
	Wallets   []string
	Gender    list.Gender
}

// Hit is an entity that a query may be.
type Hit struct {
	Entity       int32   // number in the snapshot
	Name         int32   // number of the name in the entity
	Score        float32 // ranks, and is compared with thresholds; has no upper bound
	Similarity   float32 // of the names, 0 to 1
	Completeness float32 // share of both names that could be compared, 0 to 1
	Weak         bool    // the name is one that the source itself calls weak
	Cut          bool    // the query was longer than what is compared
	ByDocument   bool    // found by a number or wallet; the names say less
	Asked        uint8   // number of the query's name
	Stands       bool    // the listed name stands whole in the one asked; see Searcher.Whole
	reading      uint8   // of that name
	row          uint32
}

// noRow marks a hit that no name found.
const noRow = ^uint32(0)
