package variable

import (
	"strings"

	"iamctl/policy"
)

// Pattern returns the text as a pattern with the values that a function has for
// its keys, in which only wildcards of the text are wildcards. It is false if a
// variable without default has no value.
func (t *Text) Pattern(value func(key string) (string, bool)) (string, bool) {
	var b strings.Builder
	for _, p := range t.parts {
		switch p.kind {
		case star:
			b.WriteByte('*')
		case one:
			b.WriteByte('?')
		case literal:
			b.WriteString(policy.Escape(p.text))
		case variable:
			v, ok := value(p.key)
			if !ok && !p.hasDefault {
				return "", false
			}
			if !ok {
				v = p.text
			}
			b.WriteString(policy.Escape(v))
		}
	}
	return b.String(), true
}

// Widened returns a pattern that matches whatever the text can match.
func (t *Text) Widened() string {
	var b strings.Builder
	for _, p := range t.parts {
		switch p.kind {
		case one:
			b.WriteByte('?')
		case literal:
			b.WriteString(policy.Escape(p.text))
		default:
			b.WriteByte('*')
		}
	}
	return b.String()
}

// Value returns the value that the only variable must have for the text to be s
// with nothing for a `*`. It is false if there are other wildcards or more
// variables, or if there is none.
func (t *Text) Value(s string) (key, value string, ok bool) {
	before := true
	for _, p := range t.parts {
		switch {
		case p.kind == star:
		case p.kind == variable && key == "":
			key, before = p.key, false
		case p.kind != literal:
			return "", "", false
		case before:
			if s, ok = strings.CutPrefix(s, p.text); !ok {
				return "", "", false
			}
		}
	}
	for i := len(t.parts) - 1; t.parts[i].kind != variable; i-- {
		if s, ok = strings.CutSuffix(s, t.parts[i].text); !ok {
			return "", "", false
		}
	}
	return key, s, true
}

// String returns the text in one spelling, with what is no wildcard escaped.
func (t *Text) String() string {
	var b strings.Builder
	for _, p := range t.parts {
		switch {
		case p.kind == literal:
			b.WriteString(policy.Escape(p.text))
		case p.kind == variable:
			b.WriteString(p.variable())
		default:
			b.WriteByte(map[kind]byte{star: '*', one: '?'}[p.kind])
		}
	}
	return b.String()
}

func (p *part) variable() string {
	if p.hasDefault {
		return "${" + p.key + ", '" + p.text + "'}"
	}
	return "${" + p.key + "}"
}

// Normal returns the text with all variables that can be read in one spelling:
// neither the letter case of a key nor the spaces before a default value mean
// anything (IAM User Guide, "IAM policy elements: Variables and tags").
func Normal(text string) string {
	if !strings.Contains(text, "${") {
		return text
	}
	var b strings.Builder
	for {
		i, j, ok := policy.NextVariable(text)
		if !ok {
			b.WriteString(text)
			return b.String()
		}
		b.WriteString(text[:i])
		switch p, readable := parseVariable(text[i:j], false); {
		case !readable || p.kind == literal:
			b.WriteString(text[i:j])
		default:
			b.WriteString(p.variable())
		}
		text = text[j:]
	}
}
