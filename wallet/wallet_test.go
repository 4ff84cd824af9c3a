package wallet_test

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"math/big"
	"strings"
	"testing"

	"navicert/wallet"
)

func ExampleParse() {
	for _, a := range []wallet.Address{
		wallet.Parse("bitcoin:1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa?amount=1", ""),
		wallet.Parse("TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t", "XBT"), // the ticker is wrong
		wallet.Parse("tr7nhqjekqxgtci8q8zy4pl8otszgjlj6t", "TRX"),
	} {
		fmt.Printf("%s, %s\n", a.Chain, a.Check)
	}
	// Output:
	// bitcoin, valid
	// tron, valid
	// , damaged
}

// TestForms: published addresses and test vectors of each form.
func TestForms(t *testing.T) {
	for _, c := range []struct {
		text, ticker string
		chain        wallet.Chain
		check        wallet.Check
	}{
		// EIP-55
		{"0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed", "", wallet.EVM, wallet.Valid},
		{"0xfB6916095ca1df60bB79Ce92cE3Ea74c37c5d359", "", wallet.EVM, wallet.Valid},
		{"0xdbF03B407c01E7cD3CBea99509d93f8DDDC8C6FB", "ETC", wallet.EVM, wallet.Valid},
		{"0xdbF03B407c01E7cD3CBea99509d93f8DDDC8C6Fb", "", wallet.EVM, wallet.Fails},
		{"0x52908400098527886E0F7030069857D2E4169EE7", "", wallet.EVM, wallet.Bare}, // all upper: no case to check
		{"0xde709f2102306220921060314715629080e2fb77", "", wallet.EVM, wallet.Bare},
		{"de709f2102306220921060314715629080e2fb77", "ETH", wallet.EVM, wallet.Bare},
		{"0xde709f2102306220921060314715629080e2fb7", "", wallet.Unknown, wallet.NotAddress},
		{"0x" + strings.Repeat("ab", 32), "", wallet.Unknown, wallet.NotAddress},
		// BIP 173 and 350
		{"BC1QW508D6QEJXTDG4Y5R3ZARVARY0C5XW7KV8F3T4", "", wallet.Bitcoin, wallet.Valid},
		{"bc1pw508d6qejxtdg4y5r3zarvary0c5xw7kw508d6qejxtdg4y5r3zarvary0c5xw7kt5nd6y", "", wallet.Bitcoin, wallet.Valid},
		{"bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqzk5jj0", "", wallet.Bitcoin, wallet.Valid},
		{"tb1qrp33g0q5c5txsp9arysrx4k6zdkfs4nce4xj0gdcccefvpysxf3q0sl5k7", "", wallet.Testnet, wallet.Valid},
		{"bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t5", "", wallet.Bitcoin, wallet.Fails},                     // sum
		{"bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqh2y7hd", "", wallet.Bitcoin, wallet.Fails}, // bech32 in place of bech32m
		{"bc1p38j9r5y49hruaue7wxjce0updqjuyyx0kh56v8s25huc6995vvpql3jow4", "", wallet.Bitcoin, wallet.Fails}, // a letter that the form has not
		{"Bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4", "", wallet.Bitcoin, wallet.Fails},                     // mixed case
		{"BC130XLXVLHEMJA6C4DQV22UAPCTQUPFHLXM9H8Z3K2E72Q4K9HCZ7VQ7ZWS8R", "", wallet.Bitcoin, wallet.Fails}, // BIP 350: version 17
		{"ltc1qr8ntsedq8tv0svmxqhzvdcdl5k7kntdmnhwep7", "", wallet.Litecoin, wallet.Valid},
		{"bnb136ns6lfw4zs5hg4n85vdthaad7hq5m4gtkgf23", "", wallet.BNB, wallet.Valid},
		// base58check
		{"1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa", "", wallet.Bitcoin, wallet.Valid},
		{"1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa", "BSV", wallet.BitcoinSV, wallet.Valid},
		{"1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNb", "XBT", wallet.Bitcoin, wallet.Fails},
		{"3CWFddi6m4ndiGyKqzYvsFYagqDLPVMTzC", "", wallet.Bitcoin, wallet.Valid},
		{"3CWFddi6m4ndiGyKqzYvsFYagqDLPVMTzC", "LTC", wallet.Litecoin, wallet.Valid},
		{"LNwgtMxcKUQ51dw7bQL1yPQjBVZh6QEqsd", "", wallet.Litecoin, wallet.Valid},
		{"DHzAVdEoL3PjGeLWNdEJwwMA1CeQ9J9Cpo", "", wallet.Dogecoin, wallet.Valid},
		{"DFFJhnQNZf8rf67tYnesPu7MuGUpYtzv7Z", "XVG", wallet.Verge, wallet.Valid},
		{"XnPFsRWTaSgiVauosEwQ6dEitGYXgwznz2", "", wallet.Dash, wallet.Valid},
		{"GPwg61XoHqQPNmAucFACuQ5H9sGCDv9TpS", "", wallet.BitcoinGold, wallet.Valid},
		{"t1WSKwCDL1QYRRUrCCknEs5tDLhtGVYu9KM", "", wallet.Zcash, wallet.Valid},
		{"TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t", "USDT", wallet.Tron, wallet.Valid},
		{"41a614f803b6fd780986a42c78ec9c7f77e6ded13c", "", wallet.Tron, wallet.Bare},
		{"5HueCGU8rMjxEXxiPuD5BDku4MkFqeZyd4dZ1jvhTVqvbTLvyTJ", "", wallet.Unknown, wallet.NotAddress}, // a private key
		// the rest
		{"qpm2qsznhks23z7629mms6s4cwef74vcwvy22gdx6a", "", wallet.BitcoinCash, wallet.Valid},
		{"bitcoincash:ppm2qsznhks23z7629mms6s4cwef74vcwvn0h829pq", "", wallet.BitcoinCash, wallet.Valid},
		{"bitcoincash:qpm2qsznhks23z7629mms6s4cwef74vcwvy22gdx6b", "", wallet.BitcoinCash, wallet.Fails},
		{"rHb9CJAWyB4rj91VRWn96DkukG4bwdtyTh", "", wallet.XRP, wallet.Valid},
		{"rHb9CJAWyB4rj91VRWn96DkukG4bwdtyTi", "", wallet.XRP, wallet.Fails},
		{"888tNkZrPN6JsEgekjMnABU4TBzc2Dt29EPAvkRxbANsAnjyPbb3iQ1YBRk1UXcdRsiKc9dhwMVgN5S9cQUiyoogDavup3H", "", wallet.Monero, wallet.Valid},
		{"888tNkZrPN6JsEgekjMnABU4TBzc2Dt29EPAvkRxbANsAnjyPbb3iQ1YBRk1UXcdRsiKc9dhwMVgN5S9cQUiyoogDavup3G", "", wallet.Monero, wallet.Fails},
		{"FuCC7GoYwt5TsNTjWL23Xx9UKCvC18chjMEFPL3vJDCC", "SOL", wallet.Solana, wallet.Bare},
		{"tr7nhqjekqxgtci8q8zy4pl8otszgjlj6t", "", wallet.Unknown, wallet.Damaged},
		{"1A1ZP1EP5QGEFI2DMPTFTL5SLMV7DIVFNA", "", wallet.Unknown, wallet.Damaged},
		{"call me", "", wallet.Unknown, wallet.NoForm},
		{" \u200b", "", wallet.Unknown, wallet.NotAddress},
		{strings.Repeat("1", 10_000_000), "", wallet.Unknown, wallet.NotAddress},
	} {
		a := wallet.Parse(c.text, c.ticker)
		if a.Chain != c.chain || a.Check != c.check {
			t.Errorf("%.60s %s: %s %s (%s), want %s %s", c.text, c.ticker, a.Chain, a.Check, a.Why, c.chain, c.check)
		}
		if (a.Why == "") != (a.Check == wallet.Valid || a.Check == wallet.Bare) {
			t.Errorf("%.60s: %s, why %q", c.text, a.Check, a.Why)
		}
	}
}

