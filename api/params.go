package api

import (
	"errors"
	"net/http"
	"net/url"
	"regexp"
	"strconv"
	"strings"

	"navicert"
)

// params is the query of an address, read by the table of its operation.
type params struct {
	op     *operation
	values url.Values
	faults []invalid
}

// readParams reads the query of an address. What is not of its form is told
// all at once; what the operation does not know is left alone.
func readParams(r *http.Request, op *operation) (*params, error) {
	p := &params{op: op}
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
	for i := range op.params {
		p.check(&op.params[i])
	}
	if len(p.faults) > 0 {
		return nil, unprocessable(p.faults...)
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

// check collects what is wrong with a parameter.
func (p *params) check(d *param) {
	vs := p.values[d.name]
	if d.many && d.most > 0 && len(vs) > d.most {
		f := p.miss(d, "too_long", "Tuple should have at most "+strconv.Itoa(d.most)+" items after validation", "")
		f.bound, f.limit = "max_length", d.most
		return
	}
	if !d.many && len(vs) > 1 { // the last one counts
		vs = vs[len(vs)-1:]
	}
	for _, v := range vs {
		if d.words != nil && !contains(d.words, v) {
			p.miss(d, "enum", "Input should be '"+strings.Join(d.words, "', '")+"'", v)
			continue
		}
		switch d.typ {
		case "integer":
			n, err := strconv.Atoi(strings.TrimSpace(v)) // of what is too large, the largest
			if err != nil && !errors.Is(err, strconv.ErrRange) {
				p.miss(d, "int_parsing", "Input should be a valid integer, unable to parse string as an integer", v)
			} else if n > d.most {
				f := p.miss(d, "less_than_equal", "Input should be less than or equal to "+strconv.Itoa(d.most), v)
				f.bound, f.limit = "le", d.most
			}
		case "number":
			if f, err := strconv.ParseFloat(strings.TrimSpace(v), 64); err != nil || f != f {
				p.miss(d, "float_parsing", "Input should be a valid number, unable to parse string as a number", v)
			}
		case "boolean":
			if _, ok := readBool(v); !ok {
				p.miss(d, "bool_parsing", "Input should be a valid boolean, unable to interpret input", v)
			}
		case "time":
			if !timePattern.MatchString(v) {
				p.miss(d, "string_pattern_mismatch", "String should match pattern '"+timePattern.String()+"'", v)
			}
		case "day":
			if _, err := navicert.ParseDay(v); err != nil && v != "" {
				p.miss(d, "date_parsing", "Input should be a day, YYYY-MM-DD", v)
			}
		}
	}
}

func (p *params) miss(d *param, kind, msg, input string) *invalid {
	if len(input) > 100 {
		input = ""
	}
	p.faults = append(p.faults, invalid{kind: kind, msg: msg, loc: []any{"query", d.name}, input: input})
	return &p.faults[len(p.faults)-1]
}

func (p *params) given(name string) bool { return len(p.values[name]) > 0 }

func (p *params) all(name string) []string {
	if vs := p.values[name]; len(vs) > 0 {
		return vs
	}
	def, _ := p.def(name).([]string)
	return def
}

// text is the last value of a parameter, or what counts where nothing is said.
func (p *params) text(name string) string {
	if vs := p.values[name]; len(vs) > 0 {
		return vs[len(vs)-1]
	}
	def, _ := p.def(name).(string)
	return def
}

func (p *params) def(name string) any {
	for i := range p.op.params {
		if p.op.params[i].name == name {
			return p.op.params[i].def
		}
	}
	return nil
}

// int reads a whole number. A negative one is 0.
func (p *params) int(name string) int {
	if !p.given(name) {
		def, _ := p.def(name).(int)
		return def
	}
	n, _ := strconv.Atoi(strings.TrimSpace(p.text(name))) // which has been checked
	return max(n, 0)
}

func (p *params) float(name string) float64 {
	if !p.given(name) {
		def, _ := p.def(name).(float64)
		return def
	}
	f, _ := strconv.ParseFloat(strings.TrimSpace(p.text(name)), 64)
	return f
}

func (p *params) bool(name string) bool {
	if !p.given(name) {
		def, _ := p.def(name).(bool)
		return def
	}
	v, _ := readBool(p.text(name))
	return v
}

func readBool(v string) (value, ok bool) {
	switch strings.ToLower(v) {
	case "true", "1", "yes", "y", "on", "t":
		return true, true
	case "false", "0", "no", "n", "off", "f":
		return false, true
	}
	return false, false
}

var timePattern = regexp.MustCompile(`^\d{4}-\d{2}-\d{2}(T\d{2}(:\d{2}(:\d{2})?)?)?$`)

// since reads changed_since: a day or a time, to be compared as text with times
// that have seconds.
func (p *params) since() string {
	v := p.text("changed_since")
	if v == "" {
		return ""
	}
	return v + "0000-00-00T00:00:00"[len(v):]
}

func contains(words []string, w string) bool {
	for _, x := range words {
		if x == w {
			return true
		}
	}
	return false
}

// set reads a list as a set, nil if it is empty.
func (p *params) set(name string) map[string]bool {
	vs := p.all(name)
	if len(vs) == 0 {
		return nil
	}
	out := make(map[string]bool, len(vs))
	for _, v := range vs {
		out[v] = true
	}
	return out
}
