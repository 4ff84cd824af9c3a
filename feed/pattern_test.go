package feed

import (
	"regexp"
	"testing"
)

func TestPatternsCompile(_ *testing.T) {
	for _, p := range []func() *regexp.Regexp{
		ukLabel, ukSource, ukNext, ukTag, dayInLine, euLow, euFormer, euLetter, dayInName, caAcronym, caOr, caLang, registerVolume,
		numberMark, conLabel, conRef,
	} {
		p() // panics where it does not
	}
}
