package decide

import (
	"os"
	"strings"
	"testing"

	"navicert"
)

// TestStops holds a deal that may go when a place on its way would not let it
// end there.
func TestStops(t *testing.T) {
	text, err := os.ReadFile("../examples/pentest-suite-to-munich.yaml")
	if err != nil {
		t.Fatal(err)
	}
	const at = "parties:\n"
	for _, c := range []struct {
		name, via, party string
		want             navicert.Verdict
	}{
		{name: "as it is", want: navicert.MayGo},
		{name: "through Singapore", via: `via: ["SG"]`, want: navicert.MayGo},
		{name: "through North Korea", via: `via: ["KP"]`, want: navicert.OpenVerdict},
		{name: "through Moscow", via: `via: ["RU"]`, want: navicert.OpenVerdict},
		{name: "a bank in Pyongyang", party: `{role: bank, name: X, country: "KP"}`, want: navicert.OpenVerdict},
		{name: "a consignee in Minsk", party: `{role: intermediate_consignee, name: X, country: "BY"}`, want: navicert.OpenVerdict},
		{name: "a consignee in Prague", party: `{role: intermediate_consignee, name: X, country: "CZ"}`, want: navicert.MayGo},
		{name: "a purchaser in Sevastopol", party: `{role: purchaser, name: X, country: "UA", region: crimea}`, want: navicert.OpenVerdict},
	} {
		deal := string(text)
		if c.via != "" {
			deal = strings.Replace(deal, "route:\n", "route:\n  "+c.via+"\n", 1)
		}
		if c.party != "" {
			deal = strings.Replace(deal, at, at+"  - "+c.party+"\n", 1)
		}
		d, err := decider(t).Decide(readDeal(t, c.name, []byte(deal)))
		if err != nil {
			t.Fatal(err)
		}
		if d.Verdict != c.want {
			t.Errorf("%s: %s, want %s; %q", c.name, d.Verdict, c.want, d.Notices)
		}
	}
}
