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

// wanted chooses drift by what is known of it.
type wanted func(*RunMark) bool

// unwaived is all that no waiver accepts; fresh and known are what of it is
// new and what is not.
func unwaived(m *RunMark) bool { return m.Waiver == nil }
func fresh(m *RunMark) bool    { return m.Waiver == nil && m.Age == AgeNew }
func known(m *RunMark) bool    { return m.Waiver == nil && m.Age != AgeNew }

// group gathers the first items that are wanted into groups, in their order.
func group(items itemList, want wanted) []*itemGroup {
	type key struct {
		item           any
		age, firstSeen string
	}
	groups := map[key]*itemGroup{}
	var order []*itemGroup
	looked := 0
	for i := 0; i < items.length() && looked < groupedItems; i++ {
		mark := items.mark(i)
		if !want(&mark) {
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

// handle is the first item's, and how many more there are.
func (g *itemGroup) handle(items itemList) string {
	return handle(items.fingerprint(g.first), g.count-1)
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
