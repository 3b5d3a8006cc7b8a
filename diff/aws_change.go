package diff

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"iamctl/inventory"
	"iamctl/normalize"
)

// AWSChange is a policy of AWS's that AWS gave another version between the moments
// at which the two accounts were read. What differs in it is one difference, however
// many roles have it.
type AWSChange struct {
	Name string
	ARN  string
	// Versions are the versions in force, account A's first.
	Versions [2]string
	// Holders are the common roles that have the policy in both accounts, by name.
	// There is at least one.
	Holders []AWSHolder
	// OnlyA are the items that the policy has in account A alone, OnlyB the
	// reverse, as items of the roles of the first holder.
	OnlyA, OnlyB []Ref
	// ImpossibleA and ImpossibleB are likewise the pairs of an action and a resource
	// that the reference calls impossible and that no item shows.
	ImpossibleA, ImpossibleB []Impossible
}

// AWSHolder is a common role that has a policy of AWS's, attached or as its
// boundary.
type AWSHolder struct {
	A, B *normalize.Role
	Type inventory.PolicyType
	// policies are the indexes of the policy in the roles.
	policies [2]int
}

// Only returns the items that a side alone has.
func (c *AWSChange) Only(side int) []Ref {
	if side == 0 {
		return c.OnlyA
	}
	return c.OnlyB
}

// OnlyIn returns the items that a side alone has, as items of a holder's role.
func (c *AWSChange) OnlyIn(h *AWSHolder, side int) []Ref {
	out := slices.Clone(c.Only(side))
	for i := range out {
		out[i].Policy = uint32(h.policies[side])
	}
	return out
}

// Impossible returns the impossible pairs that a side alone has.
func (c *AWSChange) Impossible(side int) []Impossible {
	if side == 0 {
		return c.ImpossibleA
	}
	return c.ImpossibleB
}

// Role returns the holder's role in account A for side 0 and in B for side 1.
func (h *AWSHolder) Role(side int) *normalize.Role {
	if side == 0 {
		return h.A
	}
	return h.B
}

// versionNumber returns the number of a version such as v101, 0 if it is none.
func versionNumber(id string) int {
	digits, ok := strings.CutPrefix(id, "v")
	n, err := strconv.Atoi(digits)
	if !ok || err != nil || n < 1 {
		return 0
	}
	return n
}

// withoutAWSChanges returns a group without the policies that AWS changed, as the
// groups that are left. These are noted for the pair's roles.
func (c *comparer) withoutAWSChanges(p *Pair, g group) []group {
	for i := g[0].from; i < g[0].to; i++ {
		for j := g[1].from; j < g[1].to; j++ {
			if !c.changedByAWS(&g[0].list[i], &g[1].list[j]) || c.blindGroup(p, g[0], g[1]) {
				continue
			}
			c.recordAWSChange(p, i, j)
			c.mask(p, i, j)
			c.maskPairs(p, i, j)
			c.weighRows(g[0].list[i].Table, g[1].list[j].Table)
			before := group{{g[0].list, g[0].from, i}, {g[1].list, g[1].from, j}}
			after := group{{g[0].list, i + 1, g[0].to}, {g[1].list, j + 1, g[1].to}}
			return append(c.withoutAWSChanges(p, before), c.withoutAWSChanges(p, after)...)
		}
	}
	if g[0].from == g[0].to && g[1].from == g[1].to {
		return nil
	}
	return []group{g}
}

// changedByAWS reports whether two policies are one of AWS's in two versions. Two
// documents of one version are no change of AWS's: one of them is not what AWS
// says, whatever the source claims.
func (c *comparer) changedByAWS(a, b *normalize.Policy) bool {
	if a.Raw.ARN != b.Raw.ARN || !inventory.AWSManaged(a.Raw.ARN) {
		return false
	}
	x, y := versionNumber(c.version(0, a.Raw.ARN)), versionNumber(c.version(1, b.Raw.ARN))
	return x > 0 && y > 0 && x != y && !(c.match(a.Table, b.Table).equal && sameWritten(a.Items, b.Items))
}

// version returns the version of a managed policy that is in force in an account,
// "" if it is not known.
func (c *comparer) version(side int, arn string) string {
	if c.versions[side] == nil {
		c.versions[side] = map[string]string{}
		if flat := c.changes.Account(side).Flat; flat != nil && flat.Account != nil {
			for i := range flat.Policies {
				c.versions[side][flat.Policies[i].ARN] = flat.Policies[i].DefaultVersion
			}
		}
	}
	return c.versions[side][arn]
}

func (c *comparer) recordAWSChange(p *Pair, i, j int) {
	if c.ignored(normalize.KindAWSManaged) {
		return
	}
	a := &p.A.Policies[i]
	change := c.byAWS[a.Raw.ARN]
	if change == nil {
		change = &AWSChange{Name: a.Name, ARN: a.Raw.ARN, Versions: [2]string{c.version(0, a.Raw.ARN), c.version(1, a.Raw.ARN)}}
		c.byAWS[a.Raw.ARN] = change
	}
	change.Holders = append(change.Holders, AWSHolder{p.A, p.B, a.Type, [2]int{i, j}})
}

// collectAWSChanges gathers the changes that differ in an item, sorted by ARN.
func (c *comparer) collectAWSChanges() {
	for _, change := range c.byAWS {
		slices.SortFunc(change.Holders, func(x, y AWSHolder) int {
			return cmp.Or(cmp.Compare(x.A.Key, y.A.Key), cmp.Compare(x.Type, y.Type))
		})
		h := &change.Holders[0]
		for side := range 2 {
			own, others := h.policies[side], h.policies[1-side]
			only := c.onlyIn(h.Role(side).Policies[own].Table, policyRun{h.Role(1 - side).Policies, others, others + 1})
			refs, pairs := appendRefs(nil, own, only.rows), c.appendImpossible(nil, own, only)
			if side == 0 {
				change.OnlyA, change.ImpossibleA = refs, pairs
			} else {
				change.OnlyB, change.ImpossibleB = refs, pairs
			}
		}
		if len(change.OnlyA)+len(change.OnlyB)+len(change.ImpossibleA)+len(change.ImpossibleB) > 0 {
			c.changes.AWSChanges = append(c.changes.AWSChanges, *change)
		}
	}
	slices.SortFunc(c.changes.AWSChanges, func(x, y AWSChange) int { return strings.Compare(x.ARN, y.ARN) })
}

// Older returns the side with the older version, 0 where that is not known.
func (c *AWSChange) Older() int {
	if versionNumber(c.Versions[1]) < versionNumber(c.Versions[0]) {
		return 1
	}
	return 0
}
