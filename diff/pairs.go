package diff

import (
	"cmp"
	"slices"

	"iamctl/normalize"
)

// pairRoles pairs the roles by name; those that are left go to OnlyA and OnlyB.
func (c *comparer) pairRoles() {
	a, b := c.changes.A.Roles, c.changes.B.Roles
	i, j := 0, 0
	for i < len(a) || j < len(b) {
		switch order := compareKeys(a, i, b, j); {
		case order < 0:
			c.changes.OnlyA = append(c.changes.OnlyA, &a[i])
			i++
		case order > 0:
			c.changes.OnlyB = append(c.changes.OnlyB, &b[j])
			j++
		case !c.sameName(&a[i], &b[j]):
			c.changes.OnlyA = append(c.changes.OnlyA, &a[i])
			c.changes.OnlyB = append(c.changes.OnlyB, &b[j])
			i++
			j++
		default:
			c.changes.Common = append(c.changes.Common, c.pair(&a[i], &b[j]))
			i++
			j++
		}
	}
}

// compareKeys orders the next role of each side. A side that has none left
// comes last.
func compareKeys(a []normalize.Role, i int, b []normalize.Role, j int) int {
	switch {
	case i == len(a):
		return 1
	case j == len(b):
		return -1
	}
	return cmp.Compare(a[i].Key, b[j].Key)
}

// pair compares two roles.
func (c *comparer) pair(a, b *normalize.Role) Pair {
	p := Pair{Name: a.Name, A: a, B: b}
	if a.Raw.Name != b.Raw.Name && a.Reason == b.Reason {
		p.Reason = a.Reason
	}
	p.Blind = slices.Concat(c.blindParts(0, a.Raw.Name), c.blindParts(1, b.Raw.Name))
	c.maskName(&p)
	c.compareAttributes(&p)
	c.comparePolicies(&p)
	sortMasked(p.MaskedTexts)
	return p
}

// sameName reports whether two roles with one name after rewriting have the same
// name for all that is known.
func (c *comparer) sameName(a, b *normalize.Role) bool {
	var d doubts
	d.text(c, normalize.FieldRoleName, a.Raw.Name, b.Raw.Name)
	return !d.certain
}
