package match

import (
	"time"

	"navicert"
	"navicert/list"
	"navicert/name"
)

// fact is one thing other than a name that an entity's entry states.
type fact struct {
	Kind factKind
	A, B int32 // days; or the two halves of a hash
	C    uint32
}

type factKind uint32

const (
	bornFact    factKind = iota + 1 // A to B, C: circa
	countryFact                     // C: code
	genderFact                      // C
	docFact                         // A, B: hash; C: type
	placeFact                       // A, B: hash of a town in an address
)

// What other evidence does to a score, in its own unit (nats). Absent
// evidence does nothing. A day of birth that two people share by chance, one
// in 20,000, would be worth ten; half of that is left for records that copy
// each other's mistakes.
const (
	sameDay      = 4.0
	swappedDay   = 2.5 // day and month change places
	sameYear     = 1.2 // no more is known on one side
	nearYear     = 0.4 // one year apart, one side says "about"
	otherDay     = -0.5
	otherYear    = -1.2
	farYear      = -3.0 // more than two years apart
	sameCountry  = 0.7
	otherCountry = -0.7
	otherGender  = -2.0
	sameDoc      = 8.0
	sameWallet   = 10.0
	otherIMO     = -4.0
	otherLEI     = -4.0
	sameTown     = 0.7
)

// Effect is one piece of other evidence.
type Effect struct {
	What   string // "date of birth", "country", "gender", "document", "address", "kind"
	Effect float32
	Says   string
}

// facts lists what an entity states, for the index.
func (b *builder) facts(i uint32, e *list.Entity) {
	x := b.x
	add := func(f fact) {
		if len(x.facts)-int(x.factsAt[i]) < 1024 {
			x.facts = append(x.facts, f)
		}
	}
	for _, d := range e.Dates {
		if d.Kind == list.Birth && !unread(&d) && d.To >= d.From {
			add(fact{Kind: bornFact, A: int32(d.From), B: int32(d.To), C: circa(d.Circa)})
		}
	}
	for _, c := range e.Countries {
		if k := countryCode(c.Code); k != 0 {
			add(fact{Kind: countryFact, C: k})
		}
	}
	if e.Gender != list.GenderUnknown {
		add(fact{Kind: genderFact, C: uint32(e.Gender)})
	}
	doc := func(h uint64, t uint32) {
		if h != 0 {
			add(fact{Kind: docFact, A: int32(uint32(h)), B: int32(uint32(h >> 32)), C: t})
			x.docs = append(x.docs, docKey{Hash: h, Entity: i})
		}
	}
	for _, d := range e.Documents {
		if proper(d.Type, d.Number) {
			doc(docHash(d.Type, d.Number), uint32(d.Type))
		}
	}
	for _, w := range e.Wallets {
		doc(walletHash(w.Address), walletType)
	}
	for _, a := range e.Addresses {
		if h := townHash(a.City); h != 0 {
			add(fact{Kind: placeFact, A: int32(uint32(h)), B: int32(uint32(h >> 32))})
		}
		if k := countryCode(a.Country); k != 0 {
			add(fact{Kind: countryFact, C: k})
		}
	}
}

const walletType = 1 << 16

// unread tells a date of which only the text is known; 1970-01-01 is one like
// any other.
func unread(d *list.Date) bool { return d.From == 0 && d.To == 0 && d.Text != "" }

func circa(c bool) uint32 {
	if c {
		return 1
	}
	return 0
}

// countryCode packs two letters, 0 if they are none.
func countryCode(s string) uint32 {
	if len(s) != 2 {
		return 0
	}
	return uint32(s[0]&^0x20)<<8 | uint32(s[1]&^0x20)
}

func townHash(s string) uint64 {
	if len(s) < 3 {
		return 0
	}
	k := name.Fold(s)
	if len(k) < 3 {
		return 0
	}
	return hash(byBones, []byte(k))
}

// known is what a query states beside names, made ready to be compared.
type known struct {
	any       bool
	docs      []docKey // Entity: type
	countries []uint32
	words     []uint64 // hashes of the words of addresses, and of two in a row
	most      float32  // that all of it can add to a score
}

func (k *known) read(q *Query) {
	k.docs, k.countries, k.words = k.docs[:0], k.countries[:0], k.words[:0]
	for i := range q.Documents {
		d := &q.Documents[i]
		if h := docHash(d.Type, d.Number); h != 0 && proper(d.Type, d.Number) {
			k.docs = append(k.docs, docKey{Hash: h, Entity: uint32(d.Type)})
		}
	}
	for _, w := range q.Wallets {
		if h := walletHash(w); h != 0 {
			k.docs = append(k.docs, docKey{Hash: h, Entity: walletType})
		}
	}
	for _, c := range q.Countries {
		if v := countryCode(c); v != 0 {
			k.countries = append(k.countries, v)
		}
	}
	for i := range q.Addresses {
		k.words = appendTowns(k.words, q.Addresses[i])
	}
	k.most = float32(len(k.docs)) * sameWallet
	if len(q.Dates) > 0 {
		k.most += sameDay
	}
	if len(k.countries) > 0 {
		k.most += sameCountry
	}
	if len(k.words) > 0 {
		k.most += sameTown
	}
	k.any = len(k.docs)+len(k.countries)+len(k.words)+len(q.Dates) > 0 || q.Gender != list.GenderUnknown
}

