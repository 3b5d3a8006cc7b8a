package escalation

import (
	"slices"
	"strings"

	"iamctl/audit/account"
	"iamctl/audit/grant"
	"iamctl/inventory"
	"iamctl/policy"
	"iamctl/verdict/escalation"
)

// making are sets that the library does not have: whoever may do one to a principal that
// it makes itself becomes an administrator. Whom the trust policy of a role lets in is then
// its own choice, and needs no permission.
var making = []escalation.Set{
	{Actions: []string{"iam:AttachRolePolicy", "iam:CreateRole"}},
	{Actions: []string{"iam:CreateRole", "iam:PutRolePolicy"}},
	{Actions: []string{"iam:AttachUserPolicy", "iam:CreateAccessKey", "iam:CreateUser"}},
	{Actions: []string{"iam:AttachUserPolicy", "iam:CreateLoginProfile", "iam:CreateUser"}},
	{Actions: []string{"iam:CreateAccessKey", "iam:CreateUser", "iam:PutUserPolicy"}},
	{Actions: []string{"iam:CreateLoginProfile", "iam:CreateUser", "iam:PutUserPolicy"}},
	{Actions: []string{"iam:AddUserToGroup", "iam:AttachGroupPolicy", "iam:CreateGroup"}},
	{Actions: []string{"iam:AddUserToGroup", "iam:CreateGroup", "iam:PutGroupPolicy"}},
}

// made are whom the actions of making make.
var made = map[string]struct {
	kind inventory.Entity
	does string
}{
	"iam:CreateRole":  {inventory.EntityRole, "make a role, give it any policy and assume it"},
	"iam:CreateUser":  {inventory.EntityUser, "make a user, give it any policy and sign in as it"},
	"iam:CreateGroup": {inventory.EntityGroup, "make a group, give it any policy and join it"},
}

// maker returns the action of a set of making that makes somebody.
func maker(s *escalation.Set) string {
	return s.Actions[slices.IndexFunc(s.Actions, func(a string) bool { _, ok := made[a]; return ok })]
}

// makes asks whether a holder may make somebody, without a boundary, and become it.
func (g *graph) makes(h *node, s *sorted, yield func(*way) bool) bool {
	create := maker(&s.Set)
	who := made[create]
	if who.kind == inventory.EntityGroup && h.Kind == inventory.EntityRole {
		return true // nobody but users is in groups
	}
	arn := g.unmade(h, s, create, who.kind)
	if arn == "" {
		return true
	}
	w := &way{set: &s.Set, does: who.does, whole: true}
	w.Answer = g.may(h, create, arn, boundaryKey, "")
	w.unknown = w.Unknown
	for _, a := range s.Actions {
		x := w.Answer
		switch {
		case a == create:
		case strings.HasPrefix(a, "iam:Attach"):
			for _, p := range g.giving {
				if x = g.may(h, a, arn, "iam:PolicyARN", p, boundaryKey, ""); x.Open() {
					break
				}
			}
		default:
			x = g.may(h, a, arn, boundaryKey, "")
		}
		if !x.Open() {
			return true
		}
		w.unknown = first(w.unknown, x.Unknown)
	}
	if who.kind == inventory.EntityRole && !g.enters(h, &account.Holder{ARN: arn}) {
		return true
	}
	if who.kind == inventory.EntityGroup {
		w = g.leaves(h.Holder, having(h.Holder, h.Holder, "", ""), w, !g.unlimited(h, h.Holder))
	}
	return w == nil || yield(w)
}

const boundaryKey = "iam:PermissionsBoundary"

// unmade returns the ARN of somebody of a kind who is not there and on whom a holder may do
// all of a set by the text, "" if there is none.
func (g *graph) unmade(h *node, s *sorted, create string, kind inventory.Entity) string {
	q := g.ask(h, create).On(g.arn(string(kind) + "/*"))
	for _, a := range s.Actions {
		x := g.ask(h, a)
		if !x.all && len(x.patterns) == 0 {
			return ""
		}
		if a != create && !x.all && !slices.Contains(x.patterns, "*") {
			q = q.On(x.patterns...)
		}
	}
	q = q.But(policy.Statement{Condition: []policy.Condition{{Operator: "Null", Key: boundaryKey, Values: []string{"false"}}}})
	return unused(q, func(arn string) bool { return len(g.everybody()[kind].Matching(arn)) > 0 })
}

// unused returns a resource of what is granted that is not there yet, "" if there is none
// among the first.
func unused(q grant.Grant, there func(arn string) bool) string {
	for range 3 {
		r := q.Anything().Witness
		if r == nil || strings.ContainsAny(r.Resource, "*?") {
			return ""
		}
		if !there(r.Resource) {
			return r.Resource
		}
		q = q.But(policy.Statement{Resource: []string{r.Resource}})
	}
	return ""
}
