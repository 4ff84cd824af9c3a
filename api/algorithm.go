package api

import (
	"slices"
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

// configs are the keys that a client may send. They are accepted so that it
// runs, and change nothing: this engine has no such screws.
var configs = []string{
	"nm_name_property", "nm_number_mismatch", "nm_extra_query_name",
	"nm_extra_result_name", "nm_family_name_weight", "nm_fuzzy_cutoff_factor",
}

func knownConfig(key string) bool { return slices.Contains(configs, key) }

// features are the parts of a score, as explanations name them.
var features = [][2]string{
	{"name_match", "How much of the names agrees, word by word, in any script; its score is the similarity."},
	{"date_of_birth", "Dates of birth, as exactly as both sides know them."},
	{"country", "Countries: nationality, residence, registration, flag."},
	{"document", "Passports, registration and tax numbers, IMO, MMSI, LEI, BIC, and addresses of wallets."},
	{"gender", "Gender as stated."},
	{"address", "Towns in addresses."},
	{"kind", "A person asked for, a company listed."},
}

func (w *answer) algorithms() error {
	out := append(w.out, `{"algorithms":[`...)
	for i, a := range algorithms {
		if i > 0 {
			out = append(out, ',')
		}
		out = append(out, '{')
		out = appendString(appendField(out, "name"), a.name)
		out = appendString(appendField(out, "description"), a.says)
		out = appendFeatures(appendField(out, "features"))
		out = append(appendField(out, "docs"), '{')
		out = appendString(appendField(out, "name"), a.name)
		out = appendString(appendField(out, "description"), a.says)
		out = append(appendField(out, "config"), '{')
		for _, k := range configs {
			out = append(appendField(out, k), '{')
			out = appendString(appendField(out, "type"), "float")
			out = appendString(appendField(out, "description"), "Accepted; it changes nothing here.")
			out = append(appendField(out, "default"), "null"...)
			out = append(out, '}')
		}
		out = append(out, '}')
		out = appendFeatures(appendField(out, "features"))
		out = append(out, "}}"...)
	}
	w.out = append(out, `],"default":"best","best":"logic-v2"}`...)
	return nil
}

func appendFeatures(out []byte) []byte {
	out = append(out, '{')
	for _, f := range features {
		out = append(appendField(out, f[0]), '{')
		out = appendString(appendField(out, "description"), f[1])
		out = appendFloat(appendField(out, "coefficient"), 1)
		out = appendString(appendField(out, "url"), "")
		out = append(out, '}')
	}
	return append(out, '}')
}
