package report

import (
	"slices"

	"iamctl/diff"
)

// metric is one figure of the summary: its name as in AWS's IAMCTL, its
// member in diff.json, and where it is counted. Index 0 is account A.
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

// The members of the figures that are there only where waivers or an earlier
// run are known.
const (
	countWaived = "waived_differences"
	countNew    = "new_differences"
	countFixed  = "fixed_differences"
)

// allFigures are the figures in their order, those of metrics first.
func allFigures() []metric {
	return slices.Concat(metrics, []metric{
		{title: "Waived Differences", member: countWaived},
		{title: "New Differences", member: countNew},
		{title: "Fixed Differences", member: countFixed},
	})
}

// outOfScope is what may allow or deny beside the policies that are compared.
var outOfScope = []string{
	"service control policies (SCPs)",
	"resource control policies (RCPs)",
	"session policies",
	"resource policies",
}
