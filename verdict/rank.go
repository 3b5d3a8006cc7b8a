package verdict

import (
	"cmp"
	"slices"
	"strings"

	"iamctl/verdict/internal/actions"
)

// candidate is a request that may become a witness.
type candidate struct {
	placed     // not confirmed yet where the resource is not that of the answer
	action     actions.Action
	impossible bool
	odd        bool // has a resource that a role hardly meets
	access     int
}

// levels are the access levels, those whose change matters most first.
var levels = []string{"Permissions management", "Write", "Tagging", "Read", "List", ""}

// weight is less the simpler the request of an answer is.
func weight(a *answer) int {
	if a.weighs != 0 {
		return a.weighs
	}
	n := len(a.witness.Request.Resource)
	for k, v := range a.witness.Request.Context {
		n += 100 + len(k)
		for _, s := range v {
			n += len(s)
		}
	}
	a.weighs = n
	return n
}

func (c candidate) compare(d candidate) int {
	switch {
	case c.answer == nil:
		return 1
	case d.answer == nil:
		return -1
	}
	if n := cmp.Or(
		compareBool(c.impossible, d.impossible),
		compareBool(c.odd, d.odd),
		compareBool(len(c.witness.Request.Context) > 0, len(d.witness.Request.Context) > 0),
		cmp.Compare(c.access, d.access),
	); n != 0 {
		return n
	}
	if n := cmp.Compare(c.weight()+c.length(), d.weight()+d.length()); n != 0 {
		return n
	}
	return cmp.Or(strings.Compare(c.action.Prefix, d.action.Prefix), strings.Compare(c.action.Short, d.action.Short))
}

func (c *candidate) length() int { return len(c.action.Prefix) + len(c.action.Short) }

func compareBool(a, b bool) int {
	switch {
	case a == b:
		return 0
	case b:
		return -1
	}
	return 1
}

// offer takes a request as the best so far if it is better.
func (s *solver) offer(a *actions.Action, found placed, impossible, odd bool) {
	c := candidate{found, *a, impossible, odd, slices.Index(levels, accessOf(a))}
	if best := &s.outcome.sides[s.x].best; c.compare(*best) < 0 {
		*best = c
	}
}

func accessOf(a *actions.Action) string {
	if a.Known != nil && slices.Contains(levels, a.Known.Access) {
		return a.Known.Access
	}
	return ""
}

// count adds an action to the amounts.
func (s *solver) count(a *actions.Action, pairs int) {
	o := &s.outcome.sides[s.x]
	o.actions = append(o.actions, a)
	o.paired += pairs
	n := o.last
	if key := (amountKey{a.Prefix, accessOf(a)}); n == nil || n.Service != key.service || n.Access != key.access {
		if o.amount == nil {
			o.amount = map[amountKey]*ServiceAmount{}
		}
		if n = o.amount[key]; n == nil {
			n = &ServiceAmount{Service: key.service, Access: key.access}
			o.amount[key] = n
		}
		o.last = n
	}
	n.Actions++
	n.Pairs += pairs
}
