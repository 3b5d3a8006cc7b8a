package many_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"iamctl/compare"
	"iamctl/compare/many"
	"iamctl/inventory"
)

// bounding returns an organisation in which accounts have SCPs with statements, those that are the
// same as one policy.
func bounding(accounts []*inventory.Account, of map[int]string) *compare.Effective {
	ids := make([]string, len(accounts))
	for i, a := range accounts {
		ids[i] = a.ID
	}
	o, known := organizationAmong(ids, 1), map[string]string{}
	for i := range accounts {
		statements := of[i]
		if statements == "" {
			continue
		}
		if known[statements] == "" {
			known[statements] = fmt.Sprint("p-", len(known))
			o.Policies = append(o.Policies, inventory.ControlPolicy{ID: known[statements], Name: "Policy" + known[statements], Type: inventory.ServiceControl, Document: policyOf(statements)})
		}
		m := o.Member(ids[i])
		m.Policies = append(m.Policies, known[statements])
	}
	o.Sort()
	return within(o)
}

// Whose control policies make a difference is said of all others only where they bound all that
// are the reference, and of one account by its name else.
func TestWhoseControlPolicies(t *testing.T) {
	for _, tt := range []struct {
		reason string
		// of are the statements of the policies that accounts have, by account.
		of           map[int]string
		against      string
		want, unsaid string
	}{
		{"one policy of all but one", map[int]string{0: denyQueues, 1: denyQueues, 2: denyQueues}, "", "in the others the SCP", "account-"},
		{"and another one of some of them", map[int]string{0: denyQueues, 1: denyQueues + "," + denyLeave, 2: denyQueues}, "", "in 123456789000 (account-0) the SCP", "the others"},
		{"the one that has none", map[int]string{0: denyQueues, 1: denyQueues, 2: denyQueues}, "account-3", "in this account the SCP", "the others"},
		{"one account is the reference, and others have other policies", map[int]string{
			0: denyQueues, 1: strings.Replace(denyQueues, "sqs:*", "s3:*", 1), 2: strings.Replace(denyQueues, `"sqs:*"`, `["sqs:*","s3:*"]`, 1),
		}, "", "in 123456789000 (account-0) the SCP", "the others"},
	} {
		accounts := []*inventory.Account{account(0), account(1), account(2), account(3)}
		m := run(t, many.Options{Against: tt.against, Effective: bounding(accounts, tt.of)}, sidesOf(t, accounts)...)
		var got []string
		for x := range m.Outliers() {
			got = append(got, x.Difference.What)
		}
		if !slices.ContainsFunc(got, func(what string) bool { return strings.Contains(what, tt.want) }) || strings.Contains(strings.Join(got, "\n"), tt.unsaid) {
			t.Errorf("%s: want %q and no %q:\n%s", tt.reason, tt.want, tt.unsaid, strings.Join(got, "\n"))
		}
	}
}
