package owner_test

import (
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"navicert"
	"navicert/owner"
)

func ExampleGraph_Ask() {
	shares, err := owner.Read("shares.csv", strings.NewReader(`owner,owned,percent,source
Blocked One,Holding Ltd.,50,register of 2025
Holding Ltd.,Example Trading,30,register of 2025
Blocked Two,Example Trading,20,annual report
`))
	if err != nil {
		panic(err)
	}
	a := owner.New(shares, strings.TrimSpace).Ask(20000, []string{"Example Trading"}, func(name string) owner.Listed {
		if strings.HasPrefix(name, "Blocked") {
			return owner.Certainly
		}
		return owner.Not
	})
	fmt.Println(a.Listed == owner.Certainly, a.Low)
	for _, s := range a.Path {
		fmt.Println(s.Owner, "owns", s.Text(), "of", s.Owned)
	}
	// Output:
	// true 50
	// Holding Ltd. owns 30 % of Example Trading
	// Blocked Two owns 20 % of Example Trading
	// Blocked One owns 50 % of Holding Ltd.
}

// TestAsk follows OFAC's own examples (FAQ 398 to 402) and the unknown shares
// that they do not speak of. B… is listed, P… may be, X is asked about.
func TestAsk(t *testing.T) {
	for _, c := range []struct {
		name, shares string
		want         owner.Listed
		low, high    string
	}{
		{"alone", "B1,X,50", owner.Certainly, "50", "50"},
		{"not half", "B1,X,49.999999", owner.Not, "49.999999", "49.999999"},
		{"together", "B1,X,25\nB2,X,25", owner.Certainly, "50", "50"},
		{"together, thirds", "B1,X,16.666667\nB2,X,33.333333", owner.Certainly, "50", "50"},
		{"through one that is owned", "B1,A,50\nA,X,50", owner.Certainly, "50", "50"},
		{"the whole share of the middle counts", "B1,A,50\nA,X,50\nC,X,50", owner.Certainly, "50", "50"},
		{"directly and indirectly", "B1,X,25\nB1,A,50\nA,X,25", owner.Certainly, "50", "50"},
		{"through one that is not owned", "B1,A,25\nA,X,100", owner.Not, "0", "0"},
		{"25 and 25 through others", "B1,A,50\nB1,C,10\nA,X,25\nC,X,25", owner.Not, "25", "25"},
		{"unknown", "B1,X,", owner.Possibly, "0", "100"},
		{"unknown, but no room", "B1,X,\nA,X,60", owner.Not, "0", "40"},
		{"unknown, room for half", "B1,X,\nA,X,50", owner.Possibly, "0", "50"},
		{"a band", "B1,X,25-50", owner.Possibly, "25", "50"},
		{"a band above", "B1,X,50-75", owner.Certainly, "50", "75"},
		{"a band beside a share", "B1,X,25-50\nB2,X,25", owner.Certainly, "50", "75"},
		{"unknown in the middle", "B1,A,\nA,X,100", owner.Possibly, "0", "100"},
		{"possible owner", "P1,X,80", owner.Possibly, "0", "80"},
		{"possible owner beside a sure one", "P1,X,80\nB1,X,20", owner.Possibly, "20", "100"},
		{"nobody listed", "A,X,\nC,A,", owner.Not, "0", "0"},
		{"a cycle alone", "A,X,100\nX,A,100", owner.Not, "0", "0"},
		{"a cycle behind", "A,C,100\nC,A,100\nA,X,100", owner.Not, "0", "0"},
		{"a cycle with an owner", "B1,A,50\nA,C,50\nC,A,50\nC,X,50", owner.Certainly, "50", "50"},
		{"itself", "X,X,60\nB1,X,40", owner.Not, "40", "40"},
		{"more than the whole", "B1,X,60\nA,X,70", owner.Possibly, "30", "60"},
		{"more than the whole, sure all the same", "B1,X,90\nA,X,30", owner.Certainly, "70", "90"},
		{"not yet", "B1,X,100,2020-01-02", owner.Not, "0", "0"},
		{"from that day", "B1,X,100,2020-01-01", owner.Certainly, "100", "100"},
		{"until that day", "B1,X,100,,2020-01-01", owner.Certainly, "100", "100"},
		{"no more", "B1,X,100,,2019-12-31", owner.Not, "0", "0"},
		{"two spellings", "B1,X,30\n B1 x,X,30", owner.Possibly, "30", "60"},
	} {
		t.Run(c.name, func(t *testing.T) {
			var csv strings.Builder
			csv.WriteString("owner,owned,percent,since,until\n")
			for l := range strings.SplitSeq(c.shares, "\n") {
				csv.WriteString(l + strings.Repeat(",", 4-strings.Count(l, ",")) + "\n")
			}
			shares, err := owner.Read("x.csv", strings.NewReader(csv.String()))
			if err != nil {
				t.Fatal(err)
			}
			day, _ := navicert.ParseDay("2020-01-01")
			a := owner.New(shares, func(s string) string { return strings.Fields(s)[0] }).Ask(day, []string{"X"}, byLetter)
			if a.Listed != c.want || a.Low.String() != c.low || a.High.String() != c.high {
				t.Errorf("%v, %s to %s, want %v, %s to %s", a.Listed, a.Low, a.High, c.want, c.low, c.high)
			}
			if (len(a.Path) == 0) != (a.High == 0) {
				t.Errorf("path %v", a.Path)
			}
		})
	}
}

