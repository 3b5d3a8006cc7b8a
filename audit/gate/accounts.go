package gate

import (
	"slices"
	"strings"

	"iamctl/policy"
)

// Accounts returns the ids of the accounts that a trust policy names, in a principal or
// in the value of a condition, sorted. Whom it names it may deny: ask.
func (g Gate) Accounts() []string {
	if g.d == nil {
		return nil
	}
	var out []string
	for _, s := range g.d.Statements {
		for _, p := range slices.Concat(s.Principal, s.NotPrincipal) {
			out = append(out, idsIn(p.Value)...)
		}
		for _, c := range s.Condition {
			for _, v := range c.Values {
				out = append(out, idsIn(v)...)
			}
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// idsIn returns the runs of exactly twelve digits in a text.
func idsIn(text string) []string {
	return slices.DeleteFunc(strings.FieldsFunc(text, func(r rune) bool { return r < '0' || r > '9' }), func(digits string) bool {
		return len(digits) != 12
	})
}

// of returns the gate without principals that are plainly of other accounts, which saves
// work.
func (g Gate) of(accounts []string) Gate {
	others := func(p policy.Principal) bool {
		ids := idsIn(p.Value)
		return p.Type == "AWS" && len(ids) > 0 && !strings.ContainsAny(p.Value, "*?") &&
			!slices.ContainsFunc(ids, func(id string) bool { return slices.Contains(accounts, id) })
	}
	return g.edited(func(s *policy.Statement) bool {
		if s.Effect != "Allow" || len(s.Principal) == 0 {
			return true
		}
		s.Principal = slices.DeleteFunc(slices.Clone(s.Principal), others)
		return len(s.Principal) > 0
	})
}
