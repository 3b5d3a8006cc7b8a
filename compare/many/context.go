package many

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"iamctl/equivalency"
	"iamctl/policy"
)

// setContext sets what all roles have in common: the rules of both accounts, and what is
// known of the reference's names. It reports false where a value has to do with the id.
func (t *template) setContext() bool {
	t.begin()
	for side := range 2 {
		r := t.couple.Rules(side)
		for _, x := range r.Rewrites {
			if side == 1 && x.Owned && x.Value != t.id && !t.overlaps(x.Value) && !t.overlaps(x.Placeholder) {
				t.ownValue(x)
				continue
			}
			if !t.value(x.Value) || !t.value(x.Own) || !t.value(x.Placeholder) {
				return false
			}
			t.add(fmt.Sprint("rule", x.Substring, x.Fields, x.Owned, x.Entry))
		}
		// What is foreign is told, and has no part in what differs.
		for _, list := range [][]string{r.Shared, r.Placeholders} {
			for _, v := range list {
				if v == t.id || !t.value(v) {
					return false
				}
			}
			t.add("end")
		}
		t.placeholders = append(t.placeholders, r.Placeholders...)
	}
	known := t.couple.Rules(0).Known
	t.add(fmt.Sprint(known.Names, known.Attached)) // fmt sorts the keys of maps
	for _, name := range slices.Sorted(maps.Keys(known.Reasons)) {
		t.add(name + " " + known.Reasons[name])
	}
	t.context = *t.sum()
	return true
}

// value adds a value of the dictionary, which is the id or has nothing to do with it.
func (t *template) value(v string) bool {
	switch {
	case v == t.id:
		t.add(own)
	case t.overlaps(v):
		return false
	default:
		t.add(v)
	}
	return true
}

// overlaps reports whether a value is a part of the id, or has it as a part.
func (t *template) overlaps(v string) bool {
	return strings.Contains(t.id, v) && v != "" || strings.Contains(v, t.id)
}

// ownValue adds a value that has a part in the texts alone that have it.
func (t *template) ownValue(x equivalency.Rule) {
	t.values += fmt.Sprintf("%q %q %v %v %d\n", x.Value, x.Placeholder, x.Substring, x.Fields, x.Entry)
	needle := policy.Fold(x.Value)
	if slices.ContainsFunc(t.needles, func(n string) bool { return strings.Contains(needle, n) }) {
		return
	}
	t.needles = append(slices.DeleteFunc(t.needles, func(n string) bool { return strings.Contains(n, needle) }), needle)
}

// hasOwn reports whether a text may have one of the account's own values.
func (t *template) hasOwn(s string) bool {
	if t.needles == nil {
		return false
	}
	s = policy.Fold(s)
	return slices.ContainsFunc(t.needles, func(n string) bool { return strings.Contains(s, n) })
}
