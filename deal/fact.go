package deal

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v3"

	"navicert"
)

// stated is a value taken out of its node, with the evidence that was
// written beside it.
type stated struct {
	node *yaml.Node // the scalar
	ev   navicert.Evidence
}

var recordKeys = []string{"value", "by", "on", "why"}

// unwrap reads the two forms of a value: plain, or {value, by, on, why}.
func (r *reader) unwrap(n *yaml.Node, key string, sect *navicert.Attestation) (stated, bool) {
	s := stated{node: n, ev: navicert.Evidence{Kind: "stated", Where: r.place(n)}}
	if sect != nil {
		s.ev.Kind, s.ev.By, s.ev.On, s.ev.Note = "attested", sect.By, sect.On.String(), sect.Note
		if len(sect.Lists) > 0 {
			s.ev.Note = joinNotes("screened against "+strings.Join(sect.Lists, ", "), sect.Note)
		}
	}
	if n.Kind == yaml.SequenceNode {
		r.fault(n, quote(key)+" is a list", "one value", "")
		return s, false
	}
	if n.Kind != yaml.MappingNode {
		return s, !isNull(n)
	}
	s.node = nil
	var by, why string
	var on navicert.Day
	var hasOn bool
	for _, e := range r.mapping(n, "", "") {
		switch e.key {
		case "value":
			if e.at.Kind != yaml.ScalarNode {
				r.fault(e.at, `"value" is `+shape(e.at), "one value", "")
				return s, false
			}
			s.node = e.at
		case "by":
			by = r.text(e.at, e.key)
		case "on":
			on, hasOn = r.day(e.at, e.key)
		case "why":
			why = r.text(e.at, e.key)
		default:
			r.unknownKey(e, quote(key), recordKeys)
		}
	}
	if s.node == nil {
		r.fault(n, quote(key)+` has no "value"`, "{value: X, by: NAME, on: DAY, why: TEXT}", "")
		return s, false
	}
	if (by != "") != hasOn {
		r.fault(n, "the attestation of "+quote(key)+" is not complete", "both by (a name) and on (a day)", "")
		return s, false
	}
	if by != "" {
		s.ev.Kind, s.ev.By, s.ev.On, s.ev.Note = "attested", by, on.String(), ""
	}
	s.ev.Note = joinNotes(why, s.ev.Note)
	s.ev.Where = r.place(s.node)
	return s, !isNull(s.node)
}

func joinNotes(a, b string) string {
	if a == "" || b == "" {
		return a + b
	}
	return a + "; " + b
}

// fact reads the value of term t, or nothing where it is unknown or wrong.
func (r *reader) fact(t *Term, key string, n *yaml.Node, sect *navicert.Attestation) []navicert.Fact {
	s, ok := r.unwrap(n, key, sect)
	if !ok {
		return nil
	}
	v, ok := r.value(t, key, s.node)
	if !ok {
		return nil
	}
	return []navicert.Fact{{Term: t.Name, Value: v, Evidence: s.ev}}
}

// value reads a scalar as the type of t demands, in its canonical form.
func (r *reader) value(t *Term, key string, n *yaml.Node) (string, bool) {
	switch t.Type {
	case "yes_no", "reading":
		return r.yesNo(key, n)
	case "number":
		return r.number(t, key, n)
	case "country":
		c := r.countryCode(key, n)
		return c, c != ""
	case "choice":
		if v := n.Value; slices.Contains(t.words(), v) {
			return v, true
		}
		r.fault(n, quote(n.Value)+" is not a value of "+quote(key), oneOf(t.words()),
			didYouMean(nearest(n.Value, t.words())))
	default:
		r.fault(n, quote(key)+" cannot be stated", "", "")
	}
	return "", false
}

func (r *reader) yesNo(key string, n *yaml.Node) (string, bool) {
	if n.Tag == "!!bool" && (n.Value == "true" || n.Value == "false") {
		return n.Value, true
	}
	hint := ""
	switch strings.ToLower(strings.TrimSpace(n.Value)) {
	case "true", "yes", "y", "on", "1", "t":
		hint = "write true"
	case "false", "no", "n", "off", "0", "f", "none":
		hint = "write false"
	}
	if hint != "" && n.Style != 0 {
		hint += " without quotes"
	}
	r.fault(n, quote(n.Value)+" is not a value of "+quote(key), "true, false or unknown", hint)
	return "", false
}

