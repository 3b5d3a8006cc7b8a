package many_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"iamctl/compare/many"
	"iamctl/inventory"
	"iamctl/policy"
	"iamctl/policy/eval"
	"iamctl/result"
)

// logWriters are accounts of which each writes its logs under its own id into the bucket of the
// first one.
func logWriters(n int) []*inventory.Account {
	var out []*inventory.Account
	for i := range n {
		a := account(i)
		roleOf(a, "app-0-live").Inline[1].Document = policyOf(`{"Effect":"Allow","Action":["s3:PutObject","s3:AbortMultipartUpload"],` +
			`"Resource":"arn:aws:s3:::logs-` + account(0).ID + `/AWSLogs/` + a.ID + `/*"}`)
		out = append(out, a)
	}
	return out
}

// In the account of the logs two ids of a text are one: what it says more or less than the
// others is proved with the two ids that another account has there.
func TestOwnTwiceInOneText(t *testing.T) {
	for _, tt := range []struct {
		reason, old, new, want, example string
	}{
		{"as the others", "", "", "", ""},
		{"it lacks an action", `,"s3:AbortMultipartUpload"`, "", "app-0-live account-0 differs LESS low", "logs-" + account(0).ID + "/AWSLogs/" + account(1).ID + "/"},
		{"it has one more", `["s3:PutObject"`, `["s3:GetObject","s3:PutObject"`, "app-0-live account-0 differs MORE low", "logs-" + account(0).ID + "/AWSLogs/" + account(0).ID + "/"},
	} {
		accounts := logWriters(4)
		d := &roleOf(accounts[0], "app-0-live").Inline[1].Document
		*d = inventory.Document(strings.Replace(string(*d), tt.old, tt.new, 1))
		m := run(t, many.Options{}, sidesOf(t, accounts)...)
		if diff := cmp.Diff(tt.want, strings.Join(said(m), "\n")); diff != "" {
			t.Errorf("%s (-want +got):\n%s", tt.reason, diff)
			continue
		}
		for x := range m.Outliers() {
			if w := x.Difference.Identity.Witnesses; len(w) == 0 || !strings.Contains(w[0].Resource, tt.example) {
				t.Errorf("%s: %+v, want an example with %s", tt.reason, w, tt.example)
			}
		}
	}
}

// Where the account of the logs is the first of those that are alike, or each is bound by other
// policies, a request that proves a difference is in the names of the accounts that it is said of.
func TestWitnessesOfTheirAccounts(t *testing.T) {
	for _, tt := range []struct {
		reason string
		o      func(accounts []*inventory.Account) many.Options
	}{
		{"as written", func([]*inventory.Account) many.Options { return many.Options{} }},
		{"within control policies", func(a []*inventory.Account) many.Options {
			return many.Options{Effective: bounded(a, 3, `{"Effect":"Deny","Action":"s3:AbortMultipartUpload","Resource":"*"}`, denyLeave)}
		}},
		{"of which the first one's are others", func(a []*inventory.Account) many.Options {
			return many.Options{Effective: bounded(a, 1, denyLeave, "")}
		}},
	} {
		accounts := logWriters(6)
		d := &roleOf(accounts[4], "app-0-live").Inline[1].Document
		*d = inventory.Document(strings.Replace(string(*d), `,"s3:AbortMultipartUpload"`, "", 1))
		m, seen := run(t, tt.o(accounts), sidesOf(t, accounts)...), 0
		for x := range m.Outliers() {
			for _, scope := range result.Scopes() {
				s := x.Difference.Scope(scope)
				if s == nil || x.Role.Name != "app-0-live" {
					continue
				}
				for _, w := range s.Witnesses {
					by := accounts[x.Difference.Between[w.AllowedBy-1]]
					p := eval.Permissions{Identity: []*policy.Document{parsed(t, roleOf(by, "app-0-live").Inline[1].Document)}}
					if got := p.Decide(&eval.Request{Action: w.Action, Resource: w.Resource}); got.Outcome != eval.Allowed {
						t.Errorf("%s: %s on %s is said to be allowed in %s, which says %v", tt.reason, w.Action, w.Resource, by.ID, got.Outcome)
					}
					seen++
				}
			}
		}
		if seen == 0 {
			t.Errorf("%s: no witness: %v", tt.reason, said(m))
		}
	}
}

func parsed(t *testing.T, text inventory.Document) *policy.Document {
	t.Helper()
	d, _, err := policy.Parse(string(text))
	if err != nil {
		t.Fatal(err)
	}
	return d
}
