package rule

import "slices"

// node is an edge of a reduced, hash-consed decision diagram over facts of any
// number of classes: the number of a vertex, and a low bit that negates what
// is below. Vertex 0 is "true"; the next ones are leaves for outcomes. A
// diagram that ends in outcomes holds no negated edge.
type node = int32

const (
	always = node(0)
	never  = node(1)

	leaves     = 64 // always, outcomes, impossible
	firstLeaf  = node(2)
	impossible = node(2*leaves - 2)
	noVar      = 1 << 15

	made = leaves + maxFacts // after the leaves stands each fact by itself, then what is made
)

// fact is "the second cell of fact v".
func fact(v uint16) node { return 2*(leaves+node(v)) + 1 }

// leaf is where an outcome stands.
func leaf(o Outcome) node { return firstLeaf + 2*node(o) }

// outcome is what stands at a leaf.
func outcome(n node) Outcome { return Outcome((n - firstLeaf) >> 1) }

func isLeaf(n node) bool { return n < 2*leaves }

// vertex splits on fact v of n cells. The first child is never a negated edge.
type vertex struct {
	lo, hi  node // the children of a fact of two cells; else where they stand in kids
	v       uint16
	n       uint8
	limited bool // some way below is impossible
}

// diagram is an arena. It is reset, not freed, between questions.
type diagram struct {
	all  []vertex
	kids []node

	unique []slot // open addressing on a vertex
	cache  []done // what was computed lately
	slots  uint32 // generation of unique
	gen    uint32 // and of cache
	full   int    // how many vertices all may hold before it or its tables grow, or
	limit  int    // before it is cut
	cut    bool
	stack  []node // children under construction

	choice choice // being made,
	op     uint32 // and its operation
}

type slot struct {
	gen uint32
	at  int32
}

type done struct {
	key uint64 // what it was computed of
	op  uint32 // and generation
	r   node
}

// Operations for the cache; the others are the leaves that choose may take,
// plus one where there is a leaf that stays.
const (
	opBoth   = 0
	opDiffer = 1
)

// fewSlots is how many slots a question begins with. The tables grow with it,
// and the next question begins small again: its slots are then at hand.
const fewSlots = 1 << 12

func (d *diagram) reset(limit int) {
	if d.unique == nil {
		d.unique = make([]slot, fewSlots)
		d.cache = make([]done, fewSlots/2)
		d.all = make([]vertex, made, made+fewSlots*3/4)
		for i := range d.all[:leaves] {
			d.all[i].v = noVar
		}
		d.all[impossible>>1].limited = true
		for v := range maxFacts {
			d.all[leaves+v] = vertex{lo: always, hi: never, v: uint16(v), n: 2}
		}
	}
	d.all, d.kids, d.stack = d.all[:made], d.kids[:0], d.stack[:0]
	d.unique, d.cache = d.unique[:fewSlots], d.cache[:fewSlots/2]
	if d.slots++; d.slots == 0 { // old entries must not look like new ones
		d.slots = 1
		clear(d.unique[:cap(d.unique)])
	}
	if d.gen++; d.gen == 1<<24 {
		d.gen = 1
		clear(d.cache[:cap(d.cache)])
	}
	d.limit, d.cut = made+limit, false
	d.full = made + min(fewSlots*3/4, limit)
}

func (d *diagram) top(n node) uint16 { return d.all[n>>1].v }

// wide tells how many children a vertex has.
func (d *diagram) wide(n node) int32 { return int32(d.all[n>>1].n) }

// child follows one cell of the fact that n splits on.
func (d *diagram) child(n node, k int32) node {
	switch x := &d.all[n>>1]; {
	case x.n > 2:
		return d.kids[x.lo+k] ^ n&1
	case k == 0:
		return x.lo ^ n&1
	default:
		return x.hi ^ n&1
	}
}

// split tells which fact two nodes split on first, and into how many cells.
func (d *diagram) split(a, b node) (v uint16, n int32) {
	x, y := &d.all[a>>1], &d.all[b>>1]
	if y.v <= x.v {
		x = y
	}
	return x.v, int32(x.n)
}

// under follows both cells of fact v, on which n may not split.
func (d *diagram) under(n node, v uint16) (lo, hi node) {
	x := &d.all[n>>1]
	lo, hi = x.lo^n&1, x.hi^n&1
	if x.v != v {
		lo = n
	}
	if x.v != v {
		hi = n
	}
	return lo, hi
}

// cell follows one cell of fact v, on which n may not split.
func (d *diagram) cell(n node, v uint16, k int32) node {
	if d.top(n) != v {
		return n
	}
	return d.child(n, k)
}

