package feed

import (
	"testing"

	"navicert/list"
)

func TestCountryCode(t *testing.T) {
	for name, want := range map[string]string{
		"Korea, North": "KP", "Democratic People's Republic of Korea": "KP", "DPRK": "KP", "North Korea": "KP", "PRK": "KP", "KP": "KP",
		"Korea, South": "KR", "Republic of Korea": "KR", "Congo, Democratic Republic of the": "CD", "Congo, Republic of the": "CG",
		"Congo (Democratic Republic)": "CD", "Democratic Republic of the Congo": "CD", "Iran (Islamic Republic of)": "IR",
		"Syrian Arab Republic": "SY", "Bahamas, The": "BS", "The Gambia": "GM", "Cote d Ivoire": "CI", "Côte d’Ivoire": "CI",
		"Burma": "MM", "Myanmar": "MM", "Türkiye": "TR", "Turkey": "TR", "North Macedonia, The Republic of": "MK", "Man, Isle of": "IM",
		"Virgin Islands, British": "VG", "China, Hong Kong Special Administrative Region": "HK", "Macau": "MO", "Kosovo": "XK",
		"Palestinian": "PS", "West Bank": "PS", "Viet Nam": "VN", "United States of America": "US", "Russian Federation": "RU",
		"Taiwan": "TW", "China": "CN", " Iran ": "IR", "Kuwaiti": "KW", "United Kingdom of Great Britain and Northern Ireland": "GB",
		// no country of today, or none at all
		"undetermined": "", "na": "", "Region: Crimea": "", "Netherlands Antilles": "", "USSR": "", "Soviet Union": "", "": "", "x": "", "Yugoslavia": "",
	} {
		if got := countryCode(name); got != want {
			t.Errorf("%q: %q, want %q", name, got, want)
		}
	}
	if n := len(countries().raw); n < 700 {
		t.Errorf("%d names", n)
	}
}

func TestReadDate(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"17 Feb 1974", "1974-02-17 1974-02-17"},
		{"1964", "1964-01-01 1964-12-31"},
		{"Feb 1974", "1974-02-01 1974-02-28"},
		{"circa 1962", "~1962-01-01 1962-12-31"},
		{"1958 to 1960", "1958-01-01 1960-12-31"},
		{"01 Jan 1960 to 31 Dec 1962", "1960-01-01 1962-12-31"},
		{"circa 1958 to circa 1960", "~1958-01-01 1960-12-31"},
		{"Sep 1957 to Oct 1958", "1957-09-01 1958-10-31"},
		{"between 1958 and 1960", "1958-01-01 1960-12-31"},
		{"1958-1960", "1958-01-01 1960-12-31"},
		{"1974-02-17", "1974-02-17 1974-02-17"},
		{"1974-02", "1974-02-01 1974-02-28"},
		{"2025-01-10T00:00:00", "2025-01-10 2025-01-10"},
		{"2014-01-02-05:00", "2014-01-02 2014-01-02"},
		{"2014-01-02Z", "2014-01-02 2014-01-02"},
		{"31/12/1962", "1962-12-31 1962-12-31"},
		{"dd/mm/1962", "1962-01-01 1962-12-31"},
		{"dd/07/1962", "1962-07-01 1962-07-31"},
		{"00/00/1962", "1962-01-01 1962-12-31"},
		{"00/07/1962", "1962-07-01 1962-07-31"},
		{"1970-01-01", "1970-01-01 1970-01-01"},
		{"February 17, 1974", "1974-02-17 1974-02-17"},
		{"29 Feb 2024", "2024-02-29 2024-02-29"},
		{"1962-00-00", "1962-01-01 1962-12-31"},
		// kept as written
		{"3017-08-22", "? 3017-08-22"},
		{"31/02/1962", "? 31/02/1962"},
		{"32 Jan 1962", "? 32 Jan 1962"},
		{"1960 to 1958", "? 1960 to 1958"},
		{"29 Feb 2023", "? 29 Feb 2023"},
		{"12/31/1962", "? 12/31/1962"},
		{"74", "? 74"},
		{"17 Feb 74", "? 17 Feb 74"},
		{"1875", "? 1875"},
		{"+1962", "? +1962"},
		{"-1962", "-"},
		{"1 2 3 1962", "? 1 2 3 1962"},
		{"early 1960s", "? early 1960s"},
		{"9999-99-99", ""},
		{"", ""},
		{"-0-", ""},
		{"Unknown", ""},
	} {
		d, ok := readDate(list.Birth, c.text, dayFirst)
		got := ""
		switch {
		case ok && d.Text != "":
			got = "? " + d.Text
			if d.From != 0 || d.To != 0 || d.Circa {
				t.Errorf("%q: %+v", c.text, d)
			}
		case ok:
			got = d.From.String() + " " + d.To.String()
			if d.Circa {
				got = "~" + got
			}
		}
		if c.want == "-" {
			continue
		}
		if got != c.want {
			t.Errorf("%q: %q, want %q", c.text, got, c.want)
		}
	}
	if d, ok := readDay("12/31/1962", monthFirst); !ok || d.String() != "1962-12-31" {
		t.Error(d, ok)
	}
	if _, ok := readDay("1962", monthFirst); ok {
		t.Error("a year is no day")
	}
}

func FuzzReadDate(f *testing.F) {
	for _, s := range []string{"17 Feb 1974", "circa 1962", "01 Jan 1960 to 31 Dec 1962", "dd/07/1962", "2014-01-02-05:00"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		for _, o := range []order{dayFirst, monthFirst} {
			if d, ok := readDate(list.Birth, s, o); ok && d.Text == "" && d.From > d.To {
				t.Errorf("%q: %+v", s, d)
			}
		}
		countryCode(s)
	})
}

func TestDocType(t *testing.T) {
	for _, c := range []struct {
		kind, number string
		want         list.DocType
	}{
		{"Passport", "N1", list.Passport},
		{"Vessel Registration Identification", "IMO 7406784", list.IMO},
		{"Identification Number", "IMO 5", list.IMO},
		{"Company Number", "IMO 5991992", list.IMO},
		{"Company Number", "5991992", list.Registration},
		{"Tax ID No.", "1", list.TaxID},
		{"Legal Entity Number", "x", list.LEI},
		{"SWIFT/BIC", "x", list.BIC},
		{"MMSI", "1", list.MMSI},
		{"Kenyan ID No.", "1", list.OtherDoc},
		{"Moroccan Personal ID No.", "1", list.NationalID},
		{"Aircraft Mode S Transponder Code", "1", list.OtherDoc},
		{"", "", list.OtherDoc},
	} {
		if got := docType(c.kind, c.number); got != c.want {
			t.Errorf("%s %s: %d, want %d", c.kind, c.number, got, c.want)
		}
	}
}
