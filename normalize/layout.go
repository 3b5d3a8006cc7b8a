package normalize

import (
	"strconv"
	"strings"
)

// layout says where placeholders were put into a text. Two texts that are
// equal after rewriting mean the same only if their layouts are equal too:
// otherwise one has as it is what was put into the other.
func (r *Rewriter) layout(field Field, text string) string {
	if field != FieldCondition && field != FieldStatement {
		return r.sign(field, text)
	}
	root, ok := readJSON(text)
	if !ok {
		return r.sign(plainField(field), text)
	}
	signed := func(f Field, s jsonString) edited {
		var h hits
		parts, _ := r.plain(f, s.text, &h)
		sign := spellPlaces(places(parts))
		return edited{raw: s.replace(parts), sign: sign}
	}
	if !root.editColumn(field, signed) {
		return ""
	}
	var b strings.Builder
	root.write(&b, func(n *jsonNode) {
		b.WriteString(n.raw)
		b.WriteString(n.sign)
	})
	return b.String()
}

// sign is the layout of a text that is no JSON.
func (r *Rewriter) sign(field Field, text string) string {
	var h hits
	parts, _ := r.plain(field, text, &h)
	return spellPlaces(places(parts))
}

// spellPlaces writes places in a form that stands apart from JSON around it.
func spellPlaces(at []part) string {
	var b []byte
	for _, p := range at {
		b = append(b, '@')
		b = strconv.AppendInt(b, int64(p.from), 10)
		b = append(b, '-')
		b = strconv.AppendInt(b, int64(p.to), 10)
	}
	return string(b)
}