func byLetter(name string) owner.Listed {
	switch name[0] {
	case 'B':
		return owner.Certainly
	case 'P':
		return owner.Possibly
	}
	return owner.Not
}

// TestAgainstEveryWorld: the three answers are those of trying every way in
// which the shares and the possible owners can be.
func TestAgainstEveryWorld(t *testing.T) {
	names := []string{"X", "A", "C", "B1", "B2", "P1"}
	const step = owner.Half / 2
	rapid.Check(t, func(t *rapid.T) {
		var shares []owner.Share
		seen := map[string]bool{}
		told := map[string]owner.Percent{}
		for range rapid.IntRange(1, 5).Draw(t, "shares") {
			s := owner.Share{
				Owner: rapid.SampledFrom(names).Draw(t, "owner"), Owned: rapid.SampledFrom(names[:3]).Draw(t, "owned"),
				Low: step * owner.Percent(rapid.IntRange(0, 4).Draw(t, "low")), Since: navicert.MinDay, Until: navicert.Forever,
			}
			s.High = min(owner.Whole, s.Low+step*owner.Percent(rapid.IntRange(0, 4).Draw(t, "more")))
			if told[s.Owned] += s.Low; seen[s.Owner+s.Owned] || told[s.Owned] > owner.Whole {
				continue // such a world cannot be
			}
			seen[s.Owner+s.Owned] = true
			shares = append(shares, s)
		}
		some, every := false, true
		exact := make([]owner.Percent, len(shares))
		var try func(i int)
		try = func(i int) {
			if i < len(shares) {
				for p := shares[i].Low; p <= shares[i].High; p += step {
					exact[i] = p
					try(i + 1)
				}
				return
			}
			sum := map[string]owner.Percent{}
			for i, s := range shares {
				if sum[s.Owned] += exact[i]; sum[s.Owned] > owner.Whole {
					return
				}
			}
			for _, p1 := range []bool{false, true} {
				blocked := plain(shares, exact, p1)
				some, every = some || blocked, every && blocked
			}
		}
		try(0)
		want := owner.Not
		switch {
		case every && some:
			want = owner.Certainly
		case some:
			want = owner.Possibly
		}
		if a := owner.New(shares, strings.TrimSpace).Ask(0, []string{"X"}, byLetter); a.Listed != want {
			t.Fatalf("%v: %v, want %v", shares, a, want)
		}
	})
}

// plain is the rule as it is written, over and over until nothing changes.
func plain(shares []owner.Share, exact []owner.Percent, p1 bool) bool {
	blocked := map[string]bool{"B1": true, "B2": true, "P1": p1}
	for range 10 {
		sum := map[string]owner.Percent{}
		for i, s := range shares {
			if blocked[s.Owner] {
				sum[s.Owned] += exact[i]
			}
		}
		for n, p := range sum {
			if p >= owner.Half && n != "P1" {
				blocked[n] = true
			}
		}
	}
	return blocked["X"]
}

