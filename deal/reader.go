package deal

import (
	"fmt"
	"regexp"
	"strings"
	"unicode"

	"go.yaml.in/yaml/v3"

	"navicert"
)

// reader gathers facts and faults while it walks the nodes of one file.
type reader struct {
	*index
	file  string
	errs  navicert.Errors
	quiet bool // enough faults were found
}

func (r *reader) place(n *yaml.Node) string { return navicert.Place(r.file, n.Line, n.Column) }

func (r *reader) fault(n *yaml.Node, what, want, hint string) {
	if r.quiet {
		return
	}
	r.errs = append(r.errs, &navicert.Error{
		File: r.file, Line: n.Line, Column: n.Column,
		What: what, Want: want, Hint: hint,
	})
	r.quiet = len(r.errs) == maxErrors
}

// check refuses the parts of YAML that a reader of the file could not follow
// with his eyes: anchors, aliases, tags, merge keys, and deep nesting.
func (r *reader) check(n *yaml.Node, depth int) {
	if r.quiet {
		return
	}
	if depth > maxDepth {
		r.fault(n, "entries are nested too deeply", fmt.Sprintf("at most %d levels", maxDepth), "")
		r.quiet = true
		return
	}
	switch {
	case n.Kind == yaml.AliasNode:
		r.fault(n, "*"+n.Value+" is a YAML alias", "plain values",
			"put it in quotes if the star belongs to it, or write the value out")
		return
	case n.Anchor != "":
		r.fault(n, "&"+n.Anchor+" is a YAML anchor", "plain values",
			"put it in quotes if the & belongs to it, or delete it")
	case n.Style&yaml.TaggedStyle != 0:
		r.fault(n, quote(n.Tag)+" is a YAML tag", "plain values", "delete it")
	}
	if n.Kind == yaml.MappingNode {
		seen := make(map[string]int, len(n.Content)/2)
		for i := 0; i+1 < len(n.Content); i += 2 {
			k := n.Content[i]
			switch {
			case k.Kind == yaml.ScalarNode && k.Tag == "!!merge":
				r.fault(k, "<< is a YAML merge key", "plain keys", "write the entries out")
			case k.Kind != yaml.ScalarNode && k.Kind != yaml.AliasNode:
				r.fault(k, "a list or group cannot be a key", "a plain word", "")
			default:
				if line, ok := seen[k.Value]; ok {
					r.fault(k, quote(k.Value)+" stands twice in this group",
						"every key once", fmt.Sprintf("the first is on line %d", line))
				}
				seen[k.Value] = k.Line
			}
		}
	}
	for _, c := range n.Content {
		r.check(c, depth+1)
	}
}

// entry is one key of a mapping with its value.
type entry struct {
	key   string
	k, at *yaml.Node
}

// mapping lists the entries of n, or reports that n is something else.
func (r *reader) mapping(n *yaml.Node, what, want string) []entry {
	if isNull(n) {
		return nil
	}
	if n.Kind != yaml.MappingNode {
		r.fault(n, what+" is "+shape(n), want, "")
		return nil
	}
	out := make([]entry, 0, len(n.Content)/2)
	for i := 0; i+1 < len(n.Content); i += 2 {
		out = append(out, entry{n.Content[i].Value, n.Content[i], n.Content[i+1]})
	}
	return out
}

// list returns the elements of n, or reports that n is something else.
func (r *reader) list(n *yaml.Node, key string) []*yaml.Node {
	if isNull(n) {
		return nil
	}
	if n.Kind != yaml.SequenceNode {
		hint := "begin each entry with a dash, or write [a, b]"
		r.fault(n, quote(key)+" is "+shape(n), "a list", hint)
		return nil
	}
	return n.Content
}

// oneOrMore is list, but a single value may stand without one.
func (r *reader) oneOrMore(n *yaml.Node, key string) []*yaml.Node {
	if n.Kind == yaml.ScalarNode && !isNull(n) {
		return []*yaml.Node{n}
	}
	return r.list(n, key)
}

// each reads a list of at most so many items or parties.
func each[T any](r *reader, e entry, most int, read func(*yaml.Node, int) T) []T {
	nodes := r.list(e.at, e.key)
	if len(nodes) > most {
		r.fault(nodes[most], fmt.Sprintf("the deal has %d %s", len(nodes), e.key), fmt.Sprintf("at most %d", most), "split the deal")
		return nil
	}
	var out []T
	for i, c := range nodes {
		if r.quiet {
			break
		}
		out = append(out, read(c, i))
	}
	return out
}

// isNull holds for values by which a person says "not known".
func isNull(n *yaml.Node) bool {
	return n.Kind == yaml.ScalarNode && (n.Tag == "!!null" || n.Value == "unknown")
}

