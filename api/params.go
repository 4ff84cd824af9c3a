package api

import (
	"net/http"
	"net/url"
	"regexp"
	"strconv"
	"strings"
)

// params reads the query of an address; what is not of its form is collected
// and told all at once.
type params struct {
	values url.Values
	faults []invalid
}

func readParams(r *http.Request) (*params, error) {
	p := &params{}
	if r.URL.RawQuery == "" {
		return p, nil
	}
	// Bytes that are no escape are taken as they are, like the other service does.
	p.values = url.Values{}
	for part := range strings.SplitSeq(r.URL.RawQuery, "&") {
		if part == "" {
			continue
		}
		k, v, _ := strings.Cut(part, "=")
		p.values.Add(unescape(k), unescape(v))
		if len(p.values) > 1000 {
			return nil, bad("Too many parameters in the address")
		}
	}
	return p, nil
}

func unescape(s string) string {
	if !strings.ContainsAny(s, "%+") {
		return s
	}
	out, err := url.QueryUnescape(s)
	if err != nil {
		return s
	}
	return out
}

// err is a 422 that tells every fault.
func (p *params) err() error {
	if len(p.faults) == 0 {
		return nil
	}
	return unprocessable(p.faults...)
}

func (p *params) all(name string) []string { return p.values[name] }

func (p *params) text(name, def string) string {
	if v := p.values[name]; len(v) > 0 {
		return v[len(v)-1]
	}
	return def
}

func (p *params) miss(name, kind, msg, input string) *invalid {
	if len(input) > 100 {
		input = ""
	}
	p.faults = append(p.faults, invalid{kind: kind, msg: msg, loc: []any{"query", name}, input: input})
	return &p.faults[len(p.faults)-1]
}

// int reads a whole number up to most. A negative one is 0.
func (p *params) int(name string, def, most int) int {
	v := p.text(name, "")
	if len(p.values[name]) == 0 {
		return def
	}
	n, err := strconv.Atoi(strings.TrimSpace(v))
	switch {
	case err != nil:
		p.miss(name, "int_parsing", "Input should be a valid integer, unable to parse string as an integer", v)
	case n > most:
		f := p.miss(name, "less_than_equal", "Input should be less than or equal to "+strconv.Itoa(most), v)
		f.bound, f.limit = "le", most
	}
	return max(n, 0)
}

func (p *params) float(name string, def float64) float64 {
	v := p.text(name, "")
	if len(p.values[name]) == 0 {
		return def
	}
	f, err := strconv.ParseFloat(strings.TrimSpace(v), 64)
	if err != nil || f != f {
		p.miss(name, "float_parsing", "Input should be a valid number, unable to parse string as a number", v)
	}
	return f
}

func (p *params) bool(name string, def bool) bool {
	v := p.text(name, "")
	if len(p.values[name]) == 0 {
		return def
	}
	switch strings.ToLower(v) {
	case "true", "1", "yes", "y", "on", "t":
		return true
	case "false", "0", "no", "n", "off", "f":
		return false
	}
	p.miss(name, "bool_parsing", "Input should be a valid boolean, unable to interpret input", v)
	return def
}

var dayPattern = regexp.MustCompile(`^\d{4}-\d{2}-\d{2}(T\d{2}(:\d{2}(:\d{2})?)?)?$`)

// since reads changed_since: a day or a time, to be compared as text with times
// that have seconds.
func (p *params) since(name string) string {
	v := p.text(name, "")
	if v == "" && len(p.values[name]) == 0 {
		return ""
	}
	if !dayPattern.MatchString(v) {
		p.miss(name, "string_pattern_mismatch", "String should match pattern '"+dayPattern.String()+"'", v)
		return ""
	}
	return v + "0000-00-00T00:00:00"[len(v):]
}

// oneOf reads a word of a closed list.
func (p *params) oneOf(name, def string, words ...string) string {
	v := p.text(name, def)
	if !contains(words, v) {
		p.miss(name, "enum", "Input should be '"+strings.Join(words, "', '")+"'", v)
	}
	return v
}

func contains(words []string, w string) bool {
	for _, x := range words {
		if x == w {
			return true
		}
	}
	return false
}

// exclude reads entity IDs to leave out.
func (p *params) exclude(name string) map[string]bool {
	vs := p.values[name]
	if len(vs) > maxExclude {
		f := p.miss(name, "too_long", "Tuple should have at most "+strconv.Itoa(maxExclude)+" items after validation", "")
		f.bound, f.limit = "max_length", maxExclude
		return nil
	}
	if len(vs) == 0 {
		return nil
	}
	ids := make(map[string]bool, len(vs))
	for _, v := range vs {
		ids[v] = true
	}
	return ids
}
