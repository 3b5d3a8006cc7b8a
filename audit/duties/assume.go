package duties

import (
	"fmt"

	"iamctl/audit/account"
	"iamctl/audit/assume"
	"iamctl/audit/rule"
	"iamctl/inventory"
)

// both finds users and groups that may assume a role of each duty.
func both(in *rule.Input, masters, managers []*candidate) []rule.Finding {
	var out []rule.Finding
	q := assume.Of(in)
	for _, h := range append(in.Account.Each(inventory.EntityUser), in.Account.Each(inventory.EntityGroup)...) {
		first, second := firstOf(q, h, masters), firstOf(q, h, managers)
		if first == nil || second == nil {
			continue
		}
		f := rule.Of(h)
		f.Message = fmt.Sprintf("it may assume both %s (%s) and %s (%s)", first.role.Name, master.name, second.role.Name, manager.name)
		f.Witness, f.Unknown = q.Request(h, first.role), h.Unbounded()
		f.Fix, f.Choice = rule.Command("iam update-assume-role-policy", "role-name", second.role.Name, "policy-document", "file://"+rule.Placeholder("TRUST_POLICY")+".json"), true
		out = append(out, f)
	}
	return out
}

func firstOf(q *assume.Question, h *account.Holder, roles []*candidate) *candidate {
	for _, c := range roles {
		if q.May(h, c.role) {
			return c
		}
	}
	return nil
}
