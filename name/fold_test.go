package name_test

import (
	"fmt"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"

	"navicert/name"
)

func ExampleFold() {
	fmt.Println(name.Fold("  LAZARUS\u200b  Group "))
	fmt.Println(name.Fold("Ｌáｚａｒｕｓ-Ｇｒｏｕｐ"))
	// Output:
	// lazarus group
	// lazarus group
}

func ExampleKey() {
	fmt.Println(name.Key("PAK, Jin Hyok"))
	fmt.Println(name.Key("Yanbian Silverstar Network Technology Co., Ltd."))
	// Output:
	// hyok jin pak
	// network silverstar technology yanbian
}

func TestFold(t *testing.T) {
	for _, c := range []struct{ in, want string }{
		{"", ""},
		{" \t\r\n", ""},
		{"Lazarus Group", "lazarus group"},
		{"LAZARUS  GROUP", "lazarus group"},
		{"Lázarus Grôup", "lazarus group"},
		{"La\u0301zarus Group", "lazarus group"},
		{"Ｌａｚａｒｕｓ　Ｇｒｏｕｐ", "lazarus group"},
		{"Laza\u200b\u200d\ufeffrus\u00a0Group", "lazarus group"},
		{"\u202eLazarus\u202c Group\u2069", "lazarus group"},
		{"Laza\u00adrus\x00 Group\x1b", "lazarus group"},
		{"Laz\xffarus\xc3 Group", "lazarus group"},
		{"Laza\U000e0072rus Group\ufe0f", "lazarus group"},
		{"Lazarus\u3164Group", "lazarusgroup"}, // Hangul filler is no space to a reader of bytes
		{"Lazarus\u2028Group\u2003", "lazarus group"},
		{"Lazarus_Group/APT-38", "lazarus group apt 38"},
		{"Ch'in-hyo'k", "chin hyok"},
		{"CH’O\u02bcL", "chol"},
		{"Straße, Øresund, Łódź, Ægir", "strasse oresund lodz aegir"},
		{"ΟΔΥΣΣΕΎΣ", "οδυσσευσ"},
		{"İstanbul ılık", "istanbul ilik"},
		{"Андрей", "андреи"},
		{"L\u0430zarus Gr\u043e\u03c5p", "lazarus groyp"}, // Cyrillic a and o; upsilon passes for y
		{"LАZАRUS GRОUР", "lazarus group"},                // Cyrillic capitals
		{"ʟᴀᴢᴀʀᴜꜱ Group", "lazarus group"},
		{"ООО Сарос", "ооо сарос"}, // a word of one script stays
		{"조선 엑스포", "조선 엑스포"},
		{norm.NFD.String("조선 엑스포"), "조선 엑스포"},
		{"ガランテックス", "ガランテックス"},
		{"ｶﾞﾗﾝﾃｯｸｽ", "ガランテックス"},
		{"朴鎮赫", "朴鎮赫"},
		{"مُحَمَّد", "محمد"},
		{"हिन्दी", "हिन्दी"},
		{"№ 39", "no 39"},
		{"½", "1 2"},
		{"!!!", ""},
	} {
		if got := name.Fold(c.in); got != c.want {
			t.Errorf("Fold(%+q) = %q, want %q", c.in, got, c.want)
		}
	}
}

func TestKey(t *testing.T) {
	for _, c := range []struct{ a, b string }{
		{"Fortuna LLC", "LLC \"FORTUNA\""},
		{"Fortuna LLC", "Fortuna, L.L.C."},
		{"ООО Фортуна", "ФОРТУНА"},
		{"Green Alpine Trading, LLC", "green alpine trading"},
		{"A.B.C. Company Limited", "ABC"},
		{"Semenov, Roman", "Roman Semenov"},
		{"Korea (Chosun) Expo Joint Venture", "Chosun Expo Joint Venture Korea"},
	} {
		if a, b := name.Key(c.a), name.Key(c.b); a != b || a == "" {
			t.Errorf("Key(%q) = %q, Key(%q) = %q", c.a, a, c.b, b)
		}
	}
	for _, c := range []struct{ a, b string }{
		{"Green Alpine Trading", "Green Alpine"}, // trading is no corporate form
		{"Co Ltd", ""},
		{"Kim Il", "Kim Li"},
		{"Lazarus Group", "Lazarus"},
	} {
		if a, b := name.Key(c.a), name.Key(c.b); a == b {
			t.Errorf("Key(%q) = Key(%q) = %q", c.a, c.b, a)
		}
	}
}

