package report

import (
	"fmt"
	"strings"

	"iamctl/diff"
	"iamctl/normalize"
)

// itemGroup is items that differ from each other in the action alone.
type itemGroup struct {
	first   diff.Ref
	actions []string
	count   int
}

// groupedItems is how many items of a role and side are looked at for the
// text: enough for a screen, whatever the role.
const groupedItems = 1000

// group gathers the first items of a role into groups, in their order.
func group(r *normalize.Role, refs []diff.Ref) []*itemGroup {
	type key struct{ policy, effect, resource, principal, terms uint32 }
	groups := map[key]*itemGroup{}
	var order []*itemGroup
	for _, ref := range refs[:min(len(refs), groupedItems)] {
		t := r.Policies[ref.Policy].Items
		row := t.Rows[ref.Row]
		k := key{ref.Policy, row.Effect, row.Resource, row.Principal, row.Terms}
		g := groups[k]
		if g == nil {
			g = &itemGroup{first: ref}
			groups[k] = g
			order = append(order, g)
		}
		g.count++
		if len(g.actions) < fewLines {
			a := t.Actions[row.Action]
			g.actions = append(g.actions, a.Service+":"+a.Name)
		}
	}
	return order
}

// line is the group as one line of text; d is its first item.
func (g *itemGroup) line(d *diff.Difference) string {
	it := &d.Item
	var b strings.Builder
	b.WriteString(Escape(it.PolicyType))
	if it.PolicyName != "" {
		b.WriteString(" " + clip(it.PolicyName, clipLine))
	}
	fmt.Fprintf(&b, ": %s %s", clip(it.Effect, clipTag), clip(strings.Join(g.actions, ", "), clipLine))
	if more := g.count - len(g.actions); more > 0 {
		fmt.Fprintf(&b, " and %d more", more)
	}
	for _, part := range []struct{ before, value string }{
		{" on ", it.ARN},
		{" by ", strings.TrimSpace(it.PrincipalType + " " + it.Principal)},
		{" negated: ", it.Negated},
		{" if ", it.Condition},
		{" as a whole: ", it.Statement},
		{" note: ", it.Note},
	} {
		if part.value != "" {
			b.WriteString(part.before + clip(part.value, clipLine))
		}
	}
	return b.String() + namesPart(d.Names)
}
