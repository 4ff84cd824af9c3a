package list

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"math/rand/v2"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"navicert"
)

// full gives an entity in which every field of every struct is set, each to
// something else.
func full(id string) *Entity {
	n := 0
	var fill func(v reflect.Value)
	fill = func(v reflect.Value) {
		n++
		switch v.Kind() {
		case reflect.String:
			v.SetString(fmt.Sprintf("%s text %d", id, n))
		case reflect.Bool:
			v.SetBool(true)
		case reflect.Uint8:
			v.SetUint(1)
		case reflect.Int, reflect.Int32:
			v.SetInt(int64(n) - 40)
		case reflect.Float64:
			v.SetFloat(float64(n) + 0.1)
		case reflect.Pointer:
			v.Set(reflect.New(v.Type().Elem()))
			fill(v.Elem())
		case reflect.Slice:
			v.Set(reflect.MakeSlice(v.Type(), 2, 2))
			fill(v.Index(0))
			fill(v.Index(1))
		case reflect.Struct:
			for i := range v.NumField() {
				fill(v.Field(i))
			}
		default:
			panic(v.Kind())
		}
	}
	e := &Entity{}
	fill(reflect.ValueOf(e).Elem())
	e.ID = id
	return e
}

func write(t testing.TB, es []*Entity, sections map[string][]byte) ([]byte, Info) {
	t.Helper()
	var b bytes.Buffer
	info, err := Write(&b, Info{Source: "us-test", Title: "Test", Date: 20000}, es, sections)
	if err != nil {
		t.Fatal(err)
	}
	return b.Bytes(), info
}

func TestSnapshotKeepsEveryField(t *testing.T) {
	es := []*Entity{full("t-1"), full("t-2"), {ID: "t-3", Names: []Name{{Text: "x"}}}}
	es[1].Names[0].Text = es[0].Names[0].Text // shared
	b, info := write(t, es, map[string][]byte{"index": []byte("abc"), "empty": nil})
	path := filepath.Join(t.TempDir(), "a.snap")
	if err := os.WriteFile(path, b, 0o600); err != nil {
		t.Fatal(err)
	}
	s, err := Open(path)
	if err != nil {
		t.Fatal(err)
	}
	if got := *s.Info(); !reflect.DeepEqual(got, info) || got.Names != 5 || got.Wallets != 4 || got.Entities != 3 {
		t.Errorf("info %+v, want %+v", got, info)
	}
	if string(s.Section("index")) != "abc" || len(s.Section("none")) != 0 {
		t.Errorf("sections: %q", s.Section("index"))
	}
	if err := s.Verify(); err != nil {
		t.Error(err)
	}
	if s.Find("t-4") != -1 || s.Find("") != -1 || s.Find("t-") != -1 {
		t.Error("found what is not there")
	}
	var got []*Entity
	for i, e := range es {
		if s.Find(e.ID) != i {
			t.Errorf("%s found at %d", e.ID, s.Find(e.ID))
		}
		got = append(got, s.Entity(i))
	}
	for range 2 { // the second one does nothing
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	}
	if !reflect.DeepEqual(got, es) { // after Close: entities outlive it
		t.Errorf("got %+v\nwant %+v", got[0], es[0])
	}
}

func TestSnapshotIsDeterministic(t *testing.T) {
	es := []*Entity{full("a"), full("b"), full("c")}
	a, ia := write(t, es, map[string][]byte{"x": {1}, "y": {2}, "z": nil})
	for range 5 {
		if b, _ := write(t, es, map[string][]byte{"z": nil, "y": {2}, "x": {1}}); !bytes.Equal(a, b) {
			t.Fatal("the same input gave other bytes")
		}
	}
	if _, ib := write(t, es, nil); ia.Hash != ib.Hash {
		t.Error("the index changes the hash of the content")
	}
	es[2].Notes[0] += "!"
	if _, ib := write(t, es, nil); ia.Hash == ib.Hash {
		t.Error("other content has the same hash")
	}
}

func TestSnapshotRefusesWhatItCannotFind(t *testing.T) {
	named := []Name{{Text: "A"}}
	for _, c := range []struct {
		es   []*Entity
		want string
	}{
		{[]*Entity{{Names: named}}, "has no id"},
		{[]*Entity{{ID: "a", Names: named}, {ID: "a", Names: named}}, `have the id "a"`},
		{[]*Entity{{ID: "a"}}, "has no name"},
		{[]*Entity{{ID: "a", Names: named, Notes: []string{strings.Repeat("x", maxRecord)}}}, "more than"},
	} {
		if _, err := Write(&bytes.Buffer{}, Info{}, c.es, nil); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("error %v, want %q", err, c.want)
		}
	}
	if _, err := Write(&bytes.Buffer{}, Info{}, nil, map[string][]byte{"entities": nil}); err == nil {
		t.Error("a section took the place of the entities")
	}
}

