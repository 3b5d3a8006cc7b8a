package benchmark

import (
	"iamctl/audit/account"
	"iamctl/audit/gate"
	"iamctl/audit/rule"
	"iamctl/inventory"
)

// support finds that nobody has AWS's policy for asking its support: a group without members
// and a role that lets in nobody are nobody (AWS Config Developer Guide, "iam-policy-in-use").
func support(in *rule.Input) []rule.Finding {
	const name = "AWSSupportAccess"
	f := rule.OfAccount()
	f.Message = "no role, user or group has AWS's policy " + name
	for _, h := range in.Account.Holders {
		for i := range h.Policies {
			if !aws(&h.Policies[i], name) {
				continue
			}
			why := unheld(in, h)
			if why == "" {
				return nil
			}
			f.Message = "nobody has AWS's policy " + name + ": " + why
		}
	}
	partition := in.Account.Partition
	if partition == "" {
		partition = "aws"
	}
	f.Fix = rule.Command("iam attach-role-policy", "role-name", rule.Placeholder("ROLE"), "policy-arn", "arn:"+partition+":iam::aws:policy/"+name)
	f.Choice, f.Unknown = true, unseen(in)
	return []rule.Finding{f}
}

// unheld says why nobody has what a holder may do, "" if somebody has. Members of a group are
// asked about themselves.
func unheld(in *rule.Input, h *account.Holder) string {
	switch {
	case h.Kind == inventory.EntityGroup:
		return "the group " + h.Name + " has no members"
	case h.Kind == inventory.EntityRole && h.Trust.Document != nil && !gate.New(in.Comparer, h.Trust.Document).Since(in.Day).Assuming().Anybody().Open():
		return "the role " + h.Name + " lets in nobody"
	}
	return ""
}

// unseen says that a holder's policies could not be read, "" if all were.
func unseen(in *rule.Input) string {
	for _, g := range in.Account.Gaps {
		if g.Blind && g.Entity != inventory.EntityPolicy && (g.Part == "" || g.Part == inventory.PartManaged || g.Part == inventory.PartGroup) {
			return "not all policies of the account were read: " + g.Reason
		}
	}
	return ""
}
