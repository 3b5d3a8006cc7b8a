package many_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"iamctl/compare"
	"iamctl/compare/many"
	"iamctl/inventory"
)

// loggingAccounts are accounts of which one, number 1, is where all send their logs: they
// trust it, itself among them, and name what is in it.
func loggingAccounts(n int) []*inventory.Account {
	var out []*inventory.Account
	for i := range n {
		out = append(out, account(i))
	}
	for _, a := range out {
		broadenTrust(a, "app-0-live", out[1].ID)
		p := &roleOf(a, "app-0-live").Inline[1]
		p.Document = inventory.Document(strings.Replace(string(p.Document), `"Statement":[`,
			`"Statement":[{"Effect":"Allow","Action":"logs:PutLogEvents","Resource":"arn:aws:logs:eu-west-1:`+out[1].ID+`:log-group:all:*"},`, 1))
	}
	return out
}

// What most say of an account is no drift in that account, where the very same text is its
// own; anything else is.
func TestOwnAsOthersSay(t *testing.T) {
	const logs = 1
	for _, tt := range []struct {
		reason string
		n      int
		plant  func(accounts []*inventory.Account)
		want   []string
	}{
		{"all say the same of one", 5, func([]*inventory.Account) {}, nil},
		{"and it is the one that all are compared with first", 3, func([]*inventory.Account) {}, nil},
		{"it says more", 5, func(a []*inventory.Account) { broadened(a[logs], "app-0-live", "sqs:DeleteQueue") }, []string{"app-0-live account-1 differs MORE"}},
		{"it says less", 5, func(a []*inventory.Account) {
			d := &roleOf(a[logs], "app-0-live").Inline[1].Document
			*d = inventory.Document(strings.Replace(string(*d), "log-group:all:*", "log-group:one:*", 1))
		}, []string{"app-0-live account-1 differs DIFFERENT"}},
		{"another one trusts itself in its place", 5, func(a []*inventory.Account) {
			d := &roleOf(a[2], "app-0-live").Trust
			*d = inventory.Document(strings.Replace(string(*d), a[logs].ID, a[2].ID, 1))
		}, []string{"app-0-live account-2 differs DIFFERENT"}},
		{"and likewise with the logs", 5, func(a []*inventory.Account) {
			d := &roleOf(a[3], "app-0-live").Inline[1].Document
			*d = inventory.Document(strings.Replace(string(*d), a[logs].ID, a[3].ID, 1))
		}, []string{"app-0-live account-3 differs DIFFERENT"}},
		{"it trusts another one", 5, func(a []*inventory.Account) {
			d := &roleOf(a[logs], "app-0-live").Trust
			*d = inventory.Document(strings.Replace(string(*d), a[logs].ID, a[2].ID, 1))
		}, []string{"app-0-live account-1 differs DIFFERENT"}},
		{"of two accounts nobody knows which is right", 2, func([]*inventory.Account) {}, []string{"app-0-live account-1 differs DIFFERENT"}},
	} {
		accounts := loggingAccounts(tt.n)
		tt.plant(accounts)
		for _, o := range []many.Options{{}, {Against: "account-0"}} {
			var got []string
			for _, line := range said(run(t, o, sidesOf(t, accounts)...)) {
				got = append(got, line[:strings.LastIndexByte(line, ' ')])
			}
			if d := cmp.Diff(tt.want, got); d != "" {
				t.Errorf("%s, against %q (-want +got):\n%s", tt.reason, o.Against, d)
			}
		}
	}
}

// A role that all have under one name is the same in the account of that name, although it
// is called after it there.
func TestRoleCalledAfterAnAccount(t *testing.T) {
	make := func(n int) []*inventory.Account {
		var out []*inventory.Account
		for i := range n {
			a := account(i)
			r := *roleOf(a, "app-0-live")
			r.Inline = slices.Clone(r.Inline)
			r.Name, r.ARN = "audit-reader", strings.Replace(r.ARN, "app-0-live", "audit-reader", 1)
			a.Roles = append(a.Roles, r)
			out = append(out, a)
		}
		return out
	}
	sides := func(accounts []*inventory.Account) []compare.Side {
		list := sidesOf(t, accounts)
		for i := range list {
			list[i].Member = &inventory.Member{ID: accounts[i].ID, Name: fmt.Sprintf("team%d", i)}
		}
		list[2].Member.Name = "audit"
		return list
	}
	if got := said(matrixBy(t, byName, sides(make(5))...)); len(got) > 0 {
		t.Errorf("all have the role: %v", got)
	}
	accounts := make(5)
	broadened(accounts[2], "audit-reader", "sqs:DeleteQueue")
	if got := said(matrixBy(t, byName, sides(accounts)...)); !slices.Equal(got, []string{"audit-reader account-2 differs MORE medium"}) {
		t.Errorf("it allows more in the account: %v", got)
	}
	accounts = make(5)
	without(accounts[2], "audit-reader")
	if got := said(matrixBy(t, byName, sides(accounts)...)); !slices.Equal(got, []string{"audit-reader account-2 missing LESS low"}) {
		t.Errorf("the account lacks it: %v", got)
	}
	// Where the others have one that is called after them, the account's is that.
	accounts = make(5)
	for i, a := range accounts {
		if i != 2 {
			r := *roleOf(a, "app-0-live")
			r.Name, r.ARN = fmt.Sprintf("team%d-reader", i), strings.Replace(r.ARN, "app-0-live", fmt.Sprintf("team%d-reader", i), 1)
			a.Roles = append(a.Roles, r)
		}
	}
	if got := said(matrixBy(t, byName, sides(accounts)...)); len(got) != 1 || !strings.HasPrefix(got[0], "audit-reader account-2 missing") {
		t.Errorf("the others have one of their own: %v", got)
	}
}
