package trust

import (
	"fmt"
	"slices"

	"iamctl/audit/gate"
	"iamctl/audit/rule"
	"iamctl/policy"
	"iamctl/verdict/severity"
)

// Dead is TRUST-DEAD.
var Dead = rule.Rule{
	ID: "TRUST-DEAD", Severity: severity.Low,
	Title:  "statements of trust policies that can never apply",
	Why:    "whoever wrote it meant to let somebody in, or keep somebody out, and did not; a Deny is of medium severity",
	Source: `IAM User Guide, "IAM JSON policy elements: Condition operators" and "Condition with multiple context keys or values"`,
	Blind:  "keys that a kind of principals never has are not known, but for aws:PrincipalArn, aws:PrincipalAccount and what tokens claim",
	Check:  each(dead),
}

// asked are the actions of trust policies, but for context.
var asked = []string{"sts:AssumeRole", "sts:AssumeRoleWithSAML", "sts:AssumeRoleWithWebIdentity", "sts:TagSession", "sts:SetSourceIdentity"}

// context is for the trusted identities of IAM Identity Center, and not asked about:
// who may be let in to set one is taken for who may assume.
const context = "sts:SetContext"

func dead(v *visit) []rule.Finding {
	var out []rule.Finding
	d := v.role.Trust.Document
	for i := range d.Statements {
		s := &d.Statements[i]
		if s.Effect != "Allow" && s.Effect != "Deny" || plainly(s) {
			continue
		}
		g := gate.Alone(v.in.Comparer, d.Version, assuming(s)).Doing(asked...).Since(v.in.Day)
		if s.Effect == "Allow" {
			g = g.Able()
		}
		if g.Likely() || g.Anybody().Open() {
			continue
		}
		f := rule.In(v.role, v.role.Trust, i)
		if f.Message = "the statement lets in nobody, whatever the request"; s.Effect == "Deny" {
			f.Message, f.Severity = "the Deny applies to nobody, whatever the request", severity.Medium
		}
		if operator, value := gate.LiteralStar(s); value != "" {
			f.Message += fmt.Sprintf(": to %s the star of %s is a star, not a pattern", operator, value)
		}
		f.Rewriting(nil)
		if s.Effect == "Allow" {
			f.Rewriting(without(i))
		}
		out = append(out, f)
	}
	return out
}

// without returns the change that takes a statement away.
func without(statement int) rule.Rewrite {
	return func(at int, s policy.Statement) []policy.Statement {
		if at == statement {
			return nil
		}
		return []policy.Statement{s}
	}
}

// plainly reports whether it goes without a search that a statement applies to somebody:
// a service or an account that assumes the role, without a condition.
func plainly(s *policy.Statement) bool {
	return len(s.Condition) == 0 && s.About("sts:AssumeRole") && s.NotAction == nil && s.Resource == nil && s.NotResource == nil &&
		slices.ContainsFunc(s.Principal, func(p policy.Principal) bool { return p.Type == "*" || p.Type == "AWS" || p.Type == "Service" })
}

// assuming returns a statement about context as one about sts:AssumeRole too.
func assuming(s *policy.Statement) policy.Statement {
	out := *s
	if s.NotAction == nil && s.About(context) {
		out.Action = append(slices.Clip(s.Action), "sts:AssumeRole")
	}
	return out
}
