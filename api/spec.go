package api

import (
	"encoding/json"
	"net/http"
	"strconv"
	"strings"

	"navicert"
)

// operation is one request that this server answers: the router, the reader of
// parameters and openapi.json all go by it.
type operation struct {
	method, path string // "/search/{dataset}"
	tag, says    string
	params       []param
	body, answer string // types of shapes.txt
	codes        []int  // beside 200
	open         bool   // needs no key
	do           func(w *answer, r *http.Request, p *params, at []string) error
	segments     []string
}

// param is one parameter of the query of an address.
type param struct {
	name, typ, says  string   // typ is string, integer, number, boolean, day or time
	def              any      // what counts where nothing is said
	most             int      // of an integer; how many of a list
	words            []string // no others may be said
	many, deprecated bool
}

// match tells whether the path of a request is the operation's, and what stands
// in its variable parts.
func (o *operation) match(path []string) (at []string, ok bool) {
	if len(path) != len(o.segments) {
		return nil, false
	}
	for i, s := range o.segments {
		switch {
		case strings.HasPrefix(s, "{"):
			at = append(at, path[i])
		case s != path[i]:
			return nil, false
		}
	}
	return at, true
}

// whenCodes says what statuses mean, with the shape of the answer.
var whenCodes = map[int][2]string{
	304: {"Nothing has changed", ""},
	308: {"The entity was merged into another one; see Location", ""},
	400: {"Invalid query", "Error"},
	401: {"An API key is needed", "Error"},
	403: {"The key or token is not known", "Error"},
	404: {"No such dataset, entity or property", "Error"},
	413: {"The body is too large", "Error"},
	414: {"The address is too long", "Error"},
	415: {"The body is packed in an unknown way", "Error"},
	422: {"Not of its form", "ValidationError"},
	500: {"A fault of this server", "Failure"},
	503: {"No lists are open, or too many requests are under way; see Retry-After", "Error"},
}

var pathSays = map[string]string{
	"dataset": "A dataset or a collection of them, as /catalog names them: default, us_ofac_sdn",
	"id":      "ID of an entity, its own or one that was merged into it", "property": "Name of a property that holds entities: addressEntity",
}

// openAPI tells the operations.
func openAPI(ops []operation) []byte {
	shapes, err := readShapes(shapesText)
	if err != nil {
		panic(err) // a fault of shapes.txt, which tests find
	}
	paths := schemaOf{}
	for i := range ops {
		o := &ops[i]
		if o.answer == "" {
			continue // a page for people
		}
		item, _ := paths[o.path].(schemaOf)
		if item == nil {
			item = schemaOf{}
			paths[o.path] = item
		}
		item[strings.ToLower(o.method)] = o.describe()
	}
	out, err := json.Marshal(schemaOf{
		"openapi": "3.1.0",
		"info": schemaOf{
			"title": "Navicert", "version": navicert.Version, "license": schemaOf{"name": "Apache-2.0", "identifier": "Apache-2.0"},
			"description": "Who of the listed may this be? The matching contract of OpenSanctions (yente 5), and what it has no words for: fields named navicert, and as_of.",
		},
		"servers": []any{schemaOf{"url": "/"}},
		"tags": []any{
			schemaOf{"name": "Matching", "description": "Who may this be?"},
			schemaOf{"name": "Data access", "description": "What the lists say"},
			schemaOf{"name": "Reconciliation", "description": "For OpenRefine and other spreadsheets"},
			schemaOf{"name": "System information", "description": "The server"},
		},
		"security": []any{schemaOf{}, schemaOf{"header": []string{}}, schemaOf{"query": []string{}}},
		"paths":    paths,
		"components": schemaOf{
			"schemas": shapes,
			"securitySchemes": schemaOf{
				"header": schemaOf{"type": "apiKey", "in": "header", "name": "Authorization", "description": "ApiKey <key>, where the server asks for one"},
				"query":  schemaOf{"type": "apiKey", "in": "query", "name": "api_key"},
			},
		},
	})
	if err != nil {
		panic(err)
	}
	return out
}

func (o *operation) describe() schemaOf {
	params := []any{}
	id := strings.ToLower(o.method)
	for _, s := range o.segments {
		id += "_" + strings.Trim(s, "{}")
		if strings.HasPrefix(s, "{") {
			name := strings.Trim(s, "{}")
			params = append(params, schemaOf{"name": name, "in": "path", "required": true, "description": pathSays[name], "schema": schemaOf{"type": "string"}})
		}
	}
	for i := range o.params {
		params = append(params, o.params[i].describe())
	}
	answers := schemaOf{"200": answerOf("As asked", o.answer)}
	codes := append([]int{414, 500}, o.codes...)
	if !o.open {
		codes = append(codes, 401, 403)
	}
	for _, c := range codes {
		answers[strconv.Itoa(c)] = answerOf(whenCodes[c][0], whenCodes[c][1])
	}
	out := schemaOf{"operationId": id, "summary": o.says, "tags": []string{o.tag}, "parameters": params, "responses": answers}
	if o.body != "" {
		kind := "application/json"
		if strings.HasSuffix(o.body, "Form") {
			kind = "application/x-www-form-urlencoded"
		}
		out["requestBody"] = schemaOf{"required": true, "content": schemaOf{kind: schemaOf{"schema": mustType(o.body)}}}
	}
	if o.open {
		out["security"] = []any{}
	}
	return out
}

func answerOf(says, typ string) schemaOf {
	out := schemaOf{"description": says}
	if typ != "" {
		out["content"] = schemaOf{"application/json": schemaOf{"schema": mustType(typ)}}
	}
	return out
}

func mustType(t string) schemaOf {
	s, err := readType(t)
	if err != nil {
		panic(err) // a fault of the table of operations, which tests find
	}
	return s
}

func (p *param) describe() schemaOf {
	s := schemaOf{"type": p.typ}
	switch p.typ {
	case "day":
		s = schemaOf{"type": "string", "format": "date"}
	case "time":
		s = schemaOf{"type": "string", "pattern": timePattern.String()}
	case "integer":
		s["minimum"], s["maximum"] = 0, p.most
	}
	if p.words != nil {
		s["enum"] = p.words
	}
	if p.many {
		s = schemaOf{"type": "array", "items": s}
		if p.most > 0 {
			s["maxItems"] = p.most
		}
	}
	if p.def != nil {
		s["default"] = p.def
	}
	out := schemaOf{"name": p.name, "in": "query", "description": p.says, "schema": s}
	if p.deprecated {
		out["deprecated"] = true
	}
	return out
}
