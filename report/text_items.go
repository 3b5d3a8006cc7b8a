package report

import (
	"fmt"
	"iter"
	"strings"

	"iamctl/result"
)

// itemGroup is a group of items that differ from each other in the action alone.
type itemGroup struct {
	first   result.Item
	actions []string
	count   int
}

// groupedItems is how many items of a role and side are grouped at most: enough
// for a screen.
const groupedItems = 1000

// filter reports whether drift with a mark is to be shown.
type filter func(*result.Mark) bool

// isOpen reports whether no waiver accepts the drift, isNew and isKnown whether it
// is new or not, too.
func isOpen(m *result.Mark) bool  { return m.Waiver == nil }
func isNew(m *result.Mark) bool   { return m.Waiver == nil && m.Age == result.AgeNew }
func isKnown(m *result.Mark) bool { return m.Waiver == nil && m.Age != result.AgeNew }

// group groups the first items to be shown, in their order.
func group(items result.Items, keep filter) []*itemGroup {
	groups := map[groupKey]*itemGroup{}
	var order []*itemGroup
	looked := 0
	for _, it := range items.All() {
		if looked == groupedItems {
			break
		}
		if !keep(&it.Mark) {
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

// groupKey is what the items of a group have in common.
type groupKey struct {
	item           result.Columns
	age, firstSeen string
}

// keyOf returns the key of an item's group.
func keyOf(it *result.Item) groupKey {
	k := groupKey{item: it.Columns, age: it.Age}
	k.item.Service, k.item.Action = "", ""
	if it.FirstSeen != nil {
		k.firstSeen = it.FirstSeen.Hash
	}
	return k
}

// fingerprint returns the first item's, shortened, and how many more items there
// are.
func (g *itemGroup) fingerprint() string {
	return shortFingerprint(g.first.Fingerprint, g.count-1)
}

// text returns the group in one line.
func (g *itemGroup) text(esc result.Escape, side int) string {
	actions := esc(strings.Join(g.actions, ", "), result.LineLimit)
	if more := g.count - len(g.actions); more > 0 {
		actions += fmt.Sprintf(" and %d more", more)
	}
	return result.ItemLine(esc, side, &g.first.Columns, actions, g.first.Names) + markText(esc, &g.first.Mark)
}

// roleLine is a line on one or more differences, and the short fingerprint to
// waive them by.
type roleLine struct {
	text, fingerprint string
	count             int
}

// linesOf yields the lines on a role's differences: attributes first, then the
// items of either side. Of many items not all have a line.
func linesOf(esc result.Escape, tags [2]string, p *result.Pair, keep filter) iter.Seq[roleLine] {
	return func(yield func(roleLine) bool) {
		for i := range p.Attributes {
			a := &p.Attributes[i]
			if !keep(&a.Mark) {
				continue
			}
			if !yield(roleLine{a.Line(esc, tags) + markText(esc, &a.Mark), shortFingerprint(a.Fingerprint, 0), 1}) {
				return
			}
		}
		for side := range 2 {
			for _, g := range group(p.Only(side), keep) {
				if !yield(roleLine{g.text(esc, side), g.fingerprint(), g.count}) {
					return
				}
			}
		}
	}
}
