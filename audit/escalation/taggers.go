package escalation

import (
	"slices"

	"iamctl/audit/account"
	"iamctl/audit/grant"
	"iamctl/inventory"
)

// tagged looks for those who become an administrator by a step that depends on a tag, which
// somebody changes whom they become before; and then for those who become one of these.
func (g *graph) tagged() {
	var taggers []*node
	for _, n := range g.nodes {
		if !n.admin && n.Kind != inventory.EntityGroup && g.tags(n) {
			taggers = append(taggers, n)
		}
	}
	if len(taggers) == 0 {
		return
	}
	byTrust := slices.ContainsFunc(g.nodes, func(n *node) bool { return n.Trust != nil && grant.AsksTags(n.Trust.Document) })
	front, any := g.front(taggers), false
	for _, n := range g.nodes {
		if n.admin || n.step != nil || !byTrust && !slices.ContainsFunc(n.Policies, func(p account.Policy) bool { return grant.AsksTags(p.Document) }) {
			continue
		}
		tried := 0
		g.ways(n, front, false, func(w *way) bool {
			if w.unknown == "" && w.to != nil {
				tried++
				n.step = g.tagging(n, w)
			}
			any = any || n.step != nil
			return n.step == nil && tried < maxNamed
		})
	}
	if any {
		g.solve(false)
		g.solve(true)
	}
}

// tags reports whether a holder may change the tags of a user or a role.
func (g *graph) tags(n *node) bool {
	return once(&n.tags, func() bool {
		return slices.ContainsFunc([]string{"iam:TagRole", "iam:UntagRole", "iam:TagUser", "iam:UntagUser"}, func(action string) bool { return g.may(n, action, "").Witness != nil })
	})
}

// tagging returns the step of a holder that becomes another, who changes a tag, by which the
// holder becomes an administrator; nil if that does not.
func (g *graph) tagging(n *node, w *way) *step {
	then := *n.Holder
	then.Taggers = []*account.Holder{w.on}
	last := g.after(&then)
	if last == nil {
		return nil
	}
	change := g.changingFor(w.to, w.on, n.Holder, last)
	if change == nil {
		return nil
	}
	change.after = last
	first := *w
	first.after = &node{Holder: w.on, step: &step{change, 2, true}}
	return &step{&first, 3, true}
}
