// Package fleet says of a role of many accounts which forms it has, which of them is the
// majority's, and which accounts are outliers.
package fleet

import (
	"cmp"
	"iter"
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
	var out []Group
	for _, accounts := range Alike(slices.All(forms)) {
		out = append(out, Group{forms[accounts[0]], accounts})
	}
	slices.SortStableFunc(out, func(a, b Group) int {
		return cmp.Or(cmp.Compare(len(b.Accounts), len(a.Accounts)), absence(a.Form)-absence(b.Form))
	})
	return out
}

// Alike returns the accounts that have the same in common, of accounts in ascending order with
// what each has. Most are first; of as many those with the lowest account.
func Alike[T comparable](accounts iter.Seq2[int, T]) [][]int {
	at := map[T]int{}
	var out [][]int
	for i, has := range accounts {
		k, ok := at[has]
		if !ok {
			k = len(out)
			at[has] = k
			out = append(out, nil)
		}
		out[k] = append(out[k], i)
	}
	slices.SortFunc(out, func(a, b []int) int { return cmp.Or(cmp.Compare(len(b), len(a)), cmp.Compare(a[0], b[0])) })
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
