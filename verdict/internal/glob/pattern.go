// Package glob is the algebra of patterns: which strings some patterns tell
// apart, and a short string of each kind.
package glob

import (
	"strings"
	"unicode/utf8"

	"iamctl/policy"
)

// Pattern is a pattern of strings.
type Pattern struct {
	text     string
	reading  Reading
	elements []element
	shape    shape
	// literal is the text before the first wildcard.
	literal string
	// more is the number of ? before the star of a prefix.
	more int
	fold bool
}

type element struct {
	kind    kind
	char    rune
	segment bool // a wildcard that does not match a colon
}

type kind byte

const (
	char kind = iota
	one       // ?
	star      // *
)

// shape says what patterns can be decided without an automaton.
type shape byte

const (
	exact  shape = iota // no wildcard
	prefix              // one star, at the end
	general
)

// Reading is how the text of a pattern is read.
type Reading struct {
	// Wildcards says that * and ? are wildcards.
	Wildcards bool
	// Fold says that the case of ASCII letters does not count.
	Fold bool
	// ARN says that wildcards before the sixth segment keep to theirs, except
	// a star that ends the pattern.
	ARN bool
}

// Parse returns the pattern of a text in which ${*}, ${?} and ${$} are literal
// characters and other variables are plain text.
func Parse(text string, r Reading) Pattern {
	p, ok := parseSimple(text, r)
	if !ok {
		p = parse(text, r)
	}
	p.text, p.reading = text, r
	return p
}

// parseSimple is Parse for text that is no pattern, or but for a star at its end.
// Such patterns have no elements until an automaton asks for them.
func parseSimple(text string, r Reading) (Pattern, bool) {
	if strings.IndexByte(text, '$') >= 0 {
		return Pattern{}, false
	}
	p := Pattern{fold: r.Fold, literal: text}
	if r.Wildcards {
		if strings.IndexByte(text, '?') >= 0 {
			return p, false
		}
		if i := strings.IndexByte(text, '*'); i >= 0 {
			if i != len(text)-1 {
				return p, false
			}
			p.literal, p.shape = text[:i], prefix
		}
	}
	if r.Fold {
		p.literal = policy.Fold(p.literal)
	}
	return p, true
}

// all returns the elements.
func (p *Pattern) all() []element {
	if p.elements != nil {
		return p.elements
	}
	return parse(p.written(), Reading{Wildcards: p.shape == prefix}).elements
}

// written returns the text of a pattern without elements.
func (p *Pattern) written() string {
	if p.shape == prefix {
		return p.literal + "*"
	}
	return p.literal
}

func parse(text string, r Reading) Pattern {
	p := Pattern{fold: r.Fold, elements: make([]element, 0, len(text))}
	colons := 0
	for i := 0; i < len(text); {
		if e, ok := escaped(text[i:]); ok {
			p.elements = append(p.elements, element{char: e})
			i += len("${*}")
			continue
		}
		c, n := utf8.DecodeRuneInString(text[i:])
		if c == utf8.RuneError && n == 1 {
			c = badByte + rune(text[i])
		}
		i += n
		switch {
		case r.Wildcards && c == '*':
			p.addStar(r.ARN && colons < 5)
		case r.Wildcards && c == '?':
			p.elements = append(p.elements, element{kind: one, segment: r.ARN && colons < 5})
		default:
			if c == ':' {
				colons++
			}
			if r.Fold {
				c = foldRune(c)
			}
			p.elements = append(p.elements, element{char: c})
		}
	}
	p.finish()
	return p
}

// badByte is added to bytes that are not valid UTF-8.
const badByte = utf8.MaxRune + 1

func escaped(s string) (rune, bool) {
	if len(s) < 4 || s[0] != '$' || s[1] != '{' || s[3] != '}' {
		return 0, false
	}
	switch s[2] {
	case '*', '?', '$':
		return rune(s[2]), true
	}
	return 0, false
}

// addStar adds a star before the ? at the end, unless there is one.
func (p *Pattern) addStar(segment bool) {
	i := len(p.elements)
	for i > 0 && p.elements[i-1].kind == one {
		i--
	}
	if i > 0 && p.elements[i-1].kind == star {
		return
	}
	p.elements = append(p.elements, element{})
	copy(p.elements[i+1:], p.elements[i:])
	p.elements[i] = element{kind: star, segment: segment}
}

