package name_test

import (
	"bytes"
	"compress/gzip"
	"encoding/csv"
	"encoding/xml"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"navicert/name"
)

const shared = "../../shared/"

// listed is a party of a list: how the list writes it.
type listed struct {
	id, kind string // kind: "person", "entity" or another word of the source
	names    map[string]bool
}

func open(t *testing.T, file string) io.Reader {
	f, err := os.Open(filepath.FromSlash(shared + file))
	if err != nil {
		t.Skip("the folder with real lists is absent:", err)
	}
	t.Cleanup(func() { f.Close() })
	z, err := gzip.NewReader(f)
	if err != nil {
		t.Fatal(err)
	}
	return z
}

// table reads a CSV file whose columns are told by its header.
func table(t *testing.T, r io.Reader, comma rune, skip int, row func(get func(string) string)) {
	c := csv.NewReader(r)
	c.Comma, c.LazyQuotes, c.FieldsPerRecord = comma, true, -1
	for range skip {
		c.Read()
	}
	head, err := c.Read()
	if err != nil {
		t.Fatal(err)
	}
	at := map[string]int{}
	for i, h := range head {
		at[strings.TrimPrefix(h, "\ufeff")] = i
	}
	for {
		rec, err := c.Read()
		if err == io.EOF {
			return
		}
		if err != nil {
			t.Fatal(err)
		}
		row(func(col string) string {
			if i, ok := at[col]; ok && i < len(rec) {
				return strings.TrimSpace(rec[i])
			}
			return ""
		})
	}
}

func readUN(t *testing.T, file string) map[string]*listed {
	type alias struct {
		Name string `xml:"ALIAS_NAME"`
	}
	type party struct {
		XMLName  xml.Name
		Ref      string  `xml:"REFERENCE_NUMBER"`
		Names    string  `xml:"FIRST_NAME"`
		Second   string  `xml:"SECOND_NAME"`
		Third    string  `xml:"THIRD_NAME"`
		Fourth   string  `xml:"FOURTH_NAME"`
		Original string  `xml:"NAME_ORIGINAL_SCRIPT"`
		Persons  []alias `xml:"INDIVIDUAL_ALIAS"`
		Entities []alias `xml:"ENTITY_ALIAS"`
	}
	var doc struct {
		I []party `xml:"INDIVIDUALS>INDIVIDUAL"`
		E []party `xml:"ENTITIES>ENTITY"`
	}
	if err := xml.NewDecoder(open(t, file)).Decode(&doc); err != nil {
		t.Fatal(err)
	}
	out := map[string]*listed{}
	for _, p := range slices.Concat(doc.I, doc.E) {
		l := &listed{p.Ref, "person", map[string]bool{}}
		if p.XMLName.Local == "ENTITY" {
			l.kind = "entity"
		}
		l.names[strings.Join(strings.Fields(strings.Join([]string{p.Names, p.Second, p.Third, p.Fourth}, " ")), " ")] = true
		for _, a := range slices.Concat(p.Persons, p.Entities, []alias{{p.Original}}) {
			l.names[strings.TrimSpace(a.Name)] = true
		}
		out[p.Ref] = l
	}
	return out
}

func readEU(t *testing.T) map[string]*listed {
	out := map[string]*listed{}
	table(t, open(t, "lists/eu/eu_fsf_1_1.2024-01-24.csv.gz"), ';', 0, func(get func(string) string) {
		id := get("Entity_LogicalId")
		if out[id] == nil {
			kind := "entity"
			if get("Entity_SubjectType_ClassificationCode") == "P" || get("Entity_SubjectType") == "P" {
				kind = "person"
			}
			out[id] = &listed{id, kind, map[string]bool{}}
		}
		out[id].names[get("NameAlias_WholeName")] = true
	})
	return out
}

func readUK(t *testing.T) map[string]*listed {
	out := map[string]*listed{}
	table(t, open(t, "lists/uk/UK_Sanctions_List.2022-11-30.csv.gz"), ',', 1, func(get func(string) string) {
		id := get("Unique ID")
		if out[id] == nil {
			kind := "entity"
			if get("Individual, Entity, Ship") == "Individual" {
				kind = "person"
			}
			out[id] = &listed{id, kind, map[string]bool{}}
		}
		var parts []string
		for _, c := range []string{"Name 1", "Name 2", "Name 3", "Name 4", "Name 5", "Name 6"} {
			parts = append(parts, get(c))
		}
		out[id].names[strings.Join(strings.Fields(strings.Join(parts, " ")), " ")] = true
		out[id].names[get("Name non-latin script")] = true
	})
	return out
}

// readQueries gives the labeled queries in other scripts, each as a party
// with the names that the index has for it.
func readQueries(t *testing.T) map[string]*listed {
	index := map[string][]string{}
	table(t, open(t, "names/index.csv.gz"), ',', 0, func(get func(string) string) {
		index[get("entity_id")] = append(index[get("entity_id")], get("name"))
	})
	out := map[string]*listed{}
	table(t, open(t, "names/queries.csv.gz"), ',', 0, func(get func(string) string) {
		if get("kind") != "xscript" {
			return
		}
		l := &listed{get("qid"), get("etype"), map[string]bool{get("query"): true}}
		for id := range strings.SplitSeq(get("expected"), "|") {
			for _, n := range index[id] {
				l.names[n] = true
			}
		}
		out[l.id] = l
	})
	return out
}

// word is a token as it is compared here.
type word struct {
	sounds, bones []string
	groups        []name.Group
}

