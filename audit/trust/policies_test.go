package trust_test

import (
	"slices"
	"strings"
	"testing"

	"iamctl/audit/audittest"
	"iamctl/audit/config"
	"iamctl/audit/crossaccount"
	"iamctl/audit/deputy"
	"iamctl/audit/rule"
	"iamctl/audit/trust"
	"iamctl/audit/webidentity"
	"iamctl/inventory"
)

// rules are those that the table is about.
var rules = slices.Concat([]rule.Rule{crossaccount.Untrusted, deputy.Confused}, trust.Rules, webidentity.Rules)

const organization = "o-own1234567"

// account returns the account of the table with a role that has a trust policy.
func account(name, policy string) *audittest.Builder {
	return audittest.New().Role("/", name, policy).Role("/", "staying", "").With(func(a *inventory.Account) {
		a.Roles[1].ID = "AROAEXAMPLEID3STAYING"
	})
}

func configured(r *row) config.Config {
	c := config.Config{FriendlyAccounts: []string{"222222222222"}, OrganizationID: organization}
	if r.Organization != nil {
		c.OrganizationID = *r.Organization
	}
	return c
}

// check returns what all rules find in an account, by rule.
func check(t *testing.T, b *audittest.Builder, c config.Config) map[string][]rule.Finding {
	t.Helper()
	out := map[string][]rule.Finding{}
	for i := range rules {
		if list := b.Check(t, &rules[i], c); len(list) > 0 {
			out[rules[i].ID] = list
		}
	}
	return out
}

// Nothing is found that is not to be, and nothing missed.
func TestPolicies(t *testing.T) {
	wrong, missed := 0, 0
	for _, r := range table(t) {
		found := check(t, account("r", string(r.Policy)), configured(&r))
		for id, list := range found {
			if !slices.Contains(r.Want, id) {
				wrong++
				t.Errorf("%s: found %s: %s", r.Reason, id, strings.Join(audittest.Messages(list), "; "))
			}
		}
		for _, id := range r.Want {
			if len(found[id]) == 0 {
				missed++
				t.Errorf("%s: missed %s", r.Reason, id)
			}
		}
	}
	t.Logf("%d false, %d missed", wrong, missed)
}