func TestSnapshotNoticesEveryFlippedBit(t *testing.T) {
	b, _ := write(t, []*Entity{full("a"), full("b")}, map[string][]byte{"index": []byte("0123456789")})
	used := len(bytes.TrimRight(b, "\x00"))
	for at := range used {
		c := bytes.Clone(b)
		c[at] ^= 1 << (at % 8)
		if s, err := Load(c); err == nil && s.Verify() == nil && !padding(b, at) {
			t.Fatalf("byte %d of %d was changed and nobody noticed", at, used)
		}
		if _, err := Load(b[:at]); err == nil {
			t.Fatalf("cut at %d and nobody noticed", at)
		}
	}
}

// padding says whether byte at belongs to no section.
func padding(b []byte, at int) bool {
	n := int(binary.LittleEndian.Uint32(b[8:]))
	for i := range n {
		d := b[headSize+i*entrySize:]
		from := int(binary.LittleEndian.Uint64(d[nameSize:]))
		if at >= from && at < from+int(binary.LittleEndian.Uint64(d[nameSize+8:])) {
			return false
		}
	}
	return at >= headSize+n*entrySize
}

// reseal makes the checksums fit whatever the sections hold.
func reseal(b []byte) {
	if len(b) < headSize {
		return
	}
	copy(b, magic)
	n := int(binary.LittleEndian.Uint32(b[8:]))
	if n > maxSections || headSize+n*entrySize > len(b) {
		return
	}
	dir := b[headSize : headSize+n*entrySize]
	for d := dir; len(d) > 0; d = d[entrySize:] {
		at, size := binary.LittleEndian.Uint64(d[nameSize:]), binary.LittleEndian.Uint64(d[nameSize+8:])
		if at <= uint64(len(b)) && size <= uint64(len(b))-at {
			binary.LittleEndian.PutUint32(d[nameSize+16:], crc32.Checksum(b[at:at+size], castagnoli))
		}
	}
	binary.LittleEndian.PutUint32(b[12:], crc32.Checksum(dir, castagnoli))
}

func use(b []byte) {
	s, err := Load(b)
	if err != nil {
		return
	}
	_ = s.Verify()
	for i := range s.Len() {
		if e := s.Entity(i); e == nil || e.ID == "" || len(e.Names) == 0 {
			panic("an entity without id or name")
		}
	}
	s.Find("a")
}

func FuzzSnapshot(f *testing.F) {
	small, _ := write(f, []*Entity{full("a"), {ID: "b", Names: []Name{{Text: "b"}}}}, nil)
	f.Add(small)
	none, _ := write(f, nil, map[string][]byte{"x": {1}})
	f.Add(none)
	f.Add([]byte(magic))
	f.Fuzz(func(_ *testing.T, b []byte) {
		use(b)
		b = bytes.Clone(b)
		reseal(b) // a forger can do that
		use(b)
	})
}

// TestForgedSnapshots flips bytes behind checksums that fit: an error or an
// entity that says so, never a panic.
func TestForgedSnapshots(t *testing.T) {
	b, _ := write(t, []*Entity{full("a"), full("b"), full("c")}, nil)
	r := rand.New(rand.NewPCG(1, 2))
	for range 20000 {
		c := bytes.Clone(b)
		for range 1 + r.IntN(4) {
			c[r.IntN(len(c))] = byte(r.IntN(256))
		}
		reseal(c)
		use(c)
	}
}

func TestSnapshotReadsBackWhatWasWritten(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var es []*Entity
		for i := range rapid.IntRange(0, 20).Draw(t, "n") {
			e := &Entity{ID: fmt.Sprintf("%s-%d", rapid.String().Draw(t, "id"), i)}
			for range rapid.IntRange(1, 4).Draw(t, "names") {
				e.Names = append(e.Names, Name{Text: rapid.StringN(0, 5, 20).Draw(t, "name"), Weak: rapid.Bool().Draw(t, "weak")})
			}
			e.Dates = []Date{{From: navicert.Day(rapid.Int32().Draw(t, "day"))}}
			e.Relations = []Relation{{Percent: rapid.Float64().Draw(t, "percent")}}
			es = append(es, e)
		}
		var b bytes.Buffer
		if _, err := Write(&b, Info{}, es, nil); err != nil {
			t.Fatal(err)
		}
		s, err := Load(b.Bytes())
		if err != nil {
			t.Fatal(err)
		}
		for i, e := range es {
			if s.Find(e.ID) != i || !reflect.DeepEqual(s.Entity(i), e) {
				t.Fatalf("got %+v, want %+v", s.Entity(i), e)
			}
		}
	})
}

// TestLayoutIsPinned fails when a field of Entity comes, goes or moves: then
// old snapshots cannot be read any more, and the version must say so.
func TestLayoutIsPinned(t *testing.T) {
	var layout func(t reflect.Type) string
	layout = func(t reflect.Type) string {
		switch t.Kind() {
		case reflect.Slice, reflect.Pointer:
			return "*" + layout(t.Elem())
		case reflect.Struct:
			s := "{"
			for i := range t.NumField() {
				s += t.Field(i).Name + layout(t.Field(i).Type) + ";"
			}
			return s + "}"
		}
		return " " + t.Kind().String()
	}
	const want = "6905c100"
	if got := fmt.Sprintf("%08x", crc32.ChecksumIEEE([]byte(layout(reflect.TypeFor[Entity]())))); got != want {
		t.Errorf("Entity has another layout (%s): raise the last byte of magic, then write it here", got)
	}
}
