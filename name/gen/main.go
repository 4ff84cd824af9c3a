// Command gen makes the tables of name/data that come from elsewhere. See
// name/data/README.md for what they are and under which terms.
//
//	go run ./name/gen -unihan DIR        # a folder with Unihan_Readings.txt and Unihan_Variants.txt
//	go run ./name/gen -common DIR        # a folder with common-{sur,fore}names-by-country.cc0.csv.gz
package main

import (
	"flag"
	"log"
)

func main() {
	log.SetFlags(0)
	unihan := flag.String("unihan", "", "folder with Unihan_Readings.txt and Unihan_Variants.txt")
	common := flag.String("common", "", "folder with common-surnames-by-country.cc0.csv.gz and its like")
	out := flag.String("o", "name/data", "where the tables go")
	flag.Parse()
	if *unihan != "" {
		if err := han(*unihan, *out); err != nil {
			log.Fatal(err)
		}
	}
	if *common != "" {
		if err := people(*common, *out); err != nil {
			log.Fatal(err)
		}
	}
}
