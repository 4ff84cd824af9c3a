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
	found, err := c.find(d)
	if err != nil {
		return nil, err
	}
	blind := unnamed(d)
	for _, cs := range deal.Cases(d) {
		facts, _ := merge(usable(cs.Facts, blind, found.Unsettled), found.Facts)
		in, err := encode(c.Law, facts)
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