// meets tells whether a and b are one address.
func meets(a, b wallet.Address) bool {
	return a.Key != "" && (a.Key == b.Key || a.Key == b.Also) || a.Also != "" && (a.Also == b.Key || a.Also == b.Also)
}

func TestMeets(t *testing.T) {
	for _, c := range []struct {
		a, ta, b, tb string
		want         bool
	}{
		{"0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed", "ETH", "0x5aaeb6053f3e94c9b9a09f33669435e7ef1beaed", "BSC", true},
		{"0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed", "", "ethereum:0x5AAEB6053F3E94C9B9A09F33669435E7EF1BEAED@56", "", true},
		{"0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed", "", "eip155:1:0x5aaeb6053f3e94c9b9a09f33669435e7ef1beaed", "", true},
		{"0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed", "", "ethereum:0xdac17f958d2ee523a2206206994597c13d831ec7@1/transfer?uint256=1&address=0x5aaeb6053f3e94c9b9a09f33669435e7ef1beaed", "", true},
		{"1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa", "XBT", "bitcoin:\u200b1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa?label=x", "", true},
		{"1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa", "XBT", "bip122:000000000019d6689c085ae165831e93:1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa", "", true},
		{"1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa", "XBT", "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNb", "XBT", false},
		{"BC1QW508D6QEJXTDG4Y5R3ZARVARY0C5XW7KV8F3T4", "", "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4", "", true},
		{"1BpEi6DfDAUFd7GtittLSdBeYJvcoaVggu", "BCH", "bitcoincash:qpm2qsznhks23z7629mms6s4cwef74vcwvy22gdx6a", "", true},
		{"1BpEi6DfDAUFd7GtittLSdBeYJvcoaVggu", "", "QPM2QSZNHKS23Z7629MMS6S4CWEF74VCWVY22GDX6A", "BCH", true},
		{"3CWFddi6m4ndiGyKqzYvsFYagqDLPVMTzC", "", "ppm2qsznhks23z7629mms6s4cwef74vcwvn0h829pq", "BCH", true},
		{"1BpEi6DfDAUFd7GtittLSdBeYJvcoaVggu", "", "ppm2qsznhks23z7629mms6s4cwef74vcwvn0h829pq", "BCH", false},
		{"41a614f803b6fd780986a42c78ec9c7f77e6ded13c", "TRX", "TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t", "XBT", true},
		{"0xa614f803b6fd780986a42c78ec9c7f77e6ded13c", "TRX", "TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t", "USDT", true},
		{"0xa614f803b6fd780986a42c78ec9c7f77e6ded13c", "ETH", "TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t", "USDT", false},
		{"r9cZA1mLK5R5Am25ArfXFmqgNwjZgnfk59", "", "X7AcgcsBL6XDcUb289X4mJ8djcdyKaB5hJDWMArnXr61cqZ", "XRP", true},
		{"tr7nhqjekqxgtci8q8zy4pl8otszgjlj6t", "", "tr7nhqjekqxgtci8q8zy4pl8otszgjlj6t", "", false}, // damaged: cannot be compared
	} {
		a, b := wallet.Parse(c.a, c.ta), wallet.Parse(c.b, c.tb)
		if meets(a, b) != c.want || meets(b, a) != c.want {
			t.Errorf("%s %s and %s %s: %t, want %t: %+v %+v", c.a, c.ta, c.b, c.tb, meets(a, b), c.want, a, b)
		}
	}
	// a Litecoin script address in its older and its newer form
	hash := bytes.Repeat([]byte{7}, 20)
	old, now := encode58(5, hash), encode58(50, hash)
	if !strings.HasPrefix(old, "3") || !strings.HasPrefix(now, "M") || !meets(wallet.Parse(old, "LTC"), wallet.Parse(now, "")) ||
		!meets(wallet.Parse(old, "LTC"), wallet.Parse(old, "")) || meets(wallet.Parse(old, "XBT"), wallet.Parse(now, "")) {
		t.Errorf("%s and %s", old, now)
	}
}

