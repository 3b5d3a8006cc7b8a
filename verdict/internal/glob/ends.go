package glob

import (
	"strings"
)

// simple reports whether no pattern has text behind a wildcard, and all treat
// letter case alike.
func (q *Query) simple() bool {
	for i := range q.Patterns {
		if q.Patterns[i].shape == general || q.Patterns[i].fold != q.Patterns[0].fold {
			return false
		}
	}
	return true
}

// offerEnds offers what simple patterns tell apart. A string matches the same as
// one that begins with the longest text of a pattern that it begins with, and
// goes on with as many characters that no pattern has, up to the most that a
// pattern asks for.
func (f *finder) offerEnds() {
	if len(f.Must) == 1 {
		if s, ok := f.Patterns[f.Must[0]].Exact(); ok {
			f.offer(s)
			return
		}
	}
	fresh, most := string(f.fresh()), 1
	for i := range f.Patterns {
		most = max(most, f.Patterns[i].more)
	}
	f.offerFrom("", fresh, most)
	for i := range f.Patterns {
		if s := f.Patterns[i].literal; s != "" {
			f.offerFrom(s, fresh, most)
		}
		if *f.budget < 0 {
			return
		}
	}
}

// offerFrom offers a text alone and with fresh characters behind it, one first:
// a name is better than none.
func (f *finder) offerFrom(text, fresh string, most int) {
	if text != "" {
		f.offer(text)
	}
	for range most {
		text += fresh
		f.offer(text)
	}
	if len(text) == most*len(fresh) {
		f.offer("")
	}
}

// fresh returns a character that no pattern has, readable if possible.
func (q *Query) fresh() rune {
	return freshOf(func(c rune) bool {
		for i := range q.Patterns {
			if strings.ContainsRune(q.Patterns[i].literal, c) {
				return true
			}
		}
		return false
	})
}

func freshOf(used func(rune) bool) rune {
	for _, c := range "xyzwvuabcdefghijklmnopqrst0123456789" {
		if !used(c) {
			return c
		}
	}
	for c := rune(0xc0); ; c++ {
		if !used(c) {
			return c
		}
	}
}
