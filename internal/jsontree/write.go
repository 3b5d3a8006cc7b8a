package jsontree

import (
	"bytes"

	"github.com/go-json-experiment/json/jsontext"

	"iamctl/internal/visible"
)

// Writer writes JSON with two blanks of indent and short lists on one line.
// The zero value is ready.
type Writer struct {
	b      bytes.Buffer
	indent int
	// more is true if the object or list has a member already.
	more bool
}

// Bytes returns what was written, with a newline at the end.
func (w *Writer) Bytes() []byte { return append(w.b.Bytes(), '\n') }

// Line begins a member or item on a line of its own.
func (w *Writer) Line() {
	if w.more {
		w.b.WriteByte(',')
	}
	w.more = true
	w.newline()
}

func (w *Writer) newline() {
	w.b.WriteByte('\n')
	w.b.Write(bytes.Repeat([]byte("  "), w.indent))
}

// Block writes an object or list over several lines, empty ones on one.
func (w *Writer) Block(brackets string, content func()) {
	w.b.WriteByte(brackets[0])
	w.indent++
	w.more = false
	content()
	w.indent--
	if w.more {
		w.newline()
	}
	w.b.WriteByte(brackets[1])
	w.more = true
}

// Key begins a member.
func (w *Writer) Key(name string) {
	w.Line()
	w.Quote(name)
	w.b.WriteString(": ")
}

// Raw writes JSON as it is.
func (w *Writer) Raw(json string) { w.b.WriteString(json) }

// JSON writes JSON that is on one line, with hidden characters escaped.
func (w *Writer) JSON(json string) {
	w.b.Write(visible.EscapeJSON(w.b.AvailableBuffer(), []byte(json)))
}

// Quote writes a string. Text that is not UTF-8 comes out with U+FFFD, as in
// any JSON. Hidden characters are escaped, for names that AWS returned are
// hostile text; < > & are not, for people read and edit the file.
func (w *Writer) Quote(s string) {
	// The error is about invalid UTF-8, which is then replaced.
	quoted, _ := jsontext.AppendQuote(nil, s)
	w.b.Write(visible.EscapeJSON(w.b.AvailableBuffer(), quoted))
}

// List writes strings on one line.
func (w *Writer) List(items []string) {
	w.b.WriteByte('[')
	for i, s := range items {
		if i > 0 {
			w.b.WriteString(", ")
		}
		w.Quote(s)
	}
	w.b.WriteByte(']')
}

// Texts writes strings on one line, a single one as such.
func (w *Writer) Texts(items []string) {
	if len(items) == 1 {
		w.Quote(items[0])
		return
	}
	w.List(items)
}

// About writes the members that are for people and editors, if there are any.
func (w *Writer) About(schema string, comment []string) {
	if schema != "" {
		w.Key("$schema")
		w.Quote(schema)
	}
	w.Comment(comment)
}

// Comment writes a "$comment" with a line for each of its lines.
func (w *Writer) Comment(lines []string) {
	if len(lines) == 0 {
		return
	}
	w.Key("$comment")
	if len(lines) == 1 {
		w.Quote(lines[0])
		return
	}
	w.Block("[]", func() {
		for _, s := range lines {
			w.Line()
			w.Quote(s)
		}
	})
}
