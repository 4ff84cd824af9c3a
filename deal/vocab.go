package deal

import "strings"

// Vocabulary is the closed vocabulary a deal file may use. Whoever reads law/
// fills it; this package holds no words of law of its own.
type Vocabulary struct {
	Terms     []Term    // law/glossary.yaml, in its order
	Items     []string  // the codes of law/tables/items.yaml
	Countries []Country // every country code in use, with its name
}

// Term is one entry of the glossary.
type Term struct {
	Name  string // "end_user.kind"
	Type  string // yes_no, choice, country, item, number, reading, derived, switch
	Group string // the part of the deal file that states it; empty: never stated
	// Values of a choice, in order.
	Values []Value
	Ask    string // the question put to a person
	Means  string
	Cite   string
}

// Value is one word of a choice.
type Value struct {
	Word  string
	Means string
}

// Country is a code with the name that a person may have written instead.
type Country struct {
	Code string
	Name string
}

// The groups that this package treats in a way of their own. Every other
// group is a section of the same name.
const (
	groupDeal    = "deal"     // keys at the top of the file
	groupItem    = "item"     // keys of each of items
	groupEndUser = "end_user" // keys of the end user among parties
)

// attested groups are worth nothing without a name and a day.
var attested = map[string]bool{"knowledge": true, "screening": true}

// index is a Vocabulary made ready for reading.
type index struct {
	*Vocabulary
	terms    map[string]*Term
	order    map[string]int
	groups   []string                    // in glossary order
	keys     map[string]map[string]*Term // group -> key -> term
	codes    map[string]bool             // items
	country  map[string]string           // code -> name
	byName   map[string]string           // folded name -> code
	keyOrder map[string][]string         // group -> keys, in glossary order
}

func (v *Vocabulary) index() *index {
	x := &index{
		Vocabulary: v, terms: map[string]*Term{}, order: map[string]int{},
		keys: map[string]map[string]*Term{}, keyOrder: map[string][]string{},
		codes: map[string]bool{}, country: map[string]string{}, byName: map[string]string{},
	}
	for i := range v.Terms {
		t := &v.Terms[i]
		x.terms[t.Name], x.order[t.Name] = t, i
		if t.Group == "" || t.Type == "derived" || t.Type == "switch" {
			continue
		}
		if x.keys[t.Group] == nil {
			x.keys[t.Group] = map[string]*Term{}
			x.groups = append(x.groups, t.Group)
		}
		k := t.key()
		x.keys[t.Group][k] = t
		x.keyOrder[t.Group] = append(x.keyOrder[t.Group], k)
	}
	for _, c := range v.Items {
		x.codes[c] = true
	}
	for _, c := range v.Countries {
		x.country[c.Code] = c.Name
		x.byName[strings.ToLower(c.Name)] = c.Code
	}
	return x
}

// key is the word that states t inside its part of the file: the name
// without its prefix.
func (t *Term) key() string {
	if i := strings.IndexByte(t.Name, '.'); i >= 0 {
		return t.Name[i+1:]
	}
	return t.Name
}

// percent tells whether t is a share, which cannot exceed 100.
func (t *Term) percent() bool { return strings.HasPrefix(t.Ask, "What percentage") }

func (t *Term) words() []string {
	out := make([]string, len(t.Values))
	for i, v := range t.Values {
		out[i] = v.Word
	}
	return out
}

// sections lists the groups that are mappings at the top of the file.
func (x *index) sections() []string {
	var out []string
	for _, g := range x.groups {
		if g != groupDeal && g != groupItem && g != groupEndUser {
			out = append(out, g)
		}
	}
	return out
}
