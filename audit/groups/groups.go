// Package groups has the rule that users have permissions through groups alone.
package groups

import (
	"fmt"

	"iamctl/audit/account"
	"iamctl/audit/rule"
	"iamctl/inventory"
	"iamctl/verdict/severity"
)

// Only is IAM-071.
var Only = rule.Rule{
	ID: "IAM-071", Severity: severity.Medium,
	Title:    "users with policies of their own",
	Why:      "permissions of single users are overlooked when somebody changes duties or leaves",
	Source:   "IAM User Guide, \"IAM user groups\"",
	Controls: []string{"CIS AWS Foundations v1.4 to v3.0, 1.15", "AWS Config iam-user-no-policies-check", "Security Hub IAM.2"},
	Check:    only,
}

func only(in *rule.Input) []rule.Finding {
	var out []rule.Finding
	for _, u := range in.Account.Each(inventory.EntityUser) {
		for i := range u.Policies {
			if p := &u.Policies[i]; p.Group == "" {
				out = append(out, own(u, p))
			}
		}
	}
	return out
}

func own(u *account.Holder, p *account.Policy) rule.Finding {
	f := rule.In(u, p, -1)
	f.Choice = true
	group := rule.Placeholder("GROUP")
	join := rule.Command("iam add-user-to-group", "group-name", group, "user-name", u.Name)
	if p.Type == inventory.Managed {
		f.Message = fmt.Sprintf("the policy %s is attached to the user, not to a group", p.Name)
		f.Fix = rule.Commands(
			rule.Command("iam attach-group-policy", "group-name", group, "policy-arn", p.ARN),
			join,
			rule.Command("iam detach-user-policy", "user-name", u.Name, "policy-arn", p.ARN),
		)
		return f
	}
	f.Message = fmt.Sprintf("the policy %s is written into the user, not into a group", p.Name)
	f.Fix = rule.Commands(
		rule.Command("iam get-user-policy", "user-name", u.Name, "policy-name", p.Name, "query", "PolicyDocument")+" > policy.json",
		rule.Command("iam put-group-policy", "group-name", group, "policy-name", p.Name, "policy-document", "file://policy.json"),
		join,
		rule.Command("iam delete-user-policy", "user-name", u.Name, "policy-name", p.Name),
	)
	return f
}
