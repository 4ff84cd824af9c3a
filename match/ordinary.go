package match

import (
	_ "embed"
	"strings"
	"sync"
)

// ordinaries are words in the names of two or more of the companies listed in
// the United States (SEC, company_tickers_exchange.json, February 2025): a
// firm called so is one of many, however few of them a list has.
//
//go:embed ordinary.txt
var ordinaries string

var ordinary = sync.OnceValue(func() map[string]bool {
	m := map[string]bool{}
	for w := range strings.FieldsSeq(ordinaries + heavenly) {
		m[w] = true
	}
	return m
})

// heavenly are letters, stars and gods, after whom firms are called everywhere.
const heavenly = "alfa alpha beta gamma delta epsilon zeta theta kappa lambda sigma omega apollo arcturus aria artemis astra athena atlas aurora " +
	"helios hercules hermes jupiter kronos luna mars mercury minerva neptune nova olympus orion pegas pegasus phoenix feniks polaris poseidon " +
	"saturn sirius sol spektr spectrum stella titan titanium uran uranus vega venus vesta zenit zenith zeus"
