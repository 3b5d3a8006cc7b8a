package report

import (
	"fmt"
	"strings"
)

// itemGroup is items that differ from each other in the action alone.
type itemGroup struct {
	first   int
	actions []string
	count   int
	mark    RunMark
}

// groupedItems is how many items of a role and side are looked at for the
// text: enough for a screen, whatever the role.
const groupedItems = 1000

// group gathers the first items that no waiver accepts into groups, in their
// order.
func group(items itemList) []*itemGroup {
	type key struct {
		item           any
		age, firstSeen string
	}
	groups := map[key]*itemGroup{}
	var order []*itemGroup
	looked := 0
	for i := 0; i < items.length() && looked < groupedItems; i++ {
		mark := items.mark(i)
		if mark.Waiver != nil {
			continue
		}
		looked++
		k := key{items.key(i), mark.Age, ""}
		if mark.FirstSeen != nil {
			k.firstSeen = mark.FirstSeen.Hash
		}
		g := groups[k]
		if g == nil {
			g = &itemGroup{first: i, mark: mark}
			groups[k] = g
			order = append(order, g)
		}
		g.count++
		if len(g.actions) < fewLines {
			g.actions = append(g.actions, items.action(i))
		}
	}
	return order
}

// text is the group in one line.
func (g *itemGroup) text(s show, side int, items itemList) string {
	actions := s(strings.Join(g.actions, ", "), clipLine)
	if more := g.count - len(g.actions); more > 0 {
		actions += fmt.Sprintf(" and %d more", more)
	}
	it, names := items.item(g.first)
	return itemText(s, side, &it, actions, names) + markText(s, &g.mark)
}
