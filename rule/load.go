package rule

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"sort"
	"strings"

	"go.yaml.in/yaml/v3"

	"navicert"
)

// Load reads the law from the YAML files of a tree laid out like law/. Its
// error lists everything that is wrong, each with file and line.
func Load(tree fs.FS) (*Law, error) {
	files, err := lawFiles(tree)
	if err != nil {
		return nil, err
	}
	l := &Law{}
	h := sha256.New()
	r := &reader{}
	docs := map[string]*yaml.Node{}
	for _, f := range files {
		data, err := readFile(tree, f)
		if err != nil {
			return nil, err
		}
		fmt.Fprintf(h, "%s %d\n", f, len(data))
		h.Write(data)
		r.file = f
		docs[f] = r.parse(data)
	}
	l.Hash = hex.EncodeToString(h.Sum(nil))
	// Words and tables first: rules are read against them.
	for _, f := range files {
		n := docs[f]
		r.file = f
		switch {
		case n == nil:
		case f == "glossary.yaml":
			l.readTerms(r, n)
		case f == "exceptions.yaml":
			l.readExceptions(r, n)
		case f == "order.yaml":
			l.Order = r.texts(n)
		case strings.HasPrefix(f, "tables/"):
			l.readTables(r, n)
		}
	}
	l.build()
	l.checkWords(r)
	for i, name := range l.Order {
		if _, ok := l.Fact(name); !ok || slices.Contains(l.Order[:i], name) {
			r.errs = append(r.errs, fmt.Errorf("order.yaml: %q stands twice, or is no term that can be stated", name))
		}
	}
	if err := r.err(); err != nil {
		return nil, err
	}
	for _, f := range files {
		n := docs[f]
		r.file = f
		switch {
		case n == nil || f == "exceptions.yaml" || f == "order.yaml" || strings.HasPrefix(f, "tables/"):
		case f == "glossary.yaml":
			l.readImplies(r, n)
		default:
			l.readSection(r, n)
		}
	}
	if err := r.err(); err != nil {
		return nil, err
	}
	l.build()
	l.check(r)
	return l, r.err()
}

// lawFiles lists the data files of a law tree that the judge reads, in order.
// Tests beside the rules are not among them.
func lawFiles(tree fs.FS) ([]string, error) {
	var out []string
	err := fs.WalkDir(tree, ".", func(p string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() && path.Ext(p) == ".yaml" && !strings.HasSuffix(p, "_test.yaml") {
			out = append(out, p)
		}
		return err
	})
	sort.Strings(out)
	return out, err
}

// maxFile is far above any file of law data.
const maxFile = 16 << 20

// readFile refuses what would not end or not fit: pipes, devices, huge files.
func readFile(tree fs.FS, name string) ([]byte, error) {
	st, err := fs.Stat(tree, name)
	switch {
	case err != nil:
		return nil, err
	case !st.Mode().IsRegular():
		return nil, fmt.Errorf("%s: not a regular file", name)
	case st.Size() > maxFile:
		return nil, fmt.Errorf("%s: the file is larger than %d MiB", name, maxFile>>20)
	}
	return fs.ReadFile(tree, name)
}

// checkWords refuses words that the rules could not be read against: switches
// that choose nothing or themselves, and more values than a Raw can number.
func (l *Law) checkWords(r *reader) {
	fail := func(at Pos, format string, args ...any) {
		r.errs = append(r.errs, fmt.Errorf("%s: %s", at, fmt.Sprintf(format, args...)))
	}
	ends := map[*Term]bool{} // switches; false while one is being followed
	var follow func(t *Term) bool
	follow = func(t *Term) bool {
		if end, seen := ends[t]; seen || t.Kind != Switch {
			return end || t.Kind != Switch
		}
		ends[t] = false
		uses := 0
		for _, b := range t.Choose {
			when, use := l.Term(b.When), l.Term(b.Use)
			if b.When != "" && (when == nil || !when.Bool()) || b.Use != "" && (use == nil || !follow(use)) {
				return false
			}
			if use != nil {
				uses++
			}
		}
		ends[t] = uses > 0
		return ends[t]
	}
	for i := range l.Terms {
		t := &l.Terms[i]
		if !follow(t) {
			fail(t.At, "%s: a switch chooses between terms of the glossary, by terms that are true or false, and never itself", t.Name)
		}
		if len(t.Values) > maxValues {
			fail(t.At, "%s: more than %d values", t.Name, maxValues)
		}
	}
	if n := max(len(l.Countries), len(l.Items)); n > maxValues {
		r.errs = append(r.errs, fmt.Errorf("tables: %d countries or items, more than %d", n, maxValues))
	}
}

// maxValues is how many values a Raw tells apart, besides Unknown.
const maxValues = 1<<8 - 1

