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

// The account that all name is the first of those that are alike, and stands for none of them:
// beside its own words theirs would look like another's.
func TestOwnStandsForNoOthers(t *testing.T) {
	accounts := loggingAccounts(5)
	var want []string
	for i, a := range accounts {
		role := fmt.Sprintf("app-%d-live", i) // each is an outlier once, so that the first is what all are compared with
		broadened(a, role, "sqs:DeleteQueue")
		want = append(want, fmt.Sprintf("%s account-%d differs MORE medium", role, i))
	}
	if d := cmp.Diff(want, said(run(t, many.Options{}, sidesOf(t, accounts)...))); d != "" {
		t.Errorf("(-want +got):\n%s", d)
	}
}

// A role that all have under one name is the same in the account of that name, although it
// is called after it there, and whether or not all are held against that account.
func TestRoleCalledAfterAnAccount(t *testing.T) {
	const audit = 2
	for _, tt := range []struct {
		reason string
		plant  func(*inventory.Account)
		// want is what differs, and against what does where all are held against the account.
		want, against []string
	}{
		{"all have the role", func(*inventory.Account) {}, nil, nil},
		{"it allows more in the account", func(a *inventory.Account) { broadened(a, "audit-reader", "sqs:DeleteQueue") }, []string{"audit-reader account-2 differs MORE medium"}, []string{"audit-reader account-0,account-1,account-3,account-4 differs LESS low"}},
		{"the account lacks it", func(a *inventory.Account) { without(a, "audit-reader") }, []string{"audit-reader account-2 missing LESS low"}, []string{"audit-reader account-0,account-1,account-3,account-4 extra MORE high"}},
	} {
		_, sides := auditedAccounts(t, 5, audit, tt.plant)
		if got := said(matrixBy(t, byName, sides...)); !slices.Equal(got, tt.want) {
			t.Errorf("%s: %v", tt.reason, got)
		}
		if d := cmp.Diff(tt.against, said(matrixWith(t, many.Options{Against: "account-2"}, byName, sides...))); d != "" {
			t.Errorf("%s, held against the account (-want +got):\n%s", tt.reason, d)
		}
	}
	// Where the others have one that is called after them, the account's is that.
	accounts, sides := auditedAccounts(t, 5, audit, func(*inventory.Account) {})
	for i, a := range accounts {
		if i != audit {
			r := *roleOf(a, "app-0-live")
			r.Name, r.ARN = fmt.Sprintf("team%d-reader", i), strings.Replace(r.ARN, "app-0-live", fmt.Sprintf("team%d-reader", i), 1)
			a.Roles = append(a.Roles, r)
			member := sides[i].Member
			sides[i] = written(t, sides[i].Tag, a)
			sides[i].Member = member
		}
	}
	if got := said(matrixBy(t, byName, sides...)); len(got) != 1 || !strings.HasPrefix(got[0], "audit-reader account-2 missing") {
		t.Errorf("the others have one of their own: %v", got)
	}
}

// auditedAccounts are accounts that have a role called audit-reader, of which one is called
// audit.
func auditedAccounts(t *testing.T, n, audit int, plant func(*inventory.Account)) ([]*inventory.Account, []compare.Side) {
	var out []*inventory.Account
	for i := range n {
		a := account(i)
		r := *roleOf(a, "app-0-live")
		r.Inline = slices.Clone(r.Inline)
		r.Name, r.ARN = "audit-reader", strings.Replace(r.ARN, "app-0-live", "audit-reader", 1)
		a.Roles = append(a.Roles, r)
		out = append(out, a)
	}
	plant(out[audit])
	sides := sidesOf(t, out)
	for i := range sides {
		sides[i].Member = &inventory.Member{ID: out[i].ID, Name: fmt.Sprintf("team%d", i)}
	}
	sides[audit].Member.Name = "audit"
	return out, sides
}
