package api

import (
	"encoding/json"
	"fmt"
	"net/http/httptest"
	"net/url"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"navicert/list"
)

// What hangs on an entity under one property comes page by page, sorted as asked.
func TestAdjacentPages(t *testing.T) {
	mother := &list.Entity{ID: "m", Kind: list.KindOrganization, Names: []list.Name{{Text: "Mother LLC"}}}
	es := []*list.Entity{mother}
	for i := range 12 {
		es = append(es, &list.Entity{
			ID: fmt.Sprintf("d%02d", i), Kind: list.KindOrganization, Names: []list.Name{{Text: fmt.Sprintf("Daughter %c LLC", 'a'+(i*7)%12)}},
			Relations: []list.Relation{{Type: list.OwnedOrControlledBy, To: "m"}},
		})
	}
	c := newClient(t, Options{Lists: &shelf{book: bookOf(t, snapshotOf(t, listInfo("zala", "2026-01-01"), es))}})
	const path = "/entities/m/adjacent/ownershipOwner"
	var all []string
	for offset := 0; offset < 15; offset += 5 {
		o := c.get(200, fmt.Sprintf("%s?limit=5&offset=%d&sort=id:desc", path, offset))
		if total(t, o) != 12 || o["limit"] != 5.0 || o["offset"] != float64(offset) {
			t.Errorf("page from %d: %v of %v", offset, o["limit"], o["total"])
		}
		all = append(all, ids(results(t, o))...)
	}
	slices.Reverse(all)
	if len(all) != 12 || !slices.IsSorted(all) || len(slices.Compact(all)) != 12 {
		t.Errorf("three pages: %v", all)
	}
	o := c.get(200, "/entities/m/adjacent?limit=5&offset=10&sort=id")
	if page := into(t, o, "adjacent", "ownershipOwner").(object); total(t, page) != 12 || len(results(t, page)) != 2 {
		t.Errorf("all properties: %v", page)
	}
	asset := into(t, results(t, c.get(200, path))[0], "properties", "asset", 0).(object)
	if asset["id"] == nil || c.get(200, path)["limit"] != 10.0 {
		t.Errorf("the other end is inside: %v", asset)
	}
	c.get(400, path+"?sort=banana")
	c.get(400, path+"?sort=id:down")
}

// A total counts the matches, whatever the limit leaves of them.
func TestTotals(t *testing.T) {
	c := newClient(t, Options{})
	ask := func(params string) (n, shown, matches int) {
		o := c.post(200, "/match/zala?"+params, queries("q", object{"schema": "LegalEntity", "properties": object{"name": "Moscow"}}))
		for _, r := range results(t, o, "responses", "q") {
			shown++
			if r["match"] == true {
				matches++
			}
			if (r["score"].(float64) >= 0.3) != r["match"].(bool) {
				t.Errorf("score %v, match %v", r["score"], r["match"])
			}
		}
		return int(into(t, o, "responses", "q", "total", "value").(float64)), shown, matches
	}
	n, shown, matches := ask("threshold=0.3&cutoff=0")
	if n < 2 || n != matches || shown < n {
		t.Fatalf("total %d of %d matches and %d shown", n, matches, shown)
	}
	if again, shown, _ := ask("threshold=0.3&cutoff=0&limit=1"); again != n || shown != 1 {
		t.Errorf("limit 1: total %d, %d shown; want %d and 1", again, shown, n)
	}
}

