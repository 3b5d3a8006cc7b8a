package report

import (
	"fmt"
	"iter"
	"strings"

	"iamctl/result"
)

// itemGroup is items that differ from each other in the action alone.
type itemGroup struct {
	first   result.Item
	actions []string
	count   int
}

// groupedItems is how many items of a role and side are looked at for the
// text: enough for a screen, whatever the role.
const groupedItems = 1000

// wanted chooses drift by what is known of it.
type wanted func(*result.Mark) bool

// unwaived is all that no waiver accepts; fresh and known are what of it is
// new and what is not.
func unwaived(m *result.Mark) bool { return m.Waiver == nil }
func fresh(m *result.Mark) bool    { return m.Waiver == nil && m.Age == result.AgeNew }
func known(m *result.Mark) bool    { return m.Waiver == nil && m.Age != result.AgeNew }

// group gathers the first items that are wanted into groups, in their order.
func group(items result.Items, want wanted) []*itemGroup {
	groups := map[groupKey]*itemGroup{}
	var order []*itemGroup
	looked := 0
	for _, it := range items.All() {
		if looked == groupedItems {
			break
		}
		if !want(&it.Mark) {
			continue
		}
		looked++
		k := keyOf(&it)
		g := groups[k]
		if g == nil {
			g = &itemGroup{first: it}
			groups[k] = g
			order = append(order, g)
		}
		g.count++
		if len(g.actions) < fewLines {
			g.actions = append(g.actions, it.FullAction())
		}
	}
	return order
}

// groupKey is the same for items of one group.
type groupKey struct {
	item           result.Columns
	age, firstSeen string
}

func keyOf(it *result.Item) groupKey {
	k := groupKey{item: it.Columns, age: it.Age}
	k.item.Service, k.item.Action = "", ""
	if it.FirstSeen != nil {
		k.firstSeen = it.FirstSeen.Hash
	}
	return k
}

// handle is the first item's, and how many more there are.
func (g *itemGroup) handle() string { return handle(g.first.Fingerprint, g.count-1) }

// text is the group in one line.
func (g *itemGroup) text(s result.Show, side int) string {
	actions := s(strings.Join(g.actions, ", "), result.LineLimit)
	if more := g.count - len(g.actions); more > 0 {
		actions += fmt.Sprintf(" and %d more", more)
	}
	return result.ItemLine(s, side, &g.first.Columns, actions, g.first.Names) + markText(s, &g.first.Mark)
}

// roleLine is a line on one or more differences, and what to waive it by.
type roleLine struct {
	text, handle string
	count        int
}

// linesOf yields lines on what is wanted: attributes first, then the items of
// either side. There are fewer lines than differences where there are many.
func linesOf(s result.Show, tags [2]string, p *result.Pair, want wanted) iter.Seq[roleLine] {
	return func(yield func(roleLine) bool) {
		for i := range p.Attributes {
			a := &p.Attributes[i]
			if !want(&a.Mark) {
				continue
			}
			if !yield(roleLine{a.Line(s, tags) + markText(s, &a.Mark), handle(a.Fingerprint, 0), 1}) {
				return
			}
		}
		for side := range 2 {
			for _, g := range group(p.Only(side), want) {
				if !yield(roleLine{g.text(s, side), g.handle(), g.count}) {
					return
				}
			}
		}
	}
}
