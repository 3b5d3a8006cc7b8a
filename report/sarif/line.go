package sarif

import (
	"bytes"
	"encoding/json"
	"strings"

	"github.com/go-json-experiment/json/jsontext"
)

// roleFile finds lines in a role's file of a snapshot. Of a file of another
// form it knows nothing.
type roleFile struct {
	text []byte
	// parts are where the members stand: "trust", "path", "inline NAME",
	// "attached NAME", "tags KEY" and so on.
	parts map[string]filePart
}

// filePart is where a member stands, and where its name does.
type filePart struct{ from, to, name int }

// newRoleFile reads as much as it understands.
func newRoleFile(text []byte) *roleFile {
	f := &roleFile{text: text, parts: map[string]filePart{}}
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

// elements reads a list of things with names: policies or tags.
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

// lastMember finds where a text stands as a whole value, the last one: in a
// sorted file a policy's name comes after its document.
func lastMember(text []byte, value string) int {
	quoted, err := json.Marshal(value)
	if err != nil {
		return -1
	}
	return bytes.LastIndex(text, quoted)
}

// line gives the line, from 1, on which one of the texts stands first in a
// part, in any letter case; the line of the part's name if none does, 0 if
// there is no such part.
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

func (f *roleFile) lineAt(offset int) int { return 1 + bytes.Count(f.text[:offset], []byte("\n")) }