var (
	decimal   = regexp.MustCompile(`^[0-9]{1,15}(\.[0-9]{1,6})?$`)
	unspoiled = regexp.MustCompile(`^[ ]*([0-9]{1,15}(?:\.[0-9]{1,6})?)[ ]*(?:%|percent|per cent)[ ]*$`)
)

func (r *reader) number(t *Term, key string, n *yaml.Node) (string, bool) {
	v := n.Value
	if !decimal.MatchString(v) {
		hint := ""
		if m := unspoiled.FindStringSubmatch(v); m != nil {
			hint = "write " + m[1]
		} else if c := strings.NewReplacer(",", "", "_", "", " ", "").Replace(v); decimal.MatchString(c) {
			hint = "write " + c + " (a point before decimals, no separator of thousands)"
		}
		r.fault(n, quote(v)+" is not a value of "+quote(key), "a number such as 30 or 12.5, not negative", hint)
		return "", false
	}
	v = canonical(v)
	if f, err := strconv.ParseFloat(v, 64); t.percent() && (err != nil || f > 100) {
		r.fault(n, v+" percent is more than the whole", "a number from 0 to 100", "")
		return "", false
	}
	return v, true
}

// canonical drops the zeros that say nothing: "030.50" is "30.5".
func canonical(v string) string {
	whole, frac, _ := strings.Cut(v, ".")
	whole = strings.TrimLeft(whole, "0")
	if whole == "" {
		whole = "0"
	}
	if frac = strings.TrimRight(frac, "0"); frac != "" {
		return whole + "." + frac
	}
	return whole
}

// countryCode reads a two-letter code, or reports and returns "".
func (r *reader) countryCode(key string, n *yaml.Node) string {
	v := n.Value
	if n.Kind != yaml.ScalarNode {
		r.fault(n, quote(key)+" is "+shape(n), `one country, such as "CN"`, "")
		return ""
	}
	if n.Style == 0 && (n.Tag != "!!str" || v == "NO") {
		// Norway: other YAML readers take a plain NO for false.
		hint := `write "` + v + `" in quotes`
		if v == "NO" {
			hint += " for Norway"
		}
		r.fault(n, v+" without quotes is not text to every YAML reader", `a country code, such as "CN"`, hint)
		return ""
	}
	if _, ok := r.country[v]; ok {
		return v
	}
	r.fault(n, quote(v)+" is not a country code in use", `two capital letters, ISO 3166-1, such as "CN"`,
		r.countryHint(v))
	return ""
}

// spoken are names and codes in daily use that no table of countries lists.
var spoken = map[string]string{
	"uk": "GB", "england": "GB", "great britain": "GB", "el": "GR", "usa": "US", "united states of america": "US",
	"america": "US", "u.s.": "US", "uae": "AE", "prc": "CN", "china": "CN", "chn": "CN", "dprk": "KP",
	"north korea": "KP", "prk": "KP", "rok": "KR", "south korea": "KR", "korea": "KR", "russia": "RU", "rus": "RU",
	"russian federation": "RU", "iran": "IR", "syria": "SY", "vietnam": "VN", "viet nam": "VN", "taiwan": "TW",
	"hong kong": "HK", "macau": "MO", "macao": "MO", "czech republic": "CZ", "holland": "NL", "turkey": "TR",
	"ivory coast": "CI", "burma": "MM", "myanmar": "MM", "kosovo": "XK", "laos": "LA", "deu": "DE", "fra": "FR",
}

func (r *reader) countryHint(v string) string {
	l := strings.ToLower(strings.TrimSpace(v))
	code := spoken[l]
	if code == "" {
		code = r.byName[l]
	}
	if u := strings.ToUpper(l); code == "" && r.country[u] != "" {
		code = u
	}
	if code == "" && len(l) > 3 {
		names := make([]string, len(r.Countries))
		for i, c := range r.Countries {
			names[i] = c.Name
		}
		code = r.byName[strings.ToLower(nearest(l, names))]
	}
	if code == "" || r.country[code] == "" {
		return ""
	}
	return `did you mean "` + code + `" (` + r.country[code] + ")?"
}
