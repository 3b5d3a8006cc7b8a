package rewrite

import (
	"slices"

	"iamctl/equivalency"
)

// Named is the other account's value, found in this account.
type Named struct {
	Value string
	// Owner is the tag of the account that the value belongs to.
	Owner string
	// Expected is the whole text as it would be expected here: with this
	// account's counterparts in place of the other's values. It is "" if
	// the value has no counterpart.
	Expected string
}

// Named finds the other account's values in a text of this account, each
// once, in the order of their first occurrence. A value inside a longer one of
// this account's own is not the other's, nor is one inside a shared literal.
func (r *Rewriter) Named(field Field, text string) []Named {
	if isJSON(field) {
		var found []int
		expected, _ := editColumn(field, text, func(f Field, s jsonString) edited {
			return edited{raw: s.replace(r.counterparts(f, s.text, &found))}
		})
		return r.namedBy(found, expected)
	}
	return r.NamedValue(field, text)
}

// NamedValue is Named for one value of a condition, as for any text that is no JSON: an
// account's id would be read as a number.
func (r *Rewriter) NamedValue(field Field, value string) []Named {
	var found []int
	expected := splice(value, r.counterparts(field, value, &found))
	return r.namedBy(found, expected)
}

// namedBy returns what was found in a text, by the indexes of the rules, of which expected is
// what it would be here.
func (r *Rewriter) namedBy(found []int, expected string) []Named {
	var out []Named
	for _, i := range found {
		f := &r.rules.Foreign[i]
		n := Named{Value: f.Value, Owner: f.Owner}
		if f.Expected != "" {
			n.Expected = expected
		}
		out = appendNew(out, n)
	}
	return out
}

// counterparts returns what to put in place of the other account's values,
// and adds their indexes to found.
func (r *Rewriter) counterparts(field Field, text string, found *[]int) []replacement {
	out := r.otherPartition(text, found)
	if !r.names.any(field, text) {
		return out
	}
	made := r.rules.Known.In(field, text)
	words := equivalency.BesideMade(text, made)
	for _, m := range r.names.matches(field, text) {
		in := func(p equivalency.Span) bool { return p.From < m.to && m.from < p.To }
		if m.kind != foreignValue || words.Blocks(m.from, m.to, false) || slices.ContainsFunc(made, in) {
			continue
		}
		*found = appendNew(*found, m.index)
		if e := r.rules.Foreign[m.index].Expected; e != "" {
			out = insert(out, replacement{from: m.from, to: m.to, text: e})
		}
	}
	return out
}
