package policy

import "fmt"

// SyntaxError is the reason why nothing could be read of a text.
type SyntaxError struct {
	// Line and Column are from 1; a column is a character.
	Line, Column int
	// Message says what was found and what was expected.
	Message string
}

func (e *SyntaxError) Error() string {
	return fmt.Sprintf("line %d, column %d: %s", e.Line, e.Column, e.Message)
}

// Problem is something odd in a document that was kept all the same.
type Problem struct {
	// Line and Column are from 1; a column is a character.
	Line, Column int
	// Statement is the index of the statement, -1 for the document.
	Statement int
	// Minor is an oddity of spelling that AWS takes as well and that leaves
	// no doubt about the meaning: an element, an operator or a type of
	// principal in other letter case than AWS's, or an operator without keys.
	Minor   bool
	Message string
}

// String returns the problem with its place, in one line for a person.
func (p Problem) String() string {
	return fmt.Sprintf("line %d, column %d: %s", p.Line, p.Column, p.Message)
}
