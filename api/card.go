package api

import (
	"slices"
	"strings"

	"navicert/ftm"
)

// card is what answers need of an entity again and again: made when it is
// first asked for, and kept while there is room.
type card struct {
	id        string
	schema    string
	topics    []string
	referents []string
	change    ftm.Stamp
	places    []at   // where the ID stands, in the order of lists
	alone     []byte // as this list has it, without the closing brace
	joined    []byte // as all lists have it; only the first place keeps it
}

// maxCards bounds the bytes of cards.
const maxCards = 24 << 20

// card gives the card of an entity.
func (b *Book) card(p at) *card {
	slot := &b.Lists[p.list].cards[p.entity]
	if c := slot.Load(); c != nil {
		return c
	}
	x, e := b.thing(p)
	c := &card{
		id: e.ID, schema: x.Schema, topics: x.Properties.Texts("topics"), referents: x.Referents,
		change: x.LastChange, alone: slices.Clip(appendEntity(nil, x)),
	}
	c.places = b.find(e.ID)
	if len(c.places) > 1 && c.places[0] == p {
		for _, q := range c.places[1:] {
			y, _ := b.thing(q)
			merge(x, y)
		}
		c.joined = slices.Clip(appendEntity(nil, x))
	}
	if b.cached.Add(int64(cap(c.alone)+cap(c.joined)+256)) > maxCards {
		b.forget()
	}
	slot.Store(c)
	return c
}

// forget throws the cards away; it is cheap and seldom.
func (b *Book) forget() {
	for _, l := range b.Lists {
		for i := range l.cards {
			l.cards[i].Store(nil)
		}
	}
	b.cached.Store(0)
}

// appendCard writes an entity as the lists in scope have it, without the
// closing brace.
func (b *Book) appendCard(out []byte, c *card, scope []int) []byte {
	in := c.places
	if len(in) > 1 {
		in = slices.DeleteFunc(slices.Clone(in), func(p at) bool { return !slices.Contains(scope, int(p.list)) })
	}
	switch {
	case len(in) == 0: // of what hangs on an entity
		return append(out, c.alone...)
	case len(in) == 1:
		return append(out, b.card(in[0]).alone...)
	case len(in) == len(c.places):
		return append(out, b.card(in[0]).joined...)
	}
	x, _ := b.thing(in[0])
	for _, p := range in[1:] {
		y, _ := b.thing(p)
		merge(x, y)
	}
	return appendEntity(out, x)
}

// wallet gives the card of the wallet that was asked for, of an entity that
// was found by it; nil if it was found by something else.
func (b *Book) wallet(p at, asked []string) *card {
	for _, x := range b.hanging(p) {
		if x.Schema != "CryptoWallet" {
			continue
		}
		for _, key := range x.Properties.Texts("publicKey") {
			if slices.ContainsFunc(asked, func(a string) bool { return strings.EqualFold(a, key) }) {
				return &card{
					id: x.ID, schema: x.Schema, topics: x.Properties.Texts("topics"), referents: x.Referents,
					change: x.LastChange, alone: appendEntity(nil, x),
				}
			}
		}
	}
	return nil
}
