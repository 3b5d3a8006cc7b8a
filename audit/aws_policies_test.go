package audit_test

import (
	"fmt"
	"maps"
	"slices"
	"testing"

	"iamctl/audit/audittest"
	"iamctl/inventory"
	"iamctl/policy/policytest"
)

// Each managed policy of AWS's, in its newest version, attached to a role that EC2 alone
// may assume: how many roles each rule finds, with some examples. docs/audit.md has
// the figures.
func TestPoliciesOfAWS(t *testing.T) {
	policies := policytest.Policies(t)
	b := audittest.New().Role("/", "target", "")
	for _, p := range policies {
		arn := "arn:aws:iam::aws:policy/" + p.Name
		b.Role("/", "of-"+p.Name, "").With(func(a *inventory.Account) {
			last := len(p.Texts) - 1
			a.Policies = append(a.Policies, inventory.Policy{Name: p.Name, ARN: arn, Path: "/", DefaultVersion: p.IDs[last], Document: inventory.Document(p.Texts[last])})
			a.Roles[len(a.Roles)-1].Attached = []inventory.PolicyRef{{Name: p.Name, ARN: arn}}
		})
	}
	a := b.Account()
	roles, findings, unknown, said := map[string]map[string]bool{}, map[string]int{}, map[string]int{}, map[string][]string{}
	for _, f := range run(a) {
		audittest.Replay(t, a, &f.Finding)
		if f.Entity.Kind != inventory.EntityRole {
			continue
		}
		id := f.Rule.ID
		if roles[id] == nil {
			roles[id] = map[string]bool{}
		}
		roles[id][f.Entity.Name] = true
		findings[id]++
		if f.Unknown != "" {
			unknown[id]++
		}
		said[id] = append(said[id], fmt.Sprintf("%s %d: %s %s", f.Entity.Name, f.Statement, f.Message, f.Unknown))
	}
	t.Logf("%d policies", len(policies))
	for _, id := range slices.Sorted(maps.Keys(roles)) {
		t.Logf("%s: %d roles, %d findings, %d undecided", id, len(roles[id]), findings[id], unknown[id])
		for i := 0; i < len(said[id]) && testing.Verbose(); i += 1 {
			t.Logf("    %s", said[id][i])
		}
	}
}
