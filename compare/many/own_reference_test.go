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

// Where the account that all name is what they are held against, what they say of it is as it is
// there; what else differs is said without it.
func TestAgainstTheAccountThatAllName(t *testing.T) {
	const logs = 1
	for _, tt := range []struct {
		reason string
		n      int
		plant  func(accounts []*inventory.Account)
		want   []string
	}{
		{"all say the same of it", 5, func([]*inventory.Account) {}, nil},
		{"it says more", 5, func(a []*inventory.Account) { broadened(a[logs], "app-0-live", "sqs:DeleteQueue") }, []string{"app-0-live account-0,account-2,account-3,account-4 differs LESS low"}},
		{"it says less", 5, func(a []*inventory.Account) {
			for i := range a {
				if i != logs {
					broadened(a[i], "app-0-live", "sqs:DeleteQueue")
				}
			}
		}, []string{"app-0-live account-0,account-2,account-3,account-4 differs MORE medium"}},
		{"another one says more", 5, func(a []*inventory.Account) { broadened(a[3], "app-0-live", "sqs:DeleteQueue") }, []string{"app-0-live account-3 differs MORE medium"}},
		{"both do, and whether they mean the same by its id is not known", 5, func(a []*inventory.Account) {
			broadened(a[logs], "app-0-live", "sqs:DeleteQueue")
			broadened(a[3], "app-0-live", "sqs:PurgeQueue")
		}, []string{"app-0-live account-3 differs DIFFERENT critical", "app-0-live account-0,account-2,account-4 differs LESS low"}},
		{"another one trusts itself in its place", 5, func(a []*inventory.Account) {
			d := &roleOf(a[2], "app-0-live").Trust
			*d = inventory.Document(strings.Replace(string(*d), a[logs].ID, a[2].ID, 1))
		}, []string{"app-0-live account-2 differs DIFFERENT high"}},
		{"of two accounts nobody knows which is right", 2, func([]*inventory.Account) {}, []string{"app-0-live account-0 differs DIFFERENT critical"}},
	} {
		accounts := loggingAccounts(tt.n)
		tt.plant(accounts)
		m := run(t, many.Options{Against: "account-1"}, sidesOf(t, accounts)...)
		if d := cmp.Diff(sorted(tt.want), sorted(said(m))); d != "" {
			t.Errorf("%s (-want +got):\n%s", tt.reason, d)
		}
		for o := range m.Outliers() {
			if tt.n > 2 && strings.Contains(o.What, accounts[logs].ID) && len(o.Role.Forms[o.Form].Accounts) > 1 {
				t.Errorf("%s: it says that %s names the account that all name: %s", tt.reason, o.Account.Tag, o.What)
			}
		}
	}
}

// TestOwnAsReferenceWithinControlPolicies: where each account is bound by policies of its own and
// the one that all name is the reference, for it has the lowest id or all are held against it, what
// control policies leave is what differs, and nothing else.
func TestOwnAsReferenceWithinControlPolicies(t *testing.T) {
	for _, d := range []struct {
		reason, role string
		sides        func() ([]*inventory.Account, []compare.Side)
		dictionary   string
	}{
		{"a role that trusts it", "app-0-live", func() ([]*inventory.Account, []compare.Side) {
			accounts := loggingAccounts(6)[1:]
			for _, a := range accounts {
				listing(a)
			}
			return accounts, sidesOf(t, accounts)
		}, `{}`},
		{"a role that is called after it", "audit-reader", func() ([]*inventory.Account, []compare.Side) {
			accounts, sides := auditedAccounts(t, 5, 0, func(*inventory.Account) {})
			for i, a := range accounts {
				listing(a)
				member := sides[i].Member
				sides[i] = written(t, sides[i].Tag, a)
				sides[i].Member = member
			}
			return accounts, sides
		}, byName},
	} {
		for _, unknown := range []bool{false, true} {
			accounts, sides := d.sides()
			o := ownPolicies(accounts)
			if unknown {
				o.Members = slices.DeleteFunc(o.Members, func(m inventory.Member) bool { return m.ID == accounts[4].ID })
			}
			for _, against := range []string{"", "account-0"} {
				var got, want []string
				for x := range matrixWith(t, many.Options{Against: against, Effective: within(o)}, d.dictionary, sides...).Outliers() {
					if x.Role.Name == d.role {
						got = append(got, fmt.Sprintln(x.Account.Tag, x.Kind, x.Verdict, x.Severity, strings.Contains(x.What, "names ")))
					}
				}
				for i := 1; i < 5 && !(unknown && i == 4); i++ {
					want = append(want, fmt.Sprintf("account-%d effective DIFFERENT low false\n", i))
				}
				if diff := cmp.Diff(want, sorted(got)); diff != "" {
					t.Errorf("%s, against %q, one account unknown %v (-want +got):\n%s", d.reason, against, unknown, diff)
				}
			}
		}
	}
}

// listing adds statements that all roles have of which ownPolicies denies one to each account.
func listing(a *inventory.Account) {
	for k := range a.Roles {
		addTo(&a.Roles[k].Inline[0].Document, `{"Effect":"Allow","Action":["sns:ListTopics","sns:ListSubscriptions","sns:GetTopicAttributes","sns:GetSMSAttributes","sns:ListPlatformApplications"],"Resource":"*"}`)
	}
}

// ownPolicies returns an organisation in which each account is denied another action.
func ownPolicies(accounts []*inventory.Account) *inventory.Organization {
	ids := make([]string, len(accounts))
	for i, a := range accounts {
		ids[i] = a.ID
	}
	o := organizationAmong(ids, 1)
	for i := range o.Members {
		k := slices.Index(ids, o.Members[i].ID)
		action := []string{"ListTopics", "ListSubscriptions", "GetTopicAttributes", "GetSMSAttributes", "ListPlatformApplications"}[k]
		p := inventory.ControlPolicy{ID: fmt.Sprint("p-", k), Name: fmt.Sprint("Policy", k), Type: inventory.ServiceControl, Document: policyOf(`{"Effect":"Deny","Action":"sns:` + action + `","Resource":"*"}`)}
		o.Policies, o.Members[i].Policies = append(o.Policies, p), append(o.Members[i].Policies, p.ID)
	}
	o.Sort()
	return o
}
