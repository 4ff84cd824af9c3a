package decide

import "navicert"

// Proofs writes one proof per case of the deal (doc/proof-format.md), by the
// same facts as Decide.
func (c *Decider) Proofs(d *navicert.Deal) ([][]byte, error) {
	p, hash, err := c.Program(d.Day)
	if err != nil {
		return nil, err
	}
	found, err := c.find(d)
	if err != nil {
		return nil, err
	}
	questions, err := c.questions(d, found)
	if err != nil {
		return nil, err
	}
	var out [][]byte
	for _, q := range questions {
		values := map[string]string{}
		for _, f := range q.facts {
			values[f.Term] = f.Value
		}
		text, err := p.Proof(hash, q.in, values)
		if err != nil {
			return nil, contradiction(c.Law, err, q.facts)
		}
		out = append(out, text)
	}
	return out, nil
}
