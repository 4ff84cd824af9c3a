package navicert

import "slices"

// FirstDay is the first day whose law the product holds: 2021-10-20, the day
// before the cybersecurity items rule was published.
const FirstDay Day = 18920

// Deal is one transaction as a person stated it. What a rule may ask about
// stands in Facts; the other fields name the things the facts are about.
type Deal struct {
	File      string       `json:"file,omitempty"`
	Day       Day          `json:"day"`
	Reference string       `json:"reference,omitempty"`
	Items     []Item       `json:"items,omitempty"`
	Via       []string     `json:"via,omitempty"` // countries passed on the way
	Parties   []Party      `json:"parties,omitempty"`
	Knowledge *Attestation `json:"knowledge,omitempty"`
	Screening *Attestation `json:"screening,omitempty"`
	Facts     []Fact       `json:"facts,omitempty"` // of the deal as a whole
	Source    []byte       `json:"-"`               // the text it was read from
}

// Item is one thing that is to move.
type Item struct {
	Name    string  `json:"name,omitempty"`
	Classes []Class `json:"classes,omitempty"` // the requirements of all of them apply
	Value   *Money  `json:"value,omitempty"`
	HS      string  `json:"hs,omitempty"`    // customs heading, digits and dots
	Facts   []Fact  `json:"facts,omitempty"` // about the item under every class
	Where   string  `json:"where,omitempty"`
}

// Class is one classification of an item.
type Class struct {
	Code    string `json:"code"`              // a code of law/tables/items.yaml
	Written string `json:"written,omitempty"` // what the file said, where it differs
	Facts   []Fact `json:"facts,omitempty"`   // item.eccn and item.final
}

// Money is an amount in decimal digits, never a floating-point number.
type Money struct {
	Amount   string `json:"amount"`
	Currency string `json:"currency"`
}

// The roles of parties; those of 15 CFR 748.5 and the ones around them.
const (
	EndUser               = "end_user"
	UltimateConsignee     = "ultimate_consignee"
	IntermediateConsignee = "intermediate_consignee"
	Purchaser             = "purchaser"
	Exporter              = "exporter"
	Forwarder             = "forwarder"
	Bank                  = "bank"
	OtherRole             = "other"
)

// Roles lists the roles in the order in which they are shown.
var Roles = []string{
	EndUser, UltimateConsignee, IntermediateConsignee, Purchaser,
	Exporter, Forwarder, Bank, OtherRole,
}

// What a party may be.
const (
	Person       = "person"
	Organization = "organization"
)

// Party is a person or organization in the deal.
type Party struct {
	Roles       []string     `json:"roles"`
	Name        string       `json:"name,omitempty"`
	Aliases     []string     `json:"aliases,omitempty"`
	Kind        string       `json:"kind,omitempty"` // Person, Organization; empty: not stated
	Born        string       `json:"born,omitempty"` // a day, a month or a year
	Address     string       `json:"address,omitempty"`
	Country     string       `json:"country,omitempty"`
	Region      string       `json:"region,omitempty"`
	Identifiers []Identifier `json:"identifiers,omitempty"`
	Wallets     []Wallet     `json:"wallets,omitempty"`
	Facts       []Fact       `json:"facts,omitempty"` // end users only
	Where       string       `json:"where,omitempty"`
}

// Has tells whether p acts in the role.
func (p *Party) Has(role string) bool { return slices.Contains(p.Roles, role) }

// Identifier is a number under which others know a party.
type Identifier struct {
	Type  string `json:"type"` // free text: passport, tax, IMO, BIC …
	Value string `json:"value"`
}

// Wallet is an address on a chain of blocks.
type Wallet struct {
	Asset   string `json:"asset,omitempty"` // XBT, ETH, TRX …
	Address string `json:"address"`
	Where   string `json:"where,omitempty"`
}

// Attestation names the person who answers for a group of facts.
type Attestation struct {
	By    string   `json:"by"`
	On    Day      `json:"on"`
	Lists []string `json:"lists,omitempty"` // what was screened against
	Note  string   `json:"note,omitempty"`
}
