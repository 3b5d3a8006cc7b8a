// Package assume asks which principals of an account may assume which of its roles.
package assume

import (
	"iamctl/audit/account"
	"iamctl/audit/gate"
	"iamctl/audit/grant"
	"iamctl/audit/rule"
	"iamctl/inventory"
	"iamctl/policy"
	"iamctl/policy/eval"
)

// Question asks about one account.
type Question struct {
	in *rule.Input
	// doors are the answers of trust policies, which many roles share.
	doors map[doorKey]door
}

type doorKey struct {
	document *policy.Document
	arn      string
}

// door is how a trust policy lets a principal in.
type door struct {
	open bool
	// named says that it is by its ARN, so that the principal needs no permission of its
	// own; otherwise it is as one of the account.
	named bool
}

// New returns the questions about the account of an input.
func New(in *rule.Input) *Question { return &Question{in, map[doorKey]door{}} }

// Action is what who assumes a role does.
const Action = "sts:AssumeRole"

// anyMember is a user who stands for the members of a group.
const anyMember = "zz-any-member"

// May reports whether a user, a role or a member of a group may assume a role: the trust
// policy lets it in and, unless that is by its ARN, its own policies allow it; they must
// not deny it either way (IAM User Guide, "Policy evaluation logic", requests within one
// account). What cannot be decided counts as allowed.
func (q *Question) May(h, role *account.Holder) bool {
	d := q.door(h, role)
	if !d.open {
		return false
	}
	g := grant.New(q.in.Comparer, h).Only(Action).On(role.ARN)
	if d.named {
		return g.Given(Action, role.ARN).Anything().Open()
	}
	return g.Anything().Open()
}

// Request returns the request to assume a role, nil if it is not to be had without a
// context.
func (q *Question) Request(h, role *account.Holder) *eval.Request {
	return grant.New(q.in.Comparer, h).Only(Action).On(role.ARN).Anything().Witness
}

// door asks the trust policy of a role about a principal.
func (q *Question) door(h, role *account.Holder) door {
	if role.Trust == nil {
		return door{}
	}
	if role.Trust.Document == nil {
		return door{open: true} // it is not known
	}
	key := doorKey{role.Trust.Document, principalOf(h)}
	d, ok := q.doors[key]
	if !ok {
		g := gate.New(q.in.Comparer, role.Trust.Document).Principal(key.arn)
		d = door{g.Anybody().Open(), g.Named().Anybody().Open()}
		q.doors[key] = d
	}
	return d
}

// principalOf returns the ARN of who asks.
func principalOf(h *account.Holder) string {
	if h.Kind != inventory.EntityGroup {
		return h.ARN
	}
	arn, _ := policy.ParseARN(h.ARN)
	arn.Resource = "user/" + anyMember
	return arn.String()
}
