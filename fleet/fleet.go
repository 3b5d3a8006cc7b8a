// Package fleet says of a role of many accounts which forms it has, which of them is the
// majority's, and which accounts are outliers.
package fleet

import (
	"cmp"
	"slices"
)

// Form is a digest of what a role says, normalised. Equal forms are equal roles. The zero
// Form is that an account has no such role.
type Form [16]byte

// Absent is the form of a role that an account does not have.
var Absent Form

// Group is a form with the accounts that have it.
type Group struct {
	Form Form
	// Accounts are indexes, ascending.
	Accounts []int
}

// Groups returns the forms of a role, of which form i is that of account i. The largest is
// first; of two alike it is the one of the lower account. Absent is behind a form of as many
// accounts.
func Groups(forms []Form) []Group {
	at := map[Form]int{}
	var out []Group
	for i, f := range forms {
		k, ok := at[f]
		if !ok {
			k = len(out)
			at[f] = k
			out = append(out, Group{Form: f})
		}
		out[k].Accounts = append(out[k].Accounts, i)
	}
	slices.SortFunc(out, func(a, b Group) int {
		return cmp.Or(
			cmp.Compare(len(b.Accounts), len(a.Accounts)),
			absence(a.Form)-absence(b.Form),
			cmp.Compare(a.Accounts[0], b.Accounts[0]),
		)
	})
	return out
}

func absence(f Form) int {
	if f == Absent {
		return 1
	}
	return 0
}

// Reference returns the account whose roles are most often of the majority's form, the
// lowest of several. forms are those of each role, as Groups takes them.
func Reference(accounts int, forms func(yield func([]Form) bool)) int {
	points := make([]int, accounts)
	forms(func(role []Form) bool {
		for _, i := range Groups(role)[0].Accounts {
			points[i]++
		}
		return true
	})
	best := 0
	for i, n := range points {
		if n > points[best] {
			best = i
		}
	}
	return best
}

// First puts the group of a form first and leaves the others in their order.
func First(groups []Group, f Form) {
	i := slices.IndexFunc(groups, func(g Group) bool { return g.Form == f })
	if i > 0 {
		g := groups[i]
		copy(groups[1:i+1], groups[:i])
		groups[0] = g
	}
}
