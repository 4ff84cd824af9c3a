package match

import (
	"slices"
	"testing"

	"navicert/list"
)

// TestElsewhereWritten has names as others write them, and the entry that each
// must find at Standard; an empty one: none.
func TestElsewhereWritten(t *testing.T) {
	entries := []struct {
		id    string
		kind  list.Kind
		names []string
	}{
		{"hezbollah", list.KindOrganization, []string{"HIZBALLAH", "PARTY OF GOD"}},
		{"gazprombank", list.KindOrganization, []string{"GAZPROMBANK JOINT STOCK COMPANY"}},
		{"gazprom", list.KindOrganization, []string{"GAZPROM OAO"}},
		{"bank", list.KindOrganization, []string{"BANK MELLI IRAN"}},
		{"promsvyazbank", list.KindOrganization, []string{"PROMSVYAZBANK PUBLIC JOINT STOCK COMPANY"}},
		{"sovcomflot", list.KindOrganization, []string{"JOINT STOCK COMPANY SOVCOMFLOT"}},
		{"sensetime", list.KindOrganization, []string{"SenseTime Group Limited"}},
		{"lazarus", list.KindOrganization, []string{"LAZARUS GROUP"}},
		{"andariel", list.KindOrganization, []string{"ANDARIEL"}},
		{"bluenoroff", list.KindOrganization, []string{"BLUENOROFF"}},
		{"kimsuky", list.KindOrganization, []string{"KIMSUKY"}},
		{"rgb", list.KindOrganization, []string{"RECONNAISSANCE GENERAL BUREAU", "CHONGCH'AL CH'ONGGUK"}},
		{"expo", list.KindOrganization, []string{"KOREA EXPO JOINT VENTURE", "CHOSUN EXPO"}},
		{"pak", list.KindPerson, []string{"PARK, Jin Hyok", "PAK, Jin Hek"}},
		{"kim", list.KindPerson, []string{"KIM, Jong Un"}},
		{"nara", list.KindPerson, []string{"KIM, Pit Na Ra"}},
		{"kss", list.KindOrganization, []string{"KSS"}},
		{"ur-ckx", list.KindVessel, []string{"UR-CKX"}},
		{"epl", list.KindOrganization, []string{"EPL"}},
		{"tesa", list.KindOrganization, []string{"TESA"}},
	}
	var es []*list.Entity
	for _, e := range entries {
		x := &list.Entity{ID: e.id, Kind: e.kind}
		for _, n := range e.names {
			x.Names = append(x.Names, list.Name{Text: n})
		}
		es = append(es, x)
	}
	s := indexOf(t, es...).Searcher()
	for _, c := range []struct {
		want    string
		written []string
	}{
		{"hezbollah", []string{"Hezbollah", "Hizbullah", "Hizballah", "Hisbollah", "Hezbolah", "Hezbullah", "Hizbollah", "Хезболла", "Хизбалла", "حزب الله", "حزب\u200cالله", "真主党", "真主黨", "헤즈볼라", "ヒズボラ"}},
		{"gazprombank", []string{"Gazprom Bank", "Газпром Банк", "Gazprom-Bank"}},
		{"promsvyazbank", []string{"Promsvyaz Bank", "Prom Svyaz Bank"}},
		{"sovcomflot", []string{"Sovcom Flot", "Sov Com Flot"}},
		{"sensetime", []string{"SenseTime", "Sense Time"}},
		{"lazarus", []string{"라자루스", "라자루스 그룹", "拉撒路集团", "拉撒路組織", "拉撒路组织", "ラザルス", "ラザルスグループ", "Лазарус", "КОРПОРАЦИЯ ЛАЗАРУС", "Корпорация «Лазарус»"}},
		{"andariel", []string{"안다리엘", "アンダリエル"}},
		{"bluenoroff", []string{"블루노로프"}},
		{"kimsuky", []string{"김수키"}},
		{"rgb", []string{"朝鲜侦察总局", "朝鮮偵察總局", "정찰총국", "조선정찰총국", "侦察总局"}},
		{"expo", []string{"朝鲜博览会", "조선엑스포", "Korea Expo Joint Venture"}},
		{"pak", []string{"朴鎮赫", "朴镇赫", "박진혁", "パク・ジンヒョク", "Пак Чин Хек", "Пак Чин Хёк", "Пак Чинхёк", "Пак Джин Хек", "Чин Хек Пак"}},
		{"kim", []string{"キム・ジョンウン", "Ким Чен Ын", "김정은"}},
		{"nara", []string{"김빛나라"}},
		{"", []string{"x", "X", "k", "パク・ソジュン", "Пак Сон Хи", "Ким Анна", "조선은행", "Anna Maria Bank", "アップル", "애플", "테슬라", "グーグル"}},
	} {
		for _, q := range c.written {
			hits := s.Search(&Query{Names: []string{q}}, Standard, 5, nil)
			var got []string
			for _, h := range hits {
				got = append(got, entries[h.Entity].id)
			}
			if c.want == "" && len(got) > 0 || c.want != "" && !slices.Contains(got, c.want) {
				t.Errorf("%s: %q, want %q", q, got, c.want)
			}
		}
	}
}
