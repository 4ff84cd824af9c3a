package feed

import (
	"strconv"
	"strings"
	"time"
	"unicode"

	"navicert/list"
)

var caSEMA = &Source{
	Key: "ca-sema", Prefix: "ca",
	Title:     "Consolidated Canadian Autonomous Sanctions List (SEMA and JVCFOR)",
	Authority: "CA",
	License:   "Open Government Licence - Canada: reuse with attribution. Check before redistributing.",
	Cadence:   "when regulations are amended",
	Band:      [2]int{3800, 9000},
	MaxChange: 0.25,
	Forms: []Form{{
		Name: "xml",
		Files: []URL{{
			Name:    "sema-lmes.xml",
			Address: "https://www.international.gc.ca/world-monde/assets/office_docs/international_relations-relations_internationales/sanctions/sema-lmes.xml",
		}},
		Is: func(h Head) bool {
			return h.Root() == "data-set" && strings.Contains(string(h.Bytes), "<DateOfListing>")
		},
		Parse: parseCA,
	}},
}

// parseCA reads the list, which has neither a date nor numbers of its own: an
// entity is known by its regime, schedule and item. Items are numbered anew at
// times, so an ID may change hands between editions.
var parseCA = fromXML("data-set", func(r *roll) map[string]func(*node) error {
	return map[string]func(*node) error{"record": func(n *node) error {
		regime, item := caRegime(n.Text("Country")), n.Text("Item")
		if regime == "" || item == "" {
			return fault(r.file, n.Line, "a record lacks Country or Item", "both: they are its number", fetchAgain)
		}
		ref := strings.Trim(slug(caShort(regime))+"-"+slug(n.Text("Schedule")), "-") + "-" + slug(item)
		b := newBuilder("ca-"+ref, ref, list.KindPerson)
		caRecord(b, n, regime)
		return r.add(b, n.Line)
	}}
})

// caRegime is the English part of "Russia / Russie".
func caRegime(s string) string {
	en, _, _ := strings.Cut(s, " / ")
	return en
}

var caAcronym = pattern(`\(([A-Z]{4,})\)$`)

// caShort takes the acronym of a long name that has one.
func caShort(regime string) string {
	if m := caAcronym().FindStringSubmatch(regime); m != nil {
		return m[1]
	}
	return regime
}

// slug makes a part of an ID: small letters, digits and dots.
func slug(s string) string {
	var out strings.Builder
	for _, r := range strings.ToLower(s) {
		switch {
		case unicode.IsLetter(r) || unicode.IsDigit(r) || r == '.':
			out.WriteRune(r)
		case out.Len() > 0 && !strings.HasSuffix(out.String(), "-"):
			out.WriteByte('-')
		}
	}
	return strings.Trim(out.String(), "-")
}

func caRecord(b *builder, n *node, regime string) {
	dates := list.Birth
	title, thing := n.Text("TitleOrShip"), n.Text("EntityOrShip")
	switch {
	case thing == "":
		given, last := n.Text("GivenName"), n.Text("LastName")
		b.name(list.Name{Text: given + " " + last, First: given, Last: last})
		b.title(title)
	case n.Text("ShipIMONumber") != "" || title != "":
		b.Kind, dates = list.KindVessel, list.Built
		b.name(list.Name{Text: thing})
		if title != "" {
			b.Vessel = &list.Vessel{Type: title}
		}
		b.document(list.Document{Type: list.IMO, Kind: "IMO number", Number: n.Text("ShipIMONumber")})
	default:
		b.Kind, dates = list.KindOrganization, list.Founded
		for i, t := range caNames(thing, "/") {
			kind := list.Primary
			if i > 0 {
				kind = list.Spelling
			}
			b.name(list.Name{Text: t, Kind: kind})
		}
	}
	for _, a := range caAliases(n.Text("Aliases")) {
		a.Kind = list.AKA
		if foreign(a.Text) {
			a.Kind = list.Spelling
		}
		b.name(a)
	}
	for _, s := range caDates(n.Text("DateOfBirthOrShipBuildDate")) {
		b.dated(dates, s, dayFirst)
	}
	b.program(regime)
	schedule := "item " + n.Text("Item")
	if s := n.Text("Schedule"); s != "" {
		schedule = "Schedule " + s + ", " + schedule
	}
	since, _ := readDay(n.Text("DateOfListing"), dayFirst)
	b.Listings = append(b.Listings, list.Listing{List: regime, Since: since})
	b.legal(schedule)
}

