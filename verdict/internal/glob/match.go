package glob

import (
	"strings"
	"unicode/utf8"

	"iamctl/policy"
)

// Match reports whether the pattern matches s.
func (p *Pattern) Match(s string) bool {
	if p.fold {
		s = policy.Fold(s)
	}
	switch p.shape {
	case exact:
		return s == p.literal
	case prefix:
		return strings.HasPrefix(s, p.literal) && (p.more == 0 || utf8.RuneCountInString(s[len(p.literal):]) >= p.more)
	}
	if !strings.HasPrefix(s, p.literal) {
		return false
	}
	for _, e := range p.elements {
		if e.segment {
			return p.simulate(s)
		}
	}
	return p.greedy(s)
}

// greedy goes through both and, where they part, back to the last star, which
// then takes a character more. An earlier one has taken the least it can. It is
// for patterns without segments.
func (p *Pattern) greedy(s string) bool {
	i, j, behind, taken := 0, 0, -1, 0
	for j < len(s) {
		c, n := decode(s[j:])
		switch {
		case i < len(p.elements) && p.elements[i].kind == star:
			i++
			j += p.ahead(i, s[j:])
			behind, taken = i, j
			continue
		case i < len(p.elements) && p.elements[i].takes(c):
			i, j = i+1, j+n
			continue
		case behind < 0:
			return false
		}
		_, n = decode(s[taken:])
		taken += n
		taken += p.ahead(behind, s[taken:])
		i, j = behind, taken
	}
	for i < len(p.elements) && p.elements[i].kind == star {
		i++
	}
	return i == len(p.elements)
}

// ahead returns how far it is to where an element can match at all, all of the text if
// that is nowhere.
func (p *Pattern) ahead(i int, s string) int {
	if i >= len(p.elements) || p.elements[i].kind != char || p.elements[i].char >= utf8.RuneSelf {
		return 0
	}
	if n := strings.IndexByte(s, byte(p.elements[i].char)); n >= 0 {
		return n
	}
	return len(s)
}

// simulate runs the pattern as an automaton with a state for every element.
func (p *Pattern) simulate(s string) bool {
	now, next := make([]bool, len(p.elements)+1), make([]bool, len(p.elements)+1)
	now[0] = true
	p.skipStars(now)
	for i := 0; i < len(s); {
		c, n := decode(s[i:])
		i += n
		clear(next)
		for k, e := range p.elements {
			if !now[k] || !e.takes(c) {
				continue
			}
			if e.kind == star {
				next[k] = true
			} else {
				next[k+1] = true
			}
		}
		p.skipStars(next)
		now, next = next, now
	}
	return now[len(p.elements)]
}

func (p *Pattern) skipStars(states []bool) {
	for k, e := range p.elements {
		if states[k] && e.kind == star {
			states[k+1] = true
		}
	}
}

// takes reports whether the element can match the character, letter case of
// a pattern that folds being folded.
func (e element) takes(c rune) bool {
	if e.kind == char {
		return e.char == c
	}
	return !e.segment || c != ':'
}

func foldRune(c rune) rune {
	if c >= 'A' && c <= 'Z' {
		return c + 'a' - 'A'
	}
	return c
}
