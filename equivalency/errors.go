package equivalency

import (
	"cmp"
	"slices"
	"strings"
)

// Error is one thing that is wrong with a dictionary.
type Error struct {
	// File is the dictionary's file, "" where the caller names it.
	File string
	// At is the zero Position for an entry that is in no file.
	At Position
	// Message says what was found and what to do about it.
	Message string
	// meaning marks what no JSON Schema can see.
	meaning bool
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

// Errors are all that is wrong with a dictionary, in the order of the file.
type Errors []*Error

func (e Errors) Error() string {
	lines := make([]string, len(e))
	for i, one := range e {
		lines[i] = one.Error()
	}
	return strings.Join(lines, "\n")
}

// Unwrap gives the errors one by one.
func (e Errors) Unwrap() []error {
	out := make([]error, len(e))
	for i, one := range e {
		out[i] = one
	}
	return out
}

// asError is nil for no errors, sorted otherwise.
func asError(file string, errs []*Error) error {
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

// standing says where something stands, "" if it is in no file.
func standing(p Position) string {
	if p == (Position{}) {
		return ""
	}
	return " (" + p.String() + ")"
}
