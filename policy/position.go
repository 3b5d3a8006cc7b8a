package policy

import (
	"fmt"
	"strings"
	"unicode/utf8"
)

// SyntaxError tells why nothing could be read of a text.
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
	// Minor tells an oddity of spelling that AWS takes as well and that
	// leaves no doubt about the meaning: an element, an operator or a type of
	// principal in other letter case than AWS's, or an operator without keys.
	Minor   bool
	Message string
}

// String is the problem in one line for a person.
func (p Problem) String() string {
	if p.Statement < 0 {
		return fmt.Sprintf("line %d, column %d: %s", p.Line, p.Column, p.Message)
	}
	return fmt.Sprintf("line %d, column %d, statement %d: %s", p.Line, p.Column, p.Statement+1, p.Message)
}

// positions turns byte offsets into lines and columns. It remembers the
// position at every so many bytes, so that a document on one line with many
// problems is not counted through for each.
type positions struct {
	text  string
	marks []position // marks[i] is that of byte i*markEvery
}

type position struct{ line, column int }

const markEvery = 512

func (p *positions) at(offset int) position {
	offset = min(offset, len(p.text))
	if p.marks == nil {
		p.marks = append(p.marks, position{1, 1})
	}
	for offset/markEvery >= len(p.marks) {
		n := len(p.marks)
		p.marks = append(p.marks, p.marks[n-1].after(p.text[(n-1)*markEvery:n*markEvery]))
	}
	i := offset / markEvery
	return p.marks[i].after(p.text[i*markEvery : offset])
}

// after is the position behind s. Every byte that begins a character counts
// as one, wherever s was cut.
func (p position) after(s string) position {
	if n := strings.Count(s, "\n"); n > 0 {
		p = position{p.line + n, 1}
		s = s[strings.LastIndexByte(s, '\n')+1:]
	}
	for i := range len(s) {
		if utf8.RuneStart(s[i]) {
			p.column++
		}
	}
	return p
}