func shape(n *yaml.Node) string {
	switch n.Kind {
	case yaml.MappingNode:
		return "a group of entries"
	case yaml.SequenceNode:
		return "a list"
	default:
		return "the single value " + quote(n.Value)
	}
}

// text reads free text or a code. Words that other YAML readers would turn
// into a number, a date or true and false must be quoted.
func (r *reader) text(n *yaml.Node, key string) string {
	if isNull(n) {
		return ""
	}
	if n.Kind != yaml.ScalarNode {
		r.fault(n, quote(key)+" is "+shape(n), "text", "")
		return ""
	}
	if n.Tag != "!!str" {
		r.fault(n, n.Value+" without quotes is "+plainAs(n), "text", `write "`+n.Value+`" in quotes`)
		return ""
	}
	seen := false
	for _, c := range n.Value {
		if misleads(c) {
			r.fault(n, fmt.Sprintf("%s holds a control character (U+%04X)", quote(key), c), "plain text", "delete it")
			return ""
		}
		seen = seen || unicode.IsGraphic(c)
	}
	if !seen && n.Value != "" {
		r.fault(n, quote(key)+" holds nothing that can be seen", "plain text", "leave it out if you do not know it")
		return ""
	}
	return strings.TrimSpace(lineEnds.ReplaceAllString(n.Value, " "))
}

// lineEnds are where a text was broken: it is shown on one line, so that none
// of it can pass for a line of the answer.
var lineEnds = regexp.MustCompile(`[ \t]*[\n\t]\s*`)

// misleads holds for characters that make a text look other than it is on a
// screen: controls, line and paragraph separators, overrides of direction.
func misleads(c rune) bool {
	switch {
	case c == '\n', c == '\t':
		return false
	case c >= 0x2028 && c <= 0x202e, c >= 0x2066 && c <= 0x2069:
		return true
	}
	return unicode.IsControl(c)
}

func plainAs(n *yaml.Node) string {
	switch n.Tag {
	case "!!bool":
		return "true or false to a YAML reader"
	case "!!timestamp":
		return "a date to a YAML reader"
	default:
		return "a number to a YAML reader"
	}
}

// texts reads a list of texts; a single one may stand without a list.
func (r *reader) texts(n *yaml.Node, key string) []string {
	var out []string
	for _, c := range r.oneOrMore(n, key) {
		if s := r.text(c, key); s != "" {
			out = append(out, s)
		}
	}
	return out
}

func (r *reader) day(n *yaml.Node, key string) (navicert.Day, bool) {
	s := r.text(n, key)
	if s == "" {
		return 0, false
	}
	d, err := navicert.ParseDay(s[:min(len(s), 60)]) // a day is shorter, and the message shows it
	if err != nil {
		r.fault(n, err.Error(), "", "")
		return 0, false
	}
	return d, true
}

// unknownKey reports a key that does not belong where it stands.
func (r *reader) unknownKey(e entry, part string, allowed []string) {
	if r.quiet {
		return
	}
	hint := moved[part+"/"+e.key]
	if hint == "" {
		hint = didYouMean(nearest(e.key, allowed))
	}
	if hint == "" {
		hint = r.elsewhere(e.key)
	}
	want := oneOf(allowed)
	if hint != "" && len(allowed) > 12 {
		want = "" // the hint says more than a long list
	}
	what := "unknown key " + quote(e.key)
	if part != "" {
		what += " in " + part
	}
	r.fault(e.k, what, want, hint)
}

// elsewhere finds the part of the file in which a key would be right.
func (r *reader) elsewhere(key string) string {
	for _, g := range r.groups {
		if r.keys[g][key] == nil {
			continue
		}
		switch g {
		case groupDeal:
			return "it belongs at the top of the file"
		case groupItem:
			return "it belongs to an entry of items"
		case groupEndUser:
			return "it belongs to the party whose role is end_user"
		}
		return "it belongs in " + g
	}
	return ""
}

// moved answers words people try that stand for something else here.
var moved = map[string]string{
	"/end_user":          "write parties: with an entry whose role is end_user",
	"/enc":               `did you mean "encryption"?`,
	"/storage":           "write encrypted: in route",
	"/date":              `did you mean "day"?`,
	"/destination":       "write to: in route",
	"/country":           "write to: in route, and country: in each party",
	"/attestation":       "write by: and on: in knowledge and in screening",
	"items/final":        "a final classification stands in eccn, one still open in candidate",
	"items/ccl":          `did you mean "eccn"?`,
	"items/class":        `did you mean "eccn"?`,
	"parties/located_in": `did you mean "country"?`,
	"parties/location":   `did you mean "country"?`,
	"parties/type":       `did you mean "kind"?`,
	"route/destination":  `did you mean "to"?`,
	"route/origin":       `did you mean "from"?`,
}
