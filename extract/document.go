package extract

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"net/url"
	"strings"
	"sync"

	"github.com/go-json-experiment/json/jsontext"

	"iamctl/internal/jsonplace"
	"iamctl/inventory"
)

// ErrNotUTF8 says that a JSON string is not Unicode: a byte of it is not UTF-8, or
// an escape is half of a surrogate pair. IAM takes such an escape in a policy
// document.
var ErrNotUTF8 = errors.New("the text is not valid UTF-8, or holds half of a surrogate pair")

// DocumentOf returns the text of a policy document that is a JSON object, or a
// JSON string as DecodeDocument reads it. The value is as a decoder returns it, which
// has checked its syntax. An object may hold text that is not
// Unicode: that is kept as it is written, for the policy's parser to judge. On an
// error the text comes back as it was.
func DocumentOf(v jsontext.Value) (inventory.Document, error) {
	if v.Kind() == jsontext.KindString {
		if !jsonplace.Unicode(v) {
			return inventory.Document(v), ErrNotUTF8
		}
		return DecodeDocument(jsonplace.Unquote(string(v)))
	}
	return inventory.Document(compact(v)), nil
}

// compact returns a JSON value without the white space between its tokens. Accounts have
// gigabytes of documents, and jsontext.Value.Compact parses each once more.
func compact(v []byte) string {
	buf := buffers.Get().(*[]byte)
	b := (*buf)[:0]
	for len(v) > 0 {
		n := len(v)
		if at := bytes.IndexByte(v, '"'); at >= 0 {
			n = at
		}
		for _, c := range v[:n] {
			if c > ' ' {
				b = append(b, c)
			}
		}
		v = v[n:]
		n = stringLen(v)
		b = append(b, v[:n]...)
		v = v[n:]
	}
	// The text is kept: it has no more memory than it needs.
	s := string(b)
	if *buf = b; cap(b) <= largeBuffer {
		buffers.Put(buf)
	}
	return s
}

// buffers are for documents that are being read. Large ones are not kept.
var buffers = sync.Pool{New: func() any { return new([]byte) }}

const largeBuffer = 1 << 16

// stringLen returns the length of the string that a text begins with, 0 for none.
func stringLen(v []byte) int {
	for at := 1; at < len(v); at++ {
		n := bytes.IndexAny(v[at:], `"\\`)
		if n < 0 {
			break
		}
		if at += n; v[at] == '"' {
			return at + 1
		}
		at++ // what a backslash is before
	}
	return len(v)
}

// DecodeDocument returns the JSON text of a policy document as IAM's API hands
// it out: percent-encoded by RFC 3986, where a plus is a plus (IAM API
// Reference, GetAccountAuthorizationDetails). Text that begins with a brace
// is not encoded and stays as it is. A byte order mark before either is no
// part of the text.
//
// Some services that imitate IAM write blanks as plus signs. A plus is read
// as a blank where the text is JSON only that way, or where the text shows
// such an encoder: it writes a true plus as %2B and no blank as %20.
//
// The result need not be JSON: what a document means is not decided here.
// On an error the text comes back as it was, to be kept beside a gap.
func DecodeDocument(given string) (inventory.Document, error) {
	s := strings.TrimPrefix(given, "\ufeff")
	if strings.HasPrefix(strings.TrimLeft(s, " \t\r\n"), "{") {
		return inventory.Document(s), nil
	}
	text, err := url.PathUnescape(s)
	if err != nil {
		return inventory.Document(given), fmt.Errorf("the policy document is not percent-encoded as IAM does it: %w", err)
	}
	if strings.Contains(s, "+") {
		form, err := url.QueryUnescape(s)
		if err == nil && json.Valid([]byte(form)) && (formEncoded(s) || !json.Valid([]byte(text))) {
			return inventory.Document(form), nil
		}
	}
	return inventory.Document(text), nil
}

// formEncoded reports whether text with a bare plus can only come from an
// encoder of HTML forms.
func formEncoded(s string) bool {
	return strings.Contains(strings.ToUpper(s), "%2B") && !strings.Contains(s, "%20")
}

// PolicyName returns the name in a managed policy's ARN: what follows the last
// slash. The API names boundaries by ARN alone.
func PolicyName(arn string) string {
	return arn[strings.LastIndexByte(arn, '/')+1:]
}
