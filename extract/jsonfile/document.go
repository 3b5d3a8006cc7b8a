package jsonfile

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"github.com/go-json-experiment/json/jsontext"

	"iamctl/extract"
	"iamctl/inventory"
)

// Document is a policy document in a file: see the package comment.
type Document inventory.Document

// MarshalJSONTo writes the document.
func (d Document) MarshalJSONTo(enc *jsontext.Encoder) error {
	if v, ok := objectForm(string(d)); ok {
		return enc.WriteValue(v)
	}
	return enc.WriteToken(jsontext.String(stringForm(string(d))))
}

// UnmarshalJSONFrom reads either form of the document.
func (d *Document) UnmarshalJSONFrom(dec *jsontext.Decoder) error {
	v, err := dec.ReadValue()
	if err != nil {
		return err
	}
	if k := v.Kind(); k != jsontext.KindBeginObject && k != jsontext.KindString {
		return errors.New("a policy document is an object, or a string with one")
	}
	text, err := extract.DocumentOf(v)
	if err != nil && text == "" {
		return err
	}
	// A document that cannot be decoded is kept as it is: whoever parses it
	// reports it, and the other documents are read.
	*d = Document(text)
	return nil
}

// stringForm undoes extract.DecodeDocument: the text itself if it begins with
// a brace and is valid UTF-8, percent-encoded otherwise.
func stringForm(s string) string {
	if utf8.ValidString(s) && strings.HasPrefix(strings.TrimLeft(s, " \t\r\n"), "{") {
		return s
	}
	var b strings.Builder
	for i := range len(s) {
		if c := s[i]; plain(c) && c != '+' {
			b.WriteByte(c)
		} else {
			fmt.Fprintf(&b, "%%%02X", c)
		}
	}
	return b.String()
}

// objectForm returns the document as a JSON object with sorted keys, or false if
// it is none that JSON text can hold without loss.
func objectForm(s string) (jsontext.Value, bool) {
	n := normalizer{dec: jsontext.NewDecoder(bytes.NewBufferString(s)), out: make(jsontext.Value, 0, len(s))}
	if n.dec.PeekKind() != jsontext.KindBeginObject {
		return nil, false
	}
	if err := n.value(placeDocument); err != nil || depth(n.out) > maxDepth {
		return nil, false
	}
	if _, err := n.dec.ReadToken(); err != io.EOF {
		return nil, false
	}
	return n.out, true
}
