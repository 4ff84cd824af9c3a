package wallet_test

import (
	"encoding/csv"
	"os"
	"strings"
	"testing"

	"navicert/wallet"
)

// TestOFAC reads every address that OFAC lists or has listed, with its traps.
func TestOFAC(t *testing.T) {
	f, err := os.Open("../../shared/chain/ofac-wallets.csv")
	if err != nil {
		t.Skip("needs OFAC's wallet addresses, which are not part of this project")
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	rows = rows[1:]
	if len(rows) != 1054 {
		t.Fatalf("%d rows", len(rows))
	}
	chains := map[string]wallet.Chain{
		"bitcoin": wallet.Bitcoin, "bitcoin_cash": wallet.BitcoinCash, "bitcoin_gold": wallet.BitcoinGold,
		"bitcoin_sv": wallet.BitcoinSV, "dash": wallet.Dash, "ethereum": wallet.EVM, "": wallet.EVM, "litecoin": wallet.Litecoin,
		"monero": wallet.Monero, "ripple": wallet.XRP, "solana": wallet.Solana, "tron": wallet.Tron, "unknown": wallet.BNB,
		"verge": wallet.Verge, "zcash": wallet.Zcash,
	}
	// what the column "chain" has wrong, or what is no address of it
	traps := map[string]struct {
		chain wallet.Chain
		check wallet.Check
	}{
		"TUCsTq7TofTCJRRoHk6RvhMoS2mJLm5Yzq":                                                              {wallet.Tron, wallet.Valid}, // published as XBT
		"5be5543ff73456ab9f2d207887e2af87322c651ea1a873c5b25b7ffae456c320":                                {wallet.Unknown, wallet.NotAddress},
		"45ezvPejNsKYntjhyyeb7fbfzilsxYQozc5Ffseh8jPGW4JZQQVXykNTfK5uGFiij7Hp3qPv3T5HCR7F3Fnmz2mzE1aKQwo": {wallet.Monero, wallet.Fails},
		"DHzAVdEoL3PjGeLWNdEJwwMA1CeQ9J9Cpo":                                                              {wallet.Dogecoin, wallet.Valid}, // kept beside Solana's
		"DTqpKQ96rqkTvHcohQQd9BksmgRjasHgGo":                                                              {wallet.Dogecoin, wallet.Valid},
	}
	keys := map[string]string{}
	counts := map[wallet.Check]int{}
	omni := 0
	for _, r := range rows {
		ticker, _, _ := strings.Cut(r[2], " ")
		a := wallet.Parse(r[0], ticker)
		counts[a.Check]++
		want, trap := traps[r[0]]
		if !trap {
			want.chain, want.check = chains[r[1]], wallet.Valid
			if a.Chain == wallet.Solana || a.Chain == wallet.EVM {
				want.check = a.Check
			}
		}
		if a.Chain != want.chain || a.Check != want.check || a.Check == wallet.Fails && !trap {
			t.Errorf("%s %s: %s %s (%s), want %s %s", r[0], r[2], a.Chain, a.Check, a.Why, want.chain, want.check)
		}
		if other := keys[a.Key]; a.Key == "" || other != "" && !(a.Chain == wallet.EVM && strings.EqualFold(other, r[0])) {
			t.Errorf("%s has the key of %q", r[0], other)
		}
		keys[a.Key] = r[0]
		if a.Chain == wallet.Bitcoin && r[2] == "USDT" {
			omni++
		}
		for _, other := range []string{"", "ETH", "XBT", "USDT", "nonsense"} { // the ticker is not the chain
			if !meets(wallet.Parse(r[0], other), a) {
				t.Errorf("%s as %s is another address", r[0], other)
			}
		}
		// Lower case: the same where the form has no case, else damage that is told.
		low := wallet.Parse(strings.ToLower(r[0]), ticker)
		switch {
		case a.Fold == "" && !meets(low, a):
			t.Errorf("%s in lower case is another address", r[0])
		case a.Fold != "" && (low.Check != wallet.Damaged || low.Key != "" || low.Fold != a.Fold):
			t.Errorf("%s in lower case: %+v", r[0], low)
		}
	}
	if omni != 3 {
		t.Errorf("%d addresses of USDT on Bitcoin", omni)
	}
	// half of the EVM addresses have no EIP-55 case; Solana's have no checksum
	t.Logf("checksums: %v", counts)
	if counts[wallet.Fails] != 1 || counts[wallet.NotAddress] != 1 || counts[wallet.Damaged] != 0 || counts[wallet.NoForm] != 0 {
		t.Errorf("checksums: %v", counts)
	}
}
