package trust

import (
	"slices"
	"strings"

	"iamctl/audit/gate"
	"iamctl/audit/rule"
	"iamctl/policy"
	"iamctl/verdict/severity"
)

// Deleted is TRUST-DELETED.
var Deleted = rule.Rule{
	ID: "TRUST-DELETED", Severity: severity.Low,
	Title:  "trust policies that name principals which were deleted",
	Why:    "nobody gets in by it, not a new principal of the old name either, and who reads the policy cannot know who was meant",
	Source: `IAM User Guide, "AWS JSON policy elements: Principal" and "IAM identifiers" (Unique identifiers)`,
	Blind:  "principals of other accounts that were deleted look the same; groups have unique ids too, but can be no principals",
	Check: func(in *rule.Input) []rule.Finding {
		known := map[string]bool{}
		for _, h := range in.Account.Holders {
			known[h.ID] = true
		}
		return each(func(v *visit) []rule.Finding { return deleted(v, known) })(in)
	},
}

func deleted(v *visit, known map[string]bool) []rule.Finding {
	var out []rule.Finding
	gone := func(p policy.Principal) bool { return gate.Deleted(p) && !known[p.Value] }
	d := v.role.Trust.Document
	for i, s := range d.Statements {
		var ids []string
		for _, p := range slices.Concat(s.Principal, s.NotPrincipal) {
			if gone(p) {
				ids = append(ids, p.Value)
			}
		}
		if len(ids) == 0 {
			continue
		}
		f := rule.In(v.role, v.role.Trust, i)
		f.Message = "no principal of the account has the unique id " + strings.Join(ids, " or ") + ": it was deleted"
		f.Rewriting(nil)
		if !slices.ContainsFunc(s.NotPrincipal, gone) { // whom else that would let in or deny, nobody knows
			f.Rewriting(withoutPrincipals(i, gone))
		}
		out = append(out, f)
	}
	return out
}

// withoutPrincipals returns the change that takes principals out of a statement, and the
// statement where it has no others.
func withoutPrincipals(statement int, gone func(policy.Principal) bool) rule.Rewrite {
	return func(at int, s policy.Statement) []policy.Statement {
		if at != statement {
			return []policy.Statement{s}
		}
		if s.Principal = slices.DeleteFunc(slices.Clone(s.Principal), gone); len(s.Principal) == 0 {
			return nil
		}
		return []policy.Statement{s}
	}
}
