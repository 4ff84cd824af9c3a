package match

import (
	"compress/gzip"
	"encoding/csv"
	"fmt"
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"testing"

	"navicert/list"
	"navicert/match/eval"
	"navicert/name"
)

// cleaner makes clean names of the make of those labeled, in their shares, but
// other ones: what alerts once in a thousand names is not learnt from five.
type cleaner struct {
	rng   *rand.Rand
	heard map[string]bool // listed and made already
	out   []eval.Query
}

// moreClean makes times as many clean names as there are among the queries,
// whose words it uses where a slice has words of its own.
func moreClean(t testing.TB, es []*list.Entity, qs []eval.Query, avoid []eval.Query, times int, seed uint64) []eval.Query {
	c := &cleaner{rng: rand.New(rand.NewPCG(seed, 7)), heard: map[string]bool{}}
	var persons, firms [][]string
	owner := map[string]string{}
	for _, e := range es {
		for i := range e.Names {
			n := e.Names[i].Text
			c.heard[soundsLike(n)] = true
			if e.Names[i].Weak {
				continue
			}
			owner[n] = e.ID
			switch e.Kind {
			case list.KindPerson:
				persons = append(persons, []string{n})
			case list.KindOrganization:
				firms = append(firms, strings.Fields(name.Fold(n)))
			default:
			}
		}
	}
	for i := range avoid {
		c.heard[soundsLike(avoid[i].Text)] = true
	}
	bySlice := map[string][]*eval.Query{}
	for i := range qs {
		if qs[i].Kind == "neg" {
			bySlice[qs[i].Slice] = append(bySlice[qs[i].Slice], &qs[i])
		}
	}
	given, family := table(t, "common-forenames-by-country.cc0"), table(t, "common-surnames-by-country.cc0")
	sec := table(t, "companies_sec_us_listed.2025-02-28")
	var keys []string
	for k := range bySlice {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	for _, k := range keys {
		have := bySlice[k]
		want := len(have) * times
		typ := have[0].Type
		var first, middle, last []string
		for _, q := range have {
			w := strings.Fields(q.Text)
			first, last = append(first, w[0]), append(last, w[len(w)-1])
			if len(w) > 2 {
				middle = append(middle, strings.Join(w[1:len(w)-1], " "))
			}
		}
		for made, tries := 0, 0; made < want && tries < 30*want; tries++ {
			var s string
			switch {
			case k == "neg_person_common":
				g := pick(c.rng, given)
				f := pick(c.rng, family)
				if f[0] != g[0] {
					continue
				}
				s = g[11]
				if c.rng.IntN(3) == 0 {
					if h := pick(c.rng, given); h[0] == g[0] {
						s += " " + h[11]
					}
				}
				s += " " + f[5]
			case k == "neg_company_real":
				s = pick(c.rng, sec)[2]
			case k == "neg_person_recomb":
				a, b := pick(c.rng, persons)[0], pick(c.rng, persons)[0]
				_, g, ok := strings.Cut(a, ", ")
				f, _, ok2 := strings.Cut(b, ", ")
				if !ok || !ok2 || owner[a] == owner[b] {
					continue
				}
				s = g + " " + f
			case k == "neg_company_recomb":
				a, b := pick(c.rng, firms), pick(c.rng, firms)
				if len(a) < 2 || len(b) < 2 {
					continue
				}
				s = strings.Join(append(slices.Clone(a[:1+c.rng.IntN(min(2, len(a)-1))]), b[max(1, len(b)-1-c.rng.IntN(3)):]...), " ")
			case len(middle) > 0 && c.rng.IntN(len(have)) < len(middle):
				s = pick(c.rng, first) + " " + pick(c.rng, middle) + " " + pick(c.rng, last)
			default:
				s = pick(c.rng, first) + " " + pick(c.rng, last)
			}
			if h := soundsLike(s); !c.heard[h] && strings.TrimSpace(h) != "" {
				c.heard[h] = true
				made++
				c.out = append(c.out, eval.Query{ID: fmt.Sprintf("c%d-%d", seed, len(c.out)), Text: s, Kind: "neg", Slice: k, Type: typ})
			}
		}
	}
	return c.out
}

func soundsLike(s string) string {
	var out []string
	for _, w := range strings.Fields(name.Key(s)) {
		out = append(out, string(name.AppendSound(nil, []byte(w))))
	}
	slices.Sort(out)
	return strings.Join(out, " ")
}

func pick[T any](r *rand.Rand, s []T) T { return s[r.IntN(len(s))] }

// table reads one of the open tables of names.
func table(t testing.TB, file string) [][]string {
	f, err := os.Open("../../shared/lists/negatives/" + file + ".csv.gz")
	if err != nil {
		t.Skip("the open tables of names are not there: " + err.Error())
	}
	defer func() { _ = f.Close() }()
	z, err := gzip.NewReader(f)
	if err != nil {
		t.Fatal(err)
	}
	rows, err := csv.NewReader(z).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return rows[1:]
}
