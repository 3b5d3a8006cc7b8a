package variable

import "unicode/utf8"

// Covers reports whether the text matches all that the other one does, whatever
// the values of the variables are: each part of the other one is a part of a `*`
// of this one, or the same. It may be false where that is so.
func (t *Text) Covers(o *Text) bool { return covers(t.units(), o.units()) }

// unit is a character, a wildcard or a variable.
type unit part

// units returns the text's units, which must not be changed.
func (t *Text) units() []unit {
	t.once.Do(func() { t.single = t.split() })
	return t.single
}

func (t *Text) split() []unit {
	var out []unit
	for _, p := range t.parts {
		if p.kind != literal {
			out = append(out, unit(p))
			continue
		}
		for s := p.text; s != ""; {
			_, n := utf8.DecodeRuneInString(s)
			out = append(out, unit{kind: literal, text: s[:n]})
			s = s[n:]
		}
	}
	return out
}

// covers matches the units of o as if they were text.
func covers(p, o []unit) bool {
	at, after, from := 0, -1, 0
	for n := 0; n < len(o); {
		switch {
		case at < len(p) && p[at].kind == star:
			after, from = at+1, n
			at++
		case at < len(p) && p[at].matches(o[n]):
			at++
			n++
		case after >= 0:
			from++
			at, n = after, from
		default:
			return false
		}
	}
	for at < len(p) && p[at].kind == star {
		at++
	}
	return at == len(p)
}

// matches reports whether a unit other than a `*` matches all that another one can be.
func (u unit) matches(o unit) bool {
	return u == o || u.kind == one && o.kind == literal ||
		u.kind == variable && o.kind == variable && u.key == o.key && !o.hasDefault
}
