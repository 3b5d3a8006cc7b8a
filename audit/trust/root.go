package trust

import (
	"fmt"

	"iamctl/audit/gate"
	"iamctl/audit/rule"
	"iamctl/verdict/severity"
)

// Root is TRUST-ROOT.
var Root = rule.Rule{
	ID: "TRUST-ROOT", Severity: severity.Medium,
	Title:  "roles that let in all of another account without a condition",
	Why:    "whoever may grant permissions there says who becomes the role; a friendly account is a finding of low severity",
	Source: `IAM User Guide, "AWS JSON policy elements: Principal" (AWS account principals)`,
	Blind:  "a condition that all principals of the account meet, but for one on the account itself, counts as a guard; so does everybody with a condition on the account",
	Check:  each(root),
}

// root finds the accounts of which principals that nobody named get in, with no
// condition key that does not follow from who they are. Where all accounts do, that is
// TRUST-ANYONE.
func root(v *visit) []rule.Finding {
	var out []rule.Finding
	if len(v.named) == 0 || v.gate.Everybody() && v.strangers().Unguarded().Anybody().Witness != nil {
		return nil
	}
	for _, id := range v.named {
		if v.own(id) {
			continue
		}
		g := v.gate.Unnamed(id)
		if g.Guarded() {
			continue
		}
		a := g.Unguarded().Anybody()
		if a.Witness == nil || len(a.Guards()) > 0 {
			continue
		}
		f := v.finding(id, a, fmt.Sprintf("the role lets in every principal of account %s to whom that account grants sts:AssumeRole, without a condition", id))
		if v.friendly(id) {
			f.Severity = severity.Low
			f.Message = fmt.Sprintf("the role lets in every principal of the friendly account %s to whom that account grants sts:AssumeRole, without a condition", id)
		}
		out = append(out, f)
	}
	return out
}

// strangers returns the gate for principals of accounts that the policy does not name.
func (v *visit) strangers() gate.Gate {
	return v.gate.OutsideOrganization(v.in.Config.OrganizationID).FromOthers(append(v.named[:len(v.named):len(v.named)], v.in.Own())...)
}
