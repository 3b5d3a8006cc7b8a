// Package driftkind names the kinds of drift, as diff.json, --ignore and the ignore
// rules of waivers.json have them.
package driftkind

import "slices"

// The kinds of attributes of a role that may differ, and what else may.
const (
	RoleName           = "rolename"
	Path               = "path"
	Boundary           = "boundary"
	MaxSessionDuration = "maxsessionduration"
	InstanceProfile    = "instanceprofile"
	Tag                = "tag"
	Description        = "description"
	Policy             = "policy"
	// Future is a pattern of actions that permits what the other account permits today,
	// and not what AWS may add.
	Future = "future"
	// Effective is that the control policies of an organisation leave both accounts' roles
	// different permissions.
	Effective = "effective"

	// Item is an item that one account's role has and the other's has not.
	Item = "item"
	// Impossible is a pair of an action and a resource that the reference calls
	// impossible.
	Impossible = "impossible"
	// Role is a role of one account alone.
	Role = "role"
	// AWSManaged is a change that AWS made to a policy of its own, whatever roles have
	// it.
	AWSManaged = "awsmanaged"
)

// Attributes returns the kinds of attributes, in the order of reports.
func Attributes() []string {
	return []string{RoleName, Path, Boundary, MaxSessionDuration, InstanceProfile, Tag, Description, Policy, Future, Effective}
}

// All returns all kinds.
func All() []string { return slices.Concat(Attributes(), []string{Item, Impossible, Role, AWSManaged}) }
