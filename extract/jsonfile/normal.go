package jsonfile

import (
	"bytes"
	"cmp"
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

// normal reads the next value and returns it with sorted keys, and sorted where
// it is a list that is a set.
func normal(dec *jsontext.Decoder, p place) (jsontext.Value, error) {
	kind := dec.PeekKind()
	if kind != jsontext.KindBeginObject && kind != jsontext.KindBeginArray || dec.StackDepth() >= sortDepth {
		v, err := dec.ReadValue()
		return v.Clone(), err
	}
	if _, err := dec.ReadToken(); err != nil {
		return nil, err
	}
	var out jsontext.Value
	var err error
	if kind == jsontext.KindBeginObject {
		out, err = normalObject(dec, p)
	} else {
		out, err = normalList(dec, p)
	}
	if err != nil {
		return nil, err
	}
	_, err = dec.ReadToken()
	return out, err
}

type member struct {
	key        string
	quoted, of jsontext.Value
}

func normalObject(dec *jsontext.Decoder, p place) (jsontext.Value, error) {
	var members []member
	for dec.PeekKind() != jsontext.KindEndObject {
		quoted, err := dec.ReadValue()
		if err != nil {
			return nil, err
		}
		m := member{quoted: quoted.Clone()}
		key, err := jsontext.AppendUnquote(nil, quoted)
		if err != nil {
			return nil, err
		}
		m.key = string(key)
		if m.of, err = normal(dec, p.inside(m.key)); err != nil {
			return nil, err
		}
		members = append(members, m)
	}
	slices.SortFunc(members, func(a, b member) int { return cmp.Compare(a.key, b.key) })
	out := []byte{'{'}
	for i, m := range members {
		if i > 0 {
			out = append(out, ',')
		}
		out = append(out, m.quoted...)
		out = append(out, ':')
		out = append(out, m.of...)
	}
	return append(out, '}'), nil
}

func normalList(dec *jsontext.Decoder, p place) (jsontext.Value, error) {
	inside := placeOther
	if p == placeStatement {
		inside = placeStatement
	}
	var values []jsontext.Value
	sortable := p == placeStrings || p == placeByKey
	for dec.PeekKind() != jsontext.KindEndArray {
		sortable = sortable && dec.PeekKind() == jsontext.KindString
		v, err := normal(dec, inside)
		if err != nil {
			return nil, err
		}
		values = append(values, v)
	}
	if sortable {
		slices.SortStableFunc(values, compareStrings)
	}
	out := []byte{'['}
	for i, v := range values {
		if i > 0 {
			out = append(out, ',')
		}
		out = append(out, v...)
	}
	return append(out, ']'), nil
}

// compareStrings orders JSON strings by what they mean: "\u0041" is "A".
func compareStrings(a, b jsontext.Value) int {
	x, _ := jsontext.AppendUnquote(nil, a)
	y, _ := jsontext.AppendUnquote(nil, b)
	return bytes.Compare(x, y)
}
