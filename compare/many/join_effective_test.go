package many_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"iamctl/compare/many"
	"iamctl/inventory"
)

// TestJoinedRolesWithinControlPolicies: a role that each account calls otherwise is one row, and
// what control policies leave of it is told of the account that they bound so; by its own name a
// policy means the role of its own account.
func TestJoinedRolesWithinControlPolicies(t *testing.T) {
	const one = 3
	const random = "stack-Role-<random>: "
	except := func(names string) string {
		return `{"Effect":"Deny","Action":"sqs:*","Resource":"*","Condition":{"ArnNotLike":{"aws:PrincipalArn":[` + names + `]}}}`
	}
	role := func(name string) string { return `"arn:aws:iam::*:role/` + name + `"` }
	for _, tt := range []struct {
		reason string
		first  bool // the account that all are compared with has the role too
		plant  func(accounts []*inventory.Account)
		own    func(suffix []string) string // the one account's policy
		others func(suffix []string) string
		want   string
	}{
		{"nothing is denied", false, nil, nil, nil, "1,2,3,4,5,6 | none 0"},
		{"what is denied, no role may", false, nil, func([]string) string { return denyLeave }, nil, "1,2,3,4,5,6 | none 0"},
		{"one account's may less", false, nil, func([]string) string { return denyQueues }, nil, "1,2,4,5,6 | 3 | none 0"},
		{"and is the reference's", true, nil, func([]string) string { return denyQueues }, nil, "0,1,2,4,5,6 | 3"},
		{"one account's may more", true, nil, nil, func([]string) string { return denyQueues }, "0,1,2,4,5,6 | 3"},
		{"all may less", true, nil, func([]string) string { return denyQueues }, func([]string) string { return denyQueues }, "0,1,2,3,4,5,6"},
		{"it says more besides", true, func(a []*inventory.Account) { broadened(a[one], lastOf(a[one]).Name, "sqs:DeleteQueue") }, func([]string) string { return denyQueues }, nil, "0,1,2,4,5,6 | 3"},
		{"another says more", true, func(a []*inventory.Account) { broadened(a[5], lastOf(a[5]).Name, "sqs:DeleteQueue") }, func([]string) string { return denyQueues }, nil, "0,1,2,4,6 | 5 | 3"},
		{"a policy leaves it out by its name", true, nil, func(s []string) string { return except(role("stack-Role-" + s[one])) }, nil, "0,1,2,3,4,5,6"},
		{"a policy leaves another's out by its name", true, nil, func(s []string) string { return except(role("stack-Role-" + s[one+1])) }, nil, "0,1,2,4,5,6 | 3"},
		{"each is left out by its name", true, nil, func(s []string) string { return except(role("stack-Role-" + s[one])) }, func(s []string) string {
			list := make([]string, len(s))
			for i := range s {
				list[i] = role("stack-Role-" + s[i])
			}
			return except(strings.Join(list, ","))
		}, "0,1,2,3,4,5,6"},
	} {
		for seed := range seeds(1, 20) {
			suffix := suffixes(seed, 7)
			var accounts []*inventory.Account
			for i := range 7 {
				a := account(i)
				if i > 0 || tt.first {
					named(a, "stack-Role-"+suffix[i])
				}
				accounts = append(accounts, a)
			}
			if tt.plant != nil {
				tt.plant(accounts)
			}
			var of [2]string
			for i, f := range []func([]string) string{tt.own, tt.others} {
				if f != nil {
					of[i] = f(suffix)
				}
			}
			o := many.Options{Effective: bounded(accounts, one, of[0], of[1])}
			sides := sidesOf(t, accounts)
			m := run(t, o, sides...)
			if d := cmp.Diff([]string{random + tt.want}, rowsOf(m, "stack-")); d != "" {
				t.Errorf("%s, seed %d (-want +got):\n%s", tt.reason, seed, d)
			}
			slices.Reverse(sides)
			if d := cmp.Diff(bytesOf(t, m), bytesOf(t, run(t, o, sides...))); d != "" {
				t.Errorf("%s, seed %d, in another order:\n%s", tt.reason, seed, d)
			}
		}
	}
}
