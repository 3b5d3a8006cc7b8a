package escalation

import (
	"slices"
	"strings"

	"iamctl/audit/account"
	"iamctl/audit/assume"
	"iamctl/audit/grant"
	"iamctl/inventory"
	"iamctl/policy"
	"iamctl/verdict/escalation"
)

// asking are the users and roles who may do something that depends on tags.
func (g *graph) asking() *front {
	if g.abac == nil {
		doors := g.front(slices.DeleteFunc(slices.Clone(g.nodes), func(n *node) bool { return !n.admin || n.Trust == nil || !grant.AsksTags(n.Trust.Document) }))
		g.abac = g.front(slices.DeleteFunc(slices.Clone(g.nodes), func(n *node) bool {
			return n.admin || n.Kind == inventory.EntityGroup || !byTags(n.Holder) && !g.knocks(n, doors)
		}))
	}
	return g.abac
}

// byTags reports whether policies of a holder have conditions on tags.
func byTags(h *account.Holder) bool {
	return h.Boundary != nil && grant.AsksTags(h.Boundary.Document) ||
		slices.ContainsFunc(h.Policies, func(p account.Policy) bool { return grant.AsksTags(p.Document) })
}

// knocks reports whether a holder may assume a role of a front, by the text.
func (g *graph) knocks(h *node, doors *front) bool {
	among := func(n *node) bool { return contains(doors.roles.All(), n.Holder) }
	return len(doors.roles.All()) > 0 && (len(g.on(h, assume.Action, doors.roles)) > 0 || slices.ContainsFunc(g.naming[h.ARN], among) || slices.ContainsFunc(g.everyone, among))
}

// tagger returns a holder as it may change tags of somebody whom it becomes then: where its own
// permission to assume a role asks for a tag of the role, the session has that tag too.
func (g *graph) tagger(h *node, then *way) *account.Holder {
	if then.set.Actions[0] != escalation.AssumeRole {
		return h.Holder
	}
	q := g.ask(h, assume.Action).Grant.On(then.on.ARN)
	if then.trust {
		q = q.Given(assume.Action, then.on.ARN)
	}
	var kept []policy.Statement
	for _, key := range q.Keys() {
		if tag, ok := grant.ResourceTag(key); ok {
			kept = append(kept, keeping(q, h.Holder, key, tag)...)
		}
	}
	return denying(h.Holder, kept...)
}

// keeping returns what changes of a tag of a role a holder may not make, whose permissions to
// assume the role ask for the tag by a condition key.
func keeping(q grant.Grant, h *account.Holder, key, tag string) []policy.Statement {
	var out []policy.Statement
	unless := func(may grant.Grant, action string, change ...policy.Condition) {
		if may.Anything().Witness == nil {
			out = append(out, policy.Statement{Action: []string{action}, Resource: []string{"*"}, Condition: change})
		}
	}
	of := func(key, operator string, values ...string) policy.Condition {
		return policy.Condition{Operator: operator, Key: key, Values: values}
	}
	but := func(q grant.Grant, c policy.Condition) grant.Grant {
		return q.But(policy.Statement{Condition: []policy.Condition{c}})
	}
	request, values := grant.RequestTag+tag, tagValues(h, key)
	for _, v := range values {
		some := strings.NewReplacer("*", "x", "?", "x").Replace(v)
		unless(but(q, of(key, "StringNotEquals", some)), "iam:TagRole", of(request, "StringLike", v))
	}
	other, change := but(q, of(key, "Null", "true")), []policy.Condition{of(request, "Null", "false")}
	if len(values) > 0 {
		other, change = but(other, of(key, "StringLike", values...)), append(change, of(request, "StringNotLike", values...))
	}
	unless(other, "iam:TagRole", change...)
	unless(but(q, of(key, "Null", "false")), "iam:UntagRole", of("aws:TagKeys", "ForAnyValue:StringEqualsIgnoreCase", tag))
	return out
}

// tagValues returns patterns of the values that a condition key of a tag has in a holder's
// permissions to assume roles.
func tagValues(h *account.Holder, key string) []string {
	all := *h
	if h.Boundary != nil {
		all.Policies = append(slices.Clip(h.Policies), *h.Boundary)
	}
	return conditioned(&all, assume.Action, key, func(string, policy.Operator) bool { return true })
}

// denying returns somebody whom statements deny something besides.
func denying(h *account.Holder, list ...policy.Statement) *account.Holder {
	if len(list) == 0 {
		return h
	}
	for i := range list {
		list[i].Effect = "Deny"
	}
	less := *h
	less.Policies = append(slices.Clip(h.Policies), account.Policy{Type: inventory.Inline, Name: "any", Document: &policy.Document{Version: "2012-10-17", Statements: list}})
	return &less
}

// onlyTagging returns somebody who may change no tags but those of one user or role.
func onlyTagging(h, of *account.Holder) *account.Holder {
	return denying(h, policy.Statement{Action: []string{"iam:TagRole", "iam:UntagRole", "iam:TagUser", "iam:UntagUser"}, NotResource: []string{of.ARN}})
}
