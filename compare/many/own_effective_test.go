package many_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"iamctl/compare"
	"iamctl/compare/many"
	"iamctl/internal/samplefleet"
	"iamctl/inventory"
)

// bounded returns an organisation in which one account has statements of an SCP of its own, and
// the others have others; "" is none.
func bounded(accounts []*inventory.Account, one int, own, others string) *compare.Effective {
	ids := make([]string, len(accounts))
	for i, a := range accounts {
		ids[i] = a.ID
	}
	o := organizationAmong(ids, 1)
	for i, statement := range []string{own, others} {
		if statement == "" {
			continue
		}
		p := inventory.ControlPolicy{ID: fmt.Sprint("p-", i), Name: fmt.Sprint("Policy", i), Type: inventory.ServiceControl, Document: policyOf(statement)}
		o.Policies = append(o.Policies, p)
		for k := range o.Members {
			if m := &o.Members[k]; (m.ID == accounts[one].ID) == (i == 0) {
				m.Policies = append(m.Policies, p.ID)
			}
		}
	}
	o.Sort()
	return within(o)
}

const (
	denyQueues = `{"Effect":"Deny","Action":"sqs:*","Resource":"*"}`
	denyLeave  = `{"Effect":"Deny","Action":"organizations:LeaveOrganization","Resource":"*"}`
)

// What all say of one account is no drift in it, within whatever control policies; what these
// leave of it is.
func TestOwnWithinControlPolicies(t *testing.T) {
	const logs = 1
	all := func(kind string) (out []string) {
		for i := range 6 {
			out = append(out, fmt.Sprintf("app-%d-live account-1 effective %s", i, kind))
		}
		return out
	}
	for _, tt := range []struct {
		reason, own, others string
		want                []string
	}{
		{"no policies but those that allow all", "", "", nil},
		{"one of its own that denies nothing that it may", denyLeave, "", nil},
		{"the others have that one", "", denyLeave, nil},
		{"one of its own that takes from every role", denyQueues, "", all("LESS")},
		{"the others have that one", "", denyQueues, all("MORE")},
		{"both have it", denyQueues, denyQueues, nil},
		{"it takes from those whose name is not so", `{"Effect":"Deny","Action":"sqs:*","Resource":"*","Condition":{"ArnNotLike":{"aws:PrincipalArn":"arn:aws:iam::*:role/app-*"}}}`, "", nil},
	} {
		accounts := loggingAccounts(5)
		for _, against := range []string{"", "account-0"} {
			m := run(t, many.Options{Against: against, Effective: bounded(accounts, logs, tt.own, tt.others)}, sidesOf(t, accounts)...)
			var got []string
			for _, line := range said(m) {
				got = append(got, line[:strings.LastIndexByte(line, ' ')])
			}
			if d := cmp.Diff(tt.want, got); d != "" {
				t.Errorf("%s, against %q (-want +got):\n%s", tt.reason, against, d)
			}
		}
	}
}

// The same of a role that all have under one name, and one account is called so.
func TestRoleCalledAfterAnAccountWithinControlPolicies(t *testing.T) {
	const audit = 2
	for _, tt := range []struct {
		reason, own string
		plant       func(*inventory.Account)
		want        []string
	}{
		{"nothing differs", "", func(*inventory.Account) {}, nil},
		{"nor does it by a policy that denies nothing of it", denyLeave, func(*inventory.Account) {}, nil},
		{"it says more", denyLeave, func(a *inventory.Account) { broadened(a, "audit-reader", "sqs:DeleteQueue") }, []string{"audit-reader account-2 differs MORE"}},
		{"it says more, of which nothing is left", denyQueues, func(a *inventory.Account) { broadened(a, "audit-reader", "sqs:DeleteQueue") }, []string{"audit-reader account-2 differs LESS"}},
		{"a policy takes from it", denyQueues, func(*inventory.Account) {}, []string{"audit-reader account-2 effective LESS"}},
		{"it is missing", denyQueues, func(a *inventory.Account) { without(a, "audit-reader") }, []string{"audit-reader account-2 missing LESS"}},
	} {
		accounts, sides := auditedAccounts(t, 5, audit, tt.plant)
		m := matrixWith(t, many.Options{Effective: bounded(accounts, audit, tt.own, "")}, byName, sides...)
		var got []string
		for _, line := range said(m) {
			if strings.HasPrefix(line, "audit-reader") {
				got = append(got, line[:strings.LastIndexByte(line, ' ')])
			}
		}
		if d := cmp.Diff(tt.want, got); d != "" {
			t.Errorf("%s (-want +got):\n%s", tt.reason, d)
		}
	}
}

