package rule

import (
	"iamctl/audit/account"
	"iamctl/inventory"
)

// Replacing returns the commands that replace a holder's policy by one without what was
// found. A policy of AWS's is detached. It is "" for no policy.
func Replacing(h *account.Holder, p *account.Policy) string {
	if p == nil {
		return ""
	}
	file := "file://" + Placeholder("POLICY") + ".json"
	switch {
	case inventory.AWSManaged(p.ARN):
		return Command("iam detach-"+string(h.Kind)+"-policy", string(h.Kind)+"-name", h.Name, "policy-arn", p.ARN)
	case p.Type == inventory.Managed || p.Type == inventory.Boundary:
		return Command("iam create-policy-version", "policy-arn", p.ARN, "policy-document", file) + " --set-as-default"
	}
	return Command("iam put-"+string(h.Kind)+"-policy", string(h.Kind)+"-name", h.Name, "policy-name", p.Name, "policy-document", file)
}
