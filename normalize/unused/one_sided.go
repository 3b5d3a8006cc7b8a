package unused

import (
	"fmt"
	"slices"

	"iamctl/normalize"
	"iamctl/policy"
)

// oneSided says in which account an entry has rewritten something and in which
// nothing: what it stands for is in one of them alone, so that nothing can be
// equal by it.
func oneSided(entry int, accounts []binding) []string {
	var in, not, values []string
	for _, a := range accounts {
		if a.Matched(entry) {
			in = append(in, a.Tag)
			continue
		}
		not = append(not, a.Tag)
		for _, r := range a.rules[entry] {
			if !slices.Contains(values, r.Value) {
				values = append(values, r.Value)
			}
		}
	}
	if len(not) == 0 {
		return nil
	}
	return []string{fmt.Sprintf("rewrote texts of %s alone: %s has none with %s", normalize.Quoted(in), normalize.Quoted(not), normalize.Quoted(values))}
}

// othersIDs says which values of an entry are the ids of accounts that are not
// compared: a text that names such an account counts as one that names the
// account itself. Where an id is not known, it may be any of them.
func othersIDs(entry int, accounts []binding) []string {
	own := map[string]bool{}
	for _, a := range accounts {
		if a.ID() == "" {
			return nil
		}
		own[a.ID()] = true
	}
	var others []string
	for _, a := range accounts {
		for _, r := range a.rules[entry] {
			if policy.IsAccountID(r.Value) && !own[r.Value] && !slices.Contains(others, r.Value) {
				others = append(others, r.Value)
			}
		}
	}
	if others == nil {
		return nil
	}
	what := "the id of an account that is not compared, for the account's own"
	if len(others) > 1 {
		what = "the ids of accounts that are not compared, for the accounts' own"
	}
	return []string{fmt.Sprintf("takes %s, %s", normalize.Quoted(others), what)}
}
