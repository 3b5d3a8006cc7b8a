package policy

import (
	"cmp"
	"slices"
	"strings"
)

// canonicalPrincipals writes a bare account id as the ARN that means the same
// (IAM User Guide, "AWS JSON policy elements: Principal").
func canonicalPrincipals(list []Principal, partition string) []Principal {
	if list == nil {
		return nil
	}
	out := make([]Principal, len(list))
	for i, p := range list {
		p.Type, _ = principalTypeName(p.Type)
		if p.Type == "AWS" && IsAccountID(p.Value) {
			p.Value = "arn:" + cmp.Or(partition, "aws") + ":iam::" + p.Value + ":root"
		}
		out[i] = p
	}
	slices.SortFunc(out, func(a, b Principal) int {
		return cmp.Or(strings.Compare(a.Type, b.Type), strings.Compare(a.Value, b.Value))
	})
	return slices.Compact(out)
}

// dropCoveredPrincipals takes out what is part of everyone: {"AWS": "*"} has
// every principal of AWS's own in it, and the bare "*" those of services and
// identity providers too (IAM User Guide, "AWS JSON policy elements:
// Principal"). Types that AWS does not have and empty values stay, for what
// they are is not known.
//
// It is for Principal alone. AWS does not say what a wildcard in NotPrincipal
// means, and does not treat that list as a mere union: to except a role, its
// account must be listed too.
func dropCoveredPrincipals(list []Principal) []Principal {
	everyone := slices.Contains(list, Principal{"*", "*"})
	if !everyone && !slices.Contains(list, Principal{"AWS", "*"}) {
		return list
	}
	return slices.DeleteFunc(list, func(p Principal) bool {
		return everyone && CoversPrincipal(Principal{"*", "*"}, p) || CoversPrincipal(Principal{"AWS", "*"}, p)
	})
}

// CoversPrincipal reports whether p is everyone and q another part of it, by the
// rules of Canonical for a Principal element.
func CoversPrincipal(p, q Principal) bool {
	if p.Value != "*" || p == q || q.Value == "" || !slices.Contains(principalTypes, q.Type) {
		return false
	}
	return p.Type == "*" || p.Type == "AWS" && q.Type == "AWS"
}