// words keeps the tokens that carry a name.
func tokens(r name.Reading) (out []word) {
	for pass := range 2 {
		for _, t := range r.Tokens {
			if pass == 0 && t.Class&(name.Legal|name.Title|name.Particle|name.Function) != 0 {
				continue
			}
			w := word{groups: slices.Clone(t.Groups)}
			for _, s := range append([]name.Spelling{{Text: t.Text, Sound: t.Sound, Bones: t.Bones}}, t.Alts...) {
				w.sounds = append(w.sounds, string(s.Sound))
				w.bones = append(w.bones, string(s.Bones))
			}
			out = append(out, w)
		}
		if len(out) > 0 {
			break
		}
	}
	return out
}

func (a word) meets(b word, bones bool) bool {
	for i, s := range a.sounds {
		if slices.Contains(b.sounds, s) || bones && len(a.bones[i]) > 1 && slices.Contains(b.bones, a.bones[i]) {
			return true
		}
	}
	for _, g := range a.groups {
		if g.Kind() != name.Nick && slices.Contains(b.groups, g) {
			return true
		}
	}
	return false
}

func join(ws []word) word {
	w := word{sounds: []string{""}, bones: []string{""}}
	for _, x := range ws {
		w.sounds[0] += x.sounds[0]
		w.bones[0] += x.bones[0]
	}
	return w
}

// meet tells whether the shorter of two names is found word by word in the
// longer, words taken together where one side writes them as one.
func meet(a, b []word, bones bool) bool {
	if len(a) > len(b) {
		a, b = b, a
	}
	if len(a) == 0 {
		return false
	}
	if join(a).meets(join(b), bones) {
		return true
	}
	used := make([]bool, len(b))
	found := 0
next:
	for i := 0; i < len(a); i++ {
		for n := 1; n <= 3; n++ {
			for j := 0; j+n <= len(b); j++ {
				if !slices.Contains(used[j:j+n], true) {
					x := b[j]
					if n > 1 {
						x = join(b[j : j+n])
					}
					if a[i].meets(x, bones) {
						for k := j; k < j+n; k++ {
							used[k] = true
						}
						found++
						continue next
					}
				}
			}
		}
		for n := 2; n <= 3 && i+n <= len(a); n++ {
			for j := range b {
				if !used[j] && join(a[i:i+n]).meets(b[j], bones) {
					used[j] = true
					found++
					i += n - 1
					continue next
				}
			}
		}
		return false
	}
	return found > 1 || len(b) == 1
}

// TestListedNames reads every name that a list gives in another script and
// looks whether one of its readings meets one of the list's Latin spellings.
func TestListedNames(t *testing.T) {
	sources := map[string]map[string]*listed{
		"un": readUN(t, "lists/un/consolidated.2026-02-27.xml.gz"), "eu": readEU(t), "uk": readUK(t), "queries": readQueries(t),
	}
	type tally struct{ met, all int }
	tallies := map[string]*tally{}
	misses := map[string][]string{}
	var p, q name.Parser
	for _, src := range slices.Sorted(maps.Keys(sources)) {
		for _, id := range slices.Sorted(maps.Keys(sources[src])) {
			l := sources[src][id]
			var latin [][]word
			var latinNames []string
			names := slices.Sorted(maps.Keys(l.names))
			for _, n := range names {
				if got := p.Parse(n); got.Script == name.Latin {
					latinNames = append(latinNames, n)
					for _, r := range got.Readings {
						latin = append(latin, tokens(r))
					}
				}
			}
			for _, n := range names {
				got := q.Parse(n)
				if got.Script == name.Latin || got.Script == name.NoScript || len(latin) == 0 {
					continue
				}
				key := src + " " + l.kind + " " + got.Script.String()
				if tallies[key] == nil {
					tallies[key] = new(tally)
				}
				tallies[key].all++
				met := false
				for _, r := range got.Readings {
					w := tokens(r)
					met = met || slices.ContainsFunc(latin, func(b []word) bool { return meet(w, b, got.Script == name.Arabic || got.Script == name.Hebrew) })
				}
				if met {
					tallies[key].met++
				} else {
					var b bytes.Buffer
					for _, t := range got.Readings[0].Tokens {
						b.WriteByte(' ')
						b.Write(t.Text)
					}
					misses[key] = append(misses[key], n+" ="+b.String()+" | "+strings.Join(latinNames, "; "))
				}
			}
		}
	}
	for _, key := range slices.Sorted(maps.Keys(tallies)) {
		x := tallies[key]
		t.Logf("%-24s %5d of %5d  %.3f", key, x.met, x.all, float64(x.met)/float64(x.all))
	}
	// Names of persons: what was reached stays reached.
	for script, least := range map[string]float64{"Cyrl": .965, "Hang": .95, "Hani": .95, "Arab": .90} {
		var sum tally
		for key, x := range tallies {
			if strings.HasSuffix(key, "person "+script) {
				sum.met, sum.all = sum.met+x.met, sum.all+x.all
			}
		}
		if got := float64(sum.met) / float64(sum.all); got < least {
			t.Errorf("%s: %d of %d names of persons meet, %.3f, want %.3f", script, sum.met, sum.all, got, least)
		} else {
			t.Logf("%s: %d of %d names of persons meet, %.3f", script, sum.met, sum.all, got)
		}
	}
	if file := os.Getenv("NAVICERT_MISSES"); file != "" {
		var b bytes.Buffer
		for _, key := range slices.Sorted(maps.Keys(misses)) {
			for _, m := range misses[key] {
				b.WriteString(key + "\t" + m + "\n")
			}
		}
		os.WriteFile(file, b.Bytes(), 0o644)
	}
}
