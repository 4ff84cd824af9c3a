package api

import (
	"strings"
)

// Parameters that several operations share.
var (
	asOf           = param{name: "as_of", typ: "day", says: "Answer from the lists of this day; beyond the contract"}
	includeDataset = param{name: "include_dataset", typ: "string", many: true, says: "Only these datasets"}
	excludeDataset = param{name: "exclude_dataset", typ: "string", many: true, says: "Not these datasets"}
	excludeSchema  = param{name: "exclude_schema", typ: "string", many: true, says: "Not entities of these schemata"}
	anyTopic       = param{name: "topics", typ: "string", many: true, says: "Only entities with any of these topics: sanction, crime.cyber"}
	changedSince   = param{name: "changed_since", typ: "time", says: "Only entities that have changed after this day or time"}
	byAlgorithm    = param{name: "algorithm", typ: "string", def: "best", says: "How to score; GET /algorithms has the names"}
	pageSize       = param{name: "limit", typ: "integer", def: pageLimit, most: maxPage, says: "Results at most"}
	skip           = param{name: "offset", typ: "integer", def: 0, most: maxOffset, says: "Skip so many"}
	sorting        = param{name: "sort", typ: "string", many: true, says: "field:asc or field:desc, of " + strings.Join(sortFields, ", ")}
	prefix         = param{name: "prefix", typ: "string", def: "", says: "What was typed so far"}
)

const (
	toMatch     = "Matching"
	toRead      = "Data access"
	toReconcile = "Reconciliation"
	toRun       = "System information"
)

