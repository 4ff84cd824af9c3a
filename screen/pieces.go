package screen

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"navicert"
	"navicert/match"
	"navicert/wallet"
)

// A name may hold more than one: "Acme d/b/a Beta Trading", "Acme (Beta
// Trading)", "c/o Beta", "Acme, a subsidiary of Beta", "Acme - Beta Trading". A
// ship's may begin with what kind of ship it is.
var (
	between = regexp.MustCompile(`(?i)\s+(?:(?:trading )?(?:as )?(?:an )?agents? (?:for|of)|d\.?/?b\.?/?a\.?|a\.?/?k\.?/?a\.?|f\.?/?k\.?/?a\.?|n\.?/?k\.?/?a\.?|t/a|c/o|p/o|o/b/o|f\.?/?b\.?/?o\.?|attn\.?:?|formerly(?: known as)?|now known as|also known as|doing business as|trading as|` +
		`on behalf of|care of|for(?: the)? (?:account|benefit) of|(?:an? )?(?:wholly[ -]owned )?(?:subsidiary|affiliate|branch|division) of|(?:owned|controlled) by)\s+|\s*,\s*also\s+|\s+/\s+|\s*[;|]\s*`)
	dash     = regexp.MustCompile(`\s+[-–—]+\s+`)
	enclosed = regexp.MustCompile(`[(\[（]([^()\[\]（）]+)[)\]）]`)
	ship     = regexp.MustCompile(`(?i)^(?:m\.?/?v\.?|m\.?/?t\.?|f\.?/?v\.?|motor (?:vessel|tanker))\s+`)
)

// joints are the words that the expressions above begin with; without one of
// them, or a sign, a name is in one piece.
var joints = []string{
	"dba", "aka", "fka", "nka", "as", "formerly", "behalf", "care", "attn", "mv", "mt", "fv", "motor",
	"fbo", "also", "for", "agent", "agents", "subsidiary", "affiliate", "branch", "division", "owned", "controlled",
}

func jointed(n string) bool {
	if strings.ContainsAny(n, "([（/;|–—") || strings.Contains(n, " -") {
		return true
	}
	for w := range strings.FieldsSeq(n) {
		if len(w) > 10 {
			continue
		}
		if strings.Contains(w, ".") {
			w = strings.ReplaceAll(w, ".", "")
		}
		w = strings.TrimRight(w, ",:")
		if slices.ContainsFunc(joints, func(j string) bool { return len(j) == len(w) && strings.EqualFold(j, w) }) {
			return true
		}
	}
	return false
}

// maxPieces bounds how many names one is taken apart into.
const maxPieces = 8

// Pieces are the names that a name holds beside itself.
func Pieces(n string) (out []string) {
	if len(n) > 1000 || !jointed(n) {
		return nil
	}
	take := func(s string, words int) {
		s = strings.Trim(s, " \t\n,.:;-")
		if s != n && len(s) > 3 && len(strings.Fields(s)) >= words && len(out) < maxPieces && !slices.Contains(out, s) {
			out = append(out, s)
		}
	}
	whole := n
	if m := enclosed.FindAllStringSubmatch(n, maxPieces); m != nil {
		whole = strings.Join(strings.Fields(enclosed.ReplaceAllString(n, " ")), " ")
		take(whole, 2)
		for _, x := range m {
			take(between.ReplaceAllString(" "+x[1], ""), 2) // one word is a place, mostly
		}
	}
	if parts := between.Split(" "+whole, maxPieces); len(parts) > 1 {
		for _, p := range parts {
			take(p, 1)
		}
	}
	if parts := dash.Split(whole, maxPieces); len(parts) > 1 {
		for _, p := range parts {
			take(p, 2)
		}
	}
	if at := ship.FindStringIndex(n); at != nil {
		take(n[at[1]:], 1)
	}
	return out
}

// pieces looks for the names that a name holds. Whose they are in it is not
// known: what is found may be the party, and no more. A firm clears the name
// as it stands.
func (l *Lists) pieces(q *match.Query, o *Options, taken told, whole int, out []Hit) []Hit {
	one := *q
	own := out[whole:]
	for _, p := range Pieces(q.Names[0]) {
		one.Names = []string{p}
		from := len(out)
		out = l.all(&one, o, taken, out)
		known := func(h Hit) bool {
			return slices.ContainsFunc(own, func(w Hit) bool { return w.Entity.ID == h.Entity.ID && w.List == h.List })
		}
		for i := range own { // what only stands in the name is cleared with the part that it stands in
			if h := &out[whole+i]; h.Stands && h.Clear == nil && !h.numbered && h.Score < o.min(h.List.Source) {
				if k := slices.IndexFunc(out[from:], func(m Hit) bool { return m.Entity.ID == h.Entity.ID && m.List == h.List }); k >= 0 {
					h.Clear = out[from+k].Clear
				}
			}
		}
		more := slices.DeleteFunc(slices.Clone(out[from:]), known)
		for i := range more {
			if more[i].Grade == Same {
				more[i].Grade = Possible
			}
			more[i].unsure = fmt.Sprintf("it stands within the name %q", printable(q.Names[0]))
			more[i].within = q.Names[0]
			if !more[i].numbered && more[i].Clear == nil {
				more[i].Clear = o.Tuning.Clears(q.Names[0], more[i].Entity, l.Day)
			}
		}
		out = append(out[:from], more...)
	}
	return out
}

// stray are wallet addresses that stand where something else is asked for.
func stray(p *navicert.Party) (out []navicert.Wallet) {
	texts := append([]string{p.Name, p.Address}, p.Aliases...)
	for _, id := range p.Identifiers {
		texts = append(texts, id.Value)
	}
	for _, t := range texts {
		if len(t) > 2000 {
			continue
		}
		for _, w := range strings.Fields(t) {
			if w = strings.Trim(w, ",;()[]<>\"'"); len(w) < 25 {
				continue
			}
			known := func(o navicert.Wallet) bool { return o.Address == w }
			if a := wallet.Parse(w, ""); (a.Check == wallet.Valid || a.Check == wallet.Bare) && !slices.ContainsFunc(p.Wallets, known) && !slices.ContainsFunc(out, known) {
				out = append(out, navicert.Wallet{Address: w, Where: p.Where})
			}
		}
	}
	return out
}
