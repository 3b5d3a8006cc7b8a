package html

import (
	"bytes"
	"encoding/json"
	"io"
	"slices"
	"strings"
	"unicode/utf8"
)

// htmlNode is a JSON value with its members in the order of the text, those
// of one name too.
type htmlNode struct {
	kind  byte // '{', '[', '"', or 'v' for any other scalar
	text  string
	names []string
	items []htmlNode
}

// htmlDepth is how deep a document may be nested to be shown as JSON.
const htmlDepth = 64

// readHTMLNode reads a document. It says no to what is no JSON, and to JSON
// that could not be written again without loss: text that is not UTF-8 and
// halves of surrogate pairs.
func readHTMLNode(text string) (htmlNode, bool) {
	if !utf8.ValidString(text) || strings.ContainsRune(text, utf8.RuneError) {
		return htmlNode{}, false
	}
	d := json.NewDecoder(bytes.NewReader([]byte(text)))
	d.UseNumber()
	n, ok := readHTMLValue(d, htmlDepth)
	if !ok {
		return n, false
	}
	_, err := d.Token()
	return n, err == io.EOF
}

func readHTMLValue(d *json.Decoder, depth int) (htmlNode, bool) {
	token, err := d.Token()
	if err != nil || depth == 0 {
		return htmlNode{}, false
	}
	switch v := token.(type) {
	case json.Delim:
		return readHTMLList(d, byte(v), depth)
	case string:
		return htmlNode{kind: '"', text: v}, !strings.ContainsRune(v, utf8.RuneError)
	case json.Number:
		return htmlNode{kind: 'v', text: v.String()}, true
	case bool:
		if v {
			return htmlNode{kind: 'v', text: "true"}, true
		}
		return htmlNode{kind: 'v', text: "false"}, true
	}
	return htmlNode{kind: 'v', text: "null"}, true
}

// readHTMLList reads an object or an array after its bracket.
func readHTMLList(d *json.Decoder, kind byte, depth int) (htmlNode, bool) {
	n := htmlNode{kind: kind}
	if kind != '{' && kind != '[' {
		return n, false
	}
	for d.More() {
		if kind == '{' {
			name, ok := readHTMLValue(d, depth)
			if !ok || name.kind != '"' {
				return n, false
			}
			n.names = append(n.names, name.text)
		}
		item, ok := readHTMLValue(d, depth-1)
		if !ok {
			return n, false
		}
		n.items = append(n.items, item)
	}
	_, err := d.Token()
	return n, err == nil
}

// arrange puts a policy document into one form, so that two of the same
// meaning have the same lines: members sorted by name, a scalar where a list
// may stand as a list, and lists of strings sorted. In a policy the order of
// neither means anything.
func (n *htmlNode) arrange() {
	n.sortMembers()
	for i := range n.items {
		n.items[i].sortMembers()
		if n.kind != '{' || n.names[i] != "Statement" {
			continue
		}
		n.items[i].list()
		for j := range n.items[i].items {
			n.items[i].items[j].arrangeStatement()
		}
	}
}

func (n *htmlNode) arrangeStatement() {
	n.sortMembers()
	if n.kind != '{' {
		return
	}
	for i, name := range n.names {
		e := &n.items[i]
		switch name {
		case "Action", "NotAction", "Resource", "NotResource":
			e.list()
		case "Principal", "NotPrincipal":
			e.lists(1)
		case "Condition":
			e.lists(2)
		}
	}
}

// list makes a list of a scalar, and sorts a list of strings.
func (n *htmlNode) list() {
	if n.kind != '[' {
		*n = htmlNode{kind: '[', items: []htmlNode{*n}}
		return
	}
	if !slices.ContainsFunc(n.items, func(e htmlNode) bool { return e.kind != '"' }) {
		slices.SortStableFunc(n.items, func(a, b htmlNode) int { return strings.Compare(a.text, b.text) })
	}
}

// lists makes lists of what stands so many objects deep.
func (n *htmlNode) lists(depth int) {
	switch {
	case depth == 0:
		n.list()
	case n.kind == '{':
		n.sortMembers()
		for i := range n.items {
			n.items[i].lists(depth - 1)
		}
	}
}

func (n *htmlNode) sortMembers() {
	if n.kind != '{' || slices.IsSorted(n.names) {
		return
	}
	type member struct {
		name string
		item htmlNode
	}
	members := make([]member, len(n.names))
	for i := range members {
		members[i] = member{n.names[i], n.items[i]}
	}
	slices.SortStableFunc(members, func(a, b member) int { return strings.Compare(a.name, b.name) })
	for i, m := range members {
		n.names[i], n.items[i] = m.name, m.item
	}
}
