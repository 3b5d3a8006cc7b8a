package report

import (
	"iter"

	"iamctl/inventory"
	"iamctl/result"
)

// itemGroup is a group of items that differ from each other in the action alone.
type itemGroup struct {
	first   int // the index of its first item
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

// group groups the first items to be shown, in their order. Of each group's actions
// it keeps so many.
func group(items result.Items, keep filter, actions int) []*itemGroup {
	var groups itemGroups
	looked := 0
	for i, it := range items.Outlines() {
		if looked == groupedItems {
			break
		}
		if !keep(&it.Mark) {
			continue
		}
		looked++
		g := groups.of(&it, i)
		g.count++
		if len(g.actions) < actions {
			g.actions = append(g.actions, it.FullAction())
		}
	}
	return groups.order
}

// itemGroups are groups in the order of their first items.
type itemGroups struct {
	order []*itemGroup
	// unmarked are the groups of items of which nothing is known, by the items'
	// number: nearly always all of them.
	unmarked []*itemGroup
	marked   map[groupKey]*itemGroup
}

// groupKey is what the items of a group have in common.
type groupKey struct {
	columns        int
	age, firstSeen string
}

// of returns the group of an item, which begins with it if there is none yet.
func (s *itemGroups) of(it *result.Outline, index int) *itemGroup {
	if it.Age == "" && it.FirstSeen == nil {
		for len(s.unmarked) <= it.Group {
			s.unmarked = append(s.unmarked, nil)
		}
		return s.add(&s.unmarked[it.Group], index)
	}
	k := groupKey{columns: it.Group, age: it.Age}
	if it.FirstSeen != nil {
		k.firstSeen = it.FirstSeen.Hash
	}
	g := s.marked[k]
	if s.marked == nil {
		s.marked = map[groupKey]*itemGroup{}
	}
	s.marked[k] = s.add(&g, index)
	return g
}

func (s *itemGroups) add(g **itemGroup, index int) *itemGroup {
	if *g == nil {
		*g = &itemGroup{first: index}
		s.order = append(s.order, *g)
	}
	return *g
}

// line returns the line on the group, with the short fingerprint of its first
// item and how many more items there are.
func (g *itemGroup) line(esc result.Escape, side int, items result.Items, told *result.Commit, actions int) roleLine {
	first := items.At(g.first)
	return roleLine{g.text(esc, side, &first, told, actions), shortFingerprint(first.Fingerprint, g.count-1), g.count, result.ItemScope(first.PolicyType)}
}

// text returns the group in one line.
func (g *itemGroup) text(esc result.Escape, side int, first *result.Item, told *result.Commit, most int) string {
	actions := some(esc, g.actions, most, g.count)
	line := result.ItemLine(esc, side, &first.Columns, actions, first.Names)
	if first.Note == inventory.NoteNoAction {
		line = line[:2] + "(no permission by itself) " + line[2:]
	}
	return line + markText(esc, &first.Mark, told)
}

// commitOf returns the commit that first shows most of a role's differences, to be
// named once; nil if none is known.
func commitOf(p *result.Pair, keep filter) *result.Commit {
	type key struct {
		hash    string
		atLeast bool
	}
	var most *result.Commit
	counts, top := map[key]int{}, 0
	see := func(m *result.Mark) {
		c := m.FirstSeen
		if c == nil || !keep(m) {
			return
		}
		k := key{c.Hash, c.AtLeast}
		if counts[k]++; counts[k] > top {
			most, top = c, counts[k]
		}
	}
	for i := range p.Attributes {
		see(&p.Attributes[i].Mark)
	}
	for side := range 2 {
		looked := 0
		for _, it := range p.Only(side).Outlines() {
			if looked++; looked > groupedItems {
				break
			}
			see(&it.Mark)
		}
	}
	return most
}

// roleLine is a line on one or more differences, and the short fingerprint to
// waive them by, "" for a line on differences that have lines elsewhere.
type roleLine struct {
	text, fingerprint string
	count             int
	// scope is what part of the role's meaning they are of, "" for none.
	scope string
}

// linesOf yields the lines on a role's differences: attributes first, then the
// items of either side, then the impossible pairs. Of many items not all have a
// line, and each line names so many actions. told is what commitOf returned for the
// role.
func linesOf(esc result.Escape, tags [2]string, p *result.Pair, keep filter, told *result.Commit, actions int) iter.Seq[roleLine] {
	return func(yield func(roleLine) bool) {
		for i := range p.Attributes {
			a := &p.Attributes[i]
			if !keep(&a.Mark) {
				continue
			}
			if !yield(roleLine{a.Line(esc, tags) + markText(esc, &a.Mark, told), shortFingerprint(a.Fingerprint, 0), 1, a.Scope()}) {
				return
			}
		}
		for _, of := range []func(int) result.Items{p.Only, p.Impossible} {
			for side := range 2 {
				items := of(side)
				for _, g := range group(items, keep, actions) {
					if !yield(g.line(esc, side, items, told, actions)) {
						return
					}
				}
			}
		}
	}
}
