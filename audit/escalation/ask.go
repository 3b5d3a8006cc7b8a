package escalation

import (
	"slices"

	"iamctl/audit/account"
	"iamctl/audit/grant"
	"iamctl/policy"
	"iamctl/policy/eval"
	"iamctl/verdict/escalation"
)

// asked is what a holder may do an action on, by the text of its policies.
type asked struct {
	grant.Grant
	patterns []string
	all      bool
}

// ask returns the permissions of a holder for an action.
func (g *graph) ask(h *node, action string) asked {
	a, ok := h.asked[action]
	if !ok {
		a.Grant = g.in.Grant(h.Holder).Only(action).Session()
		a.patterns, a.all = a.Resources()
		h.asked[action] = a
	}
	return a
}

// may asks whether a holder may do an action on a resource, "" for any, with the values of
// condition keys given; a key without a value is absent.
func (g *graph) may(h *node, action, resource string, keys ...string) grant.Answer {
	a := g.ask(h, action)
	if !a.all && len(a.patterns) == 0 {
		return grant.Answer{Statement: -1}
	}
	q := a.Grant
	if resource != "" {
		q = g.onto(q, action, resource)
		r := &eval.Request{Action: action, Resource: resource, Context: map[string][]string{}}
		for i := 0; i+1 < len(keys); i += 2 {
			if keys[i+1] != "" {
				r.Context[keys[i]] = keys[i+1 : i+2]
			}
		}
		if x := q.Try(r); x.Open() {
			return x
		}
	}
	for i := 0; i+1 < len(keys); i += 2 {
		c := policy.Condition{Operator: "StringNotEquals", Key: keys[i], Values: []string{keys[i+1]}}
		if keys[i+1] == "" {
			c.Operator, c.Values = "Null", []string{"false"}
		}
		q = q.But(policy.Statement{Condition: []policy.Condition{c}})
	}
	return q.Anything()
}

// onto returns permissions for an action on a resource alone, with the tags of the user or
// role that it is: one that is being made has those that the holder gives it. Passing roles
// knows no tags.
func (g *graph) onto(q grant.Grant, action, resource string) grant.Grant {
	t := g.byARN[resource]
	if _, makes := made[action]; g.unborn != nil && g.unborn.ARN == resource {
		if makes {
			return q.Making(g.unborn)
		}
		t = g.unborn
	}
	if t == nil || action == escalation.PassRole {
		return q.On(resource)
	}
	return q.Onto(t)
}

// on returns those of an index that a holder may do an action on, by the text.
func (g *graph) on(h *node, action string, ix *account.Index) []*account.Holder {
	a := g.ask(h, action)
	if a.all {
		return ix.All()
	}
	var out []*account.Holder
	for _, p := range a.patterns {
		if p == "*" {
			return ix.All()
		}
		for _, t := range ix.Matching(p) {
			if len(a.patterns) == 1 || !slices.Contains(out, t) {
				out = append(out, t)
			}
		}
	}
	return out
}

// as asks a holder, or for a group the member who stands for its members.
func (g *graph) as(h *node, t *account.Holder, action, resource string, keys ...string) grant.Answer {
	if t.Name == anyMember && g.of[t] == nil {
		h = &node{Holder: t, asked: map[string]asked{}}
	}
	return g.may(h, action, resource, keys...)
}
