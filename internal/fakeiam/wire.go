package fakeiam

import (
	"bytes"
	"encoding/xml"
	"strconv"
	"strings"

	"iamctl/inventory"
)

const (
	iamNamespace = "https://iam.amazonaws.com/doc/2010-05-08/"
	stsNamespace = "https://sts.amazonaws.com/doc/2011-06-15/"
	iamVersion   = "2010-05-08"
	stsVersion   = "2011-06-15"
)

// writer builds the inside of an answer.
type writer struct{ bytes.Buffer }

// in writes an element around what the function writes.
func (w *writer) in(name string, inside func()) {
	w.WriteString("<" + name + ">")
	inside()
	w.WriteString("</" + name + ">")
}

// text writes an element with a text.
func (w *writer) text(name, value string) {
	w.in(name, func() { xml.EscapeText(w, []byte(value)) })
}

// optional writes an element unless its text is empty, as AWS leaves such out.
func (w *writer) optional(name, value string) {
	if value != "" {
		w.text(name, value)
	}
}

func (w *writer) number(name string, n int) { w.text(name, strconv.Itoa(n)) }

// list writes a list element with a member for each value.
func list[T any](w *writer, name string, values []T, member func(T)) {
	w.in(name, func() {
		for _, v := range values {
			w.in("member", func() { member(v) })
		}
	})
}

// names writes a list of bare texts.
func (w *writer) names(name string, values []string) {
	list(w, name, values, func(v string) { xml.EscapeText(w, []byte(v)) })
}

// envelope puts an answer's inside into its Response and Result.
func envelope(action, namespace string, inside []byte, id string) []byte {
	var w writer
	w.WriteString("<" + action + `Response xmlns="` + namespace + `">`)
	w.in(action+"Result", func() { w.Write(inside) })
	w.in("ResponseMetadata", func() { w.text("RequestId", id) })
	w.WriteString("</" + action + "Response>\n")
	return w.Bytes()
}

// apiError is an answer that says no.
type apiError struct {
	status  int
	code    string
	message string
}

func (e *apiError) render(id string) []byte {
	kind := "Sender"
	if e.status >= 500 {
		kind = "Receiver"
	}
	var w writer
	w.WriteString(`<ErrorResponse xmlns="` + iamNamespace + `">`)
	w.in("Error", func() {
		w.text("Type", kind)
		w.text("Code", e.code)
		w.text("Message", e.message)
	})
	w.text("RequestId", id)
	w.WriteString("</ErrorResponse>\n")
	return w.Bytes()
}

func noSuchEntity(kind, name string) *apiError {
	return &apiError{404, "NoSuchEntity", "The " + kind + " with name " + name + " cannot be found."}
}

func invalid(message string) *apiError {
	return &apiError{400, "ValidationError", message}
}

// Encode percent-encodes a document as AWS does: everything but the
// unreserved characters of RFC 3986.
func Encode(d inventory.Document) string {
	const digits = "0123456789ABCDEF"
	var b strings.Builder
	b.Grow(len(d) * 3 / 2)
	for i := range len(d) {
		c := d[i]
		if unreserved(c) {
			b.WriteByte(c)
			continue
		}
		b.WriteByte('%')
		b.WriteByte(digits[c>>4])
		b.WriteByte(digits[c&15])
	}
	return b.String()
}

func unreserved(c byte) bool {
	switch {
	case 'a' <= c && c <= 'z', 'A' <= c && c <= 'Z', '0' <= c && c <= '9':
		return true
	}
	return c == '-' || c == '.' || c == '_' || c == '~'
}
