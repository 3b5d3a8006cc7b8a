package rewrite

import (
	"strconv"
	"strings"

	"iamctl/equivalency"
)

// Layout is a text after rewriting, with the places of the placeholders that
// were put in.
type Layout struct {
	// Set has each value of a list once. Two texts that are equal after
	// rewriting mean the same only if their sets are equal too: otherwise
	// one has literally what was put into the other. It is "" where nothing
	// was put in.
	Set string
	// Multiset is Set with the number of values that became one. The two
	// differ for a condition or a statement alone.
	Multiset string
}

// Layout returns the layout of a text before rewriting.
func (r *Rewriter) Layout(field Field, text string) Layout {
	if !isJSON(field) {
		return r.plainLayout(field, text)
	}
	root, ok := readJSON(text)
	if !ok {
		return r.plainLayout(plainField(field), text)
	}
	var h hits
	changed := root.editColumn(field, func(f Field, s jsonString) edited {
		parts, _ := r.plain(f, s.text, &h)
		at := places(parts) // before replace changes the parts
		return edited{raw: s.replace(parts), places: spellPlaces(at)}
	})
	if !changed {
		return Layout{}
	}
	var set, multiset strings.Builder
	root.write(&set, func(n *jsonNode) { set.WriteString(n.raw + n.places) })
	root.write(&multiset, func(n *jsonNode) { multiset.WriteString(n.raw + n.places + "+" + strconv.Itoa(n.merged)) })
	return Layout{set.String(), multiset.String()}
}

func (r *Rewriter) plainLayout(field Field, text string) Layout {
	var h hits
	parts, _ := r.plain(field, text, &h)
	set := spellPlaces(places(parts))
	return Layout{set, set}
}

// spellPlaces writes places in a form that JSON next to it cannot have.
func spellPlaces(at []equivalency.Span) string {
	var b []byte
	for _, p := range at {
		b = append(b, '@')
		b = strconv.AppendInt(b, int64(p.From), 10)
		b = append(b, '-')
		b = strconv.AppendInt(b, int64(p.To), 10)
	}
	return string(b)
}
