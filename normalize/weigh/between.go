package weigh

import (
	"slices"

	"iamctl/equivalency"
	"iamctl/normalize/rewrite"
)

// applied is what was done to texts that became one.
type applied struct {
	rules []*equivalency.Rule
	// random reports whether a part that a tool made up was put aside, which no
	// entry did.
	random bool
}

// add adds the traces of texts, which may be nil.
func (a *applied) add(traces ...*rewrite.Trace) {
	for _, t := range traces {
		if t != nil {
			a.rules = append(a.rules, t.Rules...)
			a.random = a.random || slices.Contains(t.Inserted, equivalency.Random)
		}
	}
}

// between returns the entries because of which two texts that were not equal are
// so after what was done to them.
func between(a, b applied) []int {
	var all, out []int
	for _, rules := range [][]*equivalency.Rule{a.rules, b.rules} {
		for _, r := range rules {
			if slices.Contains(all, r.Entry) {
				continue
			}
			all = append(all, r.Entry)
			if !slices.Equal(valuesOf(a.rules, r.Entry), valuesOf(b.rules, r.Entry)) {
				out = append(out, r.Entry)
			}
		}
	}
	if len(out) == 0 && !a.random && !b.random {
		return all
	}
	return out
}

// valuesOf returns the values of an entry among the rules, in their order.
func valuesOf(rules []*equivalency.Rule, entry int) []string {
	var out []string
	for _, r := range rules {
		if r.Entry == entry && !slices.Contains(out, r.Value) {
			out = append(out, r.Value)
		}
	}
	return out
}

// appendNew appends the entries that the list does not have yet.
func appendNew(list, entries []int) []int {
	for _, e := range entries {
		if !slices.Contains(list, e) {
			list = append(list, e)
		}
	}
	return list
}