// A target is who is on file for a risk; being in office alone is none, and a
// list that gives no reason, or one that nobody knows, is taken to mean one.
func TestTarget(t *testing.T) {
	with := func(id string, topics ...string) *list.Entity {
		return &list.Entity{ID: id, Kind: list.KindPerson, Names: []list.Name{{Text: "Somebody"}}, Topics: topics}
	}
	es := []*list.Entity{with("a", "sanction"), with("b", "gov.admin"), with("c", "gov.admin", "crime.fraud"), with("d"), with("e", "gov.admin", "risk.unheard.of"), with("f", list.Unlisted)}
	c := newClient(t, Options{Lists: &shelf{book: bookOf(t, snapshotOf(t, listInfo("zala", "2026-01-01"), es))}})
	for id, want := range map[string]bool{"a": true, "b": false, "c": true, "d": true, "e": true, "f": false} {
		if got := c.get(200, "/entities/"+id)["target"]; got != want {
			t.Errorf("%s: target %v, want %v", id, got, want)
		}
	}
	for query, want := range map[string]string{"target=true": "[a c d e]", "target=false": "[b f]", "topics=gov.admin": "[b c e]", "topics=gov.admin&topics=sanction": "[a b c d e]", "topics=gov.admin&topics=crime.fraud&filter_op=AND": "[c]"} {
		if got := fmt.Sprint(ids(results(t, c.get(200, "/search/zala?sort=id&"+query)))); got != want {
			t.Errorf("%s: %s, want %s", query, got, want)
		}
	}
}

// No country is guessed from a telephone or account: a guess that is wrong would
// count against a hit.
func TestNoCountryIsGuessed(t *testing.T) {
	c := newClient(t, Options{})
	q := object{"schema": "Person", "properties": object{"name": "Alexander Zakharov", "phone": "+49 30 1234567"}}
	o := c.post(200, "/match/zala", queries("q", q))
	if got := into(t, o, "responses", "q", "query", "properties").(object); got["country"] != nil || got["phone"] == nil {
		t.Errorf("understood as %v", got)
	}
	delete(q["properties"].(object), "phone")
	if bare := c.post(200, "/match/zala", queries("q", q)); into(t, bare, "responses", "q", "results", 0, "score") != into(t, o, "responses", "q", "results", 0, "score") {
		t.Error("a telephone number changes the score")
	}
}

// A match changed on a day is found by who asks for changes since an earlier one, and not by others.
func TestChangedSince(t *testing.T) {
	c := newClient(t, Options{}) // the list is of 2025-12-23, and nothing earlier is known
	for since, found := range map[string]bool{"2025-12-22": true, "2025-12-22T23:59:59": true, "2025-12-23": false, "2025-12-23T00:00": false, "2025-12-24": false} {
		got := results(t, c.post(200, "/match/zala?changed_since="+since, queries("q", zakharov)), "responses", "q")
		if more := total(t, c.get(200, "/search/zala?q=zakharov&changed_since="+since)); (len(got) > 0) != found || (more > 0) != found {
			t.Errorf("since %s: %v, and %d by words", since, ids(got), more)
		}
		o := c.form(200, "/reconcile/zala?changed_since="+since, "queries", `{"q":{"query":"Alexander Zakharov"}}`)
		if rows := into(t, o, "q", "result").([]any); (len(rows) > 0) != found {
			t.Errorf("since %s: rows %v", since, rows)
		}
	}
}

var (
	docBlock = regexp.MustCompile("(?s)```sh\n(.*?)```")
	docCurl  = regexp.MustCompile(`(?s)curl -s ('[^']*'|\S+)(?: (-d|--data-urlencode) '([^']*)')?`)
)

