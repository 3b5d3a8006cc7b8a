package normalize

import (
	"cmp"
	"io"
	"slices"
	"strings"

	"github.com/go-json-experiment/json/jsontext"
)

// edit changes a string.
type edit func(Field, jsonString) edited

// edited is a string's JSON after a change. Two of one list that are the same
// by JSON and sign become one.
type edited struct{ raw, sign string }

// editJSON changes the values of a condition or statement column and leaves
// all else byte for byte: operators, keys, names of elements, actions,
// numbers. Where something changed, lists whose order means nothing are
// sorted again and free of duplicates; merged tells whether strings that
// differed became one by that. A text that is no JSON is changed as plain
// text.
func editJSON(field Field, text string, change edit) (after string, merged bool) {
	if text == "" {
		return text, false
	}
	root, ok := readJSON(text)
	if !ok {
		return change(plainField(field), jsonString{text: text, plain: true}).raw, false
	}
	if !root.editColumn(field, change) {
		return text, false
	}
	var b strings.Builder
	root.write(&b, func(n *jsonNode) {
		b.WriteString(n.raw)
		merged = merged || n.merged > 0
	})
	return b.String(), merged
}

// plainField is what a column's text is where it is no JSON.
func plainField(column Field) Field {
	if column == FieldStatement {
		return FieldARN
	}
	return column
}

func (n *jsonNode) editColumn(field Field, change edit) bool {
	if field == FieldStatement {
		return n.editStatement(change)
	}
	return n.editCondition(change)
}

// editCondition reads {"Operator": {"key": ["value", ...]}}.
func (n *jsonNode) editCondition(change edit) bool {
	changed := false
	if n.kind != '{' {
		return n.edit(FieldCondition, true, change)
	}
	for i := range n.items {
		operator := &n.items[i]
		changed = operator.edit(FieldCondition, true, change) || changed
	}
	return changed
}

// editStatement reads {"NotAction": [...], "NotResource": [...],
// "NotPrincipal": {"AWS": [...]}} and elements that iamctl does not know. The
// order of a list in an unknown element may mean something.
func (n *jsonNode) editStatement(change edit) bool {
	if n.kind != '{' {
		return n.edit(FieldARN, false, change)
	}
	changed := false
	for i := range n.items {
		element := &n.items[i]
		switch newJSONString(n.names[i]).text {
		case "NotAction":
		case "NotResource":
			changed = element.edit(FieldARN, true, change) || changed
		case "NotPrincipal":
			changed = element.edit(FieldPrincipal, true, change) || changed
		default:
			changed = element.edit(FieldARN, false, change) || changed
		}
	}
	return changed
}

// edit changes every string value in n.
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

// sort makes a set of a list of strings; other lists stay.
func (n *jsonNode) sort() {
	texts := make(map[string]string, len(n.items))
	for _, item := range n.items {
		if item.kind != '"' {
			return
		}
		texts[item.raw] = newJSONString(item.raw).text
	}
	compare := func(a, b *jsonNode) int {
		return cmp.Or(strings.Compare(texts[a.raw], texts[b.raw]), strings.Compare(a.sign, b.sign))
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

// jsonNode is a JSON value; raw is a scalar, names are an object's, raw too.
type jsonNode struct {
	kind jsontext.Kind
	edited
	before string // the JSON before editing
	merged int    // how many others became this one
	names  []string
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
			n.names = append(n.names, string(name))
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
			b.WriteString(n.names[i])
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
