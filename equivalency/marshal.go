package equivalency

import (
	"bytes"
	"slices"

	"github.com/go-json-experiment/json/jsontext"
)

// Marshal writes the dictionary in its form as a file's content, entries and
// values in their order, with a newline at the end. Parse gives the same
// dictionary again, but for the places. Text that is no UTF-8 comes out with
// U+FFFD, as in any JSON.
func (d *Dictionary) Marshal() []byte {
	w := &writer{}
	if d == nil {
		d = Empty()
	}
	if d.Form == FormIAMCTL {
		w.iamctl(d)
	} else {
		w.scoped(d)
	}
	return append(w.b.Bytes(), '\n')
}

// writer writes JSON with two blanks of indent and short lists on one line.
type writer struct {
	b      bytes.Buffer
	indent int
	// more tells that the object or list has a member already.
	more bool
}

func (w *writer) line() {
	if w.more {
		w.b.WriteByte(',')
	}
	w.more = true
	w.newline()
}

func (w *writer) newline() {
	w.b.WriteByte('\n')
	w.b.Write(bytes.Repeat([]byte("  "), w.indent))
}

// block writes an object or list over several lines, empty ones on one.
func (w *writer) block(brackets string, content func()) {
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

func (w *writer) key(name string) {
	w.line()
	w.quote(name)
	w.b.WriteString(": ")
}

func (w *writer) quote(s string) {
	// The error is about invalid UTF-8, which is then replaced.
	out, _ := jsontext.AppendQuote(w.b.AvailableBuffer(), s)
	w.b.Write(out)
}

// list writes strings on one line.
func (w *writer) list(items []string) {
	w.b.WriteByte('[')
	for i, s := range items {
		if i > 0 {
			w.b.WriteString(", ")
		}
		w.quote(s)
	}
	w.b.WriteByte(']')
}

// texts writes a single string as such.
func (w *writer) texts(items []string) {
	if len(items) == 1 {
		w.quote(items[0])
		return
	}
	w.list(items)
}

func (w *writer) comment(lines []string) {
	if len(lines) == 0 {
		return
	}
	w.key("$comment")
	if len(lines) == 1 {
		w.quote(lines[0])
		return
	}
	w.block("[]", func() {
		for _, s := range lines {
			w.line()
			w.quote(s)
		}
	})
}

func (w *writer) about(d *Dictionary) {
	if d.Schema != "" {
		w.key("$schema")
		w.quote(d.Schema)
	}
	w.comment(d.Comment)
}

func (w *writer) iamctl(d *Dictionary) {
	w.block("{}", func() {
		w.about(d)
		for _, e := range d.Entries {
			w.key(e.Placeholder)
			w.list(valueTexts(e.Values))
		}
	})
}

func (w *writer) scoped(d *Dictionary) {
	w.block("{}", func() {
		w.about(d)
		w.key("version")
		w.b.WriteString("2")
		w.key("equivalencies")
		w.block("[]", func() {
			for i := range d.Entries {
				w.line()
				w.entry(&d.Entries[i])
			}
		})
		w.key("shared")
		w.list(d.Shared)
	})
}

func (w *writer) entry(e *Entry) {
	w.block("{}", func() {
		w.comment(e.Comment)
		w.key("placeholder")
		w.quote(e.Placeholder)
		w.key("values")
		w.block("{}", func() { w.accounts(e.Values) })
		if e.Substring {
			w.key("match")
			w.quote("substring")
		}
		if e.Fields != nil {
			fields := make([]string, len(e.Fields))
			for i, f := range e.Fields {
				fields[i] = string(f)
			}
			w.key("fields")
			w.list(fields)
		}
	})
}

// accounts writes the values account by account, in the order in which each
// account is first named.
func (w *writer) accounts(values []Value) {
	var order []string
	for _, v := range values {
		if !slices.Contains(order, v.Account) {
			order = append(order, v.Account)
		}
	}
	for _, account := range order {
		w.key(account)
		w.texts(valueTexts(slices.DeleteFunc(slices.Clone(values), func(v Value) bool { return v.Account != account })))
	}
}

func valueTexts(values []Value) []string {
	out := make([]string, len(values))
	for i, v := range values {
		out[i] = v.Text
	}
	return out
}
