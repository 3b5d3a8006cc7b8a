package rewrite

import (
	"cmp"
	"io"
	"slices"
	"strings"

	"github.com/go-json-experiment/json/jsontext"
)

// jsonNode is a JSON value. The JSON of a scalar is in raw.
type jsonNode struct {
	kind jsontext.Kind
	edited
	before string // a string's JSON before editing
	merged int    // how many others became this one
	names  []jsonNode
	items  []jsonNode
}

func readJSON(text string) (jsonNode, bool) {
	dec := jsontext.NewDecoder(strings.NewReader(text), jsontext.AllowDuplicateNames(true), jsontext.AllowInvalidUTF8(true))
	n, err := readNode(dec)
	if err != nil {
		return jsonNode{}, false
	}
	_, err = dec.ReadToken()
	return n, err == io.EOF
}

func readNode(dec *jsontext.Decoder) (jsonNode, error) {
	n := jsonNode{kind: dec.PeekKind()}
	if n.kind != '{' && n.kind != '[' {
		raw, err := dec.ReadValue()
		n.raw = string(raw)
		return n, err
	}
	if _, err := dec.ReadToken(); err != nil {
		return n, err
	}
	for k := dec.PeekKind(); k != '}' && k != ']'; k = dec.PeekKind() {
		if n.kind == '{' {
			name, err := dec.ReadValue()
			if err != nil {
				return n, err
			}
			n.names = append(n.names, jsonNode{kind: '"', edited: edited{raw: string(name)}})
		}
		item, err := readNode(dec)
		if err != nil {
			return n, err
		}
		n.items = append(n.items, item)
	}
	_, err := dec.ReadToken()
	return n, err
}

func (n *jsonNode) write(b *strings.Builder, leaf func(*jsonNode)) {
	if n.kind != '{' && n.kind != '[' {
		leaf(n)
		return
	}
	b.WriteByte(byte(n.kind))
	for i := range n.items {
		if i > 0 {
			b.WriteByte(',')
		}
		if n.kind == '{' {
			leaf(&n.names[i])
			b.WriteByte(':')
		}
		n.items[i].write(b, leaf)
	}
	if n.kind == '{' {
		b.WriteByte('}')
	} else {
		b.WriteByte(']')
	}
}

// edit changes every string value in n, and reports whether something changed.
// Lists are sets if sets is true.
func (n *jsonNode) edit(field Field, sets bool, change edit) bool {
	if n.kind == '"' {
		n.before = n.raw
		n.edited = change(field, newJSONString(n.raw))
		return n.raw != n.before
	}
	changed := false
	for i := range n.items {
		changed = n.items[i].edit(field, sets, change) || changed
	}
	if changed && sets && n.kind == '[' {
		n.sort()
	}
	return changed
}

// editNames changes the names of an object. Names that become one stay apart: of
// conditions both must hold.
func (n *jsonNode) editNames(field Field, change edit) bool {
	changed := false
	for i := range n.names {
		changed = n.names[i].edit(field, false, change) || changed
	}
	return changed
}

// sortMembers sorts an object by its names, and by their values where names are
// the same.
func (n *jsonNode) sortMembers() {
	type member struct {
		name, item jsonNode
		text, json string
	}
	members := make([]member, len(n.names))
	for i := range members {
		var b strings.Builder
		n.items[i].write(&b, func(n *jsonNode) { b.WriteString(n.raw) })
		members[i] = member{n.names[i], n.items[i], newJSONString(n.names[i].raw).text, b.String()}
	}
	slices.SortStableFunc(members, func(a, b member) int {
		return cmp.Or(strings.Compare(a.text, b.text), strings.Compare(a.json, b.json), strings.Compare(a.name.places, b.name.places))
	})
	for i, m := range members {
		n.names[i], n.items[i] = m.name, m.item
	}
}

// sort makes a set of a list of strings. Other lists stay as they are.
func (n *jsonNode) sort() {
	texts := make(map[string]string, len(n.items))
	for _, item := range n.items {
		if item.kind != '"' {
			return
		}
		texts[item.raw] = newJSONString(item.raw).text
	}
	compare := func(a, b *jsonNode) int {
		return cmp.Or(strings.Compare(texts[a.raw], texts[b.raw]), strings.Compare(a.places, b.places))
	}
	slices.SortStableFunc(n.items, func(a, b jsonNode) int {
		return cmp.Or(compare(&a, &b), strings.Compare(a.before, b.before))
	})
	set := n.items[:0]
	for _, item := range n.items {
		if len(set) == 0 || compare(&set[len(set)-1], &item) != 0 {
			set = append(set, item)
			continue
		}
		if last := &set[len(set)-1]; last.before != item.before {
			last.before = item.before
			last.merged++
		}
	}
	n.items = set
}
