// Package organization reads an AWS organisation: its tree of units, its accounts, and the
// service and resource control policies that bound these, with what they are attached to.
//
// It walks down from the root once, with two lists for each unit, and asks once for the text
// of each policy and once for its targets, whatever the number of accounts. It calls
// organizations:DescribeOrganization, ListRoots, ListOrganizationalUnitsForParent,
// ListAccountsForParent, ListPolicies, DescribePolicy, ListTargetsForPolicy and, where tags
// are asked for, ListTagsForResource. No call that changes anything is compiled in.
//
// A policy that may not be read is a gap of the organisation. A unit whose accounts may not
// be listed is an error: nobody could say which accounts are missing.
package organization
