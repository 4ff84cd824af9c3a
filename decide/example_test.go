package decide_test

import (
	"fmt"
	"log"
	"os"

	"navicert/deal"
	"navicert/decide"
	"navicert/law"
	"navicert/rule"
	"navicert/screen"
)

func ExampleDecider_Decide() {
	l, err := rule.Decompile(law.Compiled)
	if err != nil {
		log.Fatal(err)
	}
	f, err := os.Open("../examples/pentest-suite-to-munich.yaml")
	if err != nil {
		log.Fatal(err)
	}
	defer f.Close()
	d, err := deal.Read(f.Name(), f, decide.Vocabulary(l))
	if err != nil {
		log.Fatal(err) // which line is wrong, and what to write instead
	}

	decider := &decide.Decider{Law: l, Finders: []decide.Finder{&screen.Finder{Library: &screen.Library{}}}}
	dec, err := decider.Decide(d)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(dec.Day, dec.Verdict)
	for _, c := range dec.Cases {
		for _, a := range c.Answers {
			fmt.Println(a.Body, a.Outcomes)
		}
	}
	// Output:
	// 2026-09-24 may_go
	// EAR [exception:ACE]
	// OFAC [clear]
	// UN [clear]
}
