package navicert

// Verdict is what a deal's answer comes to. The worst verdict of all bodies
// of law and all cases is the verdict of the deal.
type Verdict string

// The verdicts, the best first.
const (
	MayGo           Verdict = "may_go"
	OpenVerdict     Verdict = "open"
	LicenseRequired Verdict = "license_required"
	Prohibited      Verdict = "prohibited"
)

var severity = map[Verdict]int{MayGo: 0, OpenVerdict: 1, LicenseRequired: 2, Prohibited: 3}

// Worse returns the worse of two verdicts.
func (v Verdict) Worse(w Verdict) Verdict {
	if severity[w] > severity[v] {
		return w
	}
	return v
}

// ExitCode is the process exit code that stands for v.
func (v Verdict) ExitCode() int {
	switch v {
	case MayGo:
		return 0
	case LicenseRequired:
		return 2
	case Prohibited:
		return 3
	}
	return 4
}

// DecisionFormat names the JSON form of a Decision; it changes when a field
// changes its meaning or goes away, not when one is added.
const DecisionFormat = "navicert-decision/1"

// Decision is the whole answer to one deal. It is a function of the deal, the
// law edition, the lists and the day alone.
type Decision struct {
	Format    string         `json:"format"`
	File      string         `json:"file,omitempty"`
	Reference string         `json:"reference,omitempty"`
	Day       Day            `json:"day"`
	Verdict   Verdict        `json:"verdict"`
	Cases     []CaseDecision `json:"cases"`
	Hits      []ListHit      `json:"hits"`
	Cleared   []Clear        `json:"cleared,omitempty"` // decisions of the firm that kept a name from being a hit
	Settle    []string       `json:"settle,omitempty"`  // what a person must settle before the deal may go; also among the notices
	Checked   Checked        `json:"checked"`
	Notices   []string       `json:"notices,omitempty"` // what the reader must know beside the answer
}

// Checked says what the answer rests on.
type Checked struct {
	Law     string   `json:"law"`     // hash of the law data
	Edition string   `json:"edition"` // hash of the law of the day
	Overlay []string `json:"overlay,omitempty"`
	Lists   []string `json:"lists"` // lists searched, with date and hash
}

// Clear is a firm's decision that a name is not that of a listed entity.
type Clear struct {
	Name    string `json:"name"`
	Entity  string `json:"entity"` // ID of the listed entity
	Reason  string `json:"reason"`
	By      string `json:"by"`
	On      Day    `json:"on"`
	Expires Day    `json:"expires"` // last day on which it counts
}

// CaseDecision answers for one item, under one classification, to one end user.
type CaseDecision struct {
	Label   string   `json:"label"`
	Verdict Verdict  `json:"verdict"`
	Answers []Answer `json:"answers"` // one per body of law
	Facts   []Fact   `json:"facts"`
}

// Answer is what one body of law says of one case.
type Answer struct {
	Body     Body     `json:"body"`
	Verdict  Verdict  `json:"verdict"`
	Outcomes []string `json:"outcomes"` // all that are still possible; one when decided
	Stricter string   `json:"stricter,omitempty"`
	Reasons  []Reason `json:"reasons"`
	Review   []Reason `json:"review,omitempty"`   // license review policy
	Warnings []Reason `json:"warnings,omitempty"` // paragraphs that hold and change nothing here
	Open     []Ask    `json:"open,omitempty"`     // exactly the facts that would change the answer
	Next     *Ask     `json:"next,omitempty"`
	Alike    []Ask    `json:"alike,omitempty"` // questions of law that were met, and under whose both readings the answer is the same
	Cut      bool     `json:"cut,omitempty"`   // too wide for an exact answer: Outcomes and Open may hold too much
	Recalled bool     `json:"recalled"`        // some reason rests on text that was recalled, not checked
	Trace    []Reason `json:"trace,omitempty"`
}

// Reason is one paragraph of law and what came of it.
type Reason struct {
	ID       string   `json:"id"`
	Cite     Citation `json:"cite"`
	Since    Day      `json:"since"`
	Says     string   `json:"says"`
	Effect   string   `json:"effect"` // "requires license", "bars ACE"
	Holds    string   `json:"holds"`  // yes, no, open
	Lifted   bool     `json:"lifted,omitempty"`
	Status   string   `json:"status,omitempty"` // when it is not plainly in force
	Evidence string   `json:"evidence"`         // checked against which text, or recalled
	Missing  []string `json:"missing,omitempty"`
}

// Ask is a fact, or a question of law, that nobody has settled.
type Ask struct {
	Term    string   `json:"term"`
	Ask     string   `json:"ask"`
	Means   string   `json:"means"`
	Cite    string   `json:"cite"`
	OfLaw   bool     `json:"of_law,omitempty"` // two readings are tenable
	Answers []Change `json:"answers,omitempty"`
}

// Change says what an answer would lead to.
type Change struct {
	Values   []string `json:"values"`
	Outcomes []string `json:"outcomes"`
}

// ListHit is a party or wallet found on a list.
type ListHit struct {
	Party  string `json:"party"`
	Entry  string `json:"entry"`
	How    string `json:"how"`
	Note   string `json:"note"`
	Source string `json:"source"`
	States bool   `json:"states"`         // it states a fact; otherwise it is only shown
	Open   bool   `json:"open,omitempty"` // a person must settle it before the deal may go

	List         string  `json:"list,omitempty"`
	Since        string  `json:"since,omitempty"`
	When         string  `json:"when,omitempty"` // then, later, earlier, unknown
	Similarity   float64 `json:"similarity,omitempty"`
	Completeness float64 `json:"completeness,omitempty"`
	Score        float64 `json:"score,omitempty"`
}
