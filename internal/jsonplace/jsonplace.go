// Package jsonplace is what readers of JSON text need besides a decoder: what a
// value is called in an error, where it is, and strings without a copy.
package jsonplace

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/go-json-experiment/json/jsontext"
)

// KindName returns what a value of a kind is called, such as "an object"; ""
// for what begins no value. The kind may be the value's first byte.
func KindName(k jsontext.Kind) string {
	switch k {
	case '{':
		return "an object"
	case '[':
		return "a list"
	case '"':
		return "a string"
	case 't', 'f':
		return "true or false"
	case 'n':
		return "null"
	}
	if k == '-' || '0' <= k && k <= '9' {
		return "a number"
	}
	return ""
}

// SyntaxReason returns what is wrong with JSON text, but no more of the text than
// one character: a file that was named by mistake may hold a secret.
func SyntaxReason(err error) error {
	for _, reason := range []string{"invalid escape sequence", "invalid surrogate pair"} {
		if strings.Contains(err.Error(), reason) {
			return errors.New(reason + " in a string")
		}
	}
	if strings.Contains(err.Error(), "exceeded max depth") {
		return errors.New("values are nested more than 10,000 deep, as nothing is that AWS or iamctl writes: look at where the text comes from, and write it anew")
	}
	return err
}

// maxPointer is how much of a pointer an error has, in bytes.
const maxPointer = 120

// Pointer returns the place of a fault as an error has it: of a very deep one the
// beginning.
func Pointer(p jsontext.Pointer) string {
	if len(p) <= maxPointer {
		return string(p)
	}
	text := strings.ToValidUTF8(string(p[:maxPointer]), "")
	if i := strings.LastIndexByte(text, '/'); i > 0 {
		text = text[:i]
	}
	return text + "/..."
}

// Unquote returns the string that raw, a valid JSON string, represents. Without
// escapes it is a part of raw.
func Unquote(raw string) string {
	if strings.IndexByte(raw, '\\') < 0 {
		return raw[1 : len(raw)-1]
	}
	b, _ := jsontext.AppendUnquote(nil, raw)
	return string(b)
}

// Unicode reports whether a JSON string, as a decoder returns it, is Unicode: no byte of it is
// not UTF-8, and no escape half of a surrogate pair.
func Unicode(v jsontext.Value) bool {
	if bytes.IndexByte(v, '\\') < 0 {
		return utf8.Valid(v) // as nearly all are
	}
	return v.IsValid()
}

// Between reports whether c is white space or punctuation that may be in
// front of a value.
func Between(c byte) bool { return c != 0 && strings.IndexByte(between, c) >= 0 }

const between = " \t\r\n,:"

// SkipBetween returns the offset of the value that follows at, len(text) if
// none does.
func SkipBetween[T string | []byte](text T, at int) int {
	for at < len(text) && Between(text[at]) {
		at++
	}
	return at
}

// Position is a place in a text. The zero Position is none.
type Position struct {
	// Line and Column are from 1. A column is a character: every byte that
	// begins one counts.
	Line, Column int
}

// Start is the position of the first byte of a text.
var Start = Position{1, 1}

// String returns the position as errors have it.
func (p Position) String() string { return fmt.Sprintf("line %d, column %d", p.Line, p.Column) }

// After returns the position behind text, which begins at p. The text may be
// cut anywhere, within a character too.
func After[T string | []byte](p Position, text T) Position {
	for i := range len(text) {
		p = p.Next(text[i])
	}
	return p
}

// Next returns the position behind the byte c, which is at p.
func (p Position) Next(c byte) Position {
	switch {
	case c == '\n':
		return Position{p.Line + 1, 1}
	case utf8.RuneStart(c):
		p.Column++
	}
	return p
}

// Of returns the position of the byte of text at offset, or of its end if the
// offset is beyond.
func Of[T string | []byte](text T, offset int) Position {
	return After(Start, text[:min(max(offset, 0), len(text))])
}

// Index finds positions in a text. It remembers the position at every so many
// bytes, so that a long text with many errors is not counted through for each.
type Index[T string | []byte] struct {
	text  T
	marks []Position // marks[i] is that of byte i*markEvery
}

const markEvery = 512

// NewIndex returns an Index of text, which must not change.
func NewIndex[T string | []byte](text T) Index[T] { return Index[T]{text: text} }

// At returns the position of the byte at offset, or of the end of the text if
// the offset is beyond.
func (x *Index[T]) At(offset int) Position {
	offset = min(max(offset, 0), len(x.text))
	if x.marks == nil {
		x.marks = append(x.marks, Start)
	}
	for offset/markEvery >= len(x.marks) {
		n := len(x.marks)
		x.marks = append(x.marks, After(x.marks[n-1], x.text[(n-1)*markEvery:n*markEvery]))
	}
	i := offset / markEvery
	return After(x.marks[i], x.text[i*markEvery:offset])
}
