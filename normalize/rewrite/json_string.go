package rewrite

import (
	"strings"
	"unicode/utf8"

	"iamctl/policy"

	"github.com/go-json-experiment/json/jsontext"
)

// jsonString is a string with its JSON. What is not replaced keeps its
// spelling, however its author escapes.
type jsonString struct {
	text string
	raw  string
	// at has the offset in raw of each byte of text, and of its end. It is
	// nil where each is one further, for the quote.
	at    []int
	plain bool // text is not JSON, and raw is ""
}

func newJSONString(raw string) jsonString {
	if !strings.Contains(raw, `\`) {
		return jsonString{text: raw[1 : len(raw)-1], raw: raw}
	}
	s := jsonString{raw: raw}
	var text []byte
	for i := 1; i < len(raw)-1; {
		n := escapeLen(raw[i:])
		before := len(text)
		// What cannot be unquoted comes out as U+FFFD, as everywhere.
		text, _ = jsontext.AppendUnquote(text, `"`+raw[i:i+n]+`"`)
		for range len(text) - before {
			s.at = append(s.at, i)
		}
		i += n
	}
	s.at = append(s.at, len(raw)-1)
	s.text = string(text)
	return s
}

// escapeLen returns the length of the first character of a JSON string, as it
// is written: that of an escape, or of two for a surrogate pair.
func escapeLen(s string) int {
	const unicode, pair = len(`\uXXXX`), 2 * len(`\uXXXX`)
	surrogate := func(at int, from string) bool {
		return s[at] == '\\' && s[at+1] == 'u' && (s[at+2] == 'd' || s[at+2] == 'D') && strings.IndexByte(from, s[at+3]) >= 0
	}
	switch {
	case s[0] != '\\':
		_, n := utf8.DecodeRuneInString(s)
		return n
	case s[1] != 'u':
		return 2
	case len(s) >= pair && surrogate(0, "89abAB") && surrogate(unicode, "cdefCDEF"):
		return pair
	}
	return unicode
}

// replace returns the JSON with parts of the text replaced, and may change
// the parts.
func (s jsonString) replace(parts []replacement) string {
	if s.plain {
		return splice(s.text, parts)
	}
	for i, p := range parts {
		from, to := p.from+1, p.to+1
		if s.at != nil {
			from, to = s.at[p.from], s.at[p.to]
		}
		parts[i] = replacement{from: from, to: to, text: escape(p.text)}
	}
	return splice(s.raw, parts)
}

// escape writes a text as part of a JSON string, in the canonical form of
// conditions.
func escape(s string) string {
	quoted := policy.AppendJSON(nil, s)
	return string(quoted[1 : len(quoted)-1])
}
