package duties

import (
	"cmp"
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
		first, unsure := firstOf(q, h, masters)
		second, unsureToo := firstOf(q, h, managers)
		if first == nil || second == nil {
			continue
		}
		f := rule.Of(h)
		f.Message = fmt.Sprintf("it may assume both %s (%s) and %s (%s)", first.role.Name, master.name, second.role.Name, manager.name)
		f.Witness, f.Unknown = q.Request(h, first.role), cmp.Or(h.Unbounded(), unsure, unsureToo)
		f.Fix, f.Choice = rule.Command("iam update-assume-role-policy", "role-name", second.role.Name, "policy-document", "file://"+rule.Placeholder("TRUST_POLICY")+".json"), true
		out = append(out, f)
	}
	return out
}

// firstOf returns a role that a user or a member of a group may assume, if there is one for
// certain that one, and why it is not certain that it may or that the role has the duty.
func firstOf(q *assume.Question, h *account.Holder, roles []*candidate) (found *candidate, unsure string) {
	for _, c := range roles {
		a, d := q.Ask(h, c.role)
		if !a.Open() {
			continue
		}
		why := cmp.Or(c.role.Unbounded(), a.Unknown, d.Unknown)
		if why == "" {
			return c, ""
		}
		if found == nil {
			found, unsure = c, why
		}
	}
	return found, unsure
}
