package feed

import (
	"crypto/sha256"
	"encoding/hex"
	"strings"

	"navicert"
	"navicert/list"
)

// nameID makes an ID of a name: of a list that gives its parties no number
// that lasts. Case, punctuation and spaces do not matter.
func nameID(prefix, name string) string {
	var b strings.Builder
	plain, dash := true, false
	for _, r := range strings.ToLower(name) {
		switch {
		case r >= 'a' && r <= 'z' || r >= '0' && r <= '9':
			if dash && b.Len() > 0 {
				b.WriteByte('-')
			}
			dash = false
			b.WriteRune(r)
		default:
			dash = true
			plain = plain && (r < 0x250 || r >= 0x2000 && r < 0x2070) // letters of another script would be lost
		}
	}
	slug := b.String()
	if !plain || slug == "" || len(slug) > 100 {
		h := sha256.Sum256([]byte(strings.ToLower(squash(name))))
		slug = strings.Trim(slug[:min(len(slug), 80)], "-") + "-" + hex.EncodeToString(h[:5])
	}
	return prefix + "-" + strings.Trim(slug, "-")
}

// parents are the words between a group and the part of it that an entry of
// the Entity List is about.
var parents = []struct{ word, kind string }{
	{"Affiliated Entity:", "Affiliated Entity"},
	{"Affiliated Entity -", "Affiliated Entity"},
	{"Subordinate Institution -", "Subordinate Institution"},
	{"Subordinate Institution:", "Subordinate Institution"},
	{"and subordinate entity ", "Subordinate Entity"},
}

// splitParent parts "Huawei Technologies Co., Ltd. (Huawei). Affiliated
// Entity: X" into the group and X; own is empty where there is no group.
func splitParent(name string) (parent, kind, own string) {
	for _, p := range parents {
		if a, b, ok := strings.Cut(name, p.word); ok && strings.TrimSpace(a) != "" && strings.TrimSpace(b) != "" {
			a = squash(a)
			if last := a[strings.LastIndexByte(a, ' ')+1:]; strings.HasSuffix(a, ").") || strings.HasSuffix(a, ".") && len(last) > 5 {
				a = strings.TrimSuffix(a, ".") // the end of a sentence, not of "Ltd."
			}
			return strings.TrimSuffix(a, ","), p.kind, squash(b)
		}
	}
	return "", "", ""
}

// cslAliases parts what stands in one element of the other names. BIS writes a
// sentence ("…; and Tabatha Ltd."); State's names are parted by commas.
func cslAliases(s, code string) []string {
	s = cleanAlias(s)
	if code != "ISN" || !strings.Contains(s, ", ") {
		return []string{s}
	}
	parts := strings.Split(s, ", ")
	if len(parts) == 2 && !strings.Contains(parts[0], " ") && strings.ToUpper(parts[0]) == parts[0] && strings.ToUpper(parts[1]) != parts[1] {
		return []string{s} // one person: "ZAMAN, Haydar"
	}
	var out []string
	for _, p := range parts {
		if p = cleanAlias(p); len(out) > 0 && legalTail[strings.TrimSuffix(strings.ToLower(p), ".")] {
			out[len(out)-1] += ", " + p
		} else if p != "" {
			out = append(out, strings.Trim(p, `"`))
		}
	}
	return out
}

var legalTail = map[string]bool{"ltd": true, "inc": true, "llc": true, "co": true, "corp": true, "s.a": true, "limited": true, "co. ltd": true}

func cleanAlias(s string) string {
	s = strings.Trim(squash(s), ";, ")
	for _, p := range []string{"and ", "or "} {
		if rest, ok := cutFold(s, p); ok && rest != "" {
			s = rest
		}
	}
	return s
}

func cutFold(s, prefix string) (string, bool) {
	if len(s) >= len(prefix) && strings.EqualFold(s[:len(prefix)], prefix) {
		return strings.TrimSpace(s[len(prefix):]), true
	}
	return s, false
}

// footnotes finds the footnotes that a license requirement names. They stand
// as bare digits after what they are on: "734.9(g),3 746.8(a)(3)" has
// footnote 3, "734.9(e)1 and 744.11 of the EAR2" has 1 and 2.
func footnotes(s string) []int {
	var out []int
	for i := 1; i < len(s); i++ {
		c := s[i]
		if c < '1' || c > '9' {
			continue
		}
		if i+1 < len(s) && (s[i+1] >= '0' && s[i+1] <= '9' || s[i+1] == '(' || s[i+1] == '.' && i+2 < len(s) && s[i+2] >= '0' && s[i+2] <= '9') {
			continue
		}
		if j := i - 1; s[j] >= '0' && s[j] <= '9' {
			continue
		}
		before := strings.TrimRight(strings.TrimSuffix(strings.TrimRight(s[:i], " \u00a0"), ","), " \u00a0")
		after := strings.TrimLeft(s[i+1:], " \u00a0")
		if after != "" && !strings.ContainsAny(after[:1], ",;).§0123456789") && !strings.HasPrefix(after, "§") && !strings.HasPrefix(after, "of the EAR") &&
			!strings.HasPrefix(after, "and ") && !strings.HasPrefix(after, "This ") {
			continue
		}
		if !strings.HasSuffix(before, ")") && !strings.HasSuffix(before, "EAR") {
			continue
		}
		n, seen := int(c-'0'), false
		for _, x := range out {
			seen = seen || x == n
		}
		if !seen {
			out = append(out, n)
		}
	}
	return out
}

var registerVolume = pattern(`\b\d{1,3} F\.? ?R\.? `)

// noticesOf parts citations of the Federal Register: "68 F.R. 38290 6/27/03 71
// F.R. 38843", "87 FR 20299; 87 FR 34136", "84 FR 22961, 85 FR 29852".
func noticesOf(s string) []string {
	s = squash(s)
	if s == "" {
		return nil
	}
	at := registerVolume().FindAllStringIndex(s, -1)
	if len(at) == 0 {
		return []string{s}
	}
	at[0][0] = 0
	var out []string
	for i, m := range at {
		end := len(s)
		if i+1 < len(at) {
			end = at[i+1][0]
		}
		if n := strings.Trim(s[m[0]:end], " ,;"); n != "" && (len(out) == 0 || out[len(out)-1] != n) {
			out = append(out, n)
		}
	}
	return out
}

// addDay reads a day of a listing; one that cannot be read or meant ("3033-01-17")
// is kept as a note.
func addDay(e *list.Entity, what, s string, at place) (d navicert.Day) {
	if s = squash(s); s == "" {
		return 0
	}
	d, ok := readDay(s, monthFirst)
	if !ok {
		at.note("the %s %q cannot be read; it is kept as a note", what, s)
		e.Notes = append(e.Notes, what+": "+s)
		return 0
	}
	return d
}
