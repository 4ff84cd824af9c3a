package list

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
	"os"
	"sync"
	"unsafe"

	"navicert"
)

// Info says what a snapshot is.
type Info struct {
	Source    string       `json:"source"` // key of the source: "us-ofac-sdn"
	Title     string       `json:"title,omitempty"`
	Authority string       `json:"authority,omitempty"`
	License   string       `json:"license,omitempty"`
	Form      string       `json:"form,omitempty"`
	Date      navicert.Day `json:"date"` // day of publication
	Entities  int          `json:"entities"`
	Names     int          `json:"names"`
	Wallets   int          `json:"wallets"`
	Hash      string       `json:"hash"` // SHA-256 of this info and the entities, in hex; an index does not enter it
	Files     []FileSum    `json:"files,omitempty"`
}

// FileSum names the bytes of a file that a snapshot was read from.
type FileSum struct {
	Name   string `json:"name"`
	Size   int64  `json:"size"`
	SHA256 string `json:"sha256"`
}

// The sections that every snapshot has. Others belong to whoever put them there.
const (
	secInfo    = "info"
	secShared  = "strings"
	secStrings = "strings.offsets"
	secRecords = "entities"
	secOffsets = "entities.offsets"
	secIDs     = "entities.ids"
	secOwners  = "entities.wallets" // uint32 each: the entities that have wallets
)

// Snapshot is one edition of one source: immutable, and used where it lies
// in the file. An entity is decoded when it is asked for. Any number of
// goroutines may use one.
type Snapshot struct {
	info     Info
	sections map[string][]byte
	records  []byte
	offsets  []byte // uint32 each, and the end
	ids      []byte // hash table of uint32: number of the entity + 1
	shared   func() *pool
	spans    func(*Entity) // fills in the days of wallets, where a history is known
	path     string        // of the file; of what lies in memory alone, empty
	stat     os.FileInfo   // of the file when it was opened
	free     func() error
}

// Write writes es as a snapshot. The info it returns carries the counts and
// the hash. The same input gives the same bytes.
func Write(w io.Writer, info Info, es []*Entity, sections map[string][]byte) (Info, error) {
	info.Entities, info.Names, info.Wallets, info.Hash = len(es), 0, 0, ""
	c := &coder{mode: counting, seen: map[string]int{}}
	ids := make(map[string]bool, len(es))
	for _, e := range es {
		info.Names += len(e.Names)
		info.Wallets += len(e.Wallets)
		switch {
		case e.ID == "":
			return info, fmt.Errorf("an entity of %s has no id: %.80q", info.Source, first(e.Names))
		case ids[e.ID]:
			return info, fmt.Errorf("two entities of %s have the id %q", info.Source, e.ID)
		case len(e.Names) == 0:
			return info, fmt.Errorf("entity %q of %s has no name", e.ID, info.Source)
		}
		ids[e.ID] = true
		c.entity(e)
	}
	text, textOffsets := c.share()
	c.mode, c.seen = writing, nil
	offsets := make([]byte, 0, len(es)*4+4)
	var owners []byte
	for i, e := range es {
		at := len(c.out)
		if len(e.Wallets) > 0 {
			owners = binary.LittleEndian.AppendUint32(owners, uint32(i))
		}
		offsets = binary.LittleEndian.AppendUint32(offsets, uint32(at))
		c.entity(e)
		if len(c.out)-at > maxRecord {
			return info, fmt.Errorf("entity %q of %s takes %d bytes, more than %d", e.ID, info.Source, len(c.out)-at, maxRecord)
		}
		if uint64(len(c.out)) > math.MaxUint32 {
			return info, fmt.Errorf("%s takes more than 4 GiB: split the list", info.Source)
		}
	}
	offsets = binary.LittleEndian.AppendUint32(offsets, uint32(len(c.out)))
	all := map[string][]byte{
		secShared: text, secStrings: textOffsets, secRecords: c.out, secOffsets: offsets, secIDs: table(es), secOwners: owners,
	}
	for n, b := range sections {
		if _, ok := all[n]; ok || n == secInfo {
			return info, fmt.Errorf("section %q is the snapshot's own", n)
		}
		all[n] = b
	}
	var err error
	if info.Hash, err = contentHash(info, all); err != nil {
		return info, err
	}
	if all[secInfo], err = json.Marshal(info); err != nil {
		return info, err
	}
	return info, writeSections(w, all)
}

func first(ns []Name) string {
	if len(ns) == 0 {
		return ""
	}
	return ns[0].Text
}

// contentHash is over the info without its hash, the strings and the entities.
func contentHash(info Info, sections map[string][]byte) (string, error) {
	info.Hash = ""
	b, err := json.Marshal(info)
	if err != nil {
		return "", err
	}
	h := sha256.New()
	for _, b := range [][]byte{[]byte(magic), b, sections[secShared], sections[secStrings], sections[secRecords], sections[secOffsets]} {
		h.Write(binary.LittleEndian.AppendUint64(nil, uint64(len(b))))
		h.Write(b)
	}
	return hex.EncodeToString(h.Sum(nil)), nil
}

