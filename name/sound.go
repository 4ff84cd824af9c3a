package name

// AppendSound appends how a Latin word sounds to a careless ear, so that the
// rival spellings of one name meet: kh and h, zh and dj and j, ts and tz, ph
// and f, w and v, q and ck and k, ya and ia, every i, y and e, doubled
// letters. It takes small ASCII letters and digits (see [Token]) and yields
// the same; c stands for ts, q for ch, x for sh. It is never longer than
// twice the word.
func AppendSound(dst, word []byte) []byte {
	start := len(dst)
	n := len(word)
	at := func(i int) byte {
		if i < n {
			return word[i]
		}
		return 0
	}
	put := func(c byte) {
		if len(dst) > start && dst[len(dst)-1] == c {
			return
		}
		dst = append(dst, c)
	}
	for i := 0; i < n; i++ {
		c := word[i]
		c1 := at(i + 1)
		switch c {
		case 'e', 'i', 'y':
			put('i')
		case 'u':
			put('u')
		case 'o':
			if c1 == 'o' || c1 == 'u' {
				i++
				put('u')
			} else {
				put('o')
			}
		case 'k':
			if c1 == 'h' {
				i++
				put('h')
			} else {
				put('k')
			}
		case 'g':
			if c1 == 'h' {
				i++
			} else if c1 == 'u' && (at(i+2) == 'e' || at(i+2) == 'i') {
				i++
			}
			put('g')
		case 'c':
			switch {
			case c1 == 'h':
				i++
				put('q')
			case c1 == 'z':
				i++
				put('q')
			case c1 == 'k':
				i++
				put('k')
			case i+1 == n && n > 4 && (word[i-1] == 'i' && (word[i-2] == 'v' || word[i-2] == 'w')):
				put('q') // Petrovic is Petrovich
			case c1 == 'e' || c1 == 'i' || c1 == 'y':
				put('s')
			default:
				put('k')
			}
		case 'q':
			if c1 == 'u' && (at(i+2) == 'e' || at(i+2) == 'i') {
				i++
			}
			put('k')
		case 's':
			switch {
			case c1 == 'c' && at(i+2) == 'h':
				i += 2
				put('x')
			case c1 == 'h' && at(i+2) == 'c' && at(i+3) == 'h':
				i += 3
				put('x')
			case c1 == 'h':
				i++
				put('x')
			default:
				put('s')
			}
		case 't':
			switch {
			case c1 == 's' && at(i+2) == 'c' && at(i+3) == 'h':
				i += 3
				put('q')
			case c1 == 'c' && at(i+2) == 'h':
				i += 2
				put('q')
			case c1 == 's' && at(i+2) == 'h': // t and sh apart
				put('t')
			case c1 == 's' || c1 == 'z':
				i++
				put('c')
			case c1 == 'h':
				i++
				put('t')
			default:
				put('t')
			}
		case 'd':
			switch {
			case c1 == 'z' && at(i+2) == 'h':
				i += 2
				put('j')
			case c1 == 'j':
				i++
				put('j')
			case c1 == 'h':
				i++
				put('d')
			default:
				put('d')
			}
		case 'z':
			if c1 == 'h' {
				i++
				put('j')
			} else {
				put('z')
			}
		case 'j':
			switch {
			case i > 0 && (i+1 == n || !vowel(c1)) && c1 != 'j' && vowel(word[i-1]):
				put('i') // Sergej, Bojko
			case i > 0 && !vowel(word[i-1]) && word[i-1] != 'j' && vowel(c1):
				put('i') // Artjakov, Ljudmila
			default:
				put('j')
			}
		case 'p', 'f':
			switch {
			case c == 'p' && c1 == 'h':
				i++
				put('f')
			case c == 'f' && c1 == 'f' && i > 0 && (i+2 == n || at(i+2) == 'i' && (at(i+3) == 'c' && at(i+4) == 'h' || at(i+3) == 't')):
				i++
				put('v') // Kazazaeff, Vladimiroffich
			default:
				put(c)
			}
		case 'w':
			put('v')
		case 'x':
			put('k')
			put('s')
		case 'b':
			if c1 == 'h' {
				i++
			}
			put('b')
		case 'h':
			if i+1 == n && i > 1 && word[i-1] == 'a' {
				continue // Abdullah, Fatimah
			}
			put('h')
		default:
			put(c)
		}
	}
	// Abdullah, Abdallah, Abdollah
	if m := len(dst); m-start > 3 && dst[m-1] == 'a' && dst[m-2] == 'l' && (dst[m-3] == 'a' || dst[m-3] == 'o') &&
		(word[n-1] == 'h' && word[n-2] == 'a' || word[n-2] == 'l' && word[n-3] == 'l') {
		dst[m-3] = 'u'
	}
	return dst
}

// AppendBones appends the consonants of a Latin word with voicing and vowels
// left out, for words whose vowels are anybody's guess: p stands for b, t for
// d, k for g and q, f for v, s for z and ts, j for ch, zh. A leading vowel is
// an a; y and w inside a word count as vowels.
func AppendBones(dst, word []byte) []byte {
	start := len(dst)
	put := func(c byte) {
		if len(dst) > start && dst[len(dst)-1] == c {
			return
		}
		dst = append(dst, c)
	}
	n := len(word)
	for i := 0; i < n; i++ {
		c := word[i]
		var c1 byte
		if i+1 < n {
			c1 = word[i+1]
		}
		switch c {
		case 'a', 'e', 'i', 'o', 'u', 'y':
			if i == 0 {
				put('a')
			}
		case 'w':
			if i == 0 {
				put('f')
			}
		case 'v':
			put('f')
		case 'b', 'p':
			if c1 == 'h' {
				i++
				if c == 'p' {
					put('f')
					continue
				}
			}
			put('p')
		case 'd':
			switch c1 {
			case 'h':
				i++
				put('t')
			case 'j':
				i++
				put('j')
			case 'z':
				if i+2 < n && word[i+2] == 'h' {
					i += 2
					put('j')
					continue
				}
				put('t')
			default:
				put('t')
			}
		case 't':
			switch {
			case c1 == 'h':
				i++
				put('t')
			case c1 == 'c' && i+2 < n && word[i+2] == 'h':
				i += 2
				put('j')
			case c1 == 'z' || c1 == 's' && (i+2 >= n || word[i+2] != 'h'):
				i++
				put('s')
			default:
				put('t')
			}
		case 'g':
			if c1 == 'h' {
				i++
			}
			put('k')
		case 'k':
			if c1 == 'h' {
				i++
				put('h')
			} else {
				put('k')
			}
		case 'q':
			put('k')
		case 'c':
			switch c1 {
			case 'h', 'z':
				i++
				put('j')
			case 'e', 'i', 'y':
				put('s')
			case 'k':
			default:
				put('k')
			}
		case 's', 'z':
			switch {
			case c == 's' && c1 == 'h' && i+3 < n && word[i+2] == 'c' && word[i+3] == 'h':
				i += 3
				put('x')
			case c == 's' && c1 == 'c' && i+2 < n && word[i+2] == 'h':
				i += 2
				put('x')
			case c1 == 'h':
				i++
				if c == 's' {
					put('x')
				} else {
					put('j')
				}
			default:
				put('s')
			}
		case 'x':
			put('k')
			put('s')
		case 'h':
			if i+1 < n || i == 0 {
				put('h')
			}
		default: // f j l m n r, digits
			put(c)
		}
	}
	return dst
}

func vowel(c byte) bool {
	switch c {
	case 'a', 'e', 'i', 'o', 'u', 'y':
		return true
	}
	return false
}
