package normalize

import (
	"strconv"
	"strings"
)

// layout says where placeholders were put into a text.
type layout struct {
	// set is the text as a set of values with the places: two texts that are
	// equal after rewriting mean the same only if their sets are equal too.
	// Otherwise one has as it is what was put into the other. It is "" where
	// nothing was put in.
	set string
	// tally is the set with the number of values that became one; it differs
	// from the set in a condition or a statement alone.
	tally string
}

func (r *Rewriter) layout(field Field, text string) layout {
	var h hits
	sign := func(f Field, text string) ([]replacement, string) {
		parts, _ := r.plain(f, text, &h)
		return parts, spellPlaces(places(parts))
	}
	if field != FieldCondition && field != FieldStatement {
		_, set := sign(field, text)
		return layout{set, set}
	}
	root, ok := readJSON(text)
	if !ok {
		_, set := sign(plainField(field), text)
		return layout{set, set}
	}
	changed := root.editColumn(field, func(f Field, s jsonString) edited {
		parts, sign := sign(f, s.text)
		return edited{raw: s.replace(parts), sign: sign}
	})
	if !changed {
		return layout{}
	}
	var set, tally strings.Builder
	root.write(&set, func(n *jsonNode) { set.WriteString(n.raw + n.sign) })
	root.write(&tally, func(n *jsonNode) { tally.WriteString(n.raw + n.sign + "+" + strconv.Itoa(n.merged)) })
	return layout{set.String(), tally.String()}
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