// TestOwnNamesInControlPolicies: roles that are called after their accounts are left the same by
// policies each of which names those of its own account, and one that names one account's leaves
// that one more.
func TestOwnNamesInControlPolicies(t *testing.T) {
	const one = 3
	f := namedFleet(samplefleet.Options{Seed: 6, Roles: 4})
	except := func(i int) inventory.Document {
		return policyOf(`{"Effect":"Deny","Action":"*","Resource":"*","Condition":{"ArnNotLike":{"aws:PrincipalArn":"arn:aws:iam::*:role/apps/app-*-` + f.Environment(i) + `"}}}`)
	}
	more := func() (out []string) {
		for i := range 4 {
			out = append(out, fmt.Sprintf("app-%d-ENVIRONMENT %s effective MORE", i, f.Tag(one)))
		}
		return out
	}
	sides := memberSides(t, f, upTo(f.Accounts)...)
	for _, tt := range []struct {
		reason string
		names  func(account int) int
		want   []string
	}{
		{"each names its own", func(account int) int { return account }, nil},
		{"all name one account's", func(int) int { return one }, more()},
	} {
		o := organizationOf(f, 2)
		for i := range o.Members {
			k := slices.IndexFunc(upTo(f.Accounts), func(n int) bool { return f.ID(n) == o.Members[i].ID })
			p := inventory.ControlPolicy{ID: fmt.Sprint("p-", k), Name: fmt.Sprint("Policy", k), Type: inventory.ServiceControl, Document: except(tt.names(k))}
			o.Policies, o.Members[i].Policies = append(o.Policies, p), append(o.Members[i].Policies, p.ID)
		}
		o.Sort()
		for how, d := range dictionaries(f) {
			var got []string
			for _, line := range said(matrixWith(t, many.Options{Effective: within(o)}, d, sides...)) {
				got = append(got, line[:strings.LastIndexByte(line, ' ')])
			}
			if d := cmp.Diff(tt.want, got); d != "" {
				t.Errorf("%s, %s (-want +got):\n%s", tt.reason, how, d)
			}
		}
	}
}

// TestOwnStandsForNoOthersWithinControlPolicies: where each account is bound by policies of its own,
// which leave the same, the accounts that all name are the first of those that are alike, and still
// stand for none of them, nor for each other.
func TestOwnStandsForNoOthersWithinControlPolicies(t *testing.T) {
	accounts := loggingAccounts(5)
	broadened(accounts[0], "app-0-live", "sqs:DeleteQueue")
	for _, a := range accounts {
		broadenTrust(a, "app-0-live", accounts[2].ID) // which all name, too
	}
	ids := make([]string, len(accounts))
	for i, a := range accounts {
		ids[i] = a.ID
	}
	for reason, statement := range map[string]func(i int) string{
		"nothing of the roles": func(i int) string {
			return fmt.Sprintf(`{"Effect":"Deny","Action":"organizations:Leave%d*","Resource":"*"}`, i)
		},
		"what is of other accounts than these": func(i int) string {
			return fmt.Sprintf(`{"Effect":"Deny","Action":["logs:*","x%d:*"],"Resource":"*","Condition":{"StringNotEquals":{"aws:ResourceAccount":["%s","%s"]}}}`, i, ids[1], ids[2])
		},
	} {
		o := organizationAmong(ids, 1)
		for i := range o.Members {
			k := slices.Index(ids, o.Members[i].ID)
			p := inventory.ControlPolicy{ID: fmt.Sprint("p-", k), Name: fmt.Sprint("Policy", k), Type: inventory.ServiceControl, Document: policyOf(statement(k))}
			o.Policies, o.Members[i].Policies = append(o.Policies, p), append(o.Members[i].Policies, p.ID)
		}
		o.Sort()
		got := said(run(t, many.Options{Effective: within(o)}, sidesOf(t, accounts)...))
		if want := []string{"app-0-live account-0 differs MORE medium"}; !slices.Equal(got, want) {
			t.Errorf("policies deny %s: %q, want %q", reason, got, want)
		}
	}
}
