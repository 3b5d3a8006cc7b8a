package escalation

import (
	"fmt"
	"slices"
	"strings"

	"iamctl/audit/account"
	"iamctl/policy"
)

// individual reports whether the policies of a holder may say something else of another
// of its kind who has them too.
func individual(h *account.Holder) bool {
	variable := func(s string) bool { return strings.Contains(s, "$") }
	return slices.ContainsFunc(h.Policies, func(p account.Policy) bool {
		return p.Document == nil || slices.ContainsFunc(p.Document.Statements, func(s policy.Statement) bool {
			return slices.ContainsFunc(s.Resource, variable) || slices.ContainsFunc(s.NotResource, variable) || slices.ContainsFunc(s.Condition, func(c policy.Condition) bool {
				return strings.HasPrefix(policy.Fold(c.Key), "aws:principal") || policy.Fold(c.Key) == "aws:userid" || policy.Fold(c.Key) == "aws:username" || slices.ContainsFunc(c.Values, variable)
			})
		})
	})
}

// number is one that holders of the same documents have in common.
func (g *graph) number(n *node) int {
	if n.number == 0 {
		id := g.documents(n)
		if g.numbers[id] == 0 {
			g.numbers[id] = len(g.numbers) + 1
		}
		n.number = g.numbers[id]
	}
	return n.number
}

// documents names the documents of a holder.
func (g *graph) documents(n *node) string {
	if n.id == "" {
		var b strings.Builder
		for _, p := range n.Policies {
			fmt.Fprintf(&b, "%p ", p.Document)
		}
		if individual(n.Holder) {
			b.WriteString(n.ARN)
		}
		if n.Boundary != nil {
			fmt.Fprintf(&b, "/ %p", n.Boundary.Document)
		}
		n.id = b.String()
	}
	return n.id
}