// The examples of doc/api.md work as printed: each is answered, in its shape,
// and where it tells an ID, with that.
func TestExamples(t *testing.T) {
	text, err := os.ReadFile("../doc/api.md")
	if err != nil {
		t.Fatal(err)
	}
	wallets := []list.Wallet{{Asset: "ETH", Address: "0x098B716B8Aaf21512996dC57EB0615e2383E2f96"}, {Asset: "ETH", Address: "0xa0e1c89Ef1a489c9C7dE96311eD5Ce5D32c20E4B"}}
	es := []*list.Entity{
		{
			ID: "ofac-27307", Kind: list.KindOrganization, Names: []list.Name{{Text: "LAZARUS GROUP"}}, Countries: []list.Country{{Code: "KP"}},
			Wallets: wallets, Programs: []string{"DPRK3"}, Listings: []list.Listing{{List: "SDN"}},
		},
		{
			ID: "ofac-24918", Kind: list.KindPerson, Names: []list.Name{{Text: "PARK, Jin Hyok"}, {Text: "PAK, Jin Hyok"}}, Gender: list.Male,
			Dates: []list.Date{{Kind: list.Birth, From: day("1984-08-15"), To: day("1984-08-15")}}, Listings: []list.Listing{{List: "SDN"}},
		},
	}
	now := bookOf(t, snapshotOf(t, listInfo("us-ofac-sdn", "2025-12-23"), es))
	then := bookOf(t, snapshotOf(t, listInfo("us-ofac-sdn", "2019-01-02"), zala()))
	c := newClient(t, Options{Lists: &shelf{book: now, days: map[navicertDay]*Book{day("2019-06-01"): then}}})
	run := 0
	for _, block := range docBlock.FindAllStringSubmatch(string(text), -1) {
		for _, example := range strings.Split(block[1], "\n\n") {
			told, _, _ := strings.Cut(example, "\n#> ")
			var got strings.Builder
			code := 0
			for _, m := range docCurl.FindAllStringSubmatch(told, -1) {
				run++
				address, err := url.Parse("http://" + strings.TrimPrefix(strings.Trim(m[1], "'"), "http://"))
				if err != nil {
					t.Fatal(err)
				}
				r := httptest.NewRequest("GET", address.RequestURI(), nil)
				if m[2] != "" {
					body := m[3]
					if k, v, ok := strings.Cut(body, "="); ok && m[2] == "--data-urlencode" {
						body = k + "=" + url.QueryEscape(v)
					}
					r = httptest.NewRequest("POST", address.RequestURI(), strings.NewReader(body))
					r.Header.Set("Content-Type", "application/x-www-form-urlencoded") // which curl says whatever it sends
				}
				res, o := c.do(r)
				code = res.StatusCode
				raw, _ := json.Marshal(o)
				got.Write(raw)
			}
			if got.Len() == 0 {
				continue
			}
			_, answer, _ := strings.Cut(example, "\n#> ")
			if want := map[bool]int{true: 400, false: 200}[strings.Contains(answer, `"detail":`)]; code != want {
				t.Errorf("%d, want %d: %s\n%s", code, want, example, got.String())
			}
			for _, id := range regexp.MustCompile(`ofac-\d+|0x\w+|North Korea|as asked`).FindAllString(answer, -1) {
				if !strings.Contains(got.String(), id) {
					t.Errorf("%s is not in the answer: %s\n%s", id, example, got.String())
				}
			}
		}
	}
	if run < 12 {
		t.Errorf("only %d examples", run)
	}
}

// Whatever documents a list gives to whatever, no entity has a property that
// its schema has not.
func TestDocumentsAreOfTheModel(t *testing.T) {
	var es []*list.Entity
	for kind := list.KindUnknown; kind <= list.KindAsset; kind++ {
		for typ := list.OtherDoc; typ <= list.ISIN; typ++ {
			es = append(es, &list.Entity{
				ID: fmt.Sprintf("x-%d-%d", kind, typ), Kind: kind, Names: []list.Name{{Text: "Somebody"}},
				Documents: []list.Document{{Type: typ, Kind: "Number", Number: "1234567890"}},
			})
		}
	}
	c := newClient(t, Options{Lists: &shelf{book: bookOf(t, snapshotOf(t, listInfo("zala", "2026-01-01"), es))}})
	for _, e := range es {
		x := c.get(200, "/entities/"+e.ID)
		shaped(t, x)
		if raw, _ := json.Marshal(x); !strings.Contains(string(raw), "1234567890") {
			t.Errorf("%s: the number is lost: %s", e.ID, raw)
		}
	}
}
