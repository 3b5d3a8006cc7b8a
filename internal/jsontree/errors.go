package jsontree

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"iamctl/internal/jsonplace"
)

// Position is a place in a file. The zero Position is that of something that
// is in no file.
type Position = jsonplace.Position

// Error is one thing that is wrong with a file.
type Error struct {
	// File is the file's name, "" where the caller names it.
	File string
	// At is the zero Position for what is in no file.
	At Position
	// Message says what was found and what to do about it.
	Message string
}

func (e *Error) Error() string {
	var b strings.Builder
	if e.File != "" {
		b.WriteString(e.File + ": ")
	}
	if e.At != (Position{}) {
		b.WriteString(e.At.String() + ": ")
	}
	b.WriteString(e.Message)
	return b.String()
}

// Errors are all that is wrong with a file, in the order of the file.
type Errors []*Error

func (e Errors) Error() string {
	lines := make([]string, len(e))
	for i, one := range e {
		lines[i] = one.Error()
	}
	return strings.Join(lines, "\n")
}

// Unwrap returns the errors one by one.
func (e Errors) Unwrap() []error {
	out := make([]error, len(e))
	for i, one := range e {
		out[i] = one
	}
	return out
}

// Sorted makes one error of many, nil of none, in the order of the file.
func Sorted(file string, errs []*Error) error {
	if len(errs) == 0 {
		return nil
	}
	for _, e := range errs {
		e.File = file
	}
	slices.SortStableFunc(errs, func(a, b *Error) int {
		return cmp.Or(cmp.Compare(a.At.Line, b.At.Line), cmp.Compare(a.At.Column, b.At.Column))
	})
	return Errors(errs)
}

// Describe returns what a value is called in an error.
func Describe(n Node) string {
	switch n.Kind {
	case '{', '[':
		return jsonplace.KindName(n.Kind)
	case '"':
		return "the string " + strconv.Quote(Cut(n.Text))
	case '0':
		return "the number " + Cut(n.Text)
	}
	return n.Text
}

// Cut shortens a text for an error.
func Cut(s string) string {
	const most = 60
	if r := []rune(s); len(r) > most {
		return string(r[:most]) + "..."
	}
	return s
}
