package feed

import (
	"strings"
	"testing"

	"navicert/list"
)

func parse(t testing.TB, files []File) *list.Edition {
	t.Helper()
	_, ed := read(t, files)
	return ed
}

// counts are of one real edition.
type counts struct {
	source, form, date       string
	all, person, body, other int
}

// Each real list gives exactly the entities that it is known to have.
func TestRealCounts(t *testing.T) {
	for path, want := range map[string]counts{
		"un/consolidated.2018-10-29.xml.gz":                      {"un-sc", "xml", "2018-10-29", 1093, 703, 390, 0},
		"un/consolidated.2020-11-30.xml.gz":                      {"un-sc", "xml", "2020-11-30", 1018, 713, 305, 0},
		"un/consolidated.2024-09-26.xml.gz":                      {"un-sc", "xml", "2024-09-26", 875, 682, 193, 0},
		"un/consolidated.2025-04-19.xml.gz":                      {"un-sc", "xml", "2025-04-19", 877, 684, 193, 0},
		"un/consolidated.2026-02-27.xml.gz":                      {"un-sc", "xml", "2026-02-27", 1003, 730, 273, 0},
		"eu/eu_fsf_1_1.2022-10-28.csv.gz":                        {"eu-fsf", "csv", "2022-10-28", 3569, 2909, 660, 0},
		"eu/eu_fsf_1_1.2024-01-24.csv.gz":                        {"eu-fsf", "csv", "2024-01-24", 4589, 3619, 970, 0},
		"uk/UK_Sanctions_List.2022-11-30.csv.gz":                 {"uk-sl", "csv", "2022-11-30", 3728, 3019, 672, 37},
		"uk/ConList.2022-11-14.csv.gz":                           {"uk-ofsi", "csv", "2022-11-14", 3656, -1, -1, -1},
		"uk/ConList.2024-01-25.csv.gz":                           {"uk-ofsi", "csv", "2024-01-25", 4254, 3422, 817, 15},
		"ca/sema-lmes.2025.xml.gz":                               {"ca-sema", "xml", "1970-01-01", 4759, 3334, 1316, 109},
		"other/jp_meti_foreign_end_user_list.2025-09-29.json.gz": {"jp-meti", "json", "2026-07-20", 835, 0, 835, 0},
		"other/cn_mofcom_lists.2026-07-19.json.gz":               {"cn-mofcom", "json", "2026-07-19", 240, 0, 240, 0},
	} {
		if testing.Short() && want.source != "un-sc" && want.source != "ca-sema" {
			continue
		}
		t.Run(strings.ReplaceAll(path, "/", " "), func(t *testing.T) {
			t.Parallel()
			ed := parse(t, shared(t, path))
			got := counts{source: ed.Source, form: ed.Form, date: ed.Date.String(), all: len(ed.Entities)}
			seen := map[string]bool{}
			for _, e := range ed.Entities {
				switch e.Kind {
				case list.KindPerson:
					got.person++
				case list.KindOrganization:
					got.body++
				default:
					got.other++
				}
				if seen[e.ID] {
					t.Errorf("%s stands twice", e.ID)
				}
				seen[e.ID] = true
				if len(e.Names) == 0 || e.Names[0].Text == "" || e.Names[0].Kind != list.Primary {
					t.Errorf("%s has no primary name: %+v", e.ID, e.Names)
				}
				if !strings.HasPrefix(e.ID, ByKey(ed.Source).Prefix+"-") {
					t.Errorf("ID %s", e.ID)
				}
			}
			if want.person < 0 {
				got.person, got.body, got.other = -1, -1, -1
			}
			if got != want {
				t.Errorf("got %+v, want %+v", got, want)
			}
			if b := ByKey(ed.Source).Band; got.all < b[0] || got.all > b[1] {
				t.Errorf("%d entities are outside of the band %v", got.all, b)
			}
		})
	}
}

func TestUNReal(t *testing.T) {
	ed := parse(t, shared(t, "un/consolidated.2026-02-27.xml.gz"))
	programs := map[string]int{}
	byID := map[string]*list.Entity{}
	weak := 0
	for _, e := range ed.Entities {
		programs[e.Programs[0]]++
		byID[e.ID] = e
		for _, n := range e.Names {
			if n.Weak {
				weak++
			}
		}
		if e.Listings[0].Since == 0 {
			t.Errorf("%s has no day of listing", e.ID)
		}
	}
	if programs["DPRK"] != 155 || programs["Al-Qaida"] != 341 || programs["Taliban"] != 140 || programs["Iran"] != 121 {
		t.Errorf("programs %v", programs)
	}
	if weak < 600 {
		t.Errorf("%d weak names", weak)
	}
	e := byID["un-KPe.001"]
	if e == nil || e.Names[0].Text != "KOREA MINING DEVELOPMENT TRADING CORPORATION" || e.Listings[0].Since.String() != "2009-04-24" ||
		e.Addresses[0].Country != "KP" {
		t.Errorf("%+v", e)
	}
}

// The UN file that somebody saved in another encoding is refused, at its line.
func TestUNMalformed(t *testing.T) {
	_, err := unSC.Forms[0].Parse(shared(t, "other/un-consolidated.2025-08-16.MALFORMED-cp1252.xml.gz"))
	if err == nil || !strings.Contains(err.Error(), "MALFORMED-cp1252.xml:53: ") || !strings.Contains(err.Error(), "another encoding") {
		t.Error(err)
	}
}

func TestODSRefused(t *testing.T) {
	files := shared(t, "uk/fcdo_sanctions_list_short.2025-08-11.ods")
	s, form, err := Sniff(files)
	if err != nil || s.Key != "uk-sl" {
		t.Fatal(s, err)
	}
	if _, err := form.Parse(files); err == nil || !strings.Contains(err.Error(), "UK-Sanctions-List.xml") {
		t.Error(err)
	}
}

// The UK's list names the UN's number of each of its North Korean entries: all
// 155 of the UN's list are found again.
func TestUNonUK(t *testing.T) {
	if testing.Short() {
		t.Skip("reads two large lists, which a short run leaves out")
	}
	uk := map[string]bool{}
	for _, e := range parse(t, shared(t, "uk/ConList.2024-01-25.csv.gz")).Entities {
		for _, d := range e.Documents {
			if d.Kind == "UN reference number" {
				uk["un-"+d.Number] = true
			}
		}
	}
	n := 0
	for _, e := range parse(t, shared(t, "un/consolidated.2026-02-27.xml.gz")).Entities {
		if e.Programs[0] == "DPRK" && uk[e.ID] {
			n++
		}
	}
	if n != 155 {
		t.Errorf("%d of 155", n)
	}
}