// row returns where the children of n stand for the cells of fact v, from one
// to the next, and what negates them: n itself, over and over, where n does
// not split on v.
func (d *diagram) row(n node, v uint16, same *[1]node) (kids []node, step int, neg node) {
	if x := &d.all[n>>1]; x.v == v {
		return d.kids[x.lo:x.hi], 1, n & 1
	}
	same[0] = n
	return same[:], 0, 0
}

const golden = 0x9E3779B97F4A7C15

// fork returns the vertex for fact v of two cells.
func (d *diagram) fork(v uint16, lo, hi node) node {
	if lo == hi {
		return lo
	}
	neg := lo & 1
	if lo|hi == never {
		return fact(v) ^ hi
	}
	lo, hi = lo^neg, hi^neg
	mask := uint32(len(d.unique) - 1)
	i := forkHash(v, lo, hi) & mask
	for ; d.unique[i].gen == d.slots; i = (i + 1) & mask {
		at := d.unique[i].at
		if x := &d.all[at]; x.lo == lo && x.hi == hi && x.v == v && x.n == 2 {
			return at<<1 | neg
		}
	}
	return d.add(i, vertex{lo, hi, v, 2, d.all[lo>>1].limited || d.all[hi>>1].limited}) | neg
}

func forkHash(v uint16, lo, hi node) uint32 {
	return uint32(((uint64(uint32(lo))<<32|uint64(uint32(hi)))*golden + uint64(v)*0xC2B2AE3D27D4EB4F) >> 32)
}

// fan returns the vertex for fact v with the children on the stack above base,
// and takes them off.
func (d *diagram) fan(v uint16, base int) node {
	ks := d.stack[base:]
	d.stack = d.stack[:base]
	if len(ks) == 2 {
		return d.fork(v, ks[0], ks[1])
	}
	first, differ := ks[0], node(0)
	neg := first & 1
	for i, k := range ks {
		ks[i] = k ^ neg
		differ |= k ^ first
	}
	if differ == 0 {
		return first
	}
	mask := uint32(len(d.unique) - 1)
	i := fanHash(v, ks) & mask
	for ; d.unique[i].gen == d.slots; i = (i + 1) & mask {
		at := d.unique[i].at
		if x := &d.all[at]; x.v == v && int(x.n) == len(ks) && slices.Equal(d.kids[x.lo:x.hi], ks) {
			return at<<1 | neg
		}
	}
	lo := node(len(d.kids))
	d.kids = append(d.kids, ks...)
	limited := slices.ContainsFunc(ks, func(k node) bool { return d.all[k>>1].limited })
	return d.add(i, vertex{lo, node(len(d.kids)), v, uint8(len(ks)), limited}) | neg
}

func fanHash(v uint16, ks []node) uint32 {
	h := uint64(v)
	for ; len(ks) > 1; ks = ks[2:] {
		h = (h ^ pairKey(ks[0], ks[1])) * golden
		h ^= h >> 32
	}
	if len(ks) == 1 {
		h = (h ^ uint64(uint32(ks[0]))) * golden
	}
	return uint32(h >> 32)
}

func (d *diagram) add(slotAt uint32, x vertex) node {
	at := len(d.all)
	if at == d.full {
		return d.grow(x)
	}
	d.all = d.all[:at+1]
	d.all[at] = x
	d.unique[slotAt] = slot{d.slots, int32(at)}
	return node(at << 1)
}

// grow makes room before it adds a vertex.
func (d *diagram) grow(x vertex) node {
	if len(d.all) == d.limit {
		d.cut = true
		return 0
	}
	n := 4 * len(d.unique)
	d.full = min(made+n*3/4, d.limit)
	d.all = slices.Grow(d.all, d.full-len(d.all))
	if n > cap(d.unique) {
		d.unique, d.cache = make([]slot, n), make([]done, n/2)
	}
	d.unique, d.cache = d.unique[:n], d.cache[:n/2]
	d.slots++
	d.all = append(d.all, x)
	mask := uint32(n - 1)
	for at := made; at < len(d.all); at++ {
		x := &d.all[at]
		i := forkHash(x.v, x.lo, x.hi)
		if x.n > 2 {
			i = fanHash(x.v, d.kids[x.lo:x.hi])
		}
		for i &= mask; d.unique[i].gen == d.slots; i = (i + 1) & mask {
		}
		d.unique[i] = slot{d.slots, int32(at)}
	}
	return node(len(d.all)-1) << 1
}