// Open maps the snapshot at path into memory and checks its checksums.
func Open(path string) (*Snapshot, error) {
	b, stat, free, err := mapFile(path)
	if err != nil {
		return nil, err
	}
	s, err := load(b)
	if err != nil {
		_ = free()
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	s.path, s.stat, s.free = path, stat, free
	return s, nil
}

// Load reads a snapshot from memory, which must not be changed afterwards.
func Load(b []byte) (*Snapshot, error) {
	if uintptr(unsafe.Pointer(unsafe.SliceData(b)))%align != 0 { // an index relies on it
		room := make([]byte, len(b)+align)
		skip := (align - int(uintptr(unsafe.Pointer(unsafe.SliceData(room)))%align)) % align
		b = append(room[skip:skip], b...)
	}
	return load(b)
}

func load(b []byte) (*Snapshot, error) {
	all, err := readSections(b)
	if err != nil {
		return nil, err
	}
	s := &Snapshot{sections: all, records: all[secRecords], offsets: all[secOffsets], ids: all[secIDs]}
	d := json.NewDecoder(bytes.NewReader(all[secInfo]))
	d.DisallowUnknownFields()
	if err := d.Decode(&s.info); err != nil {
		return nil, fmt.Errorf("the snapshot is damaged: its info is not readable: %w", err)
	}
	n, slots := s.Len(), len(s.ids)/4
	if len(s.offsets) != 4*(n+1) || n != s.info.Entities || len(all[secStrings]) < 4 || len(all[secStrings])%4 != 0 ||
		len(s.ids)%4 != 0 || slots <= n || slots&(slots-1) != 0 {
		return nil, errors.New("the snapshot is damaged: its tables do not fit each other")
	}
	s.shared = sync.OnceValue(func() *pool { // a copy: strings must outlive the mapping
		return &pool{text: string(all[secShared]), offsets: bytes.Clone(all[secStrings])}
	})
	return s, nil
}

// Info says what the snapshot is. It is not to be changed.
func (s *Snapshot) Info() *Info { return &s.info }

// Len is the number of entities.
func (s *Snapshot) Len() int { return max(len(s.offsets)/4-1, 0) }

// Section is what Write was given under this name, nil if nothing. It lies in
// read-only memory until Close.
func (s *Snapshot) Section(name string) []byte { return s.sections[name] }

// record is the encoded entity i, nil when it is damaged.
func (s *Snapshot) record(i int) []byte {
	from, to := binary.LittleEndian.Uint32(s.offsets[i*4:]), binary.LittleEndian.Uint32(s.offsets[i*4+4:])
	if from > to || uint64(to) > uint64(len(s.records)) || to-from > maxRecord {
		return nil
	}
	return s.records[from:to]
}

// Entity decodes entity i, which is the caller's own and outlives the
// snapshot. Checksums that fit make a damaged record a forgery: it shows as an
// entity that says so, never as nothing.
func (s *Snapshot) Entity(i int) *Entity {
	e, ok := s.decode(i)
	if !ok {
		return &Entity{
			ID: fmt.Sprintf("damaged-%d", i), Names: []Name{{Text: "(damaged record)"}},
			Notes: []string{"The record is damaged: run `navicert lists verify`."},
		}
	}
	if s.spans != nil && len(e.Wallets) > 0 {
		s.spans(e)
	}
	return e
}

func (s *Snapshot) decode(i int) (*Entity, bool) {
	c := &coder{mode: reading, in: string(s.record(i)), shared: s.shared()}
	e := &Entity{}
	c.entity(e)
	return e, !c.bad && c.in == "" && e.ID != "" && len(e.Names) > 0
}

// Find gives the number of the entity with the id, -1 if there is none.
func (s *Snapshot) Find(id string) int {
	mask := uint64(len(s.ids)/4 - 1)
	for at, tries := fnv(id)&mask, uint64(0); tries <= mask; at, tries = (at+1)&mask, tries+1 {
		n := int(binary.LittleEndian.Uint32(s.ids[at*4:]))
		if n == 0 || n > s.Len() {
			return -1
		}
		r := s.record(n - 1)
		if size, k := binary.Uvarint(r); k > 0 && size == uint64(len(id))<<1 && len(r)-k >= len(id) && string(r[k:k+len(id)]) == id {
			return n - 1
		}
	}
	return -1
}

// table is a hash table of the ids, at most half full.
func table(es []*Entity) []byte {
	slots := 2
	for slots < 2*len(es) {
		slots *= 2
	}
	b, mask := make([]byte, slots*4), uint64(slots-1)
	for i, e := range es {
		at := fnv(e.ID) & mask
		for binary.LittleEndian.Uint32(b[at*4:]) != 0 {
			at = (at + 1) & mask
		}
		binary.LittleEndian.PutUint32(b[at*4:], uint32(i+1))
	}
	return b
}

func fnv(s string) uint64 { // FNV-1a
	h := uint64(14695981039346656037)
	for i := range len(s) {
		h = (h ^ uint64(s[i])) * 1099511628211
	}
	return h ^ h>>32
}

// Verify decodes every entity and compares the hash of the content, which
// Open leaves out.
func (s *Snapshot) Verify() error {
	h, err := contentHash(s.info, s.sections)
	if err != nil {
		return err
	}
	if h != s.info.Hash {
		return fmt.Errorf("the content has the hash %.12s, but the snapshot says %.12s", h, s.info.Hash)
	}
	for i := range s.Len() {
		e, ok := s.decode(i)
		if !ok {
			return fmt.Errorf("entity number %d cannot be decoded", i)
		}
		if s.Find(e.ID) != i {
			return fmt.Errorf("entity %s is not found by its id", e.ID)
		}
	}
	return nil
}

// Close gives the memory back. Nothing of the snapshot but entities may be
// used afterwards; while others still read, see [Current].
func (s *Snapshot) Close() error {
	free := s.free
	if free == nil {
		return nil
	}
	s.free = nil
	return free()
}
