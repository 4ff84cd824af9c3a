package main

import (
	"os"
	"reflect"
	"strings"
	"testing"

	"navicert"
)

// TestDecisionFormat: each field of a decision stands in doc/decision-format.md.
func TestDecisionFormat(t *testing.T) {
	data, err := os.ReadFile("../../doc/decision-format.md")
	if err != nil {
		t.Fatal(err)
	}
	doc := string(data)
	if !strings.Contains(doc, navicert.DecisionFormat) {
		t.Errorf("the format is %s", navicert.DecisionFormat)
	}
	sections := map[string]string{
		"Decision": "Decisions", "CaseDecision": "Case", "Ask": "Question", "Change": "Question",
		"Citation": "Reason", "Evidence": "Fact", "ListHit": "Hit", "Clear": "Clear",
	}
	seen := map[reflect.Type]bool{}
	var walk func(reflect.Type)
	walk = func(typ reflect.Type) {
		for typ.Kind() == reflect.Slice || typ.Kind() == reflect.Pointer {
			typ = typ.Elem()
		}
		if typ.Kind() != reflect.Struct || seen[typ] {
			return
		}
		seen[typ] = true
		name := typ.Name()
		if s := sections[name]; s != "" {
			name = s
		}
		_, section, ok := strings.Cut(doc, "# "+name)
		if !ok {
			t.Fatalf("no section %s", name)
		}
		if name != "Decisions" {
			section, _, _ = strings.Cut(section, "\n## ")
		}
		for i := range typ.NumField() {
			f := typ.Field(i)
			key, opts, _ := strings.Cut(f.Tag.Get("json"), ",")
			if !strings.Contains(section, "`"+key+"`") {
				t.Errorf("%s.%s: no `%s` in section %s", typ.Name(), f.Name, key, name)
			}
			if f.Type.Kind() == reflect.Pointer && opts != "omitempty" {
				t.Errorf("%s.%s may be null", typ.Name(), f.Name)
			}
			walk(f.Type)
		}
	}
	walk(reflect.TypeFor[navicert.Decision]())
}