// lookup finds where the result of an operation is kept, and whether it is
// there. It may be kept there even if the cache has grown since: then it is
// not found again.
func (d *diagram) lookup(op uint32, key uint64) (at *done, ok bool) {
	op |= d.gen << 8
	at = &d.cache[uint32((key^uint64(op))*golden>>32)&uint32(len(d.cache)-1)]
	return at, (at.key^key)|uint64(at.op^op) == 0
}

func pairKey(a, b node) uint64 { return uint64(uint32(a))<<32 | uint64(uint32(b)) }

// keep remembers a result where lookup had found its place.
func (d *diagram) keep(at *done, op uint32, key uint64, r node) node {
	*at = done{key, d.gen<<8 | op, r}
	return r
}

// both is "f and g". What needs no look at vertices stands here, to be inlined.
func (d *diagram) both(f, g node) node {
	if f == never || g == always || f == g {
		return f
	}
	return d.meet(f, g)
}

func (d *diagram) meet(f, g node) node {
	f, g = min(f, g), max(f, g)
	if f <= never {
		if f == always {
			f = g
		}
		return f
	}
	if f^g <= 1 {
		if f != g {
			f = never
		}
		return f
	}
	key := pairKey(f, g)
	at, ok := d.lookup(opBoth, key)
	if ok {
		return at.r
	}
	if d.cut {
		return 0
	}
	v, n := d.split(f, g)
	if n == 2 {
		flo, fhi := d.under(f, v)
		glo, ghi := d.under(g, v)
		lo := d.both(flo, glo)
		return d.keep(at, opBoth, key, d.fork(v, lo, d.both(fhi, ghi)))
	}
	base := len(d.stack)
	last, lf, lg := node(0), node(-1), node(-1)
	var one, two [1]node
	fs, fstep, fneg := d.row(f, v, &one)
	gs, gstep, gneg := d.row(g, v, &two)
	for k := range int(n) {
		cf, cg := fs[k*fstep]^fneg, gs[k*gstep]^gneg
		if cf != lf || cg != lg { // neighbors are often alike
			lf, lg, last = cf, cg, d.both(cf, cg)
		}
		d.stack = append(d.stack, last)
	}
	return d.keep(at, opBoth, key, d.fan(v, base))
}

// every is "all of fs", which it orders so that the lowest in the diagram come
// first: what stands above them is then put on top.
func (d *diagram) every(fs []node) node {
	for i := 1; i < len(fs); i++ {
		n := fs[i]
		k := i
		for v := d.top(n); k > 0 && v > d.top(fs[k-1]); k-- {
			fs[k] = fs[k-1]
		}
		fs[k] = n
	}
	out := always
	for _, f := range fs {
		out = d.both(f, out)
	}
	return out
}

// choice is a leaf to go to where something holds, unless one is at the leaf but.
type choice struct{ leaf, but node }

// choose is "the leaf of c if f, else h", where h ends in leaves.
func (d *diagram) choose(f node, c choice, h node) node {
	d.choice, d.op = c, uint32(c.leaf)
	if c.but != 0 {
		d.op |= 1
	}
	return d.chosen(f, h)
}

// chosen is choose for the choice that is being made. What needs no look at
// vertices stands here, to be inlined.
func (d *diagram) chosen(f, h node) node {
	if f == never || h == d.choice.leaf || h == d.choice.but {
		return h
	}
	return d.below(f, h)
}

func (d *diagram) below(f, h node) node {
	if f == always && (d.choice.but == 0 || isLeaf(h)) {
		return d.choice.leaf
	}
	key := pairKey(f, h)
	at, ok := d.lookup(d.op, key)
	if ok {
		return at.r
	}
	if d.cut {
		return 0
	}
	v, n := d.split(f, h)
	if n == 2 {
		flo, fhi := d.under(f, v)
		hlo, hhi := d.under(h, v)
		lo := d.chosen(flo, hlo)
		return d.keep(at, d.op, key, d.fork(v, lo, d.chosen(fhi, hhi)))
	}
	base := len(d.stack)
	last, lf, lh := node(0), node(-1), node(-1)
	var one, two [1]node
	fs, fstep, fneg := d.row(f, v, &one)
	hs, hstep, hneg := d.row(h, v, &two)
	for k := range int(n) {
		cf, ch := fs[k*fstep]^fneg, hs[k*hstep]^hneg
		if cf != lf || ch != lh {
			lf, lh, last = cf, ch, d.chosen(cf, ch)
		}
		d.stack = append(d.stack, last)
	}
	return d.keep(at, d.op, key, d.fan(v, base))
}