func TestLongChain(t *testing.T) {
	const n = 200_000
	shares := make([]owner.Share, n)
	for i := range shares {
		shares[i] = owner.Share{
			Owner: fmt.Sprint("A", i+1), Owned: fmt.Sprint("A", i), Low: owner.Half, High: owner.Half,
			Since: navicert.MinDay, Until: navicert.Forever,
		}
	}
	shares[n-1].Owner = "B"
	a := owner.New(shares, strings.TrimSpace).Ask(0, []string{"A0"}, byLetter)
	if a.Listed != owner.Certainly || len(a.Path) != n {
		t.Errorf("%v, %d steps", a.Listed, len(a.Path))
	}
}

func TestReadTellsFaults(t *testing.T) {
	const head = "owner,owned,percent,since,until,source\n"
	for _, c := range []struct{ name, text, want string }{
		{"empty", "", "x.csv:1: the file is empty; expected a header: owner,owned,percent"},
		{"header", "owner,percent\n", `x.csv:1: the header has no column "owned"`},
		{"unknown column", "owner,owned,percent,color\n", `column "color"`},
		{"column twice", "owner,owned,percent,owner\n", `column "owner"`},
		{"fields", head + "A,B,50\n", "x.csv:2: the line has 3 fields; expected 6"},
		{"no owner", head + ",B,50,,,\n", "x.csv:2: owner is empty"},
		{"percent", head + "A,B,half,,,\n", `x.csv:2: percent: "half" is not a number from 0 to 100`},
		{"percent above", head + "A,B,100.1,,,\n", "x.csv:2: percent: 100.1 is more than 100"},
		{"negative", head + "A,B,-5,,,\n", "x.csv:2: percent: "},
		{"exponent", head + "A,B,1e1,,,\n", "x.csv:2: percent: "},
		{"range", head + "A,B,50-25,,,\n", `x.csv:2: percent: "50-25" ends below`},
		{"day", head + "A,B,50,2020-02-30,,\n", "x.csv:2: since: "},
		{"days", head + "A,B,50,2020-02-01,2020-01-31,\n", "x.csv:2: the share ends on 2020-01-31, before"},
		{"twice", head + "A,B,50,,,\nA,B,40,,,\n", `x.csv:3: the share of "A" in "B" is stated already at x.csv:2`},
		{"quote", head + "\"A,B,50,,,\n", "x.csv:2: the line cannot be read"},
		{"bytes", head + "A\xff,B,50,,,\n", "x.csv:2: owner is no text"},
		{"long", head + strings.Repeat("A", 3000) + ",B,50,,,\n", "x.csv:2: owner is no text, or too long"},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, err := owner.Read("x.csv", strings.NewReader(c.text))
			if err == nil || got != nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("%v, want %q", err, c.want)
			}
		})
	}
	got, err := owner.Read("x.csv", strings.NewReader("\ufeffOwned,Owner,Percent\n\"B, Ltd.\",A, 33.5 % \nB,A,\n"))
	if err != nil || len(got) != 2 || got[0].Low.String() != "33.5" || got[0].Owned != "B, Ltd." || got[1].Text() != "an unknown share" ||
		got[1].Where != "x.csv:4" && got[1].Where != "x.csv:3" {
		t.Errorf("%+v, %v", got, err)
	}
}

func FuzzRead(f *testing.F) {
	f.Add("owner,owned,percent\nA,B,50\nA,C,\n\"B\",C,25-50\n")
	f.Add("owner,owned,percent,since,until,source\nA,B,50,2020-01-01,2021-01-01,x\n")
	f.Fuzz(func(t *testing.T, text string) {
		shares, err := owner.Read("x.csv", strings.NewReader(text))
		if err != nil && shares != nil {
			t.Fatal("shares and an error")
		}
		for _, s := range shares {
			if s.Low < 0 || s.Low > s.High || s.High > owner.Whole || s.Owner == "" || s.Owned == "" {
				t.Fatalf("%+v", s)
			}
		}
		a := owner.New(shares, strings.TrimSpace).Ask(0, []string{"B"}, func(string) owner.Listed { return owner.Possibly })
		if a.Low > a.High || a.High > owner.Whole {
			t.Fatalf("%+v", a)
		}
	})
}
