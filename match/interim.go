package match

import (
	"strings"

	"navicert/name"
)

// Words whose class the tables of name do not hold yet.
var interimClass = map[string]name.Class{}

func init() {
	for _, w := range strings.Fields(`ltd limited llc ooo ao oao zao pao jsc pjsc ojsc cjsc joint stock company co corp corporation inc incorporated gmbh ag sa sas srl sarl bv nv plc pte pvt private public liability aktsionernoe obshchestvo otkrytoe zakrytoe publichnoe s ogranichennoi otvetstvennostyu ltda cv spr rl de sl spa kg as anonim sirketi sti fze fzco fzc est establishment lp llp doo dd ad sirket mchj fzllc pty kk kft sro bhd sdn oy ab`) {
		interimClass[w] |= name.Legal
	}
	for _, w := range strings.Fields(`the of and for y et e und la le les el los las der die das a an in on to und del da do dos di`) {
		interimClass[w] |= name.Function
	}
	for _, w := range strings.Fields(`al ul el ud ad as ash at ar az bin ibn bint ben van von der den de la ur abu umm zu bani`) {
		interimClass[w] |= name.Particle
	}
	for _, w := range strings.Fields(`mr mrs ms dr prof senor senora sr sra mullah maulvi maulana mawlawi sheikh shaykh haji hajji hajj general gen colonel col capt captain sayyid sayed seyed seyyed sir lord herr frau doctor engineer eng brigadier major lieutenant`) {
		interimClass[w] |= name.Title
	}
}

func classes(t *name.Token) name.Class { return t.Class | interimClass[string(t.Text)] }
