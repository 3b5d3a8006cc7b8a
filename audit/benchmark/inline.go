package benchmark

import (
	"fmt"

	"iamctl/audit/account"
	"iamctl/audit/rule"
	"iamctl/inventory"
)

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
