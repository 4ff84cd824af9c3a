package match

import (
	"os"
	"testing"
	"time"

	"navicert/list"
	"navicert/match/eval"
)

const shared = "../../shared/names/"

type engine struct {
	s    *Searcher
	es   []*list.Entity
	q    Query
	buf  []Hit
	min  float32
	size int
}

func newEngine(t testing.TB, es []*list.Entity) *engine {
	start := time.Now()
	b, err := BuildIndex(es)
	if err != nil {
		t.Fatal(err)
	}
	built := time.Since(start)
	start = time.Now()
	x, err := openIndex(b[section], len(es))
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("index: %d entities, %d rows, %d words, %d keys, %.1f MB, built in %v, opened in %v", len(es), len(x.rows), len(x.words),
		len(x.keys), float64(len(b[section]))/1e6, built, time.Since(start))
	return &engine{s: x.Searcher(), es: es, q: Query{Names: make([]string, 1)}, min: 1, size: len(b[section])}
}

func (e *engine) Search(q *eval.Query, limit int, dst []eval.Result) []eval.Result {
	e.q.Names[0], e.q.Kind = q.Text, eval.KindOf(q.Type)
	e.buf = e.s.Search(&e.q, e.min, limit, e.buf[:0])
	for _, h := range e.buf {
		dst = append(dst, eval.Result{ID: e.es[h.Entity].ID, Score: float64(h.Score)})
	}
	return dst
}

func sharedData(t testing.TB) ([]*list.Entity, []eval.Query) {
	if _, err := os.Stat(shared + "index.csv.gz"); err != nil {
		t.Skip("the labeled queries are not there: " + err.Error())
	}
	es, err := eval.ReadIndex(shared + "index.csv.gz")
	if err != nil {
		t.Fatal(err)
	}
	qs, err := eval.ReadQueries(shared + "queries.csv.gz")
	if err != nil {
		t.Fatal(err)
	}
	return es, qs
}

func TestLabeled(t *testing.T) {
	es, qs := sharedData(t)
	e := newEngine(t, es)
	eval.Run(e, qs[:500])
	r := eval.Run(e, qs)
	r.Print(os.Stdout)
}
