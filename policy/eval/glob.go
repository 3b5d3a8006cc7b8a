package eval

import "unicode/utf8"

// pattern is text in which `*` is any run of characters and `?` is one.
type pattern struct {
	text string
	// literal are the parts of text that are not a pattern, in order: what
	// variables had for values.
	literal []span
}

type span struct{ from, to int }

// slice returns the part of the pattern between two places.
func (p pattern) slice(from, to int) pattern {
	part := pattern{text: p.text[from:to]}
	for _, s := range p.literal {
		if s.from, s.to = max(s.from, from), min(s.to, to); s.from < s.to {
			part.literal = append(part.literal, span{s.from - from, s.to - from})
		}
	}
	return part
}

// wild reports whether the character at i is the wildcard c.
func (p pattern) wild(i int, c byte) bool {
	if p.text[i] != c {
		return false
	}
	for _, s := range p.literal {
		if s.from <= i && i < s.to {
			return false
		}
	}
	return true
}

// onlyStars reports whether the pattern matches everything.
func (p pattern) onlyStars() bool {
	for i := range len(p.text) {
		if !p.wild(i, '*') {
			return false
		}
	}
	return p.text != ""
}

func (p pattern) matches(s string) bool { return p.match(s, false) }

// matchesFold is matches without regard to the case of ASCII letters.
func (p pattern) matchesFold(s string) bool { return p.match(s, true) }

// same compares two bytes, without regard to the case of ASCII letters if asked
// to.
func same(a, b byte, fold bool) bool { return a == b || fold && lower(a) == lower(b) }

func lower(c byte) byte {
	if 'A' <= c && c <= 'Z' {
		return c + ('a' - 'A')
	}
	return c
}

// match goes through both texts and, where they part, back to the last `*`,
// which then takes one character more. An earlier `*` need not be tried again:
// it has taken the least it can, and the rest is under the last one.
func (p pattern) match(s string, fold bool) bool {
	i, j := 0, 0
	star, taken := -1, 0
	for j < len(s) {
		switch {
		case i < len(p.text) && p.wild(i, '*'):
			star, taken = i, j
			i++
		case i < len(p.text) && p.wild(i, '?'):
			i, j = i+1, j+width(s[j:])
		case i < len(p.text) && same(p.text[i], s[j], fold):
			i, j = i+1, j+1
		case star >= 0:
			taken += width(s[taken:])
			i, j = star+1, taken
		default:
			return false
		}
	}
	for i < len(p.text) && p.wild(i, '*') {
		i++
	}
	return i == len(p.text)
}

// width returns the length of the first character.
func width(s string) int {
	_, n := utf8.DecodeRuneInString(s)
	return n
}
