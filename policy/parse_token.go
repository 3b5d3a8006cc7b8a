package policy

import (
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/go-json-experiment/json/jsontext"

	"iamctl/internal/jsonplace"
)

// kind returns the kind of the next value, 0 if there is none.
func (p *parser) kind() jsontext.Kind {
	if p.err != nil {
		return 0
	}
	return p.dec.PeekKind()
}

// next returns where the next value begins.
func (p *parser) next() int {
	return jsonplace.SkipBetween(p.text, int(p.dec.InputOffset()))
}

// value reads a whole value: where it begins, and its JSON.
func (p *parser) value() (int, string) {
	if p.err != nil {
		return 0, ""
	}
	v, err := p.dec.ReadValue()
	if err != nil {
		p.failRead(err)
		return 0, ""
	}
	end := int(p.dec.InputOffset())
	return end - len(v), p.text[end-len(v) : end]
}

// token reads a brace or bracket and returns where it is.
func (p *parser) token() int {
	if p.err != nil {
		return 0
	}
	if _, err := p.dec.ReadToken(); err != nil {
		p.failRead(err)
	}
	return int(p.dec.InputOffset()) - 1
}

// more reports whether the object or list goes on, and reads its end if not.
func (p *parser) more() bool {
	switch p.kind() {
	case '}', ']':
		p.token()
		return false
	case 0:
		p.token() // for its error
		return false
	}
	return p.err == nil
}

// str reads a string or a name.
func (p *parser) str() (int, string) {
	at, raw := p.value()
	if p.err != nil {
		return at, ""
	}
	return at, jsonplace.Unquote(raw)
}

// end checks that nothing follows the document.
func (p *parser) end() {
	at := int(p.dec.InputOffset())
	at = len(p.text) - len(strings.TrimLeft(p.text[at:], " \t\r\n"))
	if at < len(p.text) {
		p.fail(at, "expected the end of the text after the document, found "+p.found(at))
	}
}

// found names what is at an offset where no value has been read.
func (p *parser) found(at int) string {
	rest := strings.TrimLeft(p.text[at:], " \t\r\n")
	if rest == "" {
		return "nothing"
	}
	if name := jsonplace.KindName(jsontext.Kind(rest[0])); name != "" {
		return name
	}
	r, n := utf8.DecodeRuneInString(rest)
	if r == utf8.RuneError && n == 1 {
		return fmt.Sprintf("the byte 0x%02x", rest[0])
	}
	return "the character " + strconv.QuoteRune(r)
}

// quote returns text of the document for a message: short and harmless.
func quote(s string) string {
	const most = 60
	if utf8.RuneCountInString(s) <= most {
		return strconv.Quote(s)
	}
	return strconv.Quote(string([]rune(s)[:most])) + "..."
}
