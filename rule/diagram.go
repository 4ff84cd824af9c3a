package rule

// node is a vertex of a reduced, hash-consed decision diagram over facts of
// any number of classes. Vertices below leaves are outcomes; 0 and 1 are also
// false and true.
type node = int32

const (
	leaves     = 64 // terminals: false, true, then outcomes, then impossible
	leafOf     = 2
	impossible = node(leaves - 1)
	noVar      = 1 << 15
)

// diagram is an arena. It is reset, not freed, between questions.
type diagram struct {
	vars  []uint16 // per node
	start []int32  // per node: first child in kids
	kids  []node
	arity []uint8 // per fact

	unique []slot // open addressing on (var, kids)
	cache  []iteSlot
	gen    uint32
	limit  int
	cut    bool
	stack  []node // children under construction
}

type slot struct {
	gen uint32
	n   node
}

type iteSlot struct {
	gen     uint32
	f, g, h node
	r       node
}

func (d *diagram) reset(limit int) {
	if d.unique == nil {
		d.unique = make([]slot, 1<<12)
		d.cache = make([]iteSlot, 1<<12)
		d.vars = make([]uint16, leaves, 1024)
		d.start = make([]int32, leaves, 1024)
		for i := range d.vars {
			d.vars[i] = noVar
		}
	}
	d.vars, d.start, d.kids = d.vars[:leaves], d.start[:leaves], d.kids[:0]
	d.stack = d.stack[:0]
	d.gen++
	d.limit, d.cut = limit, false
}

func (d *diagram) of(n node) []node {
	s := d.start[n]
	return d.kids[s : s+int32(d.arity[d.vars[n]])]
}

func mix(h uint64, x node) uint64 { return (h ^ uint64(uint32(x))) * 0x9E3779B97F4A7C15 }

// mk returns the vertex for fact v with the top arity children on the stack.
func (d *diagram) mk(v uint16, base int) node {
	ks := d.stack[base:]
	same := true
	h := mix(uint64(v)+1, ks[0])
	for _, k := range ks[1:] {
		same = same && k == ks[0]
		h = mix(h, k)
	}
	if same {
		return ks[0]
	}
	mask := uint64(len(d.unique) - 1)
	i := (h ^ h>>29) & mask
	for ; d.unique[i].gen == d.gen; i = (i + 1) & mask {
		n := d.unique[i].n
		if d.vars[n] == v && equal(d.of(n), ks) {
			return n
		}
	}
	n := node(len(d.vars))
	if len(d.vars)-leaves >= d.limit {
		d.cut = true
		return 0
	}
	d.vars = append(d.vars, v)
	d.start = append(d.start, int32(len(d.kids)))
	d.kids = append(d.kids, ks...)
	d.unique[i] = slot{d.gen, n}
	if 2*(len(d.vars)-leaves) > len(d.unique) {
		d.grow()
	}
	return n
}

func equal(a, b []node) bool {
	for i := range a {
		if a[i] != b[i] {
			return false
		}
	}
	return true
}

func (d *diagram) grow() {
	d.unique = make([]slot, 2*len(d.unique))
	mask := uint64(len(d.unique) - 1)
	for n := node(leaves); int(n) < len(d.vars); n++ {
		ks := d.of(n)
		h := mix(uint64(d.vars[n])+1, ks[0])
		for _, k := range ks[1:] {
			h = mix(h, k)
		}
		i := (h ^ h>>29) & mask
		for d.unique[i].gen == d.gen {
			i = (i + 1) & mask
		}
		d.unique[i] = slot{d.gen, n}
	}
	if len(d.cache) < len(d.unique) {
		d.cache = make([]iteSlot, len(d.unique))
	}
}

// ite is "if f then g else h": the one operation that builds everything.
func (d *diagram) ite(f, g, h node) node {
	switch {
	case f == 1 || g == h:
		return g
	case f == 0:
		return h
	case g == 1 && h == 0:
		return f
	case d.cut:
		return 0
	}
	key := mix(mix(mix(1, f), g), h)
	c := &d.cache[(key^key>>31)&uint64(len(d.cache)-1)]
	if c.gen == d.gen && c.f == f && c.g == g && c.h == h {
		return c.r
	}
	v := min(d.vars[f], d.vars[g], d.vars[h])
	base := len(d.stack)
	for k := range int32(d.arity[v]) {
		d.stack = append(d.stack, d.ite(d.child(f, v, k), d.child(g, v, k), d.child(h, v, k)))
	}
	r := d.mk(v, base)
	d.stack = d.stack[:base]
	if d.cut {
		return 0
	}
	c = &d.cache[(key^key>>31)&uint64(len(d.cache)-1)]
	*c = iteSlot{d.gen, f, g, h, r}
	return r
}

func (d *diagram) child(n node, v uint16, k int32) node {
	if d.vars[n] != v {
		return n
	}
	return d.kids[d.start[n]+k]
}

func (d *diagram) not(f node) node { return d.ite(f, 0, 1) }
