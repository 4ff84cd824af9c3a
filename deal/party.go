package deal

import (
	"fmt"
	"slices"

	"go.yaml.in/yaml/v3"

	"navicert"
)

var (
	partyKeys      = []string{"role", "name", "aliases", "person", "birth_date", "address", "country", "region", "identifiers", "wallets"}
	identifierKeys = []string{"type", "value"}
	walletKeys     = []string{"asset", "address"}
)

// locatedIn is the term that a party's country states.
const locatedIn = "end_user.located_in"

// endUserKeys lists the keys that only an end user has.
func (x *index) endUserKeys() []string {
	var out []string
	for _, k := range x.keyOrder[groupEndUser] {
		if k != "located_in" && !slices.Contains(partyKeys, k) {
			out = append(out, k)
		}
	}
	return out
}

func (r *reader) party(n *yaml.Node, i int) navicert.Party {
	p := navicert.Party{Where: r.place(n)}
	entries := r.mapping(n, fmt.Sprintf("party %d", i+1), "a group such as {role: end_user, name: X, country: \"CN\"}")
	roleAt := n
	for _, e := range entries { // the role decides which other keys are right
		if e.key == "role" {
			p.Roles, roleAt = r.roles(e.at), nil
		}
	}
	if roleAt != nil && n.Kind == yaml.MappingNode {
		r.fault(n, fmt.Sprintf("party %d has no role", i+1), oneOf(navicert.Roles), "write role: end_user, or another role")
	}
	isUser := p.Has(navicert.EndUser)
	for _, e := range entries {
		switch e.key {
		case "role":
		case "name":
			p.Name = r.text(e.at, e.key)
		case "aliases":
			p.Aliases = r.texts(e.at, e.key)
		case "person":
			if !isNull(e.at) {
				if v, ok := r.yesNo(e.key, e.at); ok {
					p.Kind = map[string]string{"true": navicert.Person, "false": navicert.Organization}[v]
				}
			}
		case "birth_date":
			p.Born = r.birthDate(e.at, e.key)
		case "address":
			p.Address = r.text(e.at, e.key)
		case "country":
			if f := r.fact(&Term{Name: locatedIn, Type: "country"}, e.key, e.at, nil); f != nil {
				p.Country = f[0].Value
				if isUser && r.terms[locatedIn] != nil {
					p.Facts = append(p.Facts, f...)
				}
			}
		case "region":
			p.Region, p.Facts = r.region(e.at, isUser, p.Facts)
		case "identifiers":
			r.pairs(e.at, e.key, "an identifier", `{type: tax, value: "123"}`, identifierKeys, func(_ *yaml.Node, kind, number string) {
				p.Identifiers = append(p.Identifiers, navicert.Identifier{Type: kind, Value: number})
			})
		case "wallets":
			r.pairs(e.at, e.key, "a wallet", `{asset: XBT, address: "..."}`, walletKeys, func(at *yaml.Node, asset, address string) {
				p.Wallets = append(p.Wallets, navicert.Wallet{Asset: asset, Address: address, Where: r.place(at)})
			})
		default:
			t := r.keys[groupEndUser][e.key]
			switch {
			case t == nil || e.key == "located_in":
				r.unknownKey(e, "parties", append(slices.Clone(partyKeys), r.endUserKeys()...))
			case !isUser:
				if len(p.Roles) > 0 {
					r.fault(e.k, fmt.Sprintf("%q is asked about the end user only, and this party is %s", e.key,
						article(p.Roles[0])), oneOf(partyKeys), "")
				}
			default:
				p.Facts = append(p.Facts, r.fact(t, e.key, e.at, nil)...)
			}
		}
	}
	r.sort(p.Facts)
	return p
}

func article(role string) string {
	switch role[0] {
	case 'o':
		return role
	case 'e', 'i', 'u':
		return "an " + role
	}
	return "a " + role
}

func (r *reader) roles(n *yaml.Node) []string {
	nodes := []*yaml.Node{n}
	if n.Kind != yaml.ScalarNode {
		nodes = r.list(n, "role")
	}
	if n.Kind == yaml.SequenceNode && len(nodes) == 0 {
		r.fault(n, "the list of roles is empty", oneOf(navicert.Roles), "")
	}
	var out []string
	for _, c := range nodes {
		if c.Kind != yaml.ScalarNode || !slices.Contains(navicert.Roles, c.Value) {
			hint := didYouMean(nearest(c.Value, navicert.Roles))
			if c.Value == "consignee" {
				hint = `did you mean "ultimate_consignee"?`
			}
			r.fault(c, quote(c.Value)+" is not a role", oneOf(navicert.Roles), hint)
			continue
		}
		if !slices.Contains(out, c.Value) {
			out = append(out, c.Value)
		}
	}
	return out
}

// birthDate reads a day, a month or a year, as exactly as it is known.
func (r *reader) birthDate(n *yaml.Node, key string) string {
	s := r.text(n, key)
	if s == "" {
		return ""
	}
	if _, _, err := navicert.ParseDays(s[:min(len(s), 60)]); err != nil {
		r.fault(n, err.Error(), "", "")
		return ""
	}
	return s
}

// region reads a party's own region. It is a fact only where the glossary
// asks for it.
func (r *reader) region(n *yaml.Node, isUser bool, facts []navicert.Fact) (string, []navicert.Fact) {
	t := r.terms["end_user.region"]
	if t == nil {
		t = r.terms["route.region"]
	}
	if t == nil {
		return r.text(n, "region"), facts
	}
	f := r.fact(t, "region", n, nil)
	if f == nil {
		return "", facts
	}
	if isUser && t.Name == "end_user.region" {
		facts = append(facts, f...)
	}
	return f[0].Value, facts
}

// pairs reads a list of groups of two texts; one without the second says
// nothing.
func (r *reader) pairs(n *yaml.Node, part, what, want string, keys []string, take func(at *yaml.Node, first, second string)) {
	for _, c := range r.list(n, part) {
		var texts [2]string
		for _, e := range r.mapping(c, what, want) {
			if i := slices.Index(keys, e.key); i >= 0 {
				texts[i] = r.text(e.at, e.key)
			} else {
				r.unknownKey(e, part, keys)
			}
		}
		if texts[1] != "" {
			take(c, texts[0], texts[1])
		}
	}
}
