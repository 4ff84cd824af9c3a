// Package navicert is the vocabulary of the product: the words that every
// room shares. It holds no law and no behavior beyond reading and printing
// its own words.
//
// A [Deal] is what a person states. It becomes [Fact]s, each with its
// evidence; law is applied to facts and gives a [Decision] per body of law.
// A fact that nobody has stated is unknown, and unknown is never "no".
package navicert

// Version is the product's version, printed beside the law edition.
const Version = "0.1.0"

// Body is a body of law. Answers of different bodies are never merged.
type Body string

// The bodies of law that the product answers for.
const (
	EAR  Body = "EAR"  // Export Administration Regulations, 15 CFR parts 730-774
	OFAC Body = "OFAC" // sanctions regulations, 31 CFR chapter V
	UN   Body = "UN"   // Security Council resolution 1718 (2006) and its successors
)

// Bodies lists the bodies of law in the order in which answers are shown.
var Bodies = []Body{EAR, OFAC, UN}

// Fact is one stated or found circumstance of a deal.
type Fact struct {
	Term     string   `json:"term"`  // a term of law/glossary.yaml
	Value    string   `json:"value"` // canonical text: "true", "CN", "30", "4D004"
	Evidence Evidence `json:"evidence"`
}

// Evidence says where a fact comes from.
type Evidence struct {
	Kind  string `json:"kind"`            // stated, attested, found, follows
	By    string `json:"by,omitempty"`    // who attested it, or which list was searched
	On    string `json:"on,omitempty"`    // the day of the attestation or of the list
	Where string `json:"where,omitempty"` // file:line:column of a statement
	Note  string `json:"note,omitempty"`  // what was found, or what it follows from
}

// Citation points at one paragraph of law.
type Citation struct {
	Cite   string `json:"cite"`             // "15 CFR 740.22(c)(4)"
	Source string `json:"source,omitempty"` // Federal Register document that put it in force
	URL    string `json:"url,omitempty"`    // official text of the deal's day
}
