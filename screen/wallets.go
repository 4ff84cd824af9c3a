package screen

import (
	"navicert"
	"navicert/list"
	"navicert/wallet"
)

// When says how a listing lies to the day that is asked about.
type When uint8

// The answers. Between is a day of which the editions at hand do not show
// whether the listing had begun, or had ended.
const (
	Then    When = iota // listed on that day
	Later               // listed only later
	Earlier             // listed only earlier
	Between
)

// String names the answer: then, later, earlier, unknown.
func (w When) String() string { return [...]string{"then", "later", "earlier", "unknown"}[w] }

// book is every address that any list has or had.
type book struct {
	byKey  map[string][]entry
	byFold map[string][]entry // letter case apart
}

type entry struct {
	list.WalletSpan
	list *List
	hist *list.History // nil: the days are exact
	addr wallet.Address
}

func (b *book) add(e entry) {
	e.addr = address(&e.Wallet)
	for _, k := range []string{e.addr.Key, e.addr.Also} {
		if k != "" {
			b.byKey[k] = append(b.byKey[k], e)
		}
	}
	if e.addr.Fold != "" {
		b.byFold[e.addr.Fold] = append(b.byFold[e.addr.Fold], e)
	}
}

// find gives the entries of an address, and those that differ from it in
// letter case alone.
func (b *book) find(a wallet.Address) (same, folded []entry) {
	for _, k := range []string{a.Key, a.Also} {
		if k != "" {
			same = append(same, b.byKey[k]...)
		}
	}
	if len(same) == 0 && a.Fold != "" {
		folded = b.byFold[a.Fold]
	}
	return same, folded
}

// when places the listing of an address.
func (e *entry) when(day navicert.Day) When {
	if e.hist == nil {
		return whenExact(day, e.Listed, e.Removed)
	}
	on, known := e.hist.On(e.Listed, e.Removed, day)
	switch {
	case on:
		return Then
	case known && e.Listed.After != 0 && day <= e.Listed.After:
		return Later
	case known:
		return Earlier
	}
	return Between
}

func whenExact(day navicert.Day, listed, removed list.Span) When {
	switch {
	case day < listed.By:
		return Later
	case removed.By != 0 && day >= removed.By:
		return Earlier
	}
	return Then
}
