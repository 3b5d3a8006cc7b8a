package policy

import "github.com/go-json-experiment/json/jsontext"

// scalar reads an element that is one string.
func (p *parser) scalar(written string, dst *string, unknown *[]Element) {
	k := p.kind()
	if k != '"' {
		p.problem(p.next(), "%s: expected a string, found %s", written, kindName(k))
		*unknown = append(*unknown, Element{written, p.raw()})
		return
	}
	switch _, s := p.str(); {
	case *dst == "":
		*dst = s
	case s != "":
		*unknown = append(*unknown, Element{written, string(appendQuoted(nil, s))})
	}
}

// place is where a value stands in a statement: an element, and within it the
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

// list reads a string or a list of strings and appends to dst, which is not
// nil afterwards if it was a list.
func (p *parser) list(pl place, dst *[]string, unknown *[]Element) {
	p.scalars(pl, dst, unknown, func(k jsontext.Kind) bool { return k == '"' }, "a string or a list of strings")
}

// scalars is list for other kinds of scalars, which are kept as JSON writes them.
func (p *parser) scalars(pl place, dst *[]string, unknown *[]Element, legal func(jsontext.Kind) bool, expected string) {
	k := p.kind()
	if k != '[' && !legal(k) {
		p.problem(p.next(), "%s: expected %s, found %s", pl, expected, kindName(k))
		*unknown = append(*unknown, pl.keep(p.raw()))
		return
	}
	start := len(p.values)
	if k != '[' {
		p.values = append(p.values, p.scalarText(k))
	} else {
		at, n := p.token(), 0
		for ; p.more(); n++ {
			if k := p.kind(); legal(k) {
				p.values = append(p.values, p.scalarText(k))
				continue
			}
			p.problem(p.next(), "%s: expected %s, found %s in it", pl, expected, kindName(p.kind()))
			*unknown = append(*unknown, pl.keep("["+p.raw()+"]"))
		}
		if n == 0 {
			p.problem(at, "%s: the list is empty", pl)
		}
	}
	p.take(dst, start)
}

// scalarText reads one scalar as text.
func (p *parser) scalarText(k jsontext.Kind) string {
	if k == '"' {
		_, s := p.str()
		return s
	}
	_, raw := p.value()
	return raw
}

// take gives the values read since start to dst.
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
