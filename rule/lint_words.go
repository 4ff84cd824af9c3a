package rule

import (
	"regexp"
	"strings"
)

var (
	citeForm   = regexp.MustCompile(`^(\d+ CFR (part |chapter )?[\dIVX]|S/RES/\d+ \(\d{4}\)|E\.O\. \d{5}|Pub\. L\. \d+-\d+|\d+ FR \d+|\d+ U\.S\.C\. \d)`)
	sourceForm = regexp.MustCompile(`^(\d+ FR \d+|E\.O\. \d{5}|S/RES/\d+ \(\d{4}\)|Pub\. L\. \d+-\d+|unknown$)`)
)

// words refuses citations and sources in a form that nobody could look up.
func (k *linter) words() {
	for _, s := range k.law.Sections {
		if !citeForm.MatchString(s.Cite) {
			k.refuse(Pos{s.File, 1}, "cite", "%q is no citation: write it like 15 CFR 740.22, 31 CFR 510.201 or S/RES/2397 (2017)", s.Cite)
		}
	}
	for i := range k.law.Entries {
		e := &k.law.Entries[i]
		if !citeForm.MatchString(e.Cite) {
			k.refuse(e.At, "cite", "%s: %q is no citation: write it like 15 CFR 740.22(c)(4), 31 CFR 510.201 or S/RES/2397 (2017) para. 8", e.ID, e.Cite)
		}
		if !sourceForm.MatchString(e.Source) {
			k.refuse(e.At, "source", "%s: %q is no source: write it like 87 FR 31951, E.O. 13722 or S/RES/2397 (2017), or unknown", e.ID, e.Source)
		}
	}
}

// covered compares the list of paragraphs at the head of a file with its
// entries: what is cited must be listed as encoded, and the other way round.
func (k *linter) covered() {
	l := k.law
	encoded := map[string]bool{} // every reference that some file lists as encoded
	free := make([]bool, len(l.Sections))
	rows := make([][][]string, len(l.Sections))
	for i, s := range l.Sections {
		for _, c := range s.Coverage {
			refs := references(s.Cite, c.Para)
			rows[i] = append(rows[i], refs)
			if c.Is != "encoded" {
				continue
			}
			free[i] = free[i] || len(refs) == 0
			for _, r := range refs {
				encoded[r] = true
			}
		}
	}
	cited := map[string]bool{}
	note := func(cite string) {
		for _, r := range references("", cite) {
			cited[r] = true
		}
	}
	for _, s := range l.Sets {
		note(s.Cite)
	}
	for _, t := range l.Terms {
		note(t.Cite)
	}
	for i := range l.Entries {
		note(l.Entries[i].Cite)
	}
	for _, e := range l.latest() {
		refs := references("", e.Cite)
		if len(refs) > 0 && !free[e.Section] && !anyWithin(refs, encoded) {
			k.refuse(e.At, "coverage", "%s: coverage does not list %s as encoded", e.ID, e.Cite)
		}
	}
	for i, s := range l.Sections {
		for j, c := range s.Coverage {
			if refs := rows[i][j]; c.Is == "encoded" && c.Why == "" && len(refs) > 0 && !anyWithin(refs, cited) {
				k.refuse(c.At, "coverage", "%s %s is listed as encoded, but no entry cites it: say in why where it stands", s.Cite, c.Para)
			}
		}
	}
}

// latest returns the last edition of every entry: coverage lists the
// paragraphs as they are numbered now.
func (l *Law) latest() []*Entry {
	at := map[string]int{}
	var out []*Entry
	for i := range l.Entries {
		e := &l.Entries[i]
		n, ok := at[e.ID]
		switch {
		case !ok:
			at[e.ID] = len(out)
			out = append(out, e)
		case out[n].Since < e.Since:
			out[n] = e
		}
	}
	return out
}

var (
	splitCite = regexp.MustCompile(`[,;] | and | to `)
	cfrPart   = regexp.MustCompile(`^(\d+ CFR (?:part )?)(\d+(?:\.\d+[a-z]?)?(?: Supp\. \d+)?)`)
	unText    = regexp.MustCompile(`^S/RES/\d+ \(\d{4}\)`)
	paragraph = regexp.MustCompile(`^(\([a-zA-Z0-9]+\))+`)
	section   = regexp.MustCompile(`^\d{3}(\.\d+[a-z]?)?( Supp\. \d+)?(\([a-zA-Z0-9]+\))*`)
	numbered  = regexp.MustCompile(`^(?:paras?\. ?)?(\d+[a-z]?(?:\([a-z0-9]+\))*)`)
)

// references splits a citation into full references, one for each paragraph:
// "15 CFR 740.22(a), (b)(1)" names two. base is what a bare paragraph belongs
// to. Words that name no paragraph give none.
func references(base, cite string) []string {
	var out []string
	title := ""
	if m := cfrPart.FindStringSubmatch(base); m != nil {
		title = m[1]
	}
	un := unText.FindString(base)
	for _, part := range splitCite.Split(cite, -1) {
		part = strings.TrimSpace(part)
		full := ""
		switch m := cfrPart.FindStringSubmatch(part); {
		case m != nil:
			title, base, un = m[1], m[0], ""
			full = m[0] + paragraph.FindString(part[len(m[0]):])
		case unText.MatchString(part):
			un = unText.FindString(part)
			full = un
			if p := numbered.FindStringSubmatch(strings.TrimSpace(part[len(un):])); p != nil {
				full += " para. " + p[1]
			}
		case un != "" && numbered.MatchString(part):
			full = un + " para. " + numbered.FindStringSubmatch(part)[1]
		case un != "":
		case paragraph.MatchString(part):
			full = base + paragraph.FindString(part)
		case strings.HasPrefix(part, "Supp. "):
			full = base + " " + strings.Join(strings.Fields(part)[:2], " ")
		case title != "" && section.MatchString(part):
			full = title + section.FindString(part)
			base = title + strings.SplitN(section.FindString(part), "(", 2)[0]
		}
		if full != "" {
			out = append(out, strings.Replace(full, "CFR part ", "CFR ", 1))
		}
	}
	return out
}

// anyWithin reports whether some reference is part of a listed one, or has a
// listed one as its part.
func anyWithin(refs []string, listed map[string]bool) bool {
	for _, r := range refs {
		for o := range listed {
			if within(r, o) || within(o, r) {
				return true
			}
		}
	}
	return false
}

func within(part, whole string) bool {
	rest, ok := strings.CutPrefix(part, whole)
	return ok && (rest == "" || strings.ContainsAny(rest[:1], "(. "))
}
