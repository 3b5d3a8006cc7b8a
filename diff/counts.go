package diff

import "iamctl/normalize"

// Counts are the figures of the summary, side A first. The metrics of AWS's
// IAMCTL keep its meaning and come first.
type Counts struct {
	HarvestedItems              [2]int
	SanitizedItems              [2]int
	Roles                       [2]int
	ServiceLinkedRoles          [2]int
	NonServiceLinkedRoles       [2]int
	CommonRoles                 [2]int
	CommonServiceLinkedRoles    [2]int
	CommonNonServiceLinkedRoles [2]int
	UniqueRoles                 [2]int
	UniqueServiceLinkedRoles    [2]int
	UniqueNonServiceLinkedRoles [2]int
	CommonRolesWithDifferences  [2]int
	DifferencesAmongCommonRoles [2]int
	AttributeDifferences        [2]int
	ImpossibleDifferences       [2]int
	MaskedItems                 [2]int
	MaskedAttributes            [2]int
	Gaps                        [2]int
}

// Counts returns the figures of the changes.
func (c *Changes) Counts() Counts {
	var n Counts
	for side, a := range []*normalize.Account{c.A, c.B} {
		for i := range a.Roles {
			n.addRole(side, &a.Roles[i])
		}
		n.addUnique(side, c.Only(side))
		for _, g := range c.Gaps {
			if g.Account == a.Tag {
				n.Gaps[side]++
			}
		}
	}
	for i := range c.Common {
		n.addPair(&c.Common[i])
	}
	return n
}

func (n *Counts) addRole(side int, r *normalize.Role) {
	for i := range r.Policies {
		n.HarvestedItems[side] += r.Policies[i].Before.Len()
		n.SanitizedItems[side] += r.Policies[i].Items.Len()
	}
	n.Roles[side]++
	if r.Raw.ServiceLinked() {
		n.ServiceLinkedRoles[side]++
	} else {
		n.NonServiceLinkedRoles[side]++
	}
}

func (n *Counts) addUnique(side int, roles []*normalize.Role) {
	for _, r := range roles {
		n.UniqueRoles[side]++
		if r.Raw.ServiceLinked() {
			n.UniqueServiceLinkedRoles[side]++
		} else {
			n.UniqueNonServiceLinkedRoles[side]++
		}
	}
}

func (n *Counts) addPair(p *Pair) {
	for side, r := range []*normalize.Role{p.A, p.B} {
		n.CommonRoles[side]++
		if r.Raw.ServiceLinked() {
			n.CommonServiceLinkedRoles[side]++
		} else {
			n.CommonNonServiceLinkedRoles[side]++
		}
		if p.Differs() {
			n.CommonRolesWithDifferences[side]++
		}
		n.DifferencesAmongCommonRoles[side] += len(p.Only(side))
		n.ImpossibleDifferences[side] += len(p.Impossible(side))
		n.MaskedItems[side] += len(p.Masked) + len(p.MaskedPairs)
		n.MaskedAttributes[side] += len(p.MaskedTexts)
		n.AttributeDifferences[side] += len(p.Attributes)
	}
}
