// Package jsontree reads and writes the JSON files that people edit by hand:
// it knows the place of everything, gathers all that is wrong with a file, and
// writes so that git shows who changed what.
package jsontree

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/go-json-experiment/json/jsontext"

	"iamctl/internal/jsonplace"
	"iamctl/internal/nearest"
)

// File is a file while it is being read: its text and what is wrong with it.
type File struct {
	// Root is the value of the file.
	Root Node
	name string
	text []byte
	at   jsonplace.Index[[]byte]
	errs []*Error
}

// Words are how errors speak of a kind of file.
type Words struct {
	// File is such as "the dictionary".
	File string
	// Empty says what to write instead of nothing.
	Empty string
}

var byteOrderMark = []byte("\xef\xbb\xbf")

// Open reads a file into nodes; name is the file's name for errors. Of what is
// no JSON at all it reports the first mistake, as Errors.
func Open(name string, data []byte, words Words) (*File, error) {
	data = bytes.TrimPrefix(data, byteOrderMark)
	f := &File{name: name, text: data, at: jsonplace.NewIndex(data)}
	r := &reader{jsontext.NewDecoder(bytes.NewReader(data), jsontext.AllowDuplicateNames(true))}
	if len(bytes.TrimSpace(data)) == 0 {
		f.errs = []*Error{{Message: "the file is empty: " + words.Empty}}
		return nil, f.Err()
	}
	root, err := r.value()
	if err == nil {
		err = r.end(words)
	}
	if err != nil {
		f.errs = []*Error{f.syntaxError(err, int(r.dec.InputOffset()))}
		return nil, f.Err()
	}
	f.Root = root
	return f, nil
}

// end checks that nothing follows.
func (r *reader) end(words Words) error {
	_, err := r.dec.ReadToken()
	switch {
	case err == nil:
		return fmt.Errorf("there is more after the end of %s: remove it", words.File)
	case err == io.EOF:
		return nil
	}
	return err
}

// syntaxError says where and why the file is not JSON.
func (f *File) syntaxError(err error, read int) *Error {
	var syntax *jsontext.SyntacticError
	switch {
	case errors.As(err, &syntax) && errors.Is(err, io.ErrUnexpectedEOF):
		return &Error{At: f.Position(len(f.text)), Message: "the file ends in the middle of a value: a bracket or quote is not closed"}
	case errors.As(err, &syntax):
		return &Error{At: f.Position(int(syntax.ByteOffset)), Message: fmt.Sprintf("not valid JSON: %v", jsonplace.SyntaxReason(syntax.Err)) + f.hint(int(syntax.ByteOffset))}
	}
	return &Error{At: f.Position(read), Message: err.Error()}
}

// hint returns what people often get wrong at the place of a syntax error.
func (f *File) hint(offset int) string {
	rest := f.text[min(offset, len(f.text)):]
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

// Position returns the position of the byte at offset.
func (f *File) Position(offset int) Position { return f.at.At(offset) }

// Raw returns a value as it is written in the file.
func (f *File) Raw(n Node) string {
	v, err := jsontext.NewDecoder(bytes.NewReader(f.text[n.At:]), jsontext.AllowDuplicateNames(true)).ReadValue()
	if err != nil {
		return "" // Open has read it
	}
	return string(v)
}

// Fail notes a mistake at a byte offset. The message says what was found and
// what to do about it.
func (f *File) Fail(at int, format string, args ...any) {
	f.errs = append(f.errs, &Error{At: f.Position(at), Message: fmt.Sprintf(format, args...)})
}

// Add notes mistakes that know their places.
func (f *File) Add(errs []*Error) { f.errs = append(f.errs, errs...) }

// Failed returns how many mistakes were noted so far.
func (f *File) Failed() int { return len(f.errs) }

// Err returns all that was noted, as Errors, or nil.
func (f *File) Err() error { return Sorted(f.name, f.errs) }

// Distinct returns an object's members, the first of each name, and reports
// the others.
func (f *File) Distinct(n Node) []Member {
	first := make(map[string]int, len(n.Members))
	out := make([]Member, 0, len(n.Members))
	for _, m := range n.Members {
		if at, ok := first[m.Name]; ok {
			f.Fail(m.At, "%q stands here for the second time, first at %s: JSON readers would take only one, so merge them", Cut(m.Name), f.Position(at))
			continue
		}
		first[m.Name] = m.At
		out = append(out, m)
	}
	return out
}

// Strings reads a string or a list of strings, which may be empty.
func (f *File) Strings(n Node, of string) []string {
	items := n.Items
	if n.Kind != '[' {
		items = []Node{n}
	}
	out := make([]string, 0, len(items))
	for _, item := range items {
		if item.Kind != '"' {
			f.Fail(item.At, "found %s, but %s is a string or a list of strings", Describe(item), of)
			continue
		}
		out = append(out, item.Text)
	}
	return out
}

// About reads the members that are for people and editors, "$schema" and
// "$comment", and reports whether m is one of them.
func (f *File) About(m Member, schema *string, comment *[]string) bool {
	switch m.Name {
	case "$schema":
		if m.Value.Kind != '"' {
			f.Fail(m.Value.At, `found %s, but "$schema" is a string`, Describe(m.Value))
		}
		*schema = m.Value.Text
	case "$comment":
		*comment = f.Strings(m.Value, `"$comment"`)
	default:
		return false
	}
	return true
}

// Unknown reports a name that is none of the known ones.
func (f *File) Unknown(at int, name, in string, known ...string) {
	message := fmt.Sprintf("%s has no %q", in, Cut(name))
	if near := nearest.Name(name, known); near != "" {
		message += fmt.Sprintf(": did you mean %q?", near)
	} else {
		message += ": it has " + strings.Join(known, ", ")
	}
	f.Fail(at, "%s", message)
}

// Version checks the number of a file's "version".
func (f *File) Version(n Node, want int) {
	if v, err := strconv.ParseFloat(n.Text, 64); n.Kind != '0' || err != nil || v != float64(want) {
		f.Fail(n.At, `"version" is %s, and this iamctl reads version %d only: write "version": %d`, Describe(n), want, want)
	}
}
