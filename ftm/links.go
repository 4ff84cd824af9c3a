package ftm

import (
	"encoding/hex"
	"fmt"
	"hash/fnv"
	"slices"
	"strconv"
	"strings"

	"navicert"
	"navicert/list"
)

// Links writes what hangs on a listed entity, each as an entity of its own
// that names e: a Sanction per listing, Address, Identification or Passport,
// CryptoWallet, and a link per relation to another listed entity. authority
// is who lists, "OFAC".
func Links(e *list.Entity, dataset, authority string) []*Entity {
	var out []*Entity
	add := func(schema, caption string, p Properties) *Entity {
		x := &Entity{Caption: caption, Schema: schema, Properties: p, Datasets: []string{}, Referents: []string{}}
		if dataset != "" {
			x.Datasets = append(x.Datasets, dataset)
		}
		x.ID = linkID(e.ID, schema, p)
		out = append(out, x)
		return x
	}
	for _, l := range e.Listings {
		add("Sanction", strings.Join(e.Programs, ", "), sanction(e, l, authority))
	}
	for _, a := range e.Addresses {
		if parted(a) {
			caption := full(a)
			if caption == "" {
				caption = a.Country
			}
			add("Address", caption, address(a))
		}
	}
	for _, d := range e.Documents {
		schema := "Identification"
		if d.Type == list.Passport {
			schema = "Passport"
		} else if d.Type != list.OtherDoc && d.Kind == "" && d.Country == "" && d.Issued == 0 && d.Expires == 0 && d.Note == "" {
			continue // the property of the holder says it all
		}
		p := Properties{}
		p.Add("holder", e.ID)
		p.Add("number", d.Number)
		p.Add("type", d.Kind)
		p.Add("country", country(d.Country, ""))
		p.Add("startDate", stated(d.Issued))
		p.Add("endDate", stated(d.Expires))
		p.Add("summary", d.Note)
		add(schema, d.Number, p)
	}
	for _, w := range e.Wallets {
		if schemaOf(e) == "CryptoWallet" {
			break
		}
		p := Properties{}
		p.Add("holder", e.ID)
		p.Add("publicKey", w.Address)
		p.Add("currency", w.Asset)
		p.Add("topics", Topics(e)...)
		add("CryptoWallet", w.Address, p).Target = e.Listed()
	}
	for _, r := range e.Relations {
		if r.To != "" {
			schema, p := relation(e.ID, r)
			add(schema, relationKind(r), p)
		}
	}
	return out
}

// Words of Sanction that Into reads back.
const (
	wordRequirement = "License requirement: "
	wordPolicy      = "License policy: "
	wordFootnote    = "Footnote: "
	wordLegal       = "Legal basis: "
)

func sanction(e *list.Entity, l list.Listing, authority string) Properties {
	p := Properties{}
	p.Add("entity", e.ID)
	p.Add("authority", authority)
	p.Add("authorityId", e.Ref)
	p.Add("program", e.Programs...)
	p.Add("description", l.List)
	p.Add("startDate", stated(l.Since))
	p.Add("listingDate", stated(l.Since))
	p.Add("endDate", stated(l.Until))
	if l.Requirement != "" {
		p.Add("provisions", wordRequirement+l.Requirement)
	}
	if l.Policy != "" {
		p.Add("provisions", wordPolicy+l.Policy)
	}
	for _, n := range l.Footnotes {
		p.Add("provisions", wordFootnote+strconv.Itoa(n))
	}
	p.Add("summary", l.Notices...)
	p.Add("sourceUrl", l.Source)
	for _, b := range e.Legal {
		p.Add("reason", wordLegal+b)
	}
	return p
}

func stated(d navicert.Day) string {
	if d == 0 {
		return ""
	}
	return d.String()
}

func relation(id string, r list.Relation) (schema string, p Properties) {
	p = Properties{}
	from, to := id, r.To
	schema = "UnknownLink"
	text := "role"
	switch r.Type {
	case list.OwnedOrControlledBy:
		schema, from, to = "Ownership", r.To, id
	case list.Owns:
		schema = "Ownership"
	case list.ActsFor:
		schema = "Representation"
	case list.Family:
		schema, text = "Family", "relationship"
	case list.Associate:
		schema, text = "Associate", "relationship"
	case list.LeaderOf:
		schema = "Directorship"
	}
	l := links[schema]
	p.Add(l.from, from)
	p.Add(l.to, to)
	p.Add(text, relationKind(r))
	if r.Percent > 0 {
		p.Add("percentage", strconv.FormatFloat(r.Percent, 'f', -1, 64))
	}
	if r.Former {
		p.Add("status", wordFormer)
	}
	return schema, p
}

// wordFormer is the status of a relation that is over.
const wordFormer = "former"

// relationWords are the kinds of relations where a source has no word of its
// own.
var relationWords = [...]string{
	list.OtherRelation: "Linked to", list.OwnedOrControlledBy: "Owned or Controlled By", list.Owns: "Owns",
	list.ActsFor: "Acting for or on behalf of", list.Supports: "Providing support to", list.Associate: "Associate of",
	list.Family: "Family member of", list.LeaderOf: "Leader or official of", list.PropertyOf: "Property in the interest of",
}

func relationKind(r list.Relation) string {
	if r.Kind != "" {
		return r.Kind
	}
	return relationWords[r.Type]
}

// linkID makes an ID from the content of a link: the same link has the same
// one in every edition.
func linkID(of, schema string, p Properties) string {
	h := fnv.New128a()
	keys := make([]string, 0, len(p))
	for k := range p {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	for _, k := range keys {
		fmt.Fprintf(h, "%q %q\n", k, p.Texts(k))
	}
	return of + "-" + strings.ToLower(schema) + "-" + hex.EncodeToString(h.Sum(nil)[:10])
}
