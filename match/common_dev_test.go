package match

import (
	"compress/gzip"
	"encoding/csv"
	"math"
	"os"
	"strconv"

	"navicert/name"
)

func init() {
	p := map[string]float64{}
	read := func(path string, col, rank int, cc int) {
		f, err := os.Open(path)
		if err != nil {
			return
		}
		defer f.Close()
		z, _ := gzip.NewReader(f)
		r := csv.NewReader(z)
		r.FieldsPerRecord = -1
		rows, _ := r.ReadAll()
		per := map[string]float64{}
		for _, x := range rows[1:] {
			k, _ := strconv.Atoi(x[rank])
			per[x[0]] += 1 / float64(k+5)
		}
		var ps name.Parser
		for _, x := range rows[1:] {
			k, _ := strconv.Atoi(x[rank])
			n := ps.Parse(x[col])
			for i := range n.Readings[0].Tokens {
				t := string(n.Readings[0].Tokens[i].Text)
				if len(t) > 1 {
					p[t] += 1 / float64(k+5) / per[x[0]] / float64(len(per))
				}
			}
		}
	}
	read("../../shared/lists/negatives/common-forenames-by-country.cc0.csv.gz", 11, 7, 0)
	read("../../shared/lists/negatives/common-surnames-by-country.cc0.csv.gz", 5, 1, 0)
	for k, v := range p {
		interimCommon[k] = uint8(max(1, min(255, 255+4*math.Log2(v))))
	}
}
