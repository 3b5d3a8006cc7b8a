package glob

import (
	"strings"
	"unicode/utf8"

	"iamctl/policy"
)

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
	out := make([]element, 0, len(p.literal)+1)
	for i := 0; i < len(p.literal); {
		c, n := decode(p.literal[i:])
		i += n
		out = append(out, element{char: c})
	}
	if p.shape == prefix {
		out = append(out, element{kind: star})
	}
	return out
}

// decode returns the first character of a text, and how many bytes it takes.
func decode(s string) (rune, int) {
	if s[0] < utf8.RuneSelf {
		return rune(s[0]), 1
	}
	c, n := utf8.DecodeRuneInString(s)
	if c == utf8.RuneError && n == 1 {
		c = badByte + rune(s[0])
	}
	return c, n
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
		c, n := decode(text[i:])
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
