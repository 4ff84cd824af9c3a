package name_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"navicert/name"
)

func spelled(r name.Reading) string {
	var out []string
	for _, t := range r.Tokens {
		out = append(out, string(t.Text))
	}
	return strings.Join(out, " ")
}

// TestReadings has one of the readings of each name.
func TestReadings(t *testing.T) {
	var p name.Parser
	for _, c := range []struct{ in, want string }{
		{"", ""},
		{"PAK, Jin Hyok", "pak jin hyok"},
		{"Straße Nr. 5", "strasse nr 5"},
		{"Ｆｒａｎｃｏ　Ｐｅｌａｙｏ", "franco pelayo"},
		{"gaza \u200b\u00adnow", "gaza now"},
		{"Владимир Артяков", "vladimir artyakov"},
		{"Щербаков Юрий Ильич", "shcherbakov yuriy ilich"},
		{"Сергій Геннадійович Циплаков", "serhiy hennadiyovych tsyplakov"},
		{"Ірына Аляксандраўна", "iryna alyaksandrauna"},
		{"Ратко Младић", "ratko mladic"},
		{"Въоръжена група", "vaorazhena grupa"},
		{"Әлинә Кабаева", "alina kabaeva"},
		{"Сергій Аксьонов", "serhiy aksyonov"},
		{"Гаджиев Абдуллаевич", "gadzhiev abdullaevich"},
		{"Абдулазиз Насруддин", "abdul aziz nasr din"},
		{"김정은", "kim jong un"},
		{"김정은", "gim jeong eun"},
		{"리영길", "ri yong kil"},
		{"대동신용은행", "taedong credit bank"},
		{"압록강개발은행", "amnokkang development bank"},
		{"조선광업개발무역회사", "korea mining development trading company"},
		{"王君正", "wang junzheng"},
		{"王君正", "wang jun zheng"},
		{"鄭富景", "zheng fujing"},
		{"鄭富景", "jong pu kyong"},
		{"陳家超", "chan ka chiu"},
		{"单田芳", "shan tianfang"},
		{"曾庆红", "zeng qinghong"},
		{"欧阳明", "ouyang ming"},
		{"丹东至诚金属材料有限公司", "dandong zhicheng metal materials limited"},
		{"محمد بن سلمان", "muhammad bin salman"},
		{"عبد الله", "abdullah"},
		{"عبدالرحمن الزهراني", "abdul rahman al zahrani"},
		{"نور الدين", "nur din"},
		{"فضل الله", "fadlullah"},
		{"علیرضا", "ali reza"},
		{"رضا خاکی", "reza khaki"},
		{"Noureddine Abdelaziz", "nour din abdul aziz"},
		{"Abd al-Rahman", "abdul rahman"},
		{"ΟΔΥΣΣΕΑΣ Παπαδόπουλος", "odysseas papadopoulos"},
		{"Μπάμπης Ευαγγέλου", "bampis evangelou"},
		{"דוד כהן", "david cohen"},
		{"Սերժ Սարգսյան", "serzh sargsyan"},
		{"Հովհաննիսյան", "hovhannisyan"},
		{"ბიძინა ივანიშვილი", "bidzina ivanishvili"},
		{"ガランテックス", "garantekkusu"},
		{"ｶﾞﾗﾝﾃｯｸｽ", "garantekkusu"},
		{"しんじゅく", "shinjuku"},
		{"ヒョウゴ", "hyougo"},
		{"ウォン", "won"},
		{"パク・ジンヒョク", "pak jin hyok"},
		{"チョン・ソンファ", "chon son hwa"},
		{"Пак Чин Хек", "pak chin hyok"},
		{"Ким Чен Ын", "kim chon un"},
		{"Цой Чжи Ён", "choi ji yon"},
		{"라자루스", "rajarusu"},
		{"김빛나라", "kim pit na ra"},
		{"朝鲜侦察总局", "reconnaissance general bureau"},
		{"حزب الله", "hizballah"},
		{"朴鎮赫", "pak jin hyok"},
		{"สมชาย", "somchay"},
		{"အောင်ဆန်း", "aungsan"},
		{"ПAO Банк", "pao bank"},
		{"coмpaпy", "company"},
		{"sα", "sa"},
		{"comp4ny 7hulin", "company 7hulin"},
		{"o m a r j a c o m e", "omarjacome"},
		{"Fortuna L.L.C.", "fortuna llc"},
		{"Petrov A.B.", "petrov a b"},
		{"IFO Ivan Petrov INV 22871", "ivan petrov"},
	} {
		var got []string
		for _, r := range p.Parse(c.in).Readings {
			got = append(got, spelled(r))
		}
		found := false
		for _, g := range got {
			found = found || g == c.want
		}
		if !found {
			t.Errorf("%s: %q, want %q", c.in, got, c.want)
		}
	}
}

