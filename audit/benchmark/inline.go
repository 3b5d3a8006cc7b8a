package benchmark

import (
	"fmt"

	"iamctl/audit/account"
	"iamctl/audit/rule"
	"iamctl/inventory"
)

// support finds that nobody has AWS's policy for asking its support.
func support(in *rule.Input) []rule.Finding {
	const name = "AWSSupportAccess"
	for _, h := range in.Account.Holders {
		for i := range h.Policies {
			if aws(&h.Policies[i], name) {
				return nil
			}
		}
	}
	f := rule.OfAccount()
	f.Message = "no role, user or group has AWS's policy " + name
	partition := in.Account.Partition
	if partition == "" {
		partition = "aws"
	}
	f.Fix = rule.Command("iam attach-role-policy", "role-name", rule.Placeholder("ROLE"), "policy-arn", "arn:"+partition+":iam::aws:policy/"+name)
	f.Choice, f.Unknown = true, unseen(in)
	return []rule.Finding{f}
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

// inline finds inline policies, but for those of service-linked roles.
func inline(in *rule.Input) []rule.Finding {
	var out []rule.Finding
	for _, h := range in.Account.Holders {
		for i := range h.Policies {
			if p := &h.Policies[i]; !h.ServiceLinked() && p.Type == inventory.Inline && p.Group == "" {
				out = append(out, written(h, p))
			}
		}
	}
	return out
}

func written(h *account.Holder, p *account.Policy) rule.Finding {
	f := rule.In(h, p, -1)
	kind := string(h.Kind)
	f.Message = fmt.Sprintf("the policy %s is written into the %s", p.Name, kind)
	if h.OfAWS() {
		f.Message += ", by its permission set in IAM Identity Center"
		return f
	}
	name := rule.Placeholder("POLICY")
	f.Choice = true
	f.Fix = rule.Commands(
		rule.Command("iam get-"+kind+"-policy", kind+"-name", h.Name, "policy-name", p.Name, "query", "PolicyDocument")+" > policy.json",
		rule.Command("iam create-policy", "policy-name", name, "policy-document", "file://policy.json"),
		rule.Command("iam attach-"+kind+"-policy", kind+"-name", h.Name, "policy-arn", rule.Placeholder("POLICY_ARN")),
		rule.Command("iam delete-"+kind+"-policy", kind+"-name", h.Name, "policy-name", p.Name),
	)
	return f
}
