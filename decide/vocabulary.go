package decide

import (
	"navicert/deal"
	"navicert/rule"
)

// Vocabulary hands the law's words to the reader of deal files.
func Vocabulary(l *rule.Law) *deal.Vocabulary {
	v := &deal.Vocabulary{}
	for _, t := range l.Terms {
		dt := deal.Term{Name: t.Name, Type: string(t.Kind), Group: t.Group, Ask: t.Ask, Means: t.Means, Cite: t.Cite}
		for _, c := range t.Values {
			dt.Values = append(dt.Values, deal.Value{Word: c.Code, Means: c.Name})
		}
		v.Terms = append(v.Terms, dt)
	}
	for _, i := range l.Items {
		v.Items = append(v.Items, i.Code)
	}
	for _, c := range l.Countries {
		v.Countries = append(v.Countries, deal.Country{Code: c.Code, Name: c.Name})
	}
	return v
}
