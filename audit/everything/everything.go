// Package everything asks who is an administrator: who may do what nobody has named on
// what nobody has named, and lift permissions.
package everything

import (
	"cmp"
	"slices"

	"iamctl/audit/account"
	"iamctl/audit/grant"
	"iamctl/audit/rule"
	"iamctl/policy"
)

// anything is an action that nobody has named, and thing what it is done on.
const (
	anything = "zz-any-service:AnyAction"
	thing    = "zz-any-name"
)

// lifting are the ways to more permissions by a single request, each with the type of what
// it changes. Who may do none of it on things of any name is no administrator.
var lifting = []struct{ action, on string }{
	{"iam:AttachRolePolicy", "role/"},
	{"iam:PutRolePolicy", "role/"},
	{"iam:AttachUserPolicy", "user/"},
	{"iam:PutUserPolicy", "user/"},
}

// Answer is whether a holder is an administrator.
type Answer struct {
	// Anything is a request for what nobody has named, Lift one that lifts permissions.
	Anything, Lift grant.Answer
}

// Open reports whether the holder may be one.
func (a Answer) Open() bool { return a.Anything.Open() && a.Lift.Open() }

// Sure reports whether the holder is one.
func (a Answer) Sure() bool { return a.Anything.Sure() && a.Lift.Sure() }

// Unknown says why it could not be decided whether the holder is one, "" if it was.
func (a Answer) Unknown() string {
	if !a.Open() {
		return ""
	}
	return cmp.Or(a.Anything.Unknown, a.Lift.Unknown)
}

// Ask asks whether a holder is an administrator. Denies and the boundary count; a Deny of
// single actions, or a condition such as MFA, leaves one.
func Ask(in *rule.Input, h *account.Holder) Answer {
	none := grant.Answer{Statement: -1}
	if !slices.ContainsFunc(h.Policies, broad) {
		return Answer{none, none} // only to skip work
	}
	g := in.Grant(h)
	any := g.Only(anything).On("*").Anything()
	if !any.Open() {
		return Answer{any, none}
	}
	return Answer{any, lifts(in, g)}
}

// lifts asks for a way to more permissions. The key of a boundary must be absent: who must
// give a boundary to whom it lifts is no administrator.
func lifts(in *rule.Input, g grant.Grant) grant.Answer {
	free := policy.Statement{Condition: []policy.Condition{{Operator: "Null", Key: "iam:PermissionsBoundary", Values: []string{"false"}}}}
	var unknown grant.Answer
	for _, l := range lifting {
		a := g.Only(l.action).On(iamARN(in, l.on+thing)).But(free).Anything()
		if a.Witness != nil {
			return a
		}
		if a.Open() {
			unknown = a
		}
	}
	return unknown
}

func iamARN(in *rule.Input, resource string) string {
	partition, id := in.Account.Partition, in.Own()
	if partition == "" {
		partition = "*"
	}
	if id == "" {
		id = "*"
	}
	return "arn:" + partition + ":iam::" + id + ":" + resource
}

// broad reports whether a policy has an Allow for what nobody has named.
func broad(p account.Policy) bool {
	return p.Document != nil && slices.ContainsFunc(p.Document.Statements, func(s policy.Statement) bool {
		return s.Effect == "Allow" && s.About(anything)
	})
}
