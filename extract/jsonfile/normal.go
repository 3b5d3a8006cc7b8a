package jsonfile

import (
	"bytes"
	"slices"
	"strings"

	"github.com/go-json-experiment/json/jsontext"
)

// depth returns how deep valid JSON text is nested.
func depth(v jsontext.Value) int {
	deepest, now, inString := 0, 0, false
	for i := 0; i < len(v); i++ {
		switch c := v[i]; {
		case inString && c == '\\':
			i++
		case c == '"':
			inString = !inString
		case inString:
		case c == '{' || c == '[':
			now++
			deepest = max(deepest, now)
		case c == '}' || c == ']':
			now--
		}
	}
	return deepest
}

// place is where in a document a value is.
type place int

const (
	placeOther place = iota
	placeDocument
	placeStatement
	placeCondition
	placeByKey // an object of lists that are sets: by principal type, by condition key
	placeStrings
)

// inside returns the place of a member's value.
func (p place) inside(key string) place {
	switch p {
	case placeDocument:
		if strings.EqualFold(key, "Statement") {
			return placeStatement
		}
	case placeStatement:
		switch strings.ToLower(key) {
		case "action", "notaction", "resource", "notresource":
			return placeStrings
		case "principal", "notprincipal":
			return placeByKey
		case "condition":
			return placeCondition
		}
	case placeCondition:
		return placeByKey
	case placeByKey:
		return placeStrings
	}
	return placeOther
}

// sortDepth is how deep values are sorted. No policy is as deep as that; below
// it values are kept as they came, so that hostile ones cost no time. What is
// deeper than maxDepth is written as a string, for JSON libraries have limits.
const (
	sortDepth = 64
	maxDepth  = 1000
)

// normalizer writes a value with sorted keys, and sorted where it is a list that is a set.
type normalizer struct {
	dec *jsontext.Decoder
	out jsontext.Value
	// scratch is where the parts of an object or a list are that are put in order.
	scratch []byte
}

// part is a member of an object, or an element of a list.
type part struct {
	// key is what it is sorted by: the member's name, or what the string says.
	key      []byte
	from, to int // in the output
}

// value writes the next value.
func (n *normalizer) value(p place) error {
	kind := n.dec.PeekKind()
	if kind != jsontext.KindBeginObject && kind != jsontext.KindBeginArray || n.dec.StackDepth() >= sortDepth {
		v, err := n.dec.ReadValue()
		n.out = append(n.out, v...)
		return err
	}
	if _, err := n.dec.ReadToken(); err != nil {
		return err
	}
	var err error
	if kind == jsontext.KindBeginObject {
		err = n.object(p)
	} else {
		err = n.list(p)
	}
	if err != nil {
		return err
	}
	_, err = n.dec.ReadToken()
	return err
}

func (n *normalizer) object(p place) error {
	n.out = append(n.out, '{')
	var few [8]part
	members := few[:0]
	for n.dec.PeekKind() != jsontext.KindEndObject {
		from := n.next(len(members))
		quoted, err := n.dec.ReadValue()
		if err != nil {
			return err
		}
		key, err := jsontext.AppendUnquote(nil, quoted)
		if err != nil {
			return err
		}
		n.out = append(append(n.out, quoted...), ':')
		if err := n.value(p.inside(string(key))); err != nil {
			return err
		}
		members = append(members, part{key, from, len(n.out)})
	}
	n.sort(members)
	n.out = append(n.out, '}')
	return nil
}

func (n *normalizer) list(p place) error {
	inside := placeOther
	if p == placeStatement {
		inside = placeStatement
	}
	n.out = append(n.out, '[')
	var few [8]part
	elements := few[:0]
	sortable := p == placeStrings || p == placeByKey
	for n.dec.PeekKind() != jsontext.KindEndArray {
		sortable = sortable && n.dec.PeekKind() == jsontext.KindString
		from := n.next(len(elements))
		if err := n.value(inside); err != nil {
			return err
		}
		elements = append(elements, part{nil, from, len(n.out)})
	}
	if sortable {
		for i := range elements {
			e := &elements[i]
			e.key, _ = jsontext.AppendUnquote(nil, n.out[e.from:e.to])
		}
		n.sort(elements)
	}
	n.out = append(n.out, ']')
	return nil
}

// next returns where the next part begins, after so many.
func (n *normalizer) next(before int) int {
	if before > 0 {
		n.out = append(n.out, ',')
	}
	return len(n.out)
}

// sort puts the parts at the end of the output in the order of their keys, by what these mean:
// "\u0041" is "A".
func (n *normalizer) sort(parts []part) {
	byKey := func(a, b part) int { return bytes.Compare(a.key, b.key) }
	if slices.IsSortedFunc(parts, byKey) {
		return
	}
	begin := parts[0].from
	n.scratch = append(n.scratch[:0], n.out[begin:]...)
	slices.SortStableFunc(parts, byKey)
	n.out = n.out[:begin]
	for i, p := range parts {
		n.next(i)
		n.out = append(n.out, n.scratch[p.from-begin:p.to-begin]...)
	}
}
