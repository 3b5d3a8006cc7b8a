package policy

import (
	"bytes"
	"cmp"
	"fmt"
	"slices"

	"iamctl/internal/jsonplace"
)

// maxDepth bounds how deep a value may be nested. The policy language itself
// nests six deep.
const maxDepth = 100

// raw reads a whole value and returns it as compact JSON with sorted keys.
// Numbers stay as they are written, of a key that occurs twice both remain.
func (p *parser) raw() string { return string(p.appendRaw(nil, 0)) }

func (p *parser) appendRaw(b []byte, depth int) []byte {
	kind := p.kind()
	if depth == maxDepth && (kind == '{' || kind == '[') {
		p.fail(p.next(), fmt.Sprintf("expected at most %d levels of nesting, found more: AWS takes no such document, take out what nests", maxDepth))
		return b
	}
	switch kind {
	case '{':
		return p.appendRawObject(b, depth)
	case '[':
		return p.appendRawList(b, depth)
	}
	_, raw := p.value()
	if kind == '"' && p.err == nil {
		return AppendJSON(b, jsonplace.Unquote(raw))
	}
	return append(b, raw...)
}

func (p *parser) appendRawList(b []byte, depth int) []byte {
	p.token()
	b = append(b, '[')
	for n := 0; p.more(); n++ {
		if n > 0 {
			b = append(b, ',')
		}
		b = p.appendRaw(b, depth+1)
	}
	return append(b, ']')
}

// rawMember is a member of an object: where it lies in the buffer, and its name.
type rawMember struct {
	from, to int
	name     string
}

func (p *parser) appendRawObject(b []byte, depth int) []byte {
	p.token()
	b = append(b, '{')
	start := len(b)
	var members []rawMember
	for p.more() {
		if len(members) > 0 {
			b = append(b, ',')
		}
		m := rawMember{from: len(b)}
		_, m.name = p.str()
		b = append(AppendJSON(b, m.name), ':')
		b = p.appendRaw(b, depth+1)
		m.to = len(b)
		members = append(members, m)
	}
	return append(sortMembers(b, start, members), '}')
}

// sortMembers sorts the members, which are all of b from start, by name and
// then value.
func sortMembers(b []byte, start int, members []rawMember) []byte {
	compare := func(x, y rawMember) int {
		return cmp.Or(cmp.Compare(x.name, y.name), bytes.Compare(b[x.from:x.to], b[y.from:y.to]))
	}
	if slices.IsSortedFunc(members, compare) {
		return b
	}
	slices.SortFunc(members, compare)
	sorted := make([]byte, 0, len(b)-start)
	for i, m := range members {
		if i > 0 {
			sorted = append(sorted, ',')
		}
		sorted = append(sorted, b[m.from:m.to]...)
	}
	return append(b[:start], sorted...)
}
