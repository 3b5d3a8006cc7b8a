// Package account is an account as the rules of an audit ask it: who is there, and
// which documents say what each may do and who may become it.
package account

import (
	"cmp"
	"slices"
	"strings"

	"iamctl/audit/asking"
	"iamctl/inventory"
	"iamctl/policy"
	"iamctl/verdict"
)

// Account is an account with its documents parsed.
type Account struct {
	*inventory.Account
	// Tag is the account's short name.
	Tag string
	// Holders are the roles, then the users, then the groups, each sorted by name, and
	// then those managed policies of the account's own that nobody has.
	Holders []*Holder
	// Gaps are those of the inventory, and those of documents that are none.
	Gaps []inventory.Gap

	holders  map[key]*Holder
	policies map[string]*inventory.Policy
	parsed   map[inventory.Document]*parsed
}

type key struct {
	kind inventory.Entity
	name string
}

// Holder is a role, a user or a group: who has permissions.
type Holder struct {
	Kind          inventory.Entity
	Name, ID, ARN string
	Path          string
	Tags          []inventory.Tag
	// Policies say what the holder may do, inline ones first. Those of a user's groups
	// are after its own.
	Policies []Policy
	// Boundary is nil if there is none.
	Boundary *Policy
	// Trust is a role's trust policy, nil for others.
	Trust *Policy
	// Groups are a user's, by name.
	Groups []string
	// Taggers are others whom the holder becomes to have tags changed.
	Taggers []*Holder
	// NoProfile says of a role that it is in no instance profile, as far as the source says.
	NoProfile bool

	tagless bool // the tags could not be read
}

// Policy is a policy of a holder.
type Policy struct {
	Type inventory.PolicyType
	// Name is "" for the trust policy.
	Name string
	// ARN is a managed policy's.
	ARN string
	// Group is the group through which a user has the policy.
	Group string
	// Document is nil where it could not be read: a gap says why.
	Document *policy.Document
}

// Of returns the holder of a kind with a name, nil if there is none. Names are compared
// without regard to letter case, as IAM does (IAM User Guide, "IAM and AWS STS quotas").
func (a *Account) Of(kind inventory.Entity, name string) *Holder {
	return a.holders[key{kind, policy.Fold(name)}]
}

// Each returns the holders of a kind, sorted by name.
func (a *Account) Each(kind inventory.Entity) []*Holder {
	var out []*Holder
	for _, h := range a.Holders {
		if h.Kind == kind {
			out = append(out, h)
		}
	}
	return out
}

// Trusting returns the roles whose trust policy could be read, sorted by name, but for
// those that AWS owns.
func (a *Account) Trusting() []*Holder {
	return slices.DeleteFunc(a.Each(inventory.EntityRole), func(h *Holder) bool { return h.ServiceLinked() || h.Trust.Document == nil })
}

// Managed returns the managed policy with an ARN, nil if it was not read.
func (a *Account) Managed(arn string) *inventory.Policy { return a.policies[arn] }

// ServiceLinked reports whether AWS owns the holder's role.
func (h *Holder) ServiceLinked() bool {
	return h.Kind == inventory.EntityRole && (&inventory.Role{Path: h.Path}).ServiceLinked()
}

// identityCenterPath is where IAM Identity Center makes the roles of permission sets (IAM
// Identity Center User Guide, "Referencing permission sets in resource policies").
const identityCenterPath = "/aws-reserved/sso.amazonaws.com/"

// OfAWS reports whether AWS makes the holder's role, which it owns or which is a permission
// set's of IAM Identity Center: nobody else chooses its name, path and boundary.
func (h *Holder) OfAWS() bool {
	return h.ServiceLinked() || h.Kind == inventory.EntityRole && strings.HasPrefix(h.Path, identityCenterPath)
}

// Blind reports whether a policy of the holder could not be read: it may do more than is
// known, and with a Deny or a boundary that was not read less.
func (h *Holder) Blind() bool {
	return h.Boundary != nil && h.Boundary.Document == nil ||
		slices.ContainsFunc(h.Policies, func(p Policy) bool { return p.Document == nil })
}

