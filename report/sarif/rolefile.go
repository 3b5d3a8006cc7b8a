package sarif

import (
	"bytes"
	"encoding/json"
	"strings"

	"github.com/go-json-experiment/json/jsontext"

	"iamctl/internal/jsonplace"
)

// roleFile finds lines in a role's file of a snapshot. In a file of another form
// it finds none.
type roleFile struct {
	text  []byte
	index jsonplace.Index[[]byte]
	// parts are the members: "trust", "path", "inline NAME", "attached NAME",
	// "tags KEY" and so on.
	parts map[string]filePart
}

// filePart is the offsets of a member's value and of its name.
type filePart struct{ from, to, name int }

// newRoleFile returns the file of a text, with as many of its parts as can be
// read.
func newRoleFile(text []byte) *roleFile {
	f := &roleFile{text: text, index: jsonplace.NewIndex(text), parts: map[string]filePart{}}
	d := jsontext.NewDecoder(bytes.NewReader(text))
	if t, err := d.ReadToken(); err != nil || t.Kind() != '{' {
		return f
	}
	for d.PeekKind() == '"' {
		name, err := d.ReadToken()
		if err != nil {
			return f
		}
		key, at := name.String(), int(d.InputOffset())
		if d.PeekKind() == '[' {
			if !f.elements(d, key) {
				return f
			}
			continue
		}
		if _, err := d.ReadValue(); err != nil {
			return f
		}
		f.parts[key] = filePart{at, int(d.InputOffset()), at}
	}
	return f
}

// elements reads a list of policies or tags, and reports whether it could.
func (f *roleFile) elements(d *jsontext.Decoder, list string) bool {
	if _, err := d.ReadToken(); err != nil {
		return false
	}
	for d.PeekKind() != ']' {
		value, err := d.ReadValue()
		if err != nil {
			return false
		}
		to := int(d.InputOffset())
		from := to - len(value)
		var named struct{ Name, Key string }
		if json.Unmarshal(value, &named) == nil {
			name := named.Name + named.Key
			at := from
			if i := lastMember(f.text[from:to], name); i >= 0 {
				at += i
			}
			f.parts[list+" "+name] = filePart{from, to, at}
		}
	}
	_, err := d.ReadToken()
	return err == nil
}

// lastMember returns the offset of the last string that is value, -1 if there is
// none. It is the last because in a sorted file a policy's name comes after its
// document.
func lastMember(text []byte, value string) int {
	quoted, err := json.Marshal(value)
	if err != nil {
		return -1
	}
	return bytes.LastIndex(text, quoted)
}

// line returns a line of a part, from 1: that of the first of the texts that the
// part has as a string, in any letter case, else that of the part's name. It
// returns 0 if there is no such part.
func (f *roleFile) line(part string, texts ...string) int {
	p, ok := f.parts[part]
	if !ok {
		return 0
	}
	within := bytes.ToLower(f.text[p.from:p.to])
	for _, t := range texts {
		if i := bytes.Index(within, []byte(`"`+strings.ToLower(t)+`"`)); t != "" && i >= 0 && len(within) == p.to-p.from {
			return f.lineAt(p.from + i)
		}
	}
	return f.lineAt(p.name)
}

func (f *roleFile) lineAt(offset int) int { return f.index.At(offset).Line }

// statementLine returns the line of a statement of a policy, from 0, in a part, that of the
// part's name if it has no such statement, and 0 if there is no such part.
func (f *roleFile) statementLine(part string, statement int) int {
	p, ok := f.parts[part]
	if !ok {
		return 0
	}
	if i := statementIn(f.text[p.from:p.to], statement); i >= 0 {
		return f.lineAt(p.from + i)
	}
	return f.lineAt(p.name)
}

// statementIn returns the offset of a statement, -1 if there is none.
func statementIn(text []byte, statement int) int {
	first := bytes.IndexByte(text, '{') // behind a colon
	if first < 0 || statement < 0 {
		return -1
	}
	d := jsontext.NewDecoder(bytes.NewReader(text[first:]))
	for {
		t, err := d.ReadToken()
		if err != nil {
			return -1
		}
		if t.Kind() != '"' || t.String() != "Statement" {
			continue
		}
		if d.PeekKind() == '[' {
			if _, err := d.ReadToken(); err != nil {
				return -1
			}
		}
		for i := 0; ; i++ {
			value, err := d.ReadValue()
			if err != nil {
				return -1
			}
			if i == statement {
				return first + int(d.InputOffset()) - len(value)
			}
		}
	}
}
