package api

import (
	"fmt"
	"strings"
	"testing"

	"navicert/screen"
)

// TestFirm: what a firm has decided is used, and told.
func TestFirm(t *testing.T) {
	ask := func(tuning, path string, props object) object {
		t.Helper()
		tn, err := screen.ReadTuning("t.yaml", strings.NewReader(tuning))
		if err != nil {
			t.Fatal(err)
		}
		return newClient(t, Options{Tuning: tn}).post(200, path, queries("q", object{"schema": "Person", "properties": props}))
	}
	plain := object{"name": "Zakharov Alexander"}
	o := ask("clear: []", "/match/zala", plain)
	if len(into(t, o, "responses", "q", "results").([]any)) == 0 {
		t.Fatalf("nobody is found: %v", o)
	}
	id := into(t, o, "responses", "q", "results", 0, "id").(string)
	score := into(t, o, "responses", "q", "results", 0, "navicert", "score").(float64)
	clear := fmt.Sprintf(`clear: [{name: Alexander ZAKHAROV, entity: %s, reason: another one, by: A. Roe, on: "2020-01-01", expires: "2099-12-31"}]`, id)
	none := func(tuning, path string, props object) object {
		t.Helper()
		o := ask(tuning, path, props)
		for _, r := range into(t, o, "responses", "q", "results").([]any) {
			if r.(object)["id"] == id {
				t.Errorf("%s %s: still found", tuning, path)
			}
		}
		return o
	}
	some := func(tuning, path string, props object) object {
		t.Helper()
		o := ask(tuning, path, props)
		if into(t, o, "responses", "q", "results", 0, "id") != id {
			t.Errorf("%s %s %v: not found", tuning, path, props)
		}
		return o
	}
	o = none(clear, "/match/zala", plain)
	for k, want := range (object{"id": id, "by": "A. Roe", "reason": "another one", "expires": "2099-12-31"}) {
		if got := into(t, o, "responses", "q", "navicert", "cleared", 0, k); got != want {
			t.Errorf("%s: %v, want %v", k, got, want)
		}
	}
	if got := into(t, o, "responses", "q", "total", "value").(float64); got != 0 {
		t.Errorf("total %v", got)
	}
	if got := fmt.Sprint(into(t, o, "navicert", "notes")); !strings.Contains(got, "tuning t.yaml: sha256") {
		t.Errorf("notes: %s", got)
	}
	some(clear, "/match/zala", object{"name": []any{"Zakharov Alexander", "Aleksandr V. Zakharov"}}) // another name of his
	some(strings.Replace(clear, "2099-12-31", "2020-01-31", 1), "/match/zala", plain)                // it has lapsed
	some(clear, "/match/zala", object{"name": "Zakharov Alexander", "taxNumber": "183102546703"})
	some("stop_words: [alexander, zakharov]", "/match/zala", plain) // the name itself
	none("stop_words: [alexander, zakharov]", "/match/zala", object{"name": "Alexander Zakharow"})
	raised := fmt.Sprintf("thresholds: {zala: %.3f}", score+0.01)
	o = none(raised, "/match/zala", plain)
	if got := fmt.Sprint(into(t, o, "navicert", "notes")); !strings.Contains(got, "fewer names count") {
		t.Errorf("notes: %s", got)
	}
	o = some(raised, "/match/zala?cutoff=0.1", plain)
	if into(t, o, "responses", "q", "results", 0, "match") != false {
		t.Error("a match below the firm's threshold")
	}
	some(fmt.Sprintf("thresholds: {zala: %.3f}", score-0.01), "/match/zala?threshold=0.999", plain)
}
