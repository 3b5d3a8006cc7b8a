// Package normalize rewrites what is meant to differ between two accounts,
// by the rules of an equivalency dictionary, and keeps the value before next
// to every value after. It is pure: no clock, file, network or logger.
package normalize

import (
	"iamctl/inventory"
)

// Account is an account after normalisation.
type Account struct {
	// Tag is the short name in files and tables, Source what the account
	// was read from.
	Tag    string
	Source string
	Flat   *inventory.Flat
	// Roles are sorted by Key.
	Roles []Role
	// Rewriter is what rewrote the account.
	Rewriter *Rewriter
	// Rewrites is every distinct rewrite, sorted.
	Rewrites []Rewrite
	// matched are the dictionary's entries of which a value was rewritten.
	matched map[int]bool
	// unowned are the values that were rewritten anywhere in it although the
	// other side rewrites them too.
	unowned map[string]bool
}

// Rewrite is one value before and after.
type Rewrite struct {
	Field  Field
	Before string
	After  string
}

// Role is a role after normalisation; Raw is the role before.
type Role struct {
	Name string
	// Key is what roles pair by: the name without regard to case, because
	// IAM has no two roles whose names differ in case alone.
	Key        string
	Path       string
	Raw        *inventory.FlatRole
	Attributes []Attribute
	// Policies are sorted by type, name and ARN, normalised.
	Policies []Policy
}

// Kind is a kind of attribute of a role.
type Kind string

// The kinds of attributes, in the order in which they are reported.
const (
	// KindName is the role's name where it differs in letter case alone.
	KindName               Kind = "rolename"
	KindPath               Kind = "path"
	KindBoundary           Kind = "boundary"
	KindMaxSessionDuration Kind = "maxsessionduration"
	KindTag                Kind = "tag"
	KindDescription        Kind = "description"
	// KindPolicy is a policy's being there: the role has the inline policy,
	// or the managed policy of that ARN attached.
	KindPolicy Kind = "policy"
)

// Kinds are all kinds of attributes in their order.
func Kinds() []Kind {
	return []Kind{KindName, KindPath, KindBoundary, KindMaxSessionDuration, KindTag, KindDescription, KindPolicy}
}

// Attribute is one attribute of a role, normalised and before.
type Attribute struct {
	Kind Kind
	// Key tells apart attributes of one kind: the tag's key; for a policy
	// its type and name, such as "managed ReadOnlyAccess".
	Key      string
	Value    string
	RawKey   string
	RawValue string
	// Unknown tells that the source does not carry the attribute.
	Unknown bool
}

// Policy is one policy of a role after normalisation.
type Policy struct {
	Name string
	Type inventory.PolicyType
	// ARN is the managed or boundary policy's, "" for the others.
	ARN string
	Raw *inventory.FlatPolicy
	*Table
}
