package match

import (
	"navicert/list"
	"navicert/wallet"
)

// docForm is the form in which a number is compared: capital letters and
// digits alone, without leading zeros.
type docForm struct {
	b [40]byte
	n int
}

func (f *docForm) set(t list.DocType, s string) {
	f.n = 0
	for i := 0; i < len(s) && f.n < len(f.b); i++ {
		c := s[i]
		if 'a' <= c && c <= 'z' {
			c -= 'a' - 'A'
		}
		if ('A' <= c && c <= 'Z' || '0' <= c && c <= '9') && (c != '0' || f.n > 0 || !sameSeries(t)) {
			f.b[f.n] = c
			f.n++
		}
	}
	if t == list.IMO && f.n > 7 && string(f.b[:3]) == "IMO" {
		f.n = copy(f.b[:], f.b[3:f.n])
	}
	if t == list.BIC && f.n == 11 && string(f.b[8:11]) == "XXX" {
		f.n = 8
	}
}

func (f *docForm) text() []byte { return f.b[:f.n] }

// docHash is the key by which a number is found; 0: it says too little.
func docHash(t list.DocType, number string) uint64 {
	var f docForm
	f.set(t, number)
	if f.n < 4 {
		return 0
	}
	if sameSeries(t) {
		t = list.OtherDoc
	}
	return hash(byWhole^uint64(t)<<56, f.text())
}

// sameSeries tells the types of numbers that lists mix up.
func sameSeries(t list.DocType) bool {
	return t == list.OtherDoc || t == list.NationalID || t == list.TaxID || t == list.Registration || t == list.Passport
}

func walletHash(address string) uint64 {
	a := wallet.Parse(address, "")
	if a.Key == "" {
		return 0
	}
	return hash(byGroup, []byte(a.Key))
}

// proper tells whether a number can be one of its type: its checksum holds
// and its length is right. Numbers of other types pass.
func proper(t list.DocType, number string) bool {
	var f docForm
	f.set(t, number)
	s := f.text()
	switch t {
	case list.IMO:
		if len(s) != 7 || !allDigits(s) {
			return false
		}
		sum := 0
		for i := range 6 {
			sum += int(s[i]-'0') * (7 - i)
		}
		return sum%10 == int(s[6]-'0') || companyIMO(s)
	case list.MMSI:
		return len(s) == 9 && allDigits(s)
	case list.LEI:
		return len(s) == 20 && mod97(s) == 1
	case list.BIC:
		return (len(s) == 8 || len(s) == 11) && letters(s[:6])
	case list.ISIN:
		return len(s) == 12 && letters(s[:2]) && luhn(s)
	}
	return len(s) >= 4
}

// companyIMO is the check of the numbers of shipowners.
func companyIMO(s []byte) bool {
	sum := 0
	for i, w := range [...]int{8, 6, 4, 2, 9, 7} {
		sum += int(s[i]-'0') * w
	}
	return (11-sum%11)%10 == int(s[6]-'0')
}

func allDigits(s []byte) bool {
	for _, c := range s {
		if c < '0' || c > '9' {
			return false
		}
	}
	return true
}

func letters(s []byte) bool {
	for _, c := range s {
		if c < 'A' || c > 'Z' {
			return false
		}
	}
	return true
}

// mod97 is ISO 7064 mod 97-10, letters counting from 10.
func mod97(s []byte) int {
	m := 0
	for _, c := range s {
		if c <= '9' {
			m = (m*10 + int(c-'0')) % 97
		} else {
			m = (m*100 + int(c-'A') + 10) % 97
		}
	}
	return m
}

// luhn checks an ISIN, whose letters count as two digits.
func luhn(s []byte) bool {
	var d [24]int
	n := 0
	for _, c := range s {
		v := int(c - '0')
		if c > '9' {
			v = int(c-'A') + 10
			d[n], n = v/10, n+1
			v %= 10
		}
		d[n], n = v, n+1
	}
	sum := 0
	for i := range n {
		v := d[n-1-i]
		if i%2 == 1 {
			if v *= 2; v > 9 {
				v -= 9
			}
		}
		sum += v
	}
	return sum%10 == 0
}
