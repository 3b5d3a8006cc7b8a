package equivalency

import (
	"fmt"

	"iamctl/internal/jsontree"
)

// Position is a place in the dictionary's file. The zero Position is that of
// an entry that is in no file.
type Position = jsontree.Position

// Error is one thing that is wrong with a dictionary, Errors all of them in
// the order of the file.
type (
	Error  = jsontree.Error
	Errors = jsontree.Errors
)

func wrong(at Position, format string, args ...any) *Error {
	return &Error{At: at, Message: fmt.Sprintf(format, args...)}
}

// inFile returns a position in parentheses, "" if it is in no file.
func inFile(p Position) string {
	if p == (Position{}) {
		return ""
	}
	return " (" + p.String() + ")"
}

// cut shortens a text for an error.
func cut(s string) string { return jsontree.Cut(s) }
