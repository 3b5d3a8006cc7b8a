// Package variable takes texts with policy variables apart: what variables they
// have, what they are with values for them, and whether one matches all that
// another does whatever the values are.
package variable

import (
	"strings"
	"sync"

	"iamctl/policy"
)

// Text is a text with variables, of a condition or a resource.
type Text struct {
	parts []part
	// single are the parts with literals character by character, once they were needed.
	single []unit
	once   sync.Once
}

// part is a literal text, a wildcard or a variable.
type part struct {
	kind kind
	// text is that of a literal, or the default value of a variable.
	text string
	// key is that of a variable, in lower case.
	key        string
	hasDefault bool
}

type kind byte

const (
	literal kind = iota
	one          // ?
	star         // *
	variable
)

// Parse takes a text apart; wildcards says that * and ? are wildcards. It is
// false for a text without variables and for one of which the evaluator cannot
// say what it is.
func Parse(text string, wildcards bool) (*Text, bool) {
	t, found := &Text{}, false
	for text != "" {
		i, j, ok := policy.NextVariable(text)
		if !ok {
			i, j = len(text), len(text)
		}
		t.addPlain(text[:i], wildcards)
		if ok {
			p, readable := parseVariable(text[i:j], wildcards)
			if !readable {
				return nil, false
			}
			found = found || p.kind == variable
			t.add(p)
		}
		text = text[j:]
	}
	return t, found
}

// parseVariable returns the part that ${...} is.
func parseVariable(text string, wildcards bool) (part, bool) {
	switch text {
	case "${*}", "${?}", "${$}":
		return part{kind: literal, text: text[2:3]}, true
	}
	v := policy.ParseVariable(text, 0, len(text))
	p := part{kind: variable, key: policy.Fold(text[v.KeyFrom:v.KeyTo]), hasDefault: v.HasDefault}
	if v.HasDefault {
		p.text = text[v.DefaultFrom:v.DefaultTo]
	}
	unreadable := p.key == "" || strings.TrimSpace(p.key) != p.key || !v.HasDefault && v.KeyTo != len(text)-1
	return p, !unreadable && !(wildcards && strings.ContainsAny(p.text, "*?"))
}

func (t *Text) addPlain(text string, wildcards bool) {
	for wildcards {
		i := strings.IndexAny(text, "*?")
		if i < 0 {
			break
		}
		t.add(part{kind: literal, text: text[:i]})
		t.add(part{kind: map[byte]kind{'*': star, '?': one}[text[i]]})
		text = text[i+1:]
	}
	t.add(part{kind: literal, text: text})
}

// add appends a part; neighbouring literals become one.
func (t *Text) add(p part) {
	n := len(t.parts)
	switch {
	case p.kind == literal && p.text == "":
	case p.kind == literal && n > 0 && t.parts[n-1].kind == literal:
		t.parts[n-1].text += p.text
	default:
		t.parts = append(t.parts, p)
	}
}

// Keys returns the condition keys of the variables, in lower case, each once.
func (t *Text) Keys() []string {
	var out []string
	for _, p := range t.parts {
		if p.kind == variable && !contains(out, p.key) {
			out = append(out, p.key)
		}
	}
	return out
}

func contains(list []string, s string) bool {
	for _, e := range list {
		if e == s {
			return true
		}
	}
	return false
}

// Needs reports whether the text matches nothing if the key is absent.
func (t *Text) Needs(key string) bool {
	for _, p := range t.parts {
		if p.kind == variable && p.key == key && !p.hasDefault {
			return true
		}
	}
	return false
}

// Whole returns the key of the variable that is all of the text, "" if there is
// more than that.
func (t *Text) Whole() string {
	if len(t.parts) == 1 {
		return t.parts[0].key
	}
	return ""
}

// Plain reports whether there are no wildcards.
func (t *Text) Plain() bool {
	for _, p := range t.parts {
		if p.kind == star || p.kind == one {
			return false
		}
	}
	return true
}
