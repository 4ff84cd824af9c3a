package match

import (
	"strings"
	"testing"

	"navicert/list"
)

// TestStand: which listed names stand whole in one that is asked.
func TestStand(t *testing.T) {
	var es []*list.Entity
	add := func(kind list.Kind, text string, weak bool) {
		es = append(es, &list.Entity{ID: text, Kind: kind, Names: []list.Name{{Text: "Quxley Holding of " + text + " Elsewhere"}, {Text: text, Weak: weak}}})
	}
	for _, n := range []string{"LAZARUS GROUP", "QWERTZUIL", "NSO", "PHOENIX", "ZORBLAT LIMITED", "GLOBAL TRADING GROUP", "Huawei Technologies Co., Ltd."} {
		add(list.KindOrganization, n, false)
	}
	add(list.KindOrganization, "GRUMBLEX SYSTEMS", true)
	add(list.KindVessel, "ARTAVIL", false)
	add(list.KindPerson, "EXAMPLOV, Ivan", false)
	add(list.KindPerson, "BLORKIN", false)
	x, err := IndexOf(es)
	if err != nil {
		t.Fatal(err)
	}
	s := x.Searcher()
	s.Whole = true
	for _, c := range []struct {
		asked string
		kind  list.Kind
		want  string
	}{
		{"Lazarus Group Holdings International LLC", 0, "LAZARUS GROUP"},
		{"Northern Lazarus Group of Companies", 0, "LAZARUS GROUP"},
		{"Lazarus Holdings Group LLC", 0, ""},     // a word between
		{"Group Lazarus Holdings LLC", 0, ""},     // in another order
		{"Lazaros Grape Holdings LLC", 0, ""},     // other words
		{"Lazarus Holdings International", 0, ""}, // not whole
		{"Qwertzuil Logistics", 0, "QWERTZUIL"},
		{"Qwertzuil Schneider", 0, ""}, // may be a person
		{"Qwertzuil Schneider", list.KindOrganization, "QWERTZUIL"},
		{"Qwertzuil Logistics", list.KindPerson, ""},
		{"Qwertzuyl Logistics", 0, ""}, // one word must be written the same
		{"NSO Logistics LLC", 0, ""},   // three letters
		{"Phoenix Logistics LLC", 0, ""},
		{"Zorblat Logistics LLC", 0, ""}, // one word beside a legal form
		{"Northern Global Trading Group Holdings Ltd", 0, ""},
		{"Acme & Huawei Technologies Co., Ltd.", 0, "Huawei Technologies Co., Ltd."},
		{"Grumblex Systems Northern Holdings", 0, ""}, // weak
		{"Artavil Logistics LLC", 0, ""},              // a ship's
		{"Ivan Examplov Logistics LLC", 0, "EXAMPLOV, Ivan"},
		{"Examplov Ivan Logistics LLC", 0, "EXAMPLOV, Ivan"},
		{"Ivan Examplov Schneider", list.KindPerson, ""},
		{"Blorkin Logistics LLC", 0, ""},
	} {
		var got []string
		for _, h := range s.Search(&Query{Names: []string{c.asked}, Kind: c.kind}, Standard, 50, nil) {
			if h.Stands && h.Name == 1 {
				got = append(got, es[h.Entity].ID)
			}
		}
		if strings.Join(got, "|") != c.want {
			t.Errorf("%s: %q, want %q", c.asked, got, c.want)
		}
	}
	q := &Query{Names: []string{"Lazarus Group Holdings International Consulting Services LLC"}}
	if hits := s.Search(q, Strict, 50, nil); len(hits) != 0 {
		t.Errorf("above the standard threshold the score alone counts: %+v", hits)
	}
	if hits := x.Searcher().Search(q, Standard, 50, nil); len(hits) != 0 {
		t.Errorf("not asked for: %+v", hits)
	}
}
