package extract

import (
	"cmp"
	"errors"
	"fmt"
	"io"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"iamctl/internal/jsonplace"
)

// FileError is a fault in a file. Line and Column count from 1, the column in
// characters; both are 0 where the fault has no place.
type FileError struct {
	File         string
	Line, Column int
	Err          error
}

func (e *FileError) Error() string {
	if e.Line == 0 {
		return fmt.Sprintf("%s: %v", e.File, e.Err)
	}
	return fmt.Sprintf("%s:%d:%d: %v", e.File, e.Line, e.Column, e.Err)
}

func (e *FileError) Unwrap() error { return e.Err }

// JSONFault returns what an error of a JSON decoder is about, in plain words,
// and at which byte of the input it is. An error of another origin, such as the
// disk, is returned as it is, with the offset -1.
func JSONFault(err error) (offset int64, plain error) {
	var syntax *jsontext.SyntacticError
	var semantic *json.SemanticError
	switch {
	case errors.As(err, &syntax):
		return syntax.ByteOffset, fmt.Errorf("%s%w", fieldOf(syntax.JSONPointer), syntaxReason(syntax.Err))
	case errors.As(err, &semantic):
		return semantic.ByteOffset, semanticReason(semantic)
	case errors.Is(err, io.ErrUnexpectedEOF), errors.Is(err, io.EOF):
		return 0, errors.New("the JSON text ends too early")
	}
	return -1, err
}

// Position returns the line and column of a byte of data, from 1. Blanks and
// punctuation before the value in question are passed over, for JSON faults
// are often placed in front of them.
func Position(data []byte, offset int64) (line, column int) {
	at := min(max(int(offset), 0), len(data))
	if next := jsonplace.SkipBetween(data, at); next < len(data) {
		at = next
	}
	p := jsonplace.Of(data, at)
	return p.Line, p.Column
}

func syntaxReason(err error) error {
	switch {
	case errors.Is(err, io.ErrUnexpectedEOF):
		return errors.New("the JSON text ends too early")
	case errors.Is(err, jsontext.ErrDuplicateName):
		return errors.New("the field stands here twice")
	}
	return jsonplace.SyntaxReason(err)
}

func semanticReason(e *json.SemanticError) error {
	field := fieldOf(e.JSONPointer)
	switch {
	case errors.Is(e.Err, json.ErrUnknownName):
		return fmt.Errorf("%sthis field is not known; check how it is spelt, or use a newer iamctl", field)
	case e.Err != nil:
		return fmt.Errorf("%s%w", field, e.Err)
	case e.JSONKind != 0:
		return fmt.Errorf("%sa value of another type is wanted here, not %s", field, cmp.Or(jsonplace.KindName(e.JSONKind), "this"))
	}
	return fmt.Errorf("%sthe value does not fit here", field)
}

// fieldOf writes the place of a fault within the JSON text. The text is
// foreign and the place goes to a terminal: it is quoted.
func fieldOf(p jsontext.Pointer) string {
	if p == "" {
		return ""
	}
	return fmt.Sprintf("%q: ", jsonplace.Pointer(p))
}