func encode58(version byte, hash []byte) (out string) {
	b := append([]byte{version}, hash...)
	once := sha256.Sum256(b)
	twice := sha256.Sum256(once[:])
	n, digit := new(big.Int).SetBytes(append(b, twice[:4]...)), new(big.Int)
	for n.Sign() > 0 {
		n.DivMod(n, big.NewInt(58), digit)
		out = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"[digit.Int64():][:1] + out
	}
	return out
}

func FuzzParse(f *testing.F) {
	f.Add("bitcoin:1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa?amount=1", "XBT")
	f.Add("0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed", "ETH")
	f.Add("bitcoincash:qpm2qsznhks23z7629mms6s4cwef74vcwvy22gdx6a", "BCH")
	f.Add("888tNkZrPN6JsEgekjMnABU4TBzc2Dt29EPAvkRxbANsAnjyPbb3iQ1YBRk1UXcdRsiKc9dhwMVgN5S9cQUiyoogDavup3H", "XMR")
	f.Add("bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4", "")
	f.Add("X7AcgcsBL6XDcUb289X4mJ8djcdyKaB5hJDWMArnXr61cqZ", "XRP")
	f.Fuzz(func(t *testing.T, text, ticker string) {
		a := wallet.Parse(text, ticker)
		if a != wallet.Parse(text, ticker) {
			t.Fatal("not the same twice")
		}
		if compared := a.Key != ""; !compared && a.Check != wallet.Damaged && a.Check != wallet.NotAddress {
			t.Fatalf("%+v is compared by nothing", a)
		}
		if a.Key != "" && !meets(a, a) || meets(a, wallet.Address{}) {
			t.Fatalf("%+v", a)
		}
		if len(a.Key) > 1200 {
			t.Fatalf("key of %d bytes", len(a.Key))
		}
	})
}

func BenchmarkParse(b *testing.B) {
	for _, s := range []string{"0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed", "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa", "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4"} {
		b.Run(s[:6], func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				wallet.Parse(s, "")
			}
		})
	}
}