// TestClasses has what kind of word each is: a letter for each token.
func TestClasses(t *testing.T) {
	letters := []struct {
		c name.Class
		l byte
	}{
		{name.Noise, 'n'},
		{name.Legal, 'l'},
		{name.Title, 't'},
		{name.Particle, 'p'},
		{name.Patronymic, 'v'},
		{name.Number, '#'},
		{name.Initial, 'i'},
		{name.Function, 'f'},
		{name.Place, 'c'},
		{name.Generic, 'g'},
	}
	var p name.Parser
	for _, c := range []struct{ in, want string }{
		{"Limited Liability Company Atlas", "lll."},
		{"obshchestvo s ogranichennoi otvetstvennostyu Atlas", "llll."},
		{"АКЦИОНЕРНОЕ ОБЩЕСТВО Квант", "ll."},
		{"Atlas Sanayi ve Ticaret Limited Sirketi", ".lllll"},
		{"liabilty limitd company Omp", "lll."},
		{"limited libility company Omp", "lll."}, // not of Libya
		{"Dr. Sheikh Hassan al-Masri", "tt.p."},
		{"Putin Vladimir Vladimirovich", "..v"},
		{"Gigel Tatyana Anatolyevna", "..v"},
		{"Green Trading LLC", ".gl"},
		{"OU, Wei", ".."},
		{"A. B. Yanborisov", "ii."},
		{"Atlas DOB 12 MAR 1971", ".nnnn"},
		{"Ivan Petrov C/O Hotel Metropol Moscow", "..nnnnn"},
		{"ATTN Ivan Petrov", "n.."},
		{"Office No. 39", "g.#"},
		{"/ACC 40817810 Ivan Petrov", "nn.."},
		{"1/Ivan Petrov 2/12 Main Street", "n..nnnn"},
	} {
		n := p.Parse(c.in)
		var got []byte
		for _, tok := range n.Readings[len(n.Readings)-1].Tokens { // the whole name
			l := byte('.')
			for _, x := range letters {
				if tok.Class&x.c != 0 {
					l = x.l
					break
				}
			}
			got = append(got, l)
		}
		if string(got) != c.want {
			t.Errorf("%s: %s, want %s", c.in, got, c.want)
		}
	}
}

// share tells what kind of group two words have in common, the strongest.
func share(a, b string, at int) name.GroupKind {
	var p, q name.Parser
	best := name.GroupKind(0)
	for _, ra := range p.Parse(a).Readings {
		for _, rb := range q.Parse(b).Readings {
			for _, g := range ra.Tokens[min(at, len(ra.Tokens)-1)].Groups {
				for _, h := range rb.Tokens[min(at, len(rb.Tokens)-1)].Groups {
					if k := g.Kind(); g == h && (best == 0 || k < best) {
						best = k
					}
				}
			}
		}
	}
	return best
}

func TestGroups(t *testing.T) {
	for _, c := range []struct {
		a, b string
		want name.GroupKind
		at   int
	}{
		{"Aleksandr", "Oleksandr", name.Variant, 0},
		{"Mohammed", "Muhammad", name.Variant, 0},
		{"Hussein", "حسين", name.Variant, 0},
		{"Yury", "Юрий", name.Variant, 0},
		{"Bill", "William", name.Nick, 0},
		{"Sasha", "Alexander", name.Nick, 0},
		{"Pepe", "Jose", name.Nick, 0},
		{"Bank", "банк", name.Word, 0},
		{"Bank", "은행", name.Word, 0},
		{"Bank", "银行", name.Word, 0},
		{"Bank", "بنك", name.Word, 0},
		{"Bank", "Τράπεζα", name.Word, 0},
		{"Nikolaevich", "Mykolayovych", name.Variant, 0},
		{"Kim Jong Un", "Gim Jeong Eun", name.Variant, 0},
		{"Yi Yong Gil", "Ri Yong Gil", name.Variant, 0},
		{"Kim Jong Il", "Kim Jung Il", name.Syllable, 1},
		{"Kim Tong Chol", "Gim Dong Cheol", name.Variant, 1},
		{"Chou En Lai", "Zhou En Lai", name.Syllable, 0},
		{"Hasan", "Husayn", 0, 0},
		{"Mahmud", "Muhammad", 0, 0},
	} {
		if got := share(c.a, c.b, c.at); got != c.want {
			t.Errorf("%s and %s: kind %d, want %d", c.a, c.b, got, c.want)
		}
	}
}

