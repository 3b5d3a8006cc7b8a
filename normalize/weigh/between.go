package weigh

import (
	"slices"

	"iamctl/equivalency"
	"iamctl/normalize/rewrite"
)

// rulesOf returns the rules that rewrote texts with the traces, which may be nil.
func rulesOf(traces ...*rewrite.Trace) []*equivalency.Rule {
	var out []*equivalency.Rule
	for _, t := range traces {
		if t != nil {
			out = append(out, t.Rules...)
		}
	}
	return out
}

// between returns the entries because of which two texts that were not equal are
// so after rewriting, by the rules that rewrote either.
func between(a, b []*equivalency.Rule) []int {
	var all, out []int
	for _, rules := range [][]*equivalency.Rule{a, b} {
		for _, r := range rules {
			if slices.Contains(all, r.Entry) {
				continue
			}
			all = append(all, r.Entry)
			if !slices.Equal(valuesOf(a, r.Entry), valuesOf(b, r.Entry)) {
				out = append(out, r.Entry)
			}
		}
	}
	if len(out) == 0 {
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