func (l *Law) readTerms(r *reader, n *yaml.Node) {
	f := r.fields(n, "terms", "implies")
	for _, t := range r.list(f["terms"]) {
		f := r.fields(t, "term", "type", "group", "values", "choose", "ask", "means", "cite")
		term := Term{
			Name: r.need(t, f, "term"), Kind: Kind(r.need(t, f, "type")), Group: r.text(f["group"]),
			Ask: r.text(f["ask"]), Means: r.need(t, f, "means"), Cite: r.need(t, f, "cite"), At: r.pos(t),
		}
		r.oneOf(t, string(term.Kind), "yes_no", "choice", "country", "item", "number", "reading", "derived", "switch")
		if v := f["values"]; v != nil && v.Kind == yaml.MappingNode {
			for i := 0; i < len(v.Content); i += 2 {
				term.Values = append(term.Values, Code{r.text(v.Content[i]), r.text(v.Content[i+1])})
			}
		}
		for _, b := range r.list(f["choose"]) {
			f := r.fields(b, "when", "use", "value")
			term.Choose = append(term.Choose, Branch{r.text(f["when"]), r.text(f["use"]), r.text(f["value"])})
		}
		if (term.Ask == "") != (term.Kind == Derived || term.Kind == Switch) {
			r.fail(t, "%s: a term that can be stated needs ask; a derived or switch term has none", term.Name)
		}
		l.Terms = append(l.Terms, term)
	}
}

func (l *Law) readImplies(r *reader, n *yaml.Node) {
	for _, m := range r.list(r.fields(n, "terms", "implies")["implies"]) {
		f := r.fields(m, "if", "then", "because")
		if f["if"] == nil || f["then"] == nil {
			r.fail(m, "implies needs if and then")
			continue
		}
		im := Implication{If: l.readCond(r, f["if"]), Because: r.need(m, f, "because"), At: r.pos(m)}
		if f["then"].Kind == yaml.MappingNode {
			for i := 0; i+1 < len(f["then"].Content); i += 2 {
				lit := Literal{r.text(f["then"].Content[i]), r.text(f["then"].Content[i+1])}
				if _, _, err := l.Encode(lit.Term, lit.Value); err != nil {
					r.fail(f["then"], "%v", err)
				}
				im.Then = append(im.Then, lit)
			}
		} else if r.text(f["then"]) != "never" {
			r.fail(f["then"], "then is a mapping of terms to values, or never")
		}
		l.Implies = append(l.Implies, im)
	}
}

func (l *Law) readExceptions(r *reader, n *yaml.Node) {
	for _, x := range r.list(n) {
		f := r.fields(x, "symbol", "name", "cite")
		l.Exceptions = append(l.Exceptions, Exception{r.need(x, f, "symbol"), r.need(x, f, "name"), r.need(x, f, "cite")})
	}
}

func (l *Law) readTables(r *reader, n *yaml.Node) {
	f := r.fields(n, "countries", "items", "sets")
	for _, c := range r.list(f["countries"]) {
		f := r.fields(c, "code", "name")
		if f["code"] == nil {
			r.fail(c, "code is missing")
			continue
		}
		l.Countries = append(l.Countries, Code{r.code(f["code"]), r.need(c, f, "name")})
	}
	for _, c := range r.list(f["items"]) {
		f := r.fields(c, "item", "eccn", "kind", "says")
		if f["item"] == nil {
			r.fail(c, "item is missing")
			continue
		}
		l.Items = append(l.Items, Item{r.code(f["item"]), r.text(f["eccn"]), r.text(f["kind"]), r.need(c, f, "says")})
	}
	for _, s := range r.list(f["sets"]) {
		f := r.fields(s, "set", "of", "title", "cite", "evidence", "checked", "note", "members")
		if f["set"] == nil {
			r.fail(s, "set is missing")
			continue
		}
		set := Set{
			Name: r.text(f["set"]), Of: r.oneOf(s, r.text(f["of"]), "country", "item"), Title: r.need(s, f, "title"),
			Cite: r.need(s, f, "cite"), Checked: r.text(f["checked"]), At: r.pos(s),
			Evidence: r.oneOf(s, r.text(f["evidence"]), "checked", "recalled"),
		}
		for _, m := range r.list(f["members"]) {
			f := r.fields(m, "in", "since", "until", "source", "evidence", "checked", "note")
			set.Members = append(set.Members, Members{
				In: r.codes(f["in"]), Since: r.day(f["since"], navicert.MinDay), Until: r.day(f["until"], navicert.Forever),
				Source: r.text(f["source"]), Evidence: r.text(f["evidence"]), Note: r.text(f["note"]), At: r.pos(m),
			})
		}
		l.Sets = append(l.Sets, set)
	}
}
