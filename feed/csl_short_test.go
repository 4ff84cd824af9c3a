package feed

import (
	"fmt"
	"strings"
	"testing"

	"navicert/list"
)

func TestBrackets(t *testing.T) {
	for name, want := range map[string]string{
		"Huawei Technologies Co., Ltd. (Huawei)":                               "Huawei Technologies Co., Ltd.|Huawei?",
		"Scientific Research Council (SRC)":                                    "Scientific Research Council|SRC?",
		"Space and Upper Atmosphere Research Commission (SUPARCO)":             "Space and Upper Atmosphere Research Commission|SUPARCO?",
		"China Electronics Technology Group Corporation (CETC 13).":            "China Electronics Technology Group Corporation|CETC 13?",
		"KOLOKOL (AKA: ALDRICH AMES)":                                          "KOLOKOL|ALDRICH AMES",
		"PEARL (A.K.A. NEI-CHIEN CHU) LI":                                      "PEARL LI|NEI-CHIEN CHU",
		"OAO Volgogradneftemash (f.k.a. Dochernee Aktsionernoe Obshchestvo)":   "OAO Volgogradneftemash|Dochernee Aktsionernoe Obshchestvo f",
		"Universal Enterprise [aka General Technology, aka Tiger Electronics]": "Universal Enterprise|General Technology|Tiger Electronics",
		"Vizo Group Limited (Hong Kong)":                                       "",
		"ETC Solutions (China)":                                                "",
		"Comsum Technologies (Group) Ltd.":                                     "",
		"Presidency of Defense Industries (SSB)":                               "", // not of these words
		"China State Shipbuilding Corporation, Limited (CSSC) 713th Institute": "", // short for a part
		"SOCCER ZONE (MNC GROUP INTERNATIONAL, INC.)":                          "",
		"Managed Systems and Services (MSAS)(FZC)":                             "",
		"GE SONG TAO (GE)":                                                     "",
		"Aleksey Budnev (Russian individual)":                                  "",
		"Acme ((((":                                                            "",
	} {
		var out []string
		for _, n := range withBrackets([]list.Name{{Text: name}})[1:] {
			s := n.Text
			if n.Weak {
				s += "?"
			}
			if n.Kind == list.FKA {
				s += " f"
			}
			out = append(out, s)
		}
		if got := strings.Join(out, "|"); got != want {
			t.Errorf("%s: %q, want %q", name, got, want)
		}
	}
	names := withBrackets([]list.Name{{Text: "Acme Sample (ACS)"}, {Text: "Acme Sample", Kind: list.AKA}})
	if got := fmt.Sprint(names); len(names) != 3 {
		t.Errorf("a name twice: %s", got)
	}
}
