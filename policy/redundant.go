package policy

import "slices"

// dropCovered returns the list without the patterns that another one in it
// covers. The list is sorted, without duplicates, each pattern canonical. If
// that takes too many steps, it returns the list as it is; the steps depend on
// the list alone, so that equal lists stay equal.
func dropCovered(list []string, how coverage) []string {
	if len(list) < 2 || !slices.ContainsFunc(list, hasWildcard) {
		return list
	}
	r := reducer{how: how, items: make([]coverItem, len(list)), steps: coverSteps}
	for i, s := range list {
		r.items[i] = newCoverItem(s, how)
		r.steps += coverStepsPerByte * len(s)
	}
	if !r.reduce() {
		return list
	}
	out := make([]string, 0, len(list))
	for i, s := range list {
		if !r.items[i].covered {
			out = append(out, s)
		}
	}
	return out
}

// coverage says how the patterns of a list are matched, and so which covers which.
type coverage int

const (
	actionCoverage    coverage = iota // service and name, each on its own; folded, without variables
	resourceCoverage                  // as CoversResource
	conditionCoverage                 // as Covers, with variables
	arnCoverage                       // as Covers, with variables, each of six ARN segments on its own
)