// operations is all that this server answers.
func operations() []operation {
	ops := []operation{
		{
			method: "POST", path: "/match/{dataset}", tag: toMatch, says: "Who of the listed may this be?",
			body: "MatchQuery", answer: "MatchResponse", codes: []int{400, 404, 413, 415, 422, 503}, do: (*answer).match,
			params: []param{
				{name: "limit", typ: "integer", def: matchLimit, most: maxMatches, says: "Results at most, of each query"},
				{name: "threshold", typ: "number", def: standard, says: "From this score on it is a match"},
				{name: "cutoff", typ: "number", def: standard, deprecated: true, says: "Only results that score more than this, or than the threshold where that is lower"},
				byAlgorithm, includeDataset, excludeDataset, excludeSchema, anyTopic, changedSince,
				{name: "exclude_entity_ids", typ: "string", many: true, most: maxExclude, says: "Not these entities, by their own or a merged ID"},
				asOf,
			},
		},
		{
			method: "GET", path: "/search/{dataset}", tag: toMatch, says: "Search by words",
			answer: "SearchResponse", codes: []int{400, 404, 422, 503}, do: (*answer).search,
			params: []param{
				{name: "q", typ: "string", def: "", says: "Words, phrases, AND OR NOT + -, brackets, * ? ~ and field:value"},
				{name: "schema", typ: "string", def: "Thing", says: "Entities of this schema, and what is one"},
				includeDataset, excludeDataset, excludeSchema, changedSince,
				{name: "countries", typ: "string", many: true, says: "Filter by country codes"},
				{name: "topics", typ: "string", many: true, says: "Filter by topics: sanction, crime.cyber"},
				{name: "datasets", typ: "string", many: true, says: "Filter by datasets"},
				{name: "filter", typ: "string", many: true, says: "Filter by field:value, properties.birthDate:1985"},
				pageSize, skip, sorting,
				{name: "target", typ: "boolean", deprecated: true, says: "Only those on file for a risk, or only the others"},
				{name: "fuzzy", typ: "boolean", def: false, says: "Every word may have errors"},
				{name: "simple", typ: "boolean", def: false, says: "Signs are no operators"},
				{name: "facets", typ: "string", many: true, words: facetNames, def: []string{"countries", "topics", "datasets"}, says: "What to count among all that is found"},
				{name: "filter_op", typ: "string", words: []string{"AND", "OR"}, def: "OR", says: "How several filters of one field go together"},
				asOf,
			},
		},
		{
			method: "GET", path: "/entities/{id}", tag: toRead, says: "One entity",
			answer: "Entity", codes: []int{308, 400, 404, 422, 503}, do: (*answer).entity,
			params: []param{{name: "nested", typ: "boolean", def: true, says: "With its neighbors inside"}, asOf},
		},
		{
			method: "GET", path: "/entities/{id}/adjacent", tag: toRead, says: "What hangs on an entity",
			answer: "AdjacentResponse", codes: []int{308, 400, 404, 422, 503}, do: (*answer).adjacent,
			params: []param{pageSize, skip, sorting, asOf},
		},
		{
			method: "GET", path: "/entities/{id}/adjacent/{property}", tag: toRead, says: "What hangs on an entity under one property",
			answer: "AdjacentPage", codes: []int{308, 400, 404, 422, 503}, do: (*answer).adjacent,
			params: []param{pageSize, skip, sorting, asOf},
		},
		{
			method: "GET", path: "/algorithms", tag: toRun, says: "Names of algorithms, of the parts of a score, and of what can be configured",
			answer: "Algorithms", do: (*answer).algorithms,
		},
		{method: "GET", path: "/healthz", tag: toRun, says: "Is it alive?", answer: "Status", open: true, do: (*answer).status},
		{method: "GET", path: "/readyz", tag: toRun, says: "Are lists open?", answer: "Status", codes: []int{503}, open: true, do: (*answer).ready},
		{
			method: "POST", path: "/updatez", tag: toRun, says: "Look for newer lists",
			answer: "Status", codes: []int{403, 422}, open: true, do: (*answer).update,
			params: []param{
				{name: "token", typ: "string", def: "", says: "Token of this server"},
				{name: "sync", typ: "boolean", def: false, says: "Answer when it is done"},
			},
		},
		{
			method: "GET", path: "/reconcile/{dataset}", tag: toReconcile, says: "What this service can do",
			answer: "Manifest", codes: []int{400, 404, 422, 503}, do: (*answer).reconcileManifest, params: []param{asOf},
		},
		{
			method: "POST", path: "/reconcile/{dataset}", tag: toReconcile, says: "Match rows, or extend them",
			body: "ReconcileForm", answer: "{Row}|Extension", codes: []int{400, 404, 413, 415, 422, 503}, do: (*answer).reconcile,
			params: []param{byAlgorithm, changedSince, asOf},
		},
		{
			method: "GET", path: "/reconcile/{dataset}/suggest/entity", tag: toReconcile, says: "Entities whose names begin so",
			answer: "Suggestions", codes: []int{400, 404, 422, 503}, do: (*answer).suggestEntity, params: []param{prefix, pageSize, asOf},
		},
		{
			method: "GET", path: "/reconcile/{dataset}/suggest/property", tag: toReconcile, says: "Properties whose names begin so",
			answer: "Suggestions", codes: []int{400, 404, 422, 503}, do: (*answer).suggestProperty, params: []param{prefix, asOf},
		},
		{
			method: "GET", path: "/reconcile/{dataset}/suggest/type", tag: toReconcile, says: "Schemata whose names begin so",
			answer: "Suggestions", codes: []int{400, 404, 422, 503}, do: (*answer).suggestType, params: []param{prefix, asOf},
		},
		{
			method: "GET", path: "/reconcile/{dataset}/extend/property", tag: toReconcile, says: "Properties that rows of a type can be extended by",
			answer: "Proposal", codes: []int{400, 422}, do: (*answer).extendable,
			params: []param{
				{name: "type", typ: "string", def: "Thing", says: "Schema of the rows"},
				{name: "limit", typ: "integer", def: 0, most: maxPage, says: "Properties at most, 0 for all"},
			},
		},
		{method: "GET", path: "/", open: true, do: (*answer).page},
		{method: "GET", path: "/openapi.json", open: true, do: (*answer).page},
	}
	for _, path := range []string{"/catalog", "/manifest"} {
		ops = append(ops, operation{
			method: "GET", path: path, tag: toRead, says: "Which lists, of which day",
			answer: "Catalog", codes: []int{304, 404, 422, 503}, do: (*answer).catalog, params: []param{asOf},
		})
	}
	for i := range ops {
		ops[i].segments = strings.Split(ops[i].path[1:], "/")
	}
	return ops
}
