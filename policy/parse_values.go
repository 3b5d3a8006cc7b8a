package policy

import (
	"github.com/go-json-experiment/json/jsontext"

	"iamctl/internal/jsonplace"
)

// scalar reads an element that is one string.
func (p *parser) scalar(written string, dst *string, unknown *[]Element) {
	k := p.kind()
	if k != '"' {
		p.problem(p.next(), "%s: expected a string, found %s", written, jsonplace.KindName(k))
		*unknown = append(*unknown, Element{written, p.raw()})
		return
	}
	switch _, s := p.str(); {
	case *dst == "":
		*dst = s
	case s != "":
		*unknown = append(*unknown, Element{written, string(AppendJSON(nil, s))})
	}
}

// place is where a value is in a statement: an element, and within it the
// names that lead there. Values that do not belong there are kept as an
// unknown element of the same shape.
type place struct {
	element string
	path    [2]string
	depth   int // how many of path there are
}

func (pl place) keep(raw string) Element {
	for i := pl.depth - 1; i >= 0; i-- {
		o := object{b: []byte{'{'}}
		o.name(pl.path[i])
		raw = string(append(append(o.b, raw...), '}'))
	}
	return Element{pl.element, raw}
}

func (pl place) String() string {
	s := pl.element
	for _, name := range pl.path[:pl.depth] {
		s += ", " + quote(name)
	}
	return s
}

// scalarRule is what a list of scalars may hold.
type scalarRule struct {
	legal    func(jsontext.Kind) bool
	expected string
	// filled is true if an empty string is a problem.
	filled bool
}

var (
	stringRule = scalarRule{
		legal:    func(k jsontext.Kind) bool { return k == '"' },
		expected: "a string or a list of strings",
		filled:   true,
	}
	conditionValueRule = scalarRule{
		legal:    func(k jsontext.Kind) bool { return k == '"' || k == '0' || k == 't' || k == 'f' },
		expected: "a string, number or boolean or a list of them",
	}
)

// list reads a string or a list of strings and appends to dst, which is not
// nil afterwards if it was a list. Empty strings are kept and are problems:
// they name nothing, but must not look like an absent element.
func (p *parser) list(pl place, dst *[]string, unknown *[]Element) {
	p.scalars(pl, dst, unknown, stringRule)
}

// scalars is list for any scalars; those that are not strings are kept as JSON
// writes them.
func (p *parser) scalars(pl place, dst *[]string, unknown *[]Element, rule scalarRule) {
	k := p.kind()
	if k != '[' && !rule.legal(k) {
		p.problem(p.next(), "%s: expected %s, found %s", pl, rule.expected, jsonplace.KindName(k))
		*unknown = append(*unknown, pl.keep(p.raw()))
		return
	}
	start := len(p.values)
	if k != '[' {
		p.scalarValue(pl, k, rule)
	} else {
		at, n := p.token(), 0
		for ; p.more(); n++ {
			if k := p.kind(); rule.legal(k) {
				p.scalarValue(pl, k, rule)
				continue
			}
			p.problem(p.next(), "%s: expected %s, found %s in it", pl, rule.expected, jsonplace.KindName(p.kind()))
			*unknown = append(*unknown, pl.keep("["+p.raw()+"]"))
		}
		if n == 0 {
			p.problem(at, "%s: the list is empty", pl)
		}
	}
	p.take(dst, start)
}

// scalarValue reads one scalar into values.
func (p *parser) scalarValue(pl place, k jsontext.Kind, rule scalarRule) {
	at, text := p.scalarText(k)
	if rule.filled && text == "" && p.err == nil {
		p.problem(at, "%s: the string is empty", pl)
	}
	p.values = append(p.values, text)
}

// scalarText reads one scalar: where it begins, and it as text.
func (p *parser) scalarText(k jsontext.Kind) (int, string) {
	if k == '"' {
		return p.str()
	}
	return p.value()
}

// take moves the values read since start to dst.
func (p *parser) take(dst *[]string, start int) {
	read := p.values[start:len(p.values):len(p.values)]
	switch {
	case *dst != nil:
		*dst = append(*dst, read...)
	case len(read) == 0:
		*dst = []string{}
	default:
		*dst = read
	}
}
