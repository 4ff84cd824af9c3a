package feed

import (
	"fmt"
	"strings"
	"testing"
	"time"
)

// Very many and very long parts cost no more than their size, and nothing of
// them is lost.
func TestManyAndLong(t *testing.T) {
	many := func(format string) string {
		var b strings.Builder
		for i := range 10_000 {
			fmt.Fprintf(&b, format, i)
		}
		return b.String()
	}
	long := strings.Repeat("x", 100_000)
	slashes := strings.Repeat("/", 100_000)
	euHead, euRows, _ := strings.Cut(sampleText(t, "eu.csv"), "\n")
	euRow, _, _ := strings.Cut(euRows, "\n")
	ukHead := strings.Join(strings.SplitN(sampleText(t, "conlist.csv"), "\r\n", 3)[:2], "\r\n") + "\r\n"
	for _, c := range []struct {
		file, text string
		names      int
	}{
		{"un.xml", "<CONSOLIDATED_LIST dateGenerated='2026-02-27'><ENTITIES><ENTITY><DATAID>1</DATAID><FIRST_NAME>\u202e" + long + "</FIRST_NAME><REFERENCE_NUMBER>X</REFERENCE_NUMBER>" +
			many("<ENTITY_ALIAS><QUALITY>a.k.a.</QUALITY><ALIAS_NAME>N %d</ALIAS_NAME></ENTITY_ALIAS>") + "</ENTITY></ENTITIES></CONSOLIDATED_LIST>", 10_001},
		{"ca.xml", "<data-set><record><DateOfListing>2020-01-01</DateOfListing><Country>X</Country><Item>1</Item><EntityOrShip>" + slashes + "A</EntityOrShip><Aliases>" +
			many("N %d, ") + strings.Repeat("(", 50_000) + slashes + "</Aliases></record></data-set>", 10_002},
		{"ch.xml", "<swiss-sanctions-list date='2024-01-17'><target ssid='1'><entity><identity main='true'>" +
			many("<name name-type='alias'><name-part order='1'><value>N %d</value></name-part></name>") +
			"<name>" + many("<name-part order='2'><value>P %d</value></name-part>") + many("<name-part order='3'><value>P %d</value></name-part>") +
			"</name></identity></entity></target></swiss-sanctions-list>", 10_000 + maxSpellings},
		{"eu.csv", euHead + "\n" + strings.Repeat(euRow+"\n", 10_000), 1},
		{"conlist.csv", ukHead + many("X %d,,,,,,,,,,,,,,,,,,,,,,,,,,,\"(1)"+strings.Repeat("(2)", 100)+"\",Entity,AKA,,R,01/01/2020,,,1\r\n"), 10_000},
		{"own.csv", "id,name,aliases\n1," + long + "," + many("N %d;") + "\n", 10_001},
		{"x.ftm.json", `{"id":"a","schema":"Company","properties":{"name":["` + long + `"],"alias":[` + many(`"N %d",`) + `"Z"]}}` + "\n" +
			many(`{"id":"w%d","schema":"CryptoWallet","properties":{"holder":["a"],"publicKey":["k"]}}`+"\n"), 10_002},
	} {
		from := time.Now()
		ed := parse(t, []File{text(c.file, c.text)})
		if n := len(ed.Entities[0].Names); len(ed.Entities) != 1 || n != c.names {
			t.Errorf("%s: %d entities, %d names, want %d", c.file, len(ed.Entities), n, c.names)
		}
		if d := time.Since(from); d > 20*time.Second { // a square would take hours
			t.Errorf("%s took %s", c.file, d)
		}
	}
}
