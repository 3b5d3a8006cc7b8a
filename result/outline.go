package result

import (
	"iter"

	"iamctl/inventory"
)

// Outline is what it takes to group items, without what takes time to make.
type Outline struct {
	// Group is the same number for items of the list that differ in the action
	// alone.
	Group           int
	Service, Action string
	Mark
}

// FullAction returns the item's action with its service.
func (o *Outline) FullAction() string { return o.Service + ":" + o.Action }

// groups numbers items by all their columns but the action.
type groups map[Columns]int

func (g groups) number(c Columns) int {
	c.Service, c.Action = "", ""
	n, ok := g[c]
	if !ok {
		n = len(g)
		g[c] = n
	}
	return n
}

func (l *storedItems) outlines() iter.Seq2[int, Outline] {
	return func(yield func(int, Outline) bool) {
		numbers := map[storedColumns]int{}
		for i := range l.rows {
			r := &l.rows[i]
			key := r.columns
			key[3], key[4] = 0, 0 // service and action
			n, ok := numbers[key]
			if !ok {
				n = len(numbers)
				numbers[key] = n
			}
			if !yield(i, Outline{n, l.texts[r.columns[3]], l.texts[r.columns[4]], l.marks[r.mark]}) {
				return
			}
		}
	}
}

// rowKey is the same for rows of a policy that differ in the action alone.
type rowKey struct{ policy, effect, resource, principal, terms uint32 }

func rowKeyOf(ref Ref, r inventory.Row) rowKey {
	return rowKey{ref.Policy, r.Effect, r.Resource, r.Principal, r.Terms}
}

func (l *lazyItems) outlines() iter.Seq2[int, Outline] {
	return func(yield func(int, Outline) bool) {
		numbers, byRow := groups{}, map[rowKey]int{}
		var d *Digests
		if !l.unmarked() {
			d = newItemBuilder(l.result.changes, l.side, noDocuments).digests
		}
		for i, ref := range l.indexed() {
			p := &l.role.Policies[ref.Policy]
			row := p.Items.Rows[ref.Row]
			n, ok := byRow[rowKeyOf(ref, row)]
			if !ok {
				// Two policies of a role may have one name and the same items.
				n = numbers.number(columnsOf(p, ref.Row))
				byRow[rowKeyOf(ref, row)] = n
			}
			a := &p.Items.Actions[row.Action]
			o := Outline{Group: n, Service: a.Service, Action: a.Name}
			if d != nil {
				o.Mark = l.mark(d.fingerprint(l.role, ref), i)
			}
			if !yield(i, o) {
				return
			}
		}
	}
}
