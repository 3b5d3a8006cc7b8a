package rewrite

import "iamctl/equivalency"

// knows reports whether a text has a name or an id that the account knows as its own.
func (r *Rewriter) knows(field Field, text string) bool {
	k := r.rules.Known
	if k == nil {
		return false
	}
	arn, _ := k.ID(field, text)
	return arn != "" || k.In(field, text) != nil
}

// entity puts an entity's ARN, rewritten, in place of the unique id that is the first
// n bytes of a text. In a condition it says that it was the id.
func (r *Rewriter) entity(field Field, text string, n int, arn string, h *hits) (parts []replacement, after string) {
	inner, name := r.marked(field, arn, r.rules.Known.In(field, arn), h)
	at := places(inner)
	switch {
	case field == equivalency.Condition:
		h.id = true
		name = equivalency.IDOf + name
		at = append([]equivalency.Span{{From: 0, To: len(equivalency.IDOf)}}, equivalency.Shift(at, len(equivalency.IDOf))...)
	case at == nil:
		at = []equivalency.Span{}
	}
	parts = []replacement{{from: 0, to: n, text: name, inner: at}}
	return parts, name + text[n:]
}

// appendMade appends replacements for the made-up parts that begin before a byte of a
// text, and returns the parts that are left.
func appendMade(parts []replacement, made []equivalency.Span, before int) ([]replacement, []equivalency.Span) {
	for len(made) > 0 && made[0].From < before {
		parts = append(parts, replacement{from: made[0].From, to: made[0].To, text: equivalency.Random})
		made = made[1:]
	}
	return parts, made
}

// Marked returns a text after rewriting, with equivalency.Random in place of parts
// that a tool made up.
func (r *Rewriter) Marked(field Field, text string, made []equivalency.Span) string {
	var h hits
	_, after := r.marked(field, text, made, &h)
	return after
}