func TestFolderTellsWhatWasLeftOut(t *testing.T) {
	var f name.Folder
	if f.Key("Fortuna LLC"); f.Words != 1 || !f.Dropped || f.Cut {
		t.Errorf("Fortuna LLC: %+v", f)
	}
	if f.Key("Lazarus Group"); f.Words != 2 || f.Dropped || f.Cut {
		t.Errorf("Lazarus Group: %+v", f)
	}
	if f.Key("Co., Ltd."); f.Words != 2 || f.Dropped {
		t.Errorf("forms alone: %+v", f)
	}
}

func TestLongNamesAreCut(t *testing.T) {
	var f name.Folder
	pad := strings.Repeat("\u200b", 50_000)
	if got := string(f.Fold(pad + "Lazarus" + strings.Repeat(" ", 50_000) + "Group" + pad)); got != "lazarus group" || f.Cut {
		t.Errorf("padding hides the name: %q, cut %v", got, f.Cut)
	}
	for _, s := range []string{strings.Repeat("x", 100_000), strings.Repeat("조", 33_000), strings.Repeat("\ufdfa", 30_000)} {
		got := f.Fold(s)
		if !f.Cut || utf8.RuneCount(got) > name.MaxRunes {
			t.Errorf("%d runes, cut %v", utf8.RuneCount(got), f.Cut)
		}
	}
	if f.Fold("x"); f.Cut {
		t.Error("Cut sticks")
	}
}

// TestEveryLetter checks each code point against the Unicode case folding
// and normalization of the text package.
func TestEveryLetter(t *testing.T) {
	fold := cases.Fold()
	var f name.Folder
	for r := rune(0); r <= unicode.MaxRune; r++ {
		s := string(r)
		got := string(f.Fold(s))
		if again := name.Fold(got); again != got {
			t.Fatalf("%U: Fold %+q, again %+q", r, got, again)
		}
		if got == "" || !unicode.IsLetter(r) || strings.ContainsRune(norm.NFD.String(s), '\u0345') {
			continue // iota below a letter counts as an accent here
		}
		for _, same := range []string{norm.NFKC.String(s), norm.NFD.String(s), fold.String(s)} {
			if g := string(f.Fold(same)); g != got {
				t.Errorf("%U: %q, but %+q folds to %q", r, got, same, g)
			}
		}
	}
}

func FuzzFold(f *testing.F) {
	for _, s := range []string{"Lazarus Group", "Ch'in-hyo'k", "\u202eꟾ\xff", "ᄀ\u200bᅡ\u3099", "L. L. C.", strings.Repeat("ﷺ", 70)} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		a := name.Fold(s)
		if !utf8.ValidString(a) {
			t.Fatalf("Fold(%+q) = %+q is no text", s, a)
		}
		if b := name.Fold(a); a != b {
			t.Fatalf("Fold(%+q) = %+q, again %+q", s, a, b)
		}
		if utf8.RuneCountInString(a) > name.MaxRunes {
			t.Fatalf("Fold(%+q) is too long", s)
		}
		if k := name.Key(s); k != name.Key(a) || (k == "") != (a == "") || !utf8.ValidString(k) {
			t.Fatalf("Key(%+q) = %+q, of the fold %+q", s, k, name.Key(a))
		}
	})
}

func BenchmarkKey(b *testing.B) {
	var f name.Folder
	for _, s := range []string{"Yanbian Silverstar Network Technology Co., Ltd.", "Пак Чин Хёк", "조선 엑스포 합작회사"} {
		b.Run(s, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				f.Key(s)
			}
		})
	}
}
