package result

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"iamctl/diff"
	"iamctl/inventory"
	"iamctl/normalize"
)

// policyKey is the type and name by which the policies of a pair correspond.
type policyKey struct {
	kind inventory.PolicyType
	name string
}

func keyOf(p *normalize.Policy) policyKey { return policyKey{p.Type, p.Name} }

func (k policyKey) compare(l policyKey) int {
	return cmp.Or(cmp.Compare(k.kind, l.kind), cmp.Compare(k.name, l.name))
}

// differingPolicies returns the policies of a pair that differ, sorted.
func differingPolicies(p *diff.Pair) []policyKey {
	differ := map[policyKey]bool{}
	for side := range 2 {
		last := -1
		for _, ref := range p.Only(side) {
			if int(ref.Policy) != last {
				last = int(ref.Policy)
				differ[keyOf(&p.Role(side).Policies[last])] = true
			}
		}
	}
	for i := range p.Attributes {
		a := &p.Attributes[i]
		switch a.Kind {
		case normalize.KindPolicy:
			kind, name, _ := strings.Cut(a.Key, " ")
			differ[policyKey{inventory.PolicyType(kind), name}] = true
		case normalize.KindFuture:
			kind, name, _ := strings.Cut(a.Key[:strings.LastIndex(a.Key, ": ")], " ")
			differ[policyKey{inventory.PolicyType(kind), name}] = true
		case normalize.KindBoundary:
			for side := range 2 {
				for _, b := range boundariesOf(p.Role(side)) {
					differ[keyOf(b)] = true
				}
			}
		}
	}
	return slices.SortedFunc(maps.Keys(differ), policyKey.compare)
}

// policiesOf returns a role's policies of one type and name: nearly always one.
func policiesOf(r *normalize.Role, k policyKey) []*normalize.Policy {
	var out []*normalize.Policy
	for i := range r.Policies {
		if p := &r.Policies[i]; keyOf(p) == k {
			out = append(out, p)
		}
	}
	return out
}

// boundariesOf returns a role's permissions boundaries.
func boundariesOf(r *normalize.Role) []*normalize.Policy {
	var out []*normalize.Policy
	for i := range r.Policies {
		if r.Policies[i].Type == inventory.Boundary {
			out = append(out, &r.Policies[i])
		}
	}
	return out
}
