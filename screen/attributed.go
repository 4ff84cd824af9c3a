package screen

import (
	_ "embed"
	"fmt"
	"strings"
	"sync"

	"navicert"
	"navicert/wallet"
)

// published holds addresses that law enforcement has attributed to somebody in
// public: day, who, what, asset, address, source; fields parted by tabs. Each
// row stands in the official publication that its source names. Academic and
// private attributions have no place here.
//
//go:embed attributed.tsv
var published string

// attribution is one such address.
type attribution struct {
	day           navicert.Day
	who, what, at string
	address       string
	wallet.Address
}

var attributions = sync.OnceValues(func() (map[string][]attribution, error) {
	out := map[string][]attribution{}
	n := 0
	for line := range strings.Lines(published) {
		n++
		if strings.HasPrefix(line, "#") {
			continue
		}
		f := strings.Split(strings.TrimSuffix(line, "\n"), "\t")
		if len(f) != 6 {
			return nil, fmt.Errorf("attributed.tsv:%d: %d fields, expected 6", n, len(f))
		}
		day, err := navicert.ParseDay(f[0])
		if err != nil {
			return nil, fmt.Errorf("attributed.tsv:%d: %w", n, err)
		}
		a := attribution{day: day, who: f[1], what: f[2], address: f[4], at: f[5], Address: wallet.Parse(f[4], f[3])}
		if a.Key == "" {
			return nil, fmt.Errorf("attributed.tsv:%d: %s: %s", n, f[4], a.Why)
		}
		out[a.Key] = append(out[a.Key], a)
	}
	return out, nil
})

// attributed shows addresses that law enforcement has published. They are no
// legal listing and state nothing; a person must decide.
func (s *finding) attributed(w *navicert.Wallet, a wallet.Address) {
	all, err := attributions()
	if err != nil { // a test keeps this from being shipped
		s.unsettle(nil, err.Error())
		return
	}
	if a.Key == "" {
		return
	}
	for _, x := range all[a.Key] {
		note := fmt.Sprintf("wallet %s is attributed by the %s to %s, published %s (%s): an attribution by law enforcement, not a legal listing",
			printable(w.Address), x.who, x.what, x.day, x.at)
		h := navicert.ListHit{Party: label(s.p), How: "attributed", Note: note, Source: x.at, List: "law enforcement", Since: x.day.String()}
		if s.day < x.day {
			h.Note += ", and later than the day of this deal"
		} else {
			h.Open = true
			s.unsettle(nil, note+". No paragraph forbids it by name; a person must decide.")
		}
		s.out.Hits = append(s.out.Hits, h)
	}
}
