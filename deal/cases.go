package deal

import (
	"fmt"
	"slices"

	"navicert"
)

// Case is one question put to the law: one item under one of its
// classifications, going to one end user. A deal goes ahead only when each
// of its cases does.
type Case struct {
	Label   string          `json:"label"`
	Item    int             `json:"item"`     // index in Deal.Items; -1: none is named
	Class   int             `json:"class"`    // index in Item.Classes; -1: not stated
	EndUser int             `json:"end_user"` // index in Deal.Parties; -1: none is named
	Facts   []navicert.Fact `json:"facts"`
}

// Cases lists the cases of a deal, items first. There is always at least
// one: a deal without an item or an end user has facts that nobody stated.
func Cases(d *navicert.Deal) []Case {
	users := endUsers(d)
	out := make([]Case, 0, countCases(d))
	for i := range max(1, len(d.Items)) {
		it, ii := navicert.Item{}, -1
		if i < len(d.Items) {
			it, ii = d.Items[i], i
		}
		for c := range max(1, len(it.Classes)) {
			cl, ci := navicert.Class{}, -1
			if c < len(it.Classes) {
				cl, ci = it.Classes[c], c
			}
			for _, u := range users {
				p := navicert.Party{}
				if u >= 0 {
					p = d.Parties[u]
				}
				out = append(out, Case{
					Label: label(it, ii, cl, p, u), Item: ii, Class: ci, EndUser: u,
					Facts: slices.Concat(d.Facts, cl.Facts, it.Facts, p.Facts),
				})
			}
		}
	}
	return out
}

func endUsers(d *navicert.Deal) []int {
	var out []int
	for i := range d.Parties {
		if d.Parties[i].Has(navicert.EndUser) {
			out = append(out, i)
		}
	}
	if out == nil {
		return []int{-1}
	}
	return out
}

func countCases(d *navicert.Deal) int {
	n := 0
	for i := range d.Items {
		n += max(1, len(d.Items[i].Classes))
	}
	return max(1, n) * len(endUsers(d))
}

// label names a case in the words of the file: "Pentest suite [4D004] to
// Harbin Example Security".
func label(it navicert.Item, i int, cl navicert.Class, p navicert.Party, u int) string {
	item, user := it.Name, p.Name
	switch {
	case item == "" && i < 0:
		item = "item not named"
	case item == "":
		item = fmt.Sprintf("item %d", i+1)
	}
	switch {
	case user == "" && u < 0:
		user = "an end user not named"
	case user == "":
		user = fmt.Sprintf("party %d", u+1)
	}
	code := cl.Code
	if cl.Written != "" {
		code = cl.Written
	}
	if code != "" {
		item += " [" + code + "]"
	}
	return item + " to " + user
}
