package main

import (
	"bufio"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/text/unicode/norm"
)

const first, last = 0x4e00, 0x9fff // the block that names are written in

// han writes one table per language: a reading, and the characters read so.
func han(dir, out string) error {
	fields := map[string]map[rune]string{}
	for _, f := range []string{"Unihan_Readings.txt", "Unihan_Variants.txt"} {
		r, err := os.Open(filepath.Join(dir, f))
		if err != nil {
			return err
		}
		defer func() { _ = r.Close() }() // read only
		for sc := bufio.NewScanner(r); sc.Scan(); {
			p := strings.Split(sc.Text(), "\t")
			if len(p) != 3 || !strings.HasPrefix(p[0], "U+") {
				continue
			}
			c, err := strconv.ParseInt(p[0][2:], 16, 32)
			if err != nil {
				return fmt.Errorf("%s: %q is no code point", f, p[0])
			}
			if fields[p[1]] == nil {
				fields[p[1]] = map[rune]string{}
			}
			fields[p[1]][rune(c)] = p[2]
		}
	}
	// A simplified character is read in Korean and Japanese like the one
	// that it simplifies.
	traditional := func(field string, c rune) string {
		if v := fields[field][c]; v != "" {
			return v
		}
		for v := range strings.FieldsSeq(fields["kTraditionalVariant"][c]) {
			t, _ := strconv.ParseInt(v[2:], 16, 32)
			if r := fields[field][rune(t)]; r != "" {
				return r
			}
		}
		return ""
	}
	for _, t := range []struct {
		file string
		read func(rune) string
	}{
		{"han-mandarin", func(c rune) string {
			if v := inNames[c]; v != "" {
				return v
			}
			v, _, _ := strings.Cut(fields["kMandarin"][c], " ")
			return plain(v)
		}},
		{"han-cantonese", func(c rune) string {
			v, _, _ := strings.Cut(traditional("kCantonese", c), " ")
			return strings.TrimRight(v, "0123456789")
		}},
		{"han-korean", func(c rune) string {
			if v := inKorean[c]; v != "" {
				return v
			}
			v, _, _ := strings.Cut(traditional("kHangul", c), " ")
			v, _, _ = strings.Cut(v, ":")
			return v
		}},
		{"han-japanese", func(c rune) string {
			v, _, _ := strings.Cut(traditional("kJapaneseOn", c), " ")
			return strings.ToLower(v)
		}},
	} {
		chars := map[string][]rune{}
		for c := rune(first); c <= last; c++ {
			if v := t.read(c); v != "" {
				chars[v] = append(chars[v], c)
			}
		}
		var b strings.Builder
		fmt.Fprintf(&b, "# Made by name/gen from Unihan 15.0 (see README.md): a reading, and the characters read so.\n")
		for _, v := range slices.Sorted(func(yield func(string) bool) {
			for v := range chars {
				if !yield(v) {
					return
				}
			}
		}) {
			fmt.Fprintf(&b, "%s %s\n", v, string(chars[v]))
		}
		if err := os.WriteFile(filepath.Join(out, t.file+".txt"), []byte(b.String()), 0o644); err != nil {
			return err
		}
	}
	return nil
}

// inNames are characters that names read otherwise than other texts.
var inNames = map[rune]string{'长': "chang", '長': "chang", '曾': "zeng", '厦': "xia", '廈': "xia", '覃': "qin", '都': "du", '缪': "miao", '繆': "miao"}

// inKorean are forms of characters in Korean names that the database has no
// reading for: it reads 鎭 alone.
var inKorean = map[rune]string{'鎮': "진", '镇': "진"}

// plain is pinyin without tones; ü is v.
func plain(s string) string {
	var b strings.Builder
	for _, r := range norm.NFD.String(s) {
		switch {
		case r == '\u0308':
			b.WriteByte('v')
		case r < 0x80:
			b.WriteRune(r)
		}
	}
	return strings.ReplaceAll(b.String(), "uv", "v")
}
