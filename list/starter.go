package list

// Lists within the starter. OFAC's is "SDN", as in its own data.
const (
	SDN       = "SDN"
	FinCEN311 = "311"        // findings under section 311 of the USA PATRIOT Act
	DPRKCyber = "dprk-cyber" // who belongs to North Korea's cyber program, by this product's own reading
)

// What a note of a starter entity begins with where its facts were not read
// off the list itself.
const (
	Recalled     = "Recalled: names, programs and number."
	RecalledDays = "Recalled: the days."
)
