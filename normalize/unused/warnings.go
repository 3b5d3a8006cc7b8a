package unused

import (
	"fmt"
	"slices"
	"strings"

	"iamctl/equivalency"
	"iamctl/normalize"
	"iamctl/policy"
)

// Warnings returns the warnings about the dictionary by whose rules the
// accounts were normalised, in the order of its entries. A nil dictionary has
// none, nor has one that does not apply because both accounts are one.
func Warnings(d *equivalency.Dictionary, accounts ...*normalize.Account) []Warning {
	if d == nil || slices.ContainsFunc(accounts, func(a *normalize.Account) bool { return a.Rewriter.Rules().Idle }) {
		return nil
	}
	bound := bindings(accounts)
	if w, ok := otherAccounts(d, bound); ok {
		return []Warning{w}
	}
	var out []Warning
	var finders []*nearFinder
	for i := range d.Entries {
		w := Warning{Placeholder: d.Entries[i].Placeholder, At: d.Entries[i].At}
		with, matched := usage(i, bound)
		if with == 0 {
			continue
		}
		var reasons []string
		if !ownIDs(i, bound) {
			if matched == 0 {
				finders = append(finders, newNearFinder(i, len(out), bound))
				reasons = append(reasons, "rewrote nothing")
			}
			if with < len(accounts) && d.Form == equivalency.FormScoped {
				reasons = append(reasons, withoutValue(i, &d.Entries[i], bound)...)
			} else if with == len(accounts) && matched > 0 {
				reasons = append(reasons, oneSided(i, bound)...)
			}
		}
		reasons = append(reasons, othersIDs(i, bound)...)
		if w.Reason = strings.Join(reasons, " and "); w.Reason != "" {
			out = append(out, w)
		}
	}
	findNear(finders, accounts)
	for _, f := range finders {
		out[f.warning].Near = f.near
	}
	return out
}

// binding is an account with its rules by the entry that they come from.
type binding struct {
	*normalize.Account
	rules map[int][]equivalency.Rule
}

func bindings(accounts []*normalize.Account) []binding {
	out := make([]binding, len(accounts))
	for i, a := range accounts {
		out[i] = binding{a, map[int][]equivalency.Rule{}}
		for _, r := range a.Rewriter.Rules().Rewrites {
			out[i].rules[r.Entry] = append(out[i].rules[r.Entry], r)
		}
	}
	return out
}

// usage returns how many accounts an entry has values for, and in how many of
// these one was rewritten.
func usage(entry int, accounts []binding) (with, matched int) {
	for _, a := range accounts {
		if len(a.rules[entry]) > 0 {
			with++
		}
		if a.Matched(entry) {
			matched++
		}
	}
	return with, matched
}

// ownIDs reports whether all values of an entry are account ids, and some of
// them the accounts' own.
func ownIDs(entry int, accounts []binding) bool {
	own := false
	for _, a := range accounts {
		for _, r := range a.rules[entry] {
			if !policy.IsAccountID(r.Value) {
				return false
			}
			own = own || r.Value == a.ID()
		}
	}
	return own
}

// withoutValue says which accounts an entry has no value for, if it has values
// for accounts that are not in the comparison.
func withoutValue(entry int, e *equivalency.Entry, accounts []binding) []string {
	var without, others []string
	known := map[string]bool{}
	for _, a := range accounts {
		if len(a.rules[entry]) == 0 {
			without = append(without, a.Tag)
		}
		for _, r := range a.rules[entry] {
			known[r.Value] = true
		}
	}
	for _, v := range e.Values {
		if !known[v.Text] && !slices.Contains(others, v.Account) {
			others = append(others, v.Account)
		}
	}
	if len(others) == 0 {
		return nil
	}
	return []string{fmt.Sprintf("has no value for %s: %s, which it names, %s not in this comparison",
		normalize.Quoted(without), normalize.Quoted(others), isOrAre(len(others)))}
}

func isOrAre(n int) string {
	if n > 1 {
		return "are"
	}
	return "is"
}
