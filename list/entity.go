package list

import (
	"slices"

	"navicert"
)

// Entity is one listed person, body or thing as one source publishes it. What
// the source does not say stays empty: nothing is guessed, and nothing that
// has a field here is lost.
type Entity struct {
	ID        string // unique, and the same in every edition: "ofac-27307", "un-KPe.001"
	Ref       string // the source's own number: "27307"
	Kind      Kind
	Names     []Name // the first is the primary one; at least one
	Gender    Gender
	Dates     []Date
	Places    []Place
	Countries []Country
	Documents []Document
	Addresses []Address
	Wallets   []Wallet
	Relations []Relation
	Programs  []string // tags as the source writes them, "DPRK3"; else the name of a regime
	Legal     []string // legal basis as the source writes it: an order, a regulation
	Listings  []Listing
	Vessel    *Vessel
	Titles    []string // of a person: offices and honors
	Contacts  []Contact
	Notes     []string // remarks that no field holds
	Topics    []string // why it is on file, in FollowTheMoney's words, "role.pep", where the source states it
	Referents []string // other IDs that stand for the same entity, where the source has merged them
}

// Unlisted is the topic of an entity that a source keeps for its ties to
// listed ones alone.
const Unlisted = "unlisted"

// Listed reports whether the entity is on file for itself.
func (e *Entity) Listed() bool { return !slices.Contains(e.Topics, Unlisted) }

// Kind is what an entity is.
type Kind uint8

// The kinds. Many lists do not say: KindUnknown may be any of the others and
// is never taken for one.
const (
	KindUnknown Kind = iota
	KindPerson
	KindOrganization
	KindVessel
	KindAircraft
	KindAsset // a security, wallet or other thing
)

// Gender as a list states it.
type Gender uint8

// The genders that lists state.
const (
	GenderUnknown Gender = iota
	Male
	Female
)

// Name is one spelling of an entity's name. Each counts on its own.
type Name struct {
	Text   string // as a person would write it; lists' "LAST, First" stays as it is
	First  string // given names, where the source parts them
	Last   string // family name, where the source parts them
	Script string // ISO 15924, "Latn", "Hang"; empty: not stated
	Lang   string // ISO 639-1, lower case, where the source states it
	Kind   NameKind
	Weak   bool // the source marks it as weak or low quality
}

// NameKind is what the source calls a name.
type NameKind uint8

// The kinds of names.
const (
	Primary  NameKind = iota
	AKA               // also known as
	FKA               // formerly known as
	NKA               // now known as
	Spelling          // the same name in another spelling or script
)

// Date is a day as exactly as a source knows it: From to To, both inclusive.
// A year alone is its first to its last day.
type Date struct {
	Kind     DateKind
	From, To navicert.Day
	Circa    bool
	Text     string // as written, where it could not be read: then From and To are 0
}

// DateKind says of what a Date is the day.
type DateKind uint8

// The kinds of dates.
const (
	Birth DateKind = iota
	Death
	Founded
	Built
)

// Place is where somebody was born or a body was founded.
type Place struct {
	Text    string
	Country string // ISO 3166-1 alpha-2, empty: not known
}

// Country ties an entity to a country.
type Country struct {
	Code string // ISO 3166-1 alpha-2, XK for Kosovo; empty where Text has none
	Text string // as the source writes it
	Role CountryRole
}

// CountryRole says how.
type CountryRole uint8

// The ways to belong to a country. Related is what a source says without
// saying how.
const (
	Related CountryRole = iota
	Nationality
	Citizenship
	Residence
	Jurisdiction // where a body is registered
	Flag         // of a vessel or an aircraft
	FormerFlag
)

// Document is a number by which an entity is known.
type Document struct {
	Type    DocType
	Kind    string // as the source writes it: "Passport", "Tax ID No."
	Number  string
	Country string // ISO 3166-1 alpha-2 of the issuer
	Issued  navicert.Day
	Expires navicert.Day // both 0: not stated
	Note    string
}

// DocType groups what sources call differently, as far as numbers of the
// group can be compared.
type DocType uint8

// The types of documents.
const (
	OtherDoc DocType = iota
	Passport
	NationalID
	TaxID
	Registration // of a company
	IMO          // of a vessel or shipowner, 7 digits
	MMSI         // 9 digits
	CallSign
	BIC // SWIFT
	LEI
	DUNS
	TailNumber // of an aircraft
	SerialNumber
	ISIN
)

// Address is a place on land. Text holds it whole when the source does not
// part it.
type Address struct {
	Text, Street, City, State, Postal string
	Country                           string // ISO 3166-1 alpha-2
}

// Contact is a way to reach somebody.
type Contact struct {
	Kind  string // "email", "website", "phone"
	Value string
}

// Wallet is an address on a chain of blocks as the source writes it, letter
// case kept. It is listed and removed on days of its own.
type Wallet struct {
	Asset   string // the source's ticker: "XBT"; it is not the chain
	Address string
	Listed  Span // when it came onto the list
	Removed Span // when it went; zero: still there in this edition
}

// Span is a day known only from two sides: after the day After and not later than By.
// Where the day itself is known, After is the day before By. A zero After
// means that nothing earlier is known; a zero By, that it has not been seen.
type Span struct{ After, By navicert.Day }

// Relation ties an entity to another one of its source.
type Relation struct {
	Type    RelationType
	Kind    string  // as the source writes it: "Owned or Controlled By"
	To      string  // ID of the other entity, empty where only the name is stated
	Name    string  // name of the other, as stated
	Percent float64 // share of ownership in percent; 0: not stated
	Former  bool
}

// RelationType groups relations; the entity is the subject: E is owned by To.
type RelationType uint8

// The types of relations.
const (
	OtherRelation RelationType = iota
	OwnedOrControlledBy
	Owns
	ActsFor
	Supports
	Associate
	Family
	LeaderOf
	PropertyOf // the entity is property in which To has an interest
)

// Listing is one list that an entity stands on, within the source.
type Listing struct {
	List        string       // "SDN", "Entity List", "1718"
	Since       navicert.Day // as the source states it; 0: it does not
	Until       navicert.Day // last day as stated, of an order that ends; 0: none stated
	Requirement string       // license requirement, as written (Entity List)
	Policy      string       // license review policy, as written
	Footnotes   []int        // Entity List footnotes that the requirement names: 1, 3, 4, 5
	Notices     []string     // Federal Register or other official citations
	Source      string       // address of the official page, as stated
}

// Vessel is what identifies a ship or an aircraft beside its names. IMO, MMSI
// and call sign stand in Documents.
type Vessel struct {
	Type, Owner         string
	Tonnage, GrossTons  string
	Model, Manufacturer string
}
