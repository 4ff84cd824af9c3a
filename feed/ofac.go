package feed

var ofacSDN = &Source{
	Key: "us-ofac-sdn", Prefix: "ofac",
	Title:     "OFAC Specially Designated Nationals and Blocked Persons List",
	Authority: "OFAC",
}

var ofacCons = &Source{
	Key: "us-ofac-cons", Prefix: "ofac",
	Title:     "OFAC Consolidated Sanctions List (non-SDN)",
	Authority: "OFAC",
}
