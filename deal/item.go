package deal

import (
	"fmt"
	"regexp"

	"go.yaml.in/yaml/v3"

	"navicert"
)

var classKeys = []string{"eccn", "candidate", "for"}

// itemKeys lists the keys of an entry of items.
func (x *index) itemKeys() []string {
	out := append([]string{"name"}, append(classKeys, "also", "value", "hs")...)
	for _, k := range x.keyOrder[groupItem] {
		if k != "eccn" && k != "final" {
			out = append(out, k)
		}
	}
	return out
}

func (r *reader) item(n *yaml.Node, i int) navicert.Item {
	it := navicert.Item{Where: r.place(n)}
	at := map[string]*yaml.Node{}
	for _, e := range r.mapping(n, fmt.Sprintf("item %d", i+1), "a group such as {name: X, eccn: \"4D004\"}") {
		switch e.key {
		case "eccn", "candidate", "for", "also":
			at[e.key] = e.at
		case "name":
			it.Name = r.text(e.at, e.key)
		case "value":
			it.Value = r.money(e.at)
		case "hs":
			it.HS = r.hs(e.at)
		default:
			t := r.keys[groupItem][e.key]
			if t == nil || e.key == "final" {
				r.unknownKey(e, "items", r.itemKeys())
				continue
			}
			it.Facts = append(it.Facts, r.fact(t, e.key, e.at, nil)...)
		}
	}
	c := r.class(at["eccn"], at["candidate"], at["for"])
	var more []navicert.Class
	if at["also"] != nil {
		more = r.also(at["also"])
	}
	switch {
	case c != nil:
		it.Classes = append(it.Classes, *c)
	case len(more) > 0: // it has one beside these, and nobody has said which
		it.Classes = append(it.Classes, navicert.Class{})
	}
	it.Classes = append(it.Classes, more...)
	r.sort(it.Facts)
	return it
}

// also reads further classifications, whose requirements all apply. One that
// is not known is one all the same.
func (r *reader) also(n *yaml.Node) []navicert.Class {
	var out []navicert.Class
	for _, c := range r.list(n, "also") {
		at := map[string]*yaml.Node{}
		for _, e := range r.mapping(c, "an entry of also", `a group such as {eccn: "5D002"}`) {
			switch e.key {
			case "eccn", "candidate", "for":
				at[e.key] = e.at
			default:
				r.unknownKey(e, "also", classKeys)
			}
		}
		cl := r.class(at["eccn"], at["candidate"], at["for"])
		if cl == nil {
			cl = &navicert.Class{}
		}
		out = append(out, *cl)
	}
	return out
}

const (
	hsPattern       = `[0-9]{4}(\.?[0-9]{2}){0,3}`
	currencyPattern = `[A-Z]{3,5}`
	amountPattern   = `[0-9]{1,15}(\.[0-9]{1,6})?`
)

var (
	hsCode   = regexp.MustCompile(`^` + hsPattern + `$`)
	currency = regexp.MustCompile(`^` + currencyPattern + `$`)
)

func (r *reader) hs(n *yaml.Node) string {
	s := r.text(n, "hs")
	if s != "" && !hsCode.MatchString(s) {
		r.fault(n, quote(s)+" is not a customs code", `4 to 10 digits, such as "8523.49"`, "")
		return ""
	}
	return s
}

func (r *reader) money(n *yaml.Node) *navicert.Money {
	var m navicert.Money
	for _, e := range r.mapping(n, `"value"`, `{amount: "12000", currency: USD}`) {
		switch e.key {
		case "amount":
			if e.at.Kind != yaml.ScalarNode || !decimal.MatchString(e.at.Value) {
				r.fault(e.at, "the amount is not a number", `digits such as "12000.50"`, "")
				return nil
			}
			m.Amount = canonical(e.at.Value)
		case "currency":
			m.Currency = r.text(e.at, e.key)
			if m.Currency != "" && !currency.MatchString(m.Currency) {
				r.fault(e.at, quote(m.Currency)+" is not a currency", "a code such as USD", "")
				return nil
			}
		default:
			r.unknownKey(e, "value", []string{"amount", "currency"})
		}
	}
	switch {
	case m == navicert.Money{}:
		return nil
	case m.Amount == "" || m.Currency == "":
		r.fault(n, "the value is not complete", `both, as {amount: "12000", currency: USD}`, "")
		return nil
	}
	return &m
}
