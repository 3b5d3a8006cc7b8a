package result

import (
	"maps"
	"slices"

	"iamctl/diff"
)

// metric is one figure of the summary: its name, as in AWS's IAMCTL, its member
// in diff.json and how it is counted. Index 0 is account A.
type metric struct {
	title  string
	member string
	of     func(*diff.Counts) [2]int
}

// metrics are all figures in their order, AWS's first.
var metrics = []metric{
	{"Harvested Items", "harvested_items", func(n *diff.Counts) [2]int { return n.HarvestedItems }},
	{"Sanitized Items", "sanitized_items", func(n *diff.Counts) [2]int { return n.SanitizedItems }},
	{"Roles", "roles", func(n *diff.Counts) [2]int { return n.Roles }},
	{"Service Linked Roles", "service_linked_roles", func(n *diff.Counts) [2]int { return n.ServiceLinkedRoles }},
	{"Non-Service Linked Roles", "non_service_linked_roles", func(n *diff.Counts) [2]int { return n.NonServiceLinkedRoles }},
	{"Common Roles", "common_roles", func(n *diff.Counts) [2]int { return n.CommonRoles }},
	{
		"Common Service Linked Roles", "common_service_linked_roles",
		func(n *diff.Counts) [2]int { return n.CommonServiceLinkedRoles },
	},
	{
		"Common Non-Service Linked Roles", "common_non_service_linked_roles",
		func(n *diff.Counts) [2]int { return n.CommonNonServiceLinkedRoles },
	},
	{"Unique Roles", "unique_roles", func(n *diff.Counts) [2]int { return n.UniqueRoles }},
	{
		"Unique Service Linked Roles", "unique_service_linked_roles",
		func(n *diff.Counts) [2]int { return n.UniqueServiceLinkedRoles },
	},
	{
		"Unique Non-Service Linked Roles", "unique_non_service_linked_roles",
		func(n *diff.Counts) [2]int { return n.UniqueNonServiceLinkedRoles },
	},
	{
		"Common Roles with Differences", "common_roles_with_differences",
		func(n *diff.Counts) [2]int { return n.CommonRolesWithDifferences },
	},
	{
		"Differences Among Common Roles", "differences_among_common_roles",
		func(n *diff.Counts) [2]int { return n.DifferencesAmongCommonRoles },
	},
	{"Attribute Differences", "attribute_differences", func(n *diff.Counts) [2]int { return n.AttributeDifferences }},
	{"Masked Items", "masked_items", func(n *diff.Counts) [2]int { return n.MaskedItems }},
	{"Gaps", "gaps", func(n *diff.Counts) [2]int { return n.Gaps }},
}

// The members of the figures that only some runs have: one with masked names or
// attributes, one in which AWS changed a policy, one with waivers, one held against
// another.
const (
	countMaskedAttributes = "masked_attributes"
	countImpossible       = "impossible_differences"
	countWaived           = "waived_differences"
	countNew              = "new_differences"
	countFixed            = "fixed_differences"
	// countAWS counts the policies of AWS's that AWS changed.
	countAWS = "aws_managed_policy_changes"
)

// occasional are these figures, which come after those of metrics.
var occasional = []metric{
	{title: "Masked Attributes", member: countMaskedAttributes},
	{title: "Impossible Differences", member: countImpossible},
	{title: "Waived Differences", member: countWaived},
	{title: "New Differences", member: countNew},
	{title: "Fixed Differences", member: countFixed},
	{title: "Changes by AWS", member: countAWS},
}

// Figure is a figure of the summary, for account A and account B.
type Figure struct {
	// Title is its name for people, "" if this version does not know it.
	Title string
	// Member is its name in diff.json.
	Member string
	// Occasional reports whether some runs do not have the figure.
	Occasional bool
	Sides[int]
}

// Figures returns the figures of the result in their order: those of every
// run, the occasional ones, and those that this version does not know.
func (r *Result) Figures() []Figure {
	var out []Figure
	known := map[string]bool{}
	for i, m := range slices.Concat(metrics, occasional) {
		known[m.member] = true
		if v, ok := r.Counts[m.member]; ok {
			out = append(out, Figure{m.title, m.member, i >= len(metrics), v})
		}
	}
	for _, member := range slices.Sorted(maps.Keys(r.Counts)) {
		if !known[member] {
			out = append(out, Figure{Member: member, Occasional: true, Sides: r.Counts[member]})
		}
	}
	return out
}

// HeldAgainst reports whether the run was held against another one, so that its
// drift has ages.
func (r *Result) HeldAgainst() bool {
	_, aged := r.Counts[countNew]
	return aged
}

// countsOf returns the figures by their members in diff.json, the occasional
// ones only if m has what they count.
func countsOf(c *diff.Changes, m *Marks, t *Tally) map[string]Sides[int] {
	counts := map[string]Sides[int]{}
	n := c.Counts()
	for _, f := range metrics {
		v := f.of(&n)
		counts[f.member] = Sides[int]{v[0], v[1]}
	}
	if n := len(c.AWSChanges); n > 0 {
		counts[countAWS] = Sides[int]{n, n}
	}
	if v := n.MaskedAttributes; v != [2]int{} {
		counts[countMaskedAttributes] = Sides[int]{v[0], v[1]}
	}
	if v := n.ImpossibleDifferences; v != [2]int{} {
		counts[countImpossible] = Sides[int]{v[0], v[1]}
	}
	if m.waives() {
		counts[countWaived] = Sides[int]{t.Waived[0], t.Waived[1]}
	}
	if m.heldAgainst() {
		fixed := fixedCount(m.Fixed)
		counts[countNew] = Sides[int]{t.New[0], t.New[1]}
		counts[countFixed] = Sides[int]{fixed[0], fixed[1]}
	}
	return counts
}
