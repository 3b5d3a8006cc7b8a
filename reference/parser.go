package reference

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/go-json-experiment/json/jsontext"

	"iamctl/internal/jsonplace"
)

// posError is what is wrong at an offset of a text, in bytes.
type posError struct {
	offset  int
	message string
}

func (e *posError) Error() string { return e.message }

func errorAt(offset int, format string, args ...any) error {
	return &posError{offset: offset, message: fmt.Sprintf(format, args...)}
}

// validate checks that data is one JSON value in UTF-8. The error is a
// *posError. Members that occur twice are left to the callers, who know which
// names are the same; here they would cost a third of the time.
func validate(data []byte) error {
	dec := jsontext.NewDecoder(bytes.NewBuffer(data), jsontext.AllowDuplicateNames(true))
	_, err := dec.ReadValue()
	if err == nil {
		if _, err = dec.ReadToken(); err == io.EOF {
			return nil
		}
		if err == nil {
			return errorAt(int(dec.InputOffset())-1, "there is more text after the end of the JSON value")
		}
	}
	var syntactic *jsontext.SyntacticError
	switch {
	case errors.Is(err, io.ErrUnexpectedEOF), err == io.EOF:
		return errorAt(len(data), "the JSON text ends too early")
	case errors.As(err, &syntactic):
		return errorAt(int(syntactic.ByteOffset), "not valid JSON: %v", jsonplace.SyntaxReason(syntactic.Err))
	}
	return errorAt(0, "not valid JSON: %v", err)
}

// parser walks through JSON text that is known to be valid, and so need not
// check the syntax again. Strings that hold no escapes are parts of text,
// without a copy.
type parser struct {
	text string
	pos  int
}

// newParser is for data that may be anything.
func newParser(data []byte) (*parser, error) {
	p := &parser{text: string(data)}
	return p, validate(data)
}

// next skips white space, commas and colons and returns the byte after them.
func (p *parser) next() byte {
	for {
		switch c := p.text[p.pos]; c {
		case ' ', '\t', '\r', '\n', ',', ':':
			p.pos++
		default:
			return c
		}
	}
}

// value reads the next value and returns its text and where it begins.
func (p *parser) value() (text string, at int) {
	p.next()
	at = p.pos
	depth := 0
	for {
		switch c := p.next(); c {
		case '{', '[':
			depth++
			p.pos++
		case '}', ']':
			depth--
			p.pos++
		case '"':
			p.pos = stringEnd(p.text, p.pos)
		default:
			p.pos += scalarLen(p.text[p.pos:])
		}
		if depth == 0 {
			return p.text[at:p.pos], at
		}
	}
}

// string reads a string; what and name say in an error what it was to be.
func (p *parser) string(what, name string) (string, int, error) {
	if p.next() != '"' {
		return "", p.pos, p.unexpected("a string", what, name)
	}
	at := p.pos
	p.pos = stringEnd(p.text, at)
	return jsonplace.Unquote(p.text[at:p.pos]), at, nil
}

// object reads an object and calls member for every member; member must read
// the value.
func (p *parser) object(what, name string, member func(name string, at int) error) error {
	if p.next() != '{' {
		return p.unexpected("an object", what, name)
	}
	p.pos++
	for p.next() != '}' {
		member0, at, err := p.string(what, name)
		if err == nil {
			err = member(member0, at)
		}
		if err != nil {
			return err
		}
	}
	p.pos++
	return nil
}

// array reads a list and calls element for every element; element must read
// it.
func (p *parser) array(what, name string, element func() error) error {
	if p.next() != '[' {
		return p.unexpected("a list", what, name)
	}
	p.pos++
	for p.next() != ']' {
		if err := element(); err != nil {
			return err
		}
	}
	p.pos++
	return nil
}

func (p *parser) unexpected(expected, what, name string) error {
	if name != "" {
		what += " " + name
	}
	return errorAt(p.pos, "%s: expected %s, found %s", what, expected, jsonplace.KindName(jsontext.Kind(p.next())))
}

// stringEnd returns the offset after the string that begins at i.
func stringEnd(text string, i int) int {
	for {
		i += 1 + strings.IndexByte(text[i+1:], '"')
		slashes := 0
		for text[i-1-slashes] == '\\' {
			slashes++
		}
		if slashes%2 == 0 {
			return i + 1
		}
	}
}

// scalarLen returns the length of the number or literal that text begins with.
func scalarLen(text string) int {
	if n := strings.IndexAny(text, " \t\r\n,]}"); n >= 0 {
		return n
	}
	return len(text)
}