// appendTowns appends the hashes of every one, two and three words in a row.
func appendTowns(dst []uint64, address string) []uint64 {
	f := name.Fold(address)
	var starts []int
	for i := range len(f) {
		if f[i] != ' ' && (i == 0 || f[i-1] == ' ') {
			starts = append(starts, i)
		}
	}
	if len(starts) > 60 {
		starts = starts[:60]
	}
	for _, from := range starts {
		words := 0
		for to := from + 1; to <= len(f) && words < 3; to++ {
			if to == len(f) || f[to] == ' ' {
				words++
				if to-from >= 3 {
					dst = append(dst, hash(byBones, []byte(f[from:to])))
				}
			}
		}
	}
	return dst
}

// evidence is what a query's other statements do to the score of an entity.
// Of a firm or a ship another country says nothing: fronts are abroad. Each
// effect also goes to tell, if there is one.
func (x *Index) evidence(q *Query, k *known, ent uint32, firm bool, tell func(Effect)) float32 {
	if !k.any {
		return 0
	}
	facts := x.facts[x.factsAt[ent]:x.factsAt[ent+1]]
	sum := x.births(q, facts, tell)
	var here, same, gender, town bool
	var otherG bool
	for i := range facts {
		f := &facts[i]
		switch f.Kind {
		case countryFact:
			here = true
			for _, c := range k.countries {
				same = same || c == f.C
			}
		case genderFact:
			gender = true
			otherG = q.Gender != list.GenderUnknown && uint32(q.Gender) != f.C
		case placeFact:
			h := uint64(uint32(f.A)) | uint64(uint32(f.B))<<32
			for _, w := range k.words {
				town = town || w == h
			}
		}
	}
	add := func(e float32, what, says string) {
		sum += e
		if tell != nil {
			tell(Effect{what, e, says})
		}
	}
	if here && len(k.countries) > 0 {
		switch {
		case same:
			add(sameCountry, "country", "a country is the same")
		case firm:
			add(0, "country", "no country is the same, which counts against people alone")
		default:
			add(otherCountry, "country", "no country is the same")
		}
	}
	if gender && otherG {
		add(otherGender, "gender", "the entry states the other gender")
	}
	if town {
		add(sameTown, "address", "a town in the addresses is the same")
	}
	sum += x.documents(k, facts, tell)
	return sum
}

// documents compares numbers: one that is the same is as good as a
// fingerprint, and of those of which a thing has one alone, another
// contradicts.
func (x *Index) documents(k *known, facts []fact, tell func(Effect)) (sum float32) {
	for _, d := range k.docs {
		same, other := false, false
		for i := range facts {
			f := &facts[i]
			if f.Kind != docFact {
				continue
			}
			if uint64(uint32(f.A))|uint64(uint32(f.B))<<32 == d.Hash {
				same = true
			} else if f.C == d.Entity {
				other = true
			}
		}
		e, says := float32(0), ""
		switch t := list.DocType(d.Entity); {
		case same && d.Entity == walletType:
			e, says = sameWallet, "the entry lists this wallet"
		case same:
			e, says = sameDoc, "the entry has this number"
		case other && d.Entity < walletType && t == list.IMO:
			e, says = otherIMO, "the entry has another IMO number"
		case other && d.Entity < walletType && t == list.LEI:
			e, says = otherLEI, "the entry has another LEI"
		}
		if e != 0 {
			sum += e
			if tell != nil {
				tell(Effect{"document", e, says})
			}
		}
	}
	return sum
}

// births compares days of birth: the best of all pairs counts.
func (x *Index) births(q *Query, facts []fact, tell func(Effect)) float32 {
	best, says := float32(-99), ""
	for i := range q.Dates {
		d := &q.Dates[i]
		if d.Kind != list.Birth || unread(d) || d.To < d.From {
			continue
		}
		for j := range facts {
			if f := &facts[j]; f.Kind == bornFact {
				if e, s := birth(d.From, d.To, navicert.Day(f.A), navicert.Day(f.B), d.Circa || f.C != 0); e > best {
					best, says = e, s
				}
			}
		}
	}
	if says == "" {
		return 0
	}
	if tell != nil {
		tell(Effect{"date of birth", best, says})
	}
	return best
}

func birth(qf, qt, ef, et navicert.Day, circa bool) (float32, string) {
	qy, qm, qd := civil(qf)
	ey, em, ed := civil(ef)
	switch {
	case qf == qt && ef == et && qf == ef:
		return sameDay, "the day of birth is the same"
	case qf <= et && ef <= qt:
		return sameYear, "the dates of birth agree as far as they are known"
	case qf == qt && ef == et && qy == ey && qm == ed && qd == em:
		return swappedDay, "the day of birth is the same with day and month changed"
	}
	gap := max(ef-qt, qf-et)
	switch {
	case circa && gap <= 366:
		return nearYear, "the dates of birth are within a year, and one is about"
	case qy == ey:
		return otherDay, "the year of birth is the same, the day is not"
	case gap <= 2*366:
		return otherYear, "the years of birth differ by one or two"
	}
	return farYear, "the years of birth differ"
}

// civil is the date of a day.
func civil(d navicert.Day) (y, m, day int) {
	y, month, day := time.Unix(int64(d)*86400, 0).UTC().Date()
	return y, int(month), day
}