var caOr = pattern(`(?i)\s+or\s+`)

// caDates parts "1963 or 1964", reads days that a spreadsheet has turned into
// numbers, and drops the 9999 of an unknown year.
func caDates(s string) []string {
	var out []string
	for _, t := range caOr().Split(s, -1) {
		if t = strings.TrimSpace(t); t == "9999" {
			continue
		}
		if n, err := strconv.Atoi(t); err == nil && len(t) == 5 {
			t = excelDay(n)
		}
		if t != "" {
			out = append(out, t)
		}
	}
	return out
}

var caLang = pattern(`(?i)\b(Russian|Belarus?sian|Ukrainian|Arabic|Persian|Farsi|Chinese|Burmese|French|English|Spanish|Hebrew|Korean)\s*:`)

// caAliases parts the free text of aliases: "A, B, Belarusian: C, Russian: D",
// "E (also known as F)".
func caAliases(s string) []list.Name {
	var out []list.Name
	s = strings.NewReplacer("(also known as ", "; ", "also known as ", "; ", "(a.k.a. ", "; ").Replace(s)
	if strings.Count(s, ")") > strings.Count(s, "(") {
		s = strings.TrimSuffix(s, ")")
	}
	at := caLang().FindAllStringSubmatchIndex(s, -1)
	lang := ""
	from := 0
	for i := 0; i <= len(at); i++ {
		end := len(s)
		if i < len(at) {
			end = at[i][0]
		}
		for _, t := range caNames(s[from:end], ";,/") {
			out = append(out, list.Name{Text: t, Lang: lang})
		}
		if i < len(at) {
			from = at[i][1]
			word := strings.ToLower(s[at[i][2]:at[i][3]])
			if lang = ukLangs[word]; strings.HasPrefix(word, "belarus") {
				lang = "be"
			}
		}
	}
	return out
}

// caNames parts names at marks that stand outside of brackets and quotes. At a
// slash and at "or" it does so only between names of several words; a legal
// form belongs to the name before it.
func caNames(s, marks string) []string {
	var out []string
	depth, from := 0, 0
	add := func(t string) {
		t = strings.Trim(squash(t), " ,;/")
		if t == "" {
			return
		}
		if len(out) > 0 && caForm(t) {
			out[len(out)-1] += ", " + t
			return
		}
		for _, u := range caOr().Split(t, -1) {
			if !strings.Contains(u, " ") {
				out = append(out, t)
				return
			}
		}
		out = append(out, caOr().Split(t, -1)...)
	}
	for i, r := range s {
		switch {
		case r == '(' || r == '«' || r == '“':
			depth++
		case r == ')' || r == '»' || r == '”':
			depth = max(depth-1, 0)
		case depth > 0 || !strings.ContainsRune(marks, r):
		case r == '/' && !(severalWords(s[max(from, i-maxWord):i]) && severalWords(s[i+1:min(len(s), i+maxWord)])):
		default:
			add(s[from:i])
			from = i + 1
		}
	}
	add(s[from:])
	return out
}

// maxWord is how far a space is looked for.
const maxWord = 100

func severalWords(s string) bool { return strings.Contains(strings.TrimSpace(s), " ") }

// caForm reports whether a part behind a comma is a legal form.
func caForm(s string) bool {
	switch strings.ToUpper(strings.Trim(s, " .")) {
	case "LTD", "LIMITED", "LLC", "INC", "CO", "AO", "ZAO", "OAO", "PAO", "OOO", "JSC", "PJSC", "OJSC", "S.A", "SA", "АО", "ЗАО", "ОАО", "ПАО", "ООО", "GMBH", "CO., LTD":
		return true
	}
	return false
}

// excelDay turns the number that a spreadsheet keeps for a day into YYYY-MM-DD;
// numbers outside of the years 1900 to 2099 stay as they are.
func excelDay(n int) string {
	const first, last = 1, 73050
	if n < first || n > last {
		return strconv.Itoa(n)
	}
	return time.Date(1899, 12, 30+n, 0, 0, 0, 0, time.UTC).Format(time.DateOnly)
}