func TestDiffer(t *testing.T) {
	var p, q name.Parser
	for _, c := range []struct {
		a, b string
		want bool
	}{
		{"Mahmoud", "Mohammed", true},
		{"Hassan", "Hussein", true},
		{"Viktor", "Viktoria", true},
		{"Muhammad", "Mohammed", false},
		{"Kim", "Park", false},
	} {
		a, b := p.Parse(c.a), q.Parse(c.b)
		if got := name.Differ(&a.Readings[0].Tokens[0], &b.Readings[0].Tokens[0]); got != c.want {
			t.Errorf("Differ(%s, %s) = %v", c.a, c.b, got)
		}
	}
}

func TestCommon(t *testing.T) {
	var p name.Parser
	common := func(s string) uint8 { return p.Parse(s).Readings[0].Tokens[0].Common }
	if a, b, c := common("Muhammad"), common("Hofer"), common("Prigozhin"); a <= b || b <= c || c != 0 {
		t.Errorf("Muhammad %d, Hofer %d, Prigozhin %d", a, b, c)
	}
}

func TestLongNamesAreBounded(t *testing.T) {
	var p name.Parser
	for _, s := range []string{
		strings.Repeat("x", 100_000), strings.Repeat("x ", 50_000), strings.Repeat("조", 33_000), strings.Repeat("王", 33_000), strings.Repeat("محمد", 20_000),
		strings.Repeat("\ufdfa", 30_000), strings.Repeat("a1", 50_000), strings.Repeat("ا ", 30_000), strings.Repeat("カ", 33_000),
	} {
		n := p.Parse(s)
		if !n.Cut {
			t.Errorf("%.10s: not cut", s)
		}
		for _, r := range n.Readings {
			if len(r.Tokens) > name.MaxTokens {
				t.Errorf("%.10s: %d tokens", s, len(r.Tokens))
			}
		}
	}
	if n := p.Parse("\u202eLazarus\xff"); !n.Bad || spelled(n.Readings[0]) != "lazarus" {
		t.Errorf("direction override: %+v", n)
	}
}

func FuzzParse(f *testing.F) {
	for _, s := range names {
		f.Add(s)
	}
	for _, s := range []string{"", "عبد الله بن عبدالعزيز", "C/O X", "o m a r a l f", "Ｆ\u200b\u0301", "ь", "\xff\xfe", "נתניהו", "สมชาย", "အောင်", "ｶﾞ", "ﷺﷺ", "abd al", "1l1l1 rn"} {
		f.Add(s)
	}
	var p name.Parser
	f.Fuzz(func(t *testing.T, s string) {
		n := p.Parse(s)
		if len(n.Readings) == 0 {
			t.Fatalf("%+q has no reading", s)
		}
		for _, r := range n.Readings {
			if len(r.Tokens) > name.MaxTokens {
				t.Fatalf("%+q: %d tokens", s, len(r.Tokens))
			}
			for _, tok := range r.Tokens {
				if len(tok.Text) == 0 || !utf8.Valid(tok.Text) || tok.From < 0 || tok.From >= tok.To || int(tok.To) > len(s) {
					t.Fatalf("%+q: token %q from %d to %d", s, tok.Text, tok.From, tok.To)
				}
				if len(tok.Sound) > 2*len(tok.Text) {
					t.Fatalf("%+q: sound %q of %q", s, tok.Sound, tok.Text)
				}
			}
		}
		first := spelled(n.Readings[0])
		if again := spelled(new(name.Parser).Parse(s).Readings[0]); again != first {
			t.Fatalf("%+q: %q, then %q", s, first, again)
		}
	})
}
