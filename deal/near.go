package deal

import (
	"strconv"
	"strings"
)

// nearest returns the word most like s, or "" when none is near enough to be
// what somebody meant. Ties go to the first.
func nearest(s string, words []string) string {
	s = strings.ToLower(strings.NewReplacer("-", "_", " ", "_").Replace(strings.TrimSpace(s)))
	if s == "" || len(s) > 80 {
		return ""
	}
	best, bestDist := "", max(1, len(s)/3)+1
	for _, w := range words {
		lw := strings.ToLower(strings.ReplaceAll(w, " ", "_"))
		if lw == s {
			return w
		}
		if d := distance(s, lw, bestDist); d < bestDist {
			best, bestDist = w, d
		}
	}
	return best
}

// distance counts insertions, deletions, substitutions and swaps of
// neighbors; it gives up at limit.
func distance(a, b string, limit int) int {
	if max(len(a)-len(b), len(b)-len(a)) >= limit {
		return limit
	}
	prev2, prev, cur := make([]int, len(b)+1), make([]int, len(b)+1), make([]int, len(b)+1)
	for j := range prev {
		prev[j] = j
	}
	for i := 1; i <= len(a); i++ {
		cur[0] = i
		for j := 1; j <= len(b); j++ {
			cost := 1
			if a[i-1] == b[j-1] {
				cost = 0
			}
			cur[j] = min(prev[j]+1, cur[j-1]+1, prev[j-1]+cost)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				cur[j] = min(cur[j], prev2[j-2]+1)
			}
		}
		prev2, prev, cur = prev, cur, prev2
	}
	return min(prev[len(b)], limit)
}

func didYouMean(word string) string {
	if word == "" {
		return ""
	}
	return "did you mean " + strconv.Quote(word) + "?"
}

// oneOf writes a list of words a person can choose from.
func oneOf(words []string) string {
	if len(words) == 1 {
		return words[0]
	}
	return "one of " + strings.Join(words, ", ")
}

// quote shows what a person wrote, shortened when it is long.
func quote(s string) string {
	if r := []rune(s); len(r) > 60 {
		s = string(r[:57]) + "..."
	}
	return strconv.Quote(s)
}
