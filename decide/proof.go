package decide

import (
	"navicert"
	"navicert/deal"
)

// Proofs writes one proof per case of the deal (doc/proof-format.md), by the
// same facts as Decide.
func (c *Decider) Proofs(d *navicert.Deal) ([][]byte, error) {
	p, hash, err := c.Program(d.Day)
	if err != nil {
		return nil, err
	}
	var out [][]byte
	found, blind := c.find(d), unnamed(d)
	for _, cs := range deal.Cases(d) {
		facts, _ := merge(usable(cs.Facts, blind), found)
		in, err := Encode(c.Law, facts)
		if err != nil {
			return nil, err
		}
		values := map[string]string{}
		for _, f := range facts {
			values[f.Term] = f.Value
		}
		text, err := p.Proof(hash, in, values)
		if err != nil {
			return nil, contradiction(c.Law, err, facts)
		}
		out = append(out, text)
	}
	return out, nil
}
