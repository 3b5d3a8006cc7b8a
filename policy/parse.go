package policy

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/go-json-experiment/json/jsontext"

	"iamctl/internal/jsonplace"
)

// maxProblems bounds what Parse lists one by one.
const maxProblems = 1000

// Parse reads one document from JSON text. A *SyntaxError says why nothing
// could be read: text that is not a JSON object. All else is kept, if need be as
// an unknown element, and what is odd about it is a problem; problems come in
// the order in which they were met. The document refers to text.
//
// Element names that differ from AWS's in letter case only are taken for
// AWS's. Of a Version, Id, Sid or Effect that occurs twice the first counts
// and the others are unknown elements; lists that occur twice are joined.
// Empty strings there are as good as absent.
func Parse(text string) (*Document, []Problem, error) {
	text = strings.TrimPrefix(text, "\ufeff")
	p := parser{
		dec:       jsontext.NewDecoder(bytes.NewBufferString(text), jsontext.AllowDuplicateNames(true)),
		text:      text,
		pos:       jsonplace.NewIndex(text),
		statement: -1,
	}
	d := p.document()
	if p.err == nil {
		p.end()
	}
	if p.err != nil {
		return nil, nil, p.err
	}
	if p.unlisted > 0 {
		p.statement = -1
		more := p.newProblem(len(text), fmt.Sprintf("%d more problems like these", p.unlisted))
		more.Minor = !p.unlistedMajor
		p.problems = append(p.problems, more)
	}
	return d, p.problems, nil
}

// parser reads a document. Its first error stays: from there on nothing is
// read and loops end.
type parser struct {
	dec  *jsontext.Decoder
	text string
	pos  jsonplace.Index[string]
	err  error

	problems []Problem
	unlisted int
	// unlistedMajor is true if some of the unlisted are not minor.
	unlistedMajor bool
	statement     int // the index of the one that is read, -1 outside

	// values holds the lists of strings, one after the other.
	values []string
	// conditions numbers those of the statement that is read.
	conditions nameIndex[conditionName]
	// operators are the names in the Condition element that is read, as AWS
	// spells them or, if it has them not, folded.
	operators nameIndex[string]
}

func (p *parser) fail(at int, message string) {
	if p.err == nil {
		pos := p.pos.At(at)
		p.err = &SyntaxError{Line: pos.Line, Column: pos.Column, Message: message}
	}
}

// failRead takes over an error of the decoder.
func (p *parser) failRead(err error) {
	at, reason := int(p.dec.InputOffset()), err
	var syntactic *jsontext.SyntacticError
	if errors.As(err, &syntactic) {
		at, reason = int(syntactic.ByteOffset), syntactic.Err
	}
	switch {
	case errors.Is(reason, io.EOF), errors.Is(reason, io.ErrUnexpectedEOF):
		p.fail(len(p.text), "expected the rest of the document, found the end of the text")
	case errors.Is(reason, jsontext.ErrNonStringName):
		p.fail(at, "expected the name of an element in double quotes, found "+p.found(at))
	default:
		p.fail(at, strings.TrimPrefix(reason.Error(), "jsontext: "))
	}
}

func (p *parser) problem(at int, format string, args ...any) {
	p.report(false, at, format, args...)
}

// minor is problem for what leaves no doubt about the meaning.
func (p *parser) minor(at int, format string, args ...any) {
	p.report(true, at, format, args...)
}

func (p *parser) report(minor bool, at int, format string, args ...any) {
	if len(p.problems) >= maxProblems {
		p.unlisted++
		p.unlistedMajor = p.unlistedMajor || !minor
		return
	}
	one := p.newProblem(at, fmt.Sprintf(format, args...))
	one.Minor = minor
	p.problems = append(p.problems, one)
}

func (p *parser) newProblem(at int, message string) Problem {
	pos := p.pos.At(at)
	return Problem{Line: pos.Line, Column: pos.Column, Statement: p.statement, Message: message}
}