// finish lets a star at the end span segments, and finds the shape.
func (p *Pattern) finish() {
	n := len(p.elements)
	for i := n - 1; i >= 0 && p.elements[i].kind != char; i-- {
		if p.elements[i].kind == star {
			p.elements[i].segment = false
		}
	}
	wild := 0
	for wild < n && p.elements[wild].kind == char {
		wild++
	}
	p.literal = text(p.elements[:wild])
	p.shape = p.shapeFrom(wild)
	p.more = max(n-wild-1, 0)
}

// shapeFrom returns the shape, the first wildcard being where it is.
func (p *Pattern) shapeFrom(wild int) shape {
	n, stars := len(p.elements), 0
	for _, e := range p.elements[wild:] {
		if e.kind == char || e.segment || e.kind == one && n-wild > maxMore {
			return general
		}
		if e.kind == star {
			stars++
		}
	}
	switch {
	case wild == n:
		return exact
	case stars == 1:
		return prefix
	}
	return general
}

// maxMore is how many wildcards a prefix may end in.
const maxMore = 3

func text(elements []element) string {
	var b strings.Builder
	for _, e := range elements {
		writeChar(&b, e.char)
	}
	return b.String()
}

func writeChar(b *strings.Builder, c rune) {
	if c >= badByte {
		b.WriteByte(byte(c - badByte))
		return
	}
	b.WriteRune(c)
}

// Any reports whether the pattern matches every string.
func (p *Pattern) Any() bool { return p.shape == prefix && p.literal == "" && p.more == 0 }

// Exact returns the only string that the pattern matches, letter case aside if
// it folds, and whether there is only one.
func (p *Pattern) Exact() (string, bool) { return p.literal, p.shape == exact }

// Covers reports whether the pattern matches every string that q matches. It may
// be false where that is so.
func (p *Pattern) Covers(q *Pattern) bool {
	switch {
	case p.fold != q.fold:
		return false
	case q.shape == exact:
		return p.Match(q.literal)
	case p.shape == prefix && p.more == 0:
		return strings.HasPrefix(q.literal, p.literal)
	}
	return covers(p.all(), q.all())
}

// covers reports whether a pattern matches the elements of another one as if they
// were characters: a star matches any of them, another element what is within it.
func covers(p, q []element) bool {
	at, after, from := 0, -1, 0
	for n := 0; n < len(q); {
		switch {
		case at < len(p) && p[at].kind == star && !p[at].segment:
			at++
			after, from = at, n
		case at < len(p) && p[at].covers(q[n]):
			at++
			n++
		case after >= 0:
			from++
			at, n = after, from
		default:
			return false
		}
	}
	for at < len(p) && p[at].kind == star {
		at++
	}
	return at == len(p)
}

// covers reports whether the element matches what the other one may be.
func (e element) covers(o element) bool {
	return e == o || e.kind == one && o.kind == char && !(e.segment && o.char == ':') ||
		e.kind == one && o.kind == one && !e.segment
}

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
		c, n := utf8.DecodeRuneInString(s[j:])
		if c == utf8.RuneError && n == 1 {
			c = badByte + rune(s[j])
		}
		switch {
		case i < len(p.elements) && p.elements[i].kind == star:
			i++
			behind, taken = i, j
			continue
		case i < len(p.elements) && p.elements[i].takes(c):
			i, j = i+1, j+n
			continue
		case behind < 0:
			return false
		}
		_, n = utf8.DecodeRuneInString(s[taken:])
		taken += n
		i, j = behind, taken
	}
	for i < len(p.elements) && p.elements[i].kind == star {
		i++
	}
	return i == len(p.elements)
}

// simulate runs the pattern as an automaton with a state for every element.
func (p *Pattern) simulate(s string) bool {
	now, next := make([]bool, len(p.elements)+1), make([]bool, len(p.elements)+1)
	now[0] = true
	p.skipStars(now)
	for i := 0; i < len(s); {
		c, n := utf8.DecodeRuneInString(s[i:])
		if c == utf8.RuneError && n == 1 {
			c = badByte + rune(s[i])
		}
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
