package equivalency

import (
	"fmt"
	"strings"
)

// rewrite is one value and what it becomes.
type rewrite struct {
	value, placeholder string
	substring          bool
	fields             []Field
	valueAt, at        Position
}

// rewrites returns the rewrites of all accounts.
func (d *Dictionary) rewrites() []rewrite {
	var out []rewrite
	for _, e := range d.Entries {
		if e.Placeholder == "" {
			continue
		}
		for _, v := range e.Values {
			if v.Text != "" {
				out = append(out, rewrite{v.Text, e.Placeholder, e.Substring, e.Fields, v.At, e.At})
			}
		}
	}
	return out
}

// conflict is a value that would be found in what was rewritten already.
type conflict struct {
	at     Position
	placed rewrite // whose placeholder makes the value appear
	found  rewrite
	// beside is true if the value is next to the placeholder.
	beside bool
}

func (c conflict) String() string {
	p, v := cut(c.placed.placeholder), cut(c.found.value)
	switch {
	case c.placed.placeholder == c.found.value:
		return fmt.Sprintf("the placeholder %q is itself a value%s, so that nobody could tell a rewritten text from an untouched one: choose a placeholder that stands in no account",
			p, inFile(c.found.valueAt))
	case strings.Contains(c.placed.placeholder, c.found.value):
		return fmt.Sprintf("the placeholder %q holds the value %q%s, so that a rewritten text would be rewritten again: choose a placeholder that holds no value",
			p, v, inFile(c.found.valueAt))
	case c.beside:
		return fmt.Sprintf("the placeholder %q, put in for %q inside a longer word, ends the word, so that the value %q%s next to it would be rewritten the second time: choose a placeholder that begins and ends with a character of the same kind as the values, or leave out \"match\"",
			p, cut(c.placed.value), v, inFile(c.found.valueAt))
	}
	return fmt.Sprintf("where the placeholder %q is put in, the value %q%s can come to stand, so that a rewritten text would be rewritten again: choose a placeholder that no value holds or borders on",
		p, v, inFile(c.found.valueAt))
}

// conflicts finds the placeholders after whose insertion a value might match
// that did not match before. Without them rewriting twice is rewriting once:
// a match in a rewritten text that touches no placeholder would have been
// found the first time.
func conflicts(list []rewrite) []conflict {
	var order []string
	placed := map[string][]rewrite{}
	inWords := map[string]bool{}
	for _, w := range list {
		if placed[w.placeholder] == nil {
			order = append(order, w.placeholder)
		}
		placed[w.placeholder] = append(placed[w.placeholder], w)
		inWords[w.placeholder] = inWords[w.placeholder] || w.substring
	}
	var out []conflict
	// One word beside a placeholder is as good an example as the next.
	dividing := map[string]bool{}
	for _, p := range order {
		for _, v := range list {
			shifts := overlaps(p, v.value)
			if len(shifts) == 0 && !inWords[p] {
				continue
			}
			if c, ok := firstConflict(shifts, placed[p], v, list, !dividing[p]); ok {
				dividing[p] = dividing[p] || c.beside
				out = append(out, c)
			}
		}
	}
	return out
}

// firstConflict returns the first of the rewrites with one placeholder after
// which v might match; beside says whether a match next to the placeholder
// counts.
func firstConflict(shifts []int, placed []rewrite, v rewrite, list []rewrite, beside bool) (conflict, bool) {
	for _, w := range placed {
		switch {
		case !meet(v.fields, w.fields):
		case appears(shifts, w, v, list):
			return conflict{w.at, w, v, false}, true
		case beside && divides(w, v):
			return conflict{w.at, w, v, true}, true
		}
	}
	return conflict{}, false
}

// overlaps returns the places, counted from the placeholder's first byte, where
// the value can begin so that both agree on the bytes that they share.
func overlaps(placeholder, value string) []int {
	var out []int
	for s := 1 - len(value); s < len(placeholder); s++ {
		from, to := max(s, 0), min(s+len(value), len(placeholder))
		if placeholder[from:to] == value[from-s:to-s] {
			out = append(out, s)
		}
	}
	return out
}

// appears reports whether v can be found at one of the shifts once w's
// placeholder is in the text.
func appears(shifts []int, w, v rewrite, list []rewrite) bool {
	for _, s := range shifts {
		if beginsAt(s, w, v, list) && endsAt(s+len(v.value), w, v, list) {
			return true
		}
	}
	return false
}

func beginsAt(s int, w, v rewrite, list []rewrite) bool {
	switch {
	case s == 0:
		return true
	case s > 0:
		return v.substring || Boundary(w.placeholder, s)
	case !staysApart(v) && (w.substring || DividesTexts(v.value[:-s], w.value)):
		return true
	}
	// Another placeholder may end up directly before this one.
	for _, n := range list {
		if before := v.value[:-s]; meet(n.fields, w.fields) &&
			(strings.HasSuffix(before, n.placeholder) || strings.HasSuffix(n.placeholder, before)) {
			return true
		}
	}
	return false
}

func endsAt(end int, w, v rewrite, list []rewrite) bool {
	p := w.placeholder
	switch {
	case end == len(p):
		return true
	case end < len(p):
		return v.substring || Boundary(p, end)
	}
	after := v.value[len(v.value)-(end-len(p)):]
	if !staysApart(v) && (w.substring || DividesTexts(w.value, after)) {
		return true
	}
	for _, n := range list {
		if meet(n.fields, w.fields) && (strings.HasPrefix(after, n.placeholder) || strings.HasPrefix(n.placeholder, after)) {
			return true
		}
	}
	return false
}

// staysApart reports whether v is an account id as a whole word: where a
// placeholder would make one with the digits beside it, nothing is rewritten
// (JoinsID).
func staysApart(v rewrite) bool {
	return !v.substring && len(v.value) == idLength && digitsBefore(v.value) == idLength
}

// divides reports whether w, found inside a longer word, leaves a placeholder
// that ends the word beside it where the value did not, so that v next to it
// becomes a whole word.
func divides(w, v rewrite) bool {
	if !w.substring || v.substring {
		return false
	}
	return !DividesTexts(v.value, w.value) && DividesTexts(v.value, w.placeholder) ||
		!DividesTexts(w.value, v.value) && DividesTexts(w.placeholder, v.value)
}
