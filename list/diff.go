package list

import (
	"bytes"
	"fmt"
	"reflect"
	"slices"
	"strings"

	"navicert"
)

// Counts is how two editions differ, in numbers.
type Counts struct {
	Added          int `json:"added"`
	Removed        int `json:"removed"`
	Changed        int `json:"changed"`
	WalletsAdded   int `json:"wallets_added"`
	WalletsRemoved int `json:"wallets_removed"`
}

// Diff is how two editions of a source differ.
type Diff struct {
	Source         string        `json:"source"`
	From           *Info         `json:"from"`
	To             *Info         `json:"to"`
	Counts         Counts        `json:"counts"`
	Added          []Ref         `json:"added"`
	Removed        []Ref         `json:"removed"`
	Changed        []Change      `json:"changed"`
	WalletsAdded   []WalletOwner `json:"wallets_added"`
	WalletsRemoved []WalletOwner `json:"wallets_removed"`
}

// Ref names an entity.
type Ref struct {
	ID   string `json:"id"`
	Name string `json:"name"`
}

// Change is an entity that both editions have, and what is not the same.
type Change struct {
	Ref
	Fields []string `json:"fields"` // "names", "addresses"
}

// WalletOwner is a wallet address and whose it is.
type WalletOwner struct {
	Ref
	Asset   string `json:"asset"`
	Address string `json:"address"`
}

// Diff compares the editions that were in use on two days.
func (s *Store) Diff(source string, from, to navicert.Day) (*Diff, error) {
	a, err := s.openAt(source, from)
	if err != nil {
		return nil, err
	}
	defer func() { _ = a.Close() }()
	b, err := s.openAt(source, to)
	if err != nil {
		return nil, err
	}
	defer func() { _ = b.Close() }()
	d := compare(a, b)
	return d, nil
}

func compare(a, b *Snapshot) *Diff {
	ia, ib := *a.Info(), *b.Info()
	d := &Diff{Source: ib.Source, From: &ia, To: &ib, Added: []Ref{}, Removed: []Ref{}, Changed: []Change{}}
	d.walk(a, b, true)
	return d
}

// count is compare without the details.
func count(a, b *Snapshot) Counts {
	d := &Diff{}
	d.walk(a, b, false)
	return d.Counts
}

func (d *Diff) walk(a, b *Snapshot, detail bool) {
	gone, come := map[walletKey]WalletOwner{}, map[walletKey]WalletOwner{}
	one, two := coder{mode: writing}, coder{mode: writing}
	for i := range a.Len() {
		was, _ := a.decode(i)
		j := b.Find(was.ID)
		if j < 0 {
			d.Counts.Removed++
			if detail {
				d.Removed = append(d.Removed, refOf(was))
			}
			addWallets(gone, was)
			continue
		}
		is, _ := b.decode(j)
		one.out, two.out = one.out[:0], two.out[:0]
		one.entity(was)
		two.entity(is)
		if bytes.Equal(one.out, two.out) {
			continue
		}
		fields := changed(was, is)
		if len(fields) == 0 {
			continue
		}
		d.Counts.Changed++
		if detail {
			d.Changed = append(d.Changed, Change{refOf(is), fields})
		}
		addWallets(gone, was)
		addWallets(come, is)
	}
	for j := range b.Len() {
		if id := b.id(j); a.Find(id) < 0 {
			is, _ := b.decode(j)
			d.Counts.Added++
			if detail {
				d.Added = append(d.Added, refOf(is))
			}
			addWallets(come, is)
		}
	}
	d.WalletsRemoved, d.WalletsAdded = only(gone, come), only(come, gone)
	d.Counts.WalletsRemoved, d.Counts.WalletsAdded = len(d.WalletsRemoved), len(d.WalletsAdded)
}

func refOf(e *Entity) Ref { return Ref{e.ID, e.Names[0].Text} }

// walletKey is an address of an entity, whatever the ticker: lists correct
// tickers, and the address stays listed. Where the chain does not tell letter case
// apart, lists change that too.
type walletKey struct{ id, address string }

func keyOf(id string, w *Wallet) walletKey {
	a := w.Address
	for _, p := range []string{"0x", "bc1", "ltc1"} {
		if len(a) > len(p) && strings.EqualFold(a[:len(p)], p) {
			a = strings.ToLower(a)
			break
		}
	}
	return walletKey{id, a}
}

func addWallets(m map[walletKey]WalletOwner, e *Entity) {
	for i := range e.Wallets {
		w := &e.Wallets[i]
		m[keyOf(e.ID, w)] = WalletOwner{refOf(e), w.Asset, w.Address}
	}
}

func only(a, b map[walletKey]WalletOwner) []WalletOwner {
	out := []WalletOwner{}
	for k, w := range a {
		if _, ok := b[k]; !ok {
			out = append(out, w)
		}
	}
	slices.SortFunc(out, func(a, b WalletOwner) int {
		return strings.Compare(a.ID+"\x00"+a.Address, b.ID+"\x00"+b.Address)
	})
	return out
}

// changed names the fields in which two editions of an entity differ. The
// order in which a list gives names or addresses says nothing, but for the first name.
func changed(a, b *Entity) []string {
	var out []string
	va, vb := reflect.ValueOf(a).Elem(), reflect.ValueOf(b).Elem()
	for i := range va.NumField() {
		if !sameField(va.Field(i), vb.Field(i)) {
			out = append(out, strings.ToLower(va.Type().Field(i).Name))
		}
	}
	if a.Names[0].Text != b.Names[0].Text && !slices.Contains(out, "names") {
		out = append(out, "names")
	}
	return out
}

func sameField(a, b reflect.Value) bool {
	if a.Kind() != reflect.Slice {
		return reflect.DeepEqual(a.Interface(), b.Interface())
	}
	if a.Len() != b.Len() {
		return false
	}
	if reflect.DeepEqual(a.Interface(), b.Interface()) {
		return true
	}
	texts := func(v reflect.Value) []string {
		out := make([]string, v.Len())
		for i := range out {
			out[i] = fmt.Sprintf("%#v", v.Index(i).Interface())
		}
		slices.Sort(out)
		return out
	}
	return slices.Equal(texts(a), texts(b))
}
