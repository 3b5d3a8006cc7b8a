package documents

import (
	"bytes"
	"encoding/json"
	"io"
	"strings"
	"unicode/utf8"
)

// node is a JSON value. Its members are in the order of the text, and those of
// one name are all there.
type node struct {
	kind  byte // '{', '[', '"', or 'v' for any other scalar
	text  string
	names []string
	items []node
}

// maxDepth is how deep a document may be nested to be read as JSON.
const maxDepth = 64

// readNode reads a document. It reports false for what is no JSON, and for
// JSON that could not be written again without loss: text that is not UTF-8
// and halves of surrogate pairs.
func readNode(text string) (node, bool) {
	if !utf8.ValidString(text) {
		return node{}, false
	}
	d := json.NewDecoder(bytes.NewReader([]byte(text)))
	d.UseNumber()
	n, ok := readValue(d, maxDepth)
	if !ok {
		return n, false
	}
	_, err := d.Token()
	return n, err == io.EOF
}

func readValue(d *json.Decoder, depth int) (node, bool) {
	token, err := d.Token()
	if err != nil || depth == 0 {
		return node{}, false
	}
	switch v := token.(type) {
	case json.Delim:
		return readList(d, byte(v), depth)
	case string:
		return node{kind: '"', text: v}, !strings.ContainsRune(v, utf8.RuneError)
	case json.Number:
		return node{kind: 'v', text: v.String()}, true
	case bool:
		if v {
			return node{kind: 'v', text: "true"}, true
		}
		return node{kind: 'v', text: "false"}, true
	}
	return node{kind: 'v', text: "null"}, true
}

// readList reads an object or an array after its bracket.
func readList(d *json.Decoder, kind byte, depth int) (node, bool) {
	n := node{kind: kind}
	if kind != '{' && kind != '[' {
		return n, false
	}
	for d.More() {
		if kind == '{' {
			name, ok := readValue(d, depth)
			if !ok || name.kind != '"' {
				return n, false
			}
			n.names = append(n.names, name.text)
		}
		item, ok := readValue(d, depth-1)
		if !ok {
			return n, false
		}
		n.items = append(n.items, item)
	}
	_, err := d.Token()
	return n, err == nil
}