// Unbounded says that the holder's boundary could not be read, "" if it was or there is none.
func (h *Holder) Unbounded() string {
	if h.Boundary == nil || h.Boundary.Document != nil {
		return ""
	}
	return "the boundary " + h.Boundary.Label() + " of the " + string(h.Kind) + " " + h.Name + " could not be read"
}

// Permissions returns what the holder may do, as far as it could be read. Document i of
// Identity is that of Policies[i]; one that could not be read allows and denies nothing, and a boundary limits
// nothing: Unbounded says so.
func (h *Holder) Permissions() *verdict.Permissions {
	out := &verdict.Permissions{Identity: make([]*policy.Document, len(h.Policies))}
	for i, p := range h.Policies {
		out.Identity[i] = cmp.Or(p.Document, &policy.Document{})
	}
	if h.Boundary != nil && h.Boundary.Document != nil {
		out.Boundary = []*policy.Document{h.Boundary.Document}
	}
	return out
}

// Asking returns the holder as one who asks: of a group one of its members.
func (h *Holder) Asking() asking.Principal {
	arn, _ := policy.ParseARN(h.ARN)
	p := asking.Principal{Role: h.Kind == inventory.EntityRole, Account: arn.Account}
	if h.Kind != inventory.EntityGroup {
		p.Name, p.ID = h.Name, h.ID
	}
	return p
}

// Tag returns the value of a tag of the holder, whatever the letter case of its key, as
// condition keys have none.
func (h *Holder) Tag(key string) (value string, ok bool) {
	for _, t := range h.Tags {
		if policy.CompareFold(t.Key, key) == 0 {
			return t.Value, true
		}
	}
	return "", false
}

// TagsKnown reports whether the tags of the holder are those that the source has. Those of
// groups and policies are not.
func (h *Holder) TagsKnown() bool {
	return (h.Kind == inventory.EntityUser || h.Kind == inventory.EntityRole) && !h.tagless
}

// Tagging returns the actions that set and take off tags of the holder.
func (h *Holder) Tagging() (set, unset string) {
	if h.Kind == inventory.EntityRole {
		return "iam:TagRole", "iam:UntagRole"
	}
	return "iam:TagUser", "iam:UntagUser"
}

// Retags reports whether the holder may change tags of a user or role, by the text of its
// policies.
func (h *Holder) Retags(t *Holder) bool {
	set, unset := t.Tagging()
	return slices.ContainsFunc(h.Policies, func(p Policy) bool {
		return p.Document == nil || slices.ContainsFunc(p.Document.Statements, func(s policy.Statement) bool {
			return s.Effect != "Deny" && (s.About(set) || s.About(unset)) &&
				(s.NotResource != nil || slices.ContainsFunc(s.Resource, func(r string) bool { return strings.Contains(r, "$") || policy.Match(r, t.ARN) }))
		})
	})
}

// SessionTags reports whether sessions of the holder may have other tags than its own, which
// the trust policy of a role must let callers pass by sts:TagSession (IAM User Guide, "Pass
// session tags in AWS STS").
func (h *Holder) SessionTags() bool {
	return h.Kind == inventory.EntityRole && (h.Trust == nil || h.Trust.Document == nil || slices.ContainsFunc(h.Trust.Document.Statements, func(s policy.Statement) bool {
		return s.Effect != "Deny" && s.About("sts:TagSession")
	}))
}

// Member returns a user with a name who stands for the members of a group: its tags are
// anybody's.
func (h *Holder) Member(name, arn string) *Holder {
	return &Holder{Kind: inventory.EntityUser, Name: name, ARN: arn, Policies: h.Policies, tagless: true}
}

// Label returns the policy's name; a trust policy has none but its type.
func (p *Policy) Label() string { return cmp.Or(p.Name, string(p.Type)) }
