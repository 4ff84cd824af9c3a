package api

import (
	"net/http"
	"strings"
)

// algorithm is a name by which a client chooses how to score. There is one
// engine here; some names make it look at names alone, as they promise.
type algorithm struct {
	name, says string
	namesOnly  bool
}

var algorithms = []algorithm{
	{"logic-v2", "Navicert's engine: names in any script, with dates, countries, identifiers, gender and addresses as evidence.", false},
	{"ofac", "Navicert's engine on names alone.", true},
	{"name-based", "Navicert's engine on names alone.", true},
	{"name-qualified", "Navicert's engine; the same as logic-v2.", false},
	{"logic-v1", "Navicert's engine; the same as logic-v2.", false},
	{"regression-v1", "Navicert's engine; the same as logic-v2.", false},
}

func algorithmOf(name string) (*algorithm, error) {
	clean := strings.ToLower(strings.TrimSpace(name))
	if clean == "best" || clean == "navicert" {
		return &algorithms[0], nil
	}
	for i := range algorithms {
		if algorithms[i].name == clean {
			return &algorithms[i], nil
		}
	}
	return nil, bad("Invalid algorithm: %s", short(name))
}

// features are what a score is made of, as explanations name them; names alone
// say the first two.
var features = [][2]string{
	{"name_match", "How much of the names agrees, word by word, in any script; its score is the similarity."},
	{"kind", "A person asked for, a company listed."},
	{"date_of_birth", "Dates of birth, as exactly as both sides know them."},
	{"country", "Countries: nationality, residence, registration, flag."},
	{"document", "Passports, registration and tax numbers, IMO, MMSI, LEI, BIC, and addresses of wallets."},
	{"gender", "Gender as stated."},
	{"address", "Towns in addresses."},
}

func (a *algorithm) features() [][2]string {
	if a.namesOnly {
		return features[:2]
	}
	return features
}

func (w *answer) algorithms(*http.Request, *params, []string) error {
	out := append(w.out, `{"algorithms":[`...)
	for _, a := range algorithms {
		out = append(comma(out), '{')
		out = appendString(appendField(out, "name"), a.name)
		out = appendString(appendField(out, "description"), a.says)
		out = a.appendFeatures(appendField(out, "features"))
		out = append(appendField(out, "docs"), '{')
		out = appendString(appendField(out, "name"), a.name)
		out = appendString(appendField(out, "description"), a.says)
		out = append(appendField(out, "config"), '{')
		if !a.namesOnly {
			out = append(appendField(out, numberMismatch), '{')
			out = appendString(appendField(out, "type"), "float")
			out = appendString(appendField(out, "description"), "Share of the score that is taken off where the name of a thing has a number that the listed one has not, beside what the engine itself takes off.")
			out = appendFloat(appendField(out, "default"), 0)
			out = append(out, '}')
		}
		out = append(out, '}')
		out = a.appendFeatures(appendField(out, "features"))
		out = append(out, "}}"...)
	}
	w.out = append(out, `],"default":"best","best":"logic-v2"}`...)
	return nil
}

func (a *algorithm) appendFeatures(out []byte) []byte {
	out = append(out, '{')
	for _, f := range a.features() {
		out = append(appendField(out, f[0]), '{')
		out = appendString(appendField(out, "description"), f[1])
		out = appendFloat(appendField(out, "coefficient"), 1)
		out = appendString(appendField(out, "url"), "")
		out = append(out, '}')
	}
	return append(out, '}')
}
