package diff

import (
	"cmp"

	"iamctl/normalize"
)

// group is the policies of one type and name on both sides.
type group [2]policyRun

// groupPolicies groups the policies of both sides by type and name.
func (c *comparer) groupPolicies(p *Pair) []group {
	var groups []group
	a, b := p.A.Policies, p.B.Policies
	i, j := 0, 0
	for i < len(a) || j < len(b) {
		order := comparePolicy(a, i, b, j)
		endA, endB := i, j
		if order <= 0 {
			endA = sameName(a, i)
		}
		if order >= 0 {
			endB = sameName(b, j)
		}
		if order == 0 && !c.samePolicyName(p, &a[i], &b[j]) {
			groups = append(groups, group{{a, i, endA}, {b, j, j}}, group{{a, endA, endA}, {b, j, endB}})
		} else {
			groups = append(groups, group{{a, i, endA}, {b, j, endB}})
		}
		i, j = endA, endB
	}
	return groups
}

// comparePolicy orders the next policy of each side by type and name. A side
// that has none left comes last.
func comparePolicy(a []normalize.Policy, i int, b []normalize.Policy, j int) int {
	switch {
	case i == len(a):
		return 1
	case j == len(b):
		return -1
	}
	return cmp.Or(cmp.Compare(a[i].Type, b[j].Type), cmp.Compare(a[i].Name, b[j].Name))
}

// sameName returns the end of the run of policies of one type and name that
// begins at i: a role may have AWS's ReadOnlyAccess and one of its own.
func sameName(list []normalize.Policy, i int) int {
	end := i + 1
	for end < len(list) && list[end].Type == list[i].Type && list[end].Name == list[i].Name {
		end++
	}
	return end
}

// policyRun is a run of a role's policies.
type policyRun struct {
	list     []normalize.Policy
	from, to int
}
