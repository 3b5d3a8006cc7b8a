package suggest

import (
	"strings"
	"unicode/utf8"

	"iamctl/equivalency"
	"iamctl/policy"
)

// vocabulary numbers the tokens of all texts, so that texts are compared as
// lists of numbers.
type vocabulary struct {
	ids    map[string]uint32
	tokens []token
}

// token is a piece of text between two boundaries next to each other, or an
// opaque one that no proposal may change: a placeholder, or a piece in a place
// where nothing is rewritten.
type token struct {
	text string
	kind kind
	// folded is the token in lower case, for names of roles.
	folded uint32
	hash   hash
	// kept is what kept returns for it, once it was asked for.
	kept uint32
}

type kind uint8

const (
	divider kind = iota // neither letter nor digit
	word
	number
	accountID
	opaque
)

// blank is the token in place of a value that was cut out.
const blank uint32 = 0

func newVocabulary() *vocabulary {
	v := &vocabulary{ids: map[string]uint32{}}
	v.opaque("blank", "")
	return v
}

// opaque returns the opaque token of a sort with a text. No piece of a text is
// taken for one, for a character that divides is a piece by itself.
func (v *vocabulary) opaque(sort, text string) uint32 {
	key := "\x00" + sort + " " + text
	id, ok := v.ids[key]
	if !ok {
		id = uint32(len(v.tokens))
		v.ids[key] = id
		v.tokens = append(v.tokens, token{text: text, kind: opaque, folded: id, hash: hash{mix(1<<32 + uint64(id)), 1}})
	}
	return id
}

// kept returns the token for a piece in a place where nothing is rewritten.
func (v *vocabulary) kept(id uint32) uint32 {
	if v.tokens[id].kept == 0 {
		kept := v.opaque("kept", v.tokens[id].text)
		v.tokens[id].kept = kept
	}
	return v.tokens[id].kept
}

// placeholder returns the token for a placeholder and for the values that
// become it.
func (v *vocabulary) placeholder(p string) uint32 { return v.opaque("placeholder", p) }

func (v *vocabulary) id(text string) uint32 {
	if id, ok := v.ids[text]; ok {
		return id
	}
	id := uint32(len(v.tokens))
	// The text may be part of a long one, which is not to be kept for it.
	text = strings.Clone(text)
	v.ids[text] = id
	v.tokens = append(v.tokens, token{text: text, kind: kindOf(text), folded: id, hash: hashOf(text)})
	if small := policy.Fold(text); small != text {
		folded := v.id(small)
		v.tokens[id].folded = folded
	}
	return id
}

func kindOf(text string) kind {
	r, _ := utf8.DecodeRuneInString(text)
	switch {
	case equivalency.Divides(r, r):
		return divider
	case strings.Trim(text, "0123456789") != "":
		return word
	case len(text) == 12:
		return accountID
	}
	return number
}

// split appends the tokens of a text.
func (v *vocabulary) split(dst []uint32, s string) []uint32 {
	from := 0
	for at := 0; at < len(s); {
		_, size := utf8.DecodeRuneInString(s[at:])
		at += size
		if equivalency.Boundary(s, at) {
			dst = append(dst, v.id(s[from:at]))
			from = at
		}
	}
	return dst
}

// spell returns the text of tokens, with the names of placeholders.
func (v *vocabulary) spell(tokens []uint32) string {
	var b strings.Builder
	for _, id := range tokens {
		b.WriteString(v.tokens[id].text)
	}
	return b.String()
}

// divides reports whether a token is neither letter nor digit, be it in a place where
// nothing is rewritten.
func (v *vocabulary) divides(id uint32) bool {
	t := &v.tokens[id]
	return t.kind == divider || t.kind == opaque && t.text != "" && kindOf(t.text) == divider
}

// is reports whether a token has this text, be it opaque or not.
func (v *vocabulary) is(id uint32, text string) bool { return v.tokens[id].text == text }
