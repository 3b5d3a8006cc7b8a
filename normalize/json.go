package normalize

import (
	"io"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/go-json-experiment/json/jsontext"
)

// edit gives a string's JSON after a change.
type edit func(Field, jsonString) string

// editJSON changes the values of a condition or statement column and leaves
// all else byte for byte: operators, keys, names of elements, actions,
// numbers. Where something changed, lists whose order means nothing are
// sorted again and free of duplicates. A text that is no JSON is changed as
// plain text.
func editJSON(field Field, text string, change edit) string {
	if text == "" {
		return text
	}
	root, ok := readJSON(text)
	if !ok {
		if field == FieldStatement {
			field = FieldARN
		}
		return change(field, jsonString{text: text, plain: true})
	}
	var changed bool
	if field == FieldStatement {
		changed = root.editStatement(change)
	} else {
		changed = root.editCondition(change)
	}
	if !changed {
		return text
	}
	var b strings.Builder
	root.write(&b)
	return b.String()
}

// editCondition reads {"Operator": {"key": ["value", ...]}}.
func (n *jsonNode) editCondition(change edit) bool {
	changed := false
	if n.kind != '{' {
		return n.edit(FieldCondition, true, change)
	}
	for i := range n.items {
		operator := &n.items[i]
		changed = operator.edit(FieldCondition, true, change) || changed
	}
	return changed
}

// editStatement reads {"NotAction": [...], "NotResource": [...],
// "NotPrincipal": {"AWS": [...]}} and elements that iamctl does not know. The
// order of a list in an unknown element may mean something.
func (n *jsonNode) editStatement(change edit) bool {
	if n.kind != '{' {
		return n.edit(FieldARN, false, change)
	}
	changed := false
	for i := range n.items {
		element := &n.items[i]
		switch newJSONString(n.names[i]).text {
		case "NotAction":
		case "NotResource":
			changed = element.edit(FieldARN, true, change) || changed
		case "NotPrincipal":
			changed = element.edit(FieldPrincipal, true, change) || changed
		default:
			changed = element.edit(FieldARN, false, change) || changed
		}
	}
	return changed
}

// edit changes every string value in n.
func (n *jsonNode) edit(field Field, sets bool, change edit) bool {
	if n.kind == '"' {
		before := n.raw
		n.raw = change(field, newJSONString(n.raw))
		return n.raw != before
	}
	changed := false
	for i := range n.items {
		changed = n.items[i].edit(field, sets, change) || changed
	}
	if changed && sets && n.kind == '[' {
		n.sort()
	}
	return changed
}

// sort makes a set of a list of strings; other lists stay.
func (n *jsonNode) sort() {
	texts := make(map[string]string, len(n.items))
	for _, item := range n.items {
		if item.kind != '"' {
			return
		}
		texts[item.raw] = newJSONString(item.raw).text
	}
	slices.SortStableFunc(n.items, func(a, b jsonNode) int { return strings.Compare(texts[a.raw], texts[b.raw]) })
	n.items = slices.CompactFunc(n.items, func(a, b jsonNode) bool { return texts[a.raw] == texts[b.raw] })
}

// jsonNode is a JSON value; raw is a scalar, names are an object's, raw too.
type jsonNode struct {
	kind  jsontext.Kind
	raw   string
	names []string
	items []jsonNode
}

func readJSON(text string) (jsonNode, bool) {
	dec := jsontext.NewDecoder(strings.NewReader(text), jsontext.AllowDuplicateNames(true), jsontext.AllowInvalidUTF8(true))
	n, err := readNode(dec)
	if err != nil {
		return jsonNode{}, false
	}
	_, err = dec.ReadToken()
	return n, err == io.EOF
}

func readNode(dec *jsontext.Decoder) (jsonNode, error) {
	n := jsonNode{kind: dec.PeekKind()}
	if n.kind != '{' && n.kind != '[' {
		raw, err := dec.ReadValue()
		n.raw = string(raw)
		return n, err
	}
	if _, err := dec.ReadToken(); err != nil {
		return n, err
	}
	for k := dec.PeekKind(); k != '}' && k != ']'; k = dec.PeekKind() {
		if n.kind == '{' {
			name, err := dec.ReadValue()
			if err != nil {
				return n, err
			}
			n.names = append(n.names, string(name))
		}
		item, err := readNode(dec)
		if err != nil {
			return n, err
		}
		n.items = append(n.items, item)
	}
	_, err := dec.ReadToken()
	return n, err
}

func (n *jsonNode) write(b *strings.Builder) {
	if n.kind != '{' && n.kind != '[' {
		b.WriteString(n.raw)
		return
	}
	b.WriteByte(byte(n.kind))
	for i := range n.items {
		if i > 0 {
			b.WriteByte(',')
		}
		if n.kind == '{' {
			b.WriteString(n.names[i])
			b.WriteByte(':')
		}
		n.items[i].write(b)
	}
	if n.kind == '{' {
		b.WriteByte('}')
	} else {
		b.WriteByte(']')
	}
}

// jsonString is a string with its JSON. What is not replaced keeps its
// spelling, so that it does not matter how whoever wrote it escapes.
type jsonString struct {
	text string
	raw  string
	// at gives for each byte of text, and for its end, the offset in raw;
	// nil where each is one further, for the quote.
	at    []int
	plain bool // no JSON
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

// escapeLen is the length of the character that a JSON string begins with,
// as written: of an escape, of two for a surrogate pair.
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

// replace gives the JSON with parts of the text replaced.
func (s jsonString) replace(parts []replacement) string {
	if s.plain {
		return splice(s.text, parts)
	}
	for i, p := range parts {
		from, to := p.from+1, p.to+1
		if s.at != nil {
			from, to = s.at[p.from], s.at[p.to]
		}
		parts[i] = replacement{from, to, escape(p.text)}
	}
	return splice(s.raw, parts)
}

// escape writes a text as part of a JSON string.
func escape(s string) string {
	const hex = "0123456789abcdef"
	plain := func(r rune) bool { return r >= 0x20 && r != '"' && r != '\\' && (r < 0x7f || r > 0x9f) }
	if strings.IndexFunc(s, func(r rune) bool { return !plain(r) }) < 0 {
		return s
	}
	var b strings.Builder
	for _, r := range s {
		switch {
		case plain(r):
			b.WriteRune(r)
		case r == '"', r == '\\':
			b.WriteByte('\\')
			b.WriteRune(r)
		default:
			b.WriteString(`\u00`)
			b.WriteByte(hex[r>>4])
			b.WriteByte(hex[r&15])
		}
	}
	return b.String()
}
