package name

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"flag"
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "compile the tables of data/")

func TestLexiconIsFresh(t *testing.T) {
	l := newBuilder()
	b := l.bytes()
	if *update {
		data = string(b)
	}
	if data != string(b) {
		t.Fatal("name/data/lexicon.bin is older than the tables beside it; run: go generate ./name ./screen")
	}
	s := l.sum() + "\n"
	if *update {
		for file, b := range map[string][]byte{"lexicon.bin": b, "lexicon.sum": []byte(s)} {
			if err := os.WriteFile("data/"+file, b, 0o644); err != nil {
				t.Fatal(err)
			}
		}
		return
	}
	if sum != s {
		t.Error("names are read in another way than name/data/lexicon.sum says; run: go generate ./name ./screen")
	}
}

// sum is the hash of how names are read: of the readings and keys of all words
// of the tables, alone and by threes.
func (l *builder) sum() string {
	h := sha256.New()
	var p Parser
	var f Folder
	read := func(s string) {
		h.Write(f.Key(s))
		for _, r := range p.Parse(s).Readings {
			for _, t := range r.Tokens {
				fmt.Fprintf(h, "%q %q %q %q %d %x %d %d\n", t.Text, t.Sound, t.Bones, t.Alts, t.Groups, t.Class, t.Common, t.Script)
			}
		}
	}
	for _, s := range []string{
		"Kim Jong Un II", "KHOTSENKO, Valeriy Pavlovich", "Владимир Владимирович Артяков", "Хоценко Валерій Павлович", "Εθνική Αστυνομία", "김정은",
		"조선광업개발무역회사", "丹东至诚金属材料有限公司", "王君正", "عبد الرحمن بن صالح", "علیرضا نوروزی", "Abdurrahman ould Noureddine", "J0hn Sm1th", "d e n i s",
		"ATTN John Doe ACC 12345 DOB 01.01.1970", "L.L.C. Tehnologiya", "Nguyễn Văn Đức", "კახა ბენდუქიძე", "Հայկ Մկրտչյան", "משה כהן", "สมชาย", "အောင်ဆန်း",
	} {
		read(s)
	}
	words := slices.Sorted(maps.Keys(l.entries))
	for i, w := range words {
		read(w)
		if i%3 == 0 {
			read(strings.Join(words[i:min(i+3, len(words))], " "))
		}
	}
	return hex.EncodeToString(h.Sum(nil)[:8])
}

// bytes is the compiled form that open reads.
func (l *builder) bytes() []byte {
	p := packer{records: make([]byte, recordSize), seen: map[string]uint16{}, runs: map[string]uint16{}}
	p.texts(l.labels)
	var w writer
	for _, m := range []map[string]*entry{l.entries, l.sounds, l.stems, l.phrases, l.families} {
		pack(&w, m, p.entry)
	}
	ofGroups := func(g []Group) uint16 { return p.entry(&entry{groups: g}) }
	pack(&w, l.romans, ofGroups)
	pack(&w, l.pinyin, ofGroups)
	pack(&w, l.starters, func(n uint8) uint16 { return uint16(n) })
	pack(&w, l.latinFamily, func(f family) uint16 { return uint16(f) })
	runs := map[string]uint8{}
	for r, n := range l.runs {
		runs[string(r)] = n
	}
	pack(&w, runs, func(n uint8) uint16 { return uint16(n) })
	pack(&w, l.payments, func(t takes) uint16 { return uint16(t) })
	differ := map[string]bool{}
	for d := range l.differ {
		differ[string([]byte{byte(d[0]), byte(d[0] >> 8), byte(d[1]), byte(d[1] >> 8)})] = true
	}
	pack(&w, differ, func(bool) uint16 { return 1 })
	w.add(l.starts[:])
	w.add(l.kinds)
	fathers, arabic := make([]uint16, len(l.kinds)), make([]byte, len(l.kinds))
	for g, f := range l.fathers {
		fathers[g] = uint16(f)
	}
	for g := range l.arabic {
		arabic[g] = 1
	}
	w.add(u16s(fathers))
	w.add(arabic)
	w.add(l.korean[:])
	for _, h := range l.han {
		w.add([]byte(h))
	}
	var near []uint16
	for _, e := range l.near {
		near = append(near, p.entry(e))
	}
	names := p.entry(&entry{reads: l.pinyinNames})
	lengths := make([]uint16, len(p.text))
	for i, s := range p.text {
		lengths[i] = uint16(len(s))
	}
	w.add(u16s(lengths))
	w.add([]byte(strings.Join(p.text, "")))
	w.add(u16s(p.groups))
	w.add(p.records)
	w.add(u16s(near))
	w.add(u16s([]uint16{names}))
	return w
}

// writer writes one section after another; reader reads them.
type writer []byte

func (w *writer) add(b []byte) {
	*w = append(binary.LittleEndian.AppendUint32(*w, uint32(len(b))), b...)
}

func u16s[T ~uint16](s []T) []byte {
	var b []byte
	for _, v := range s {
		b = binary.LittleEndian.AppendUint16(b, uint16(v))
	}
	return b
}

// packer writes entries, each different one once.
type packer struct {
	text    []string
	groups  []Group
	records []byte
	seen    map[string]uint16
	runs    map[string]uint16 // where texts and groups stand
}

func (p *packer) texts(s []string) uint16 {
	return place(p.runs, "t"+strings.Join(s, "\x00"), &p.text, s)
}

func place[T any](runs map[string]uint16, key string, to *[]T, s []T) uint16 {
	at, ok := runs[key]
	if !ok && len(s) > 0 {
		at = short(len(*to))
		*to = append(*to, s...)
		runs[key] = at
	}
	return at
}

func short(n int) uint16 {
	if n > 0xffff {
		panic("the tables have outgrown two bytes")
	}
	return uint16(n)
}

func (p *packer) entry(e *entry) uint16 {
	b := binary.LittleEndian.AppendUint32(nil, uint32(e.class))
	g := place(p.runs, "g"+string(u16s(e.groups)), &p.groups, e.groups)
	b = append(b, u16s([]uint16{g, short(len(e.groups)), p.texts(e.reads), short(len(e.reads))})...)
	arabic := byte(0)
	if e.arabic {
		arabic = 1
	}
	b = append(b, e.common, arabic, byte(e.only), e.weak)
	i, ok := p.seen[string(b)]
	if !ok {
		i = short(len(p.records) / recordSize)
		p.seen[string(b)] = i
		p.records = append(p.records, b...)
	}
	return i
}

// pack writes a dict.
func pack[V any](w *writer, m map[string]V, value func(V) uint16) {
	n := 4
	for n*2 < len(m)*3 { // at most two slots of three are full
		n *= 2
	}
	slots, keys := make([]byte, n*slotSize), []byte{}
	for _, k := range slices.Sorted(maps.Keys(m)) {
		v := value(m[k])
		if len(k) == 0 || len(k) > 255 || len(keys)+len(k) >= 1<<24 || v == 0 {
			panic("no word for a dict: " + k)
		}
		h := hashOf([]byte(k))
		for i := h; ; i++ {
			s := slots[i*slotSize&uint64(len(slots)-1):][:slotSize]
			if binary.LittleEndian.Uint64(s) == 0 {
				binary.LittleEndian.PutUint64(s, uint64(len(keys))|uint64(len(k))<<24|h>>48<<32|uint64(v)<<48)
				break
			}
		}
		keys = append(keys, k...)
	}
	w.add(slots)
	w.add(keys)
}
