package equivalency

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"unicode/utf8"

	"github.com/go-json-experiment/json/jsontext"
)

// node is a JSON value with its place.
type node struct {
	kind jsontext.Kind
	// text is a string's content, and any other scalar as written.
	text    string
	at      int // byte offset
	members []member
	items   []node
}

type member struct {
	name  string
	at    int
	value node
}

// reader turns a file into nodes. It keeps duplicate names: the parser
// reports them with both places.
type reader struct {
	text []byte
	dec  *jsontext.Decoder
}

var byteOrderMark = []byte("\xef\xbb\xbf")

func newReader(data []byte) *reader {
	data = bytes.TrimPrefix(data, byteOrderMark)
	return &reader{text: data, dec: jsontext.NewDecoder(bytes.NewReader(data), jsontext.AllowDuplicateNames(true))}
}

// file reads the one value of the file.
func (r *reader) file() (node, error) {
	n, err := r.value()
	if err != nil {
		return node{}, err
	}
	_, err = r.dec.ReadToken()
	switch {
	case err == nil:
		return node{}, errTrailing
	case err != io.EOF:
		return node{}, err
	}
	return n, nil
}

var errTrailing = errors.New("there is more after the end of the dictionary: remove it")

func (r *reader) value() (node, error) {
	switch r.dec.PeekKind() {
	case '{':
		return r.object()
	case '[':
		return r.list()
	}
	return r.scalar()
}

func (r *reader) object() (node, error) {
	n, err := r.open()
	for err == nil && r.dec.PeekKind() != '}' {
		var name, value node
		if name, err = r.scalar(); err == nil {
			value, err = r.value()
			n.members = append(n.members, member{name.text, name.at, value})
		}
	}
	return n, r.close(err)
}

func (r *reader) list() (node, error) {
	n, err := r.open()
	for err == nil && r.dec.PeekKind() != ']' {
		var value node
		value, err = r.value()
		n.items = append(n.items, value)
	}
	return n, r.close(err)
}

func (r *reader) open() (node, error) {
	t, err := r.dec.ReadToken()
	if err != nil {
		return node{}, err
	}
	return node{kind: t.Kind(), at: int(r.dec.InputOffset()) - 1}, nil
}

func (r *reader) close(err error) error {
	if err == nil {
		_, err = r.dec.ReadToken()
	}
	return err
}

func (r *reader) scalar() (node, error) {
	raw, err := r.dec.ReadValue()
	if err != nil {
		return node{}, err
	}
	n := node{kind: raw.Kind(), text: string(raw), at: int(r.dec.InputOffset()) - len(raw)}
	if n.kind == '"' {
		text, err := jsontext.AppendUnquote(nil, raw)
		if err != nil {
			return node{}, err
		}
		n.text = string(text)
	}
	return n, nil
}

// syntaxError says where and why the file is no JSON.
func (r *reader) syntaxError(err error) *Error {
	var syntax *jsontext.SyntacticError
	switch {
	case len(bytes.TrimSpace(r.text)) == 0:
		return &Error{Message: "the file is empty: a dictionary without entries is {}"}
	case errors.As(err, &syntax) && errors.Is(err, io.ErrUnexpectedEOF):
		return &Error{At: r.position(len(r.text)), Message: "the file ends in the middle of a value: a bracket or quote is not closed"}
	case errors.As(err, &syntax):
		return &Error{At: r.position(int(syntax.ByteOffset)), Message: fmt.Sprintf("not valid JSON: %v", syntax.Err) + r.hint(int(syntax.ByteOffset))}
	}
	return &Error{At: r.position(int(r.dec.InputOffset())), Message: err.Error()}
}

// hint tells what people often get wrong at the place of a syntax error.
func (r *reader) hint(offset int) string {
	rest := r.text[min(offset, len(r.text)):]
	switch {
	case bytes.HasPrefix(rest, []byte("/")), bytes.HasPrefix(rest, []byte("#")):
		return `; JSON has no comments, write them as "$comment": "..."`
	case bytes.HasPrefix(rest, []byte(",")):
		return "; remove the comma if nothing is to follow it"
	case bytes.HasPrefix(rest, []byte("'")):
		return "; JSON strings stand in double quotes"
	}
	return ""
}

// position is the line and column of a byte offset.
func (r *reader) position(offset int) Position {
	before := r.text[:min(offset, len(r.text))]
	start := bytes.LastIndexByte(before, '\n') + 1
	return Position{
		Line:   1 + bytes.Count(before, []byte("\n")),
		Column: 1 + utf8.RuneCount(before[start:]),
	}
}
