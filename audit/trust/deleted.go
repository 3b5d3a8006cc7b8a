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
		f.Trust(without(d, func(p policy.Principal, at int) bool { return at == i && gone(p) }))
		out = append(out, f)
	}
	return out
}

// without returns a policy without some principals, and without statements that have no
// others; "" if that leaves none, or where somebody else would be let in or denied.
func without(d *policy.Document, gone func(p policy.Principal, statement int) bool) string {
	out := *d
	out.Statements = nil
	for i, s := range d.Statements {
		if slices.ContainsFunc(s.NotPrincipal, func(p policy.Principal) bool { return gone(p, i) }) {
			return ""
		}
		if s.Principal != nil {
			s.Principal = slices.DeleteFunc(slices.Clone(s.Principal), func(p policy.Principal) bool { return gone(p, i) })
			if len(s.Principal) == 0 {
				continue
			}
		}
		out.Statements = append(out.Statements, s)
	}
	if len(out.Statements) == 0 {
		return ""
	}
	return out.String()
}
