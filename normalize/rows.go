package normalize

import (
	"cmp"
	"slices"

	"iamctl/inventory"
)

// sortRows sets the rows of t.Items. A nil rank leaves a column as it is, and
// if all are nil the rows are those before.
func (t *Table) sortRows(resource, principal, term []uint32) {
	before := t.Before.Rows
	if resource == nil && principal == nil && term == nil {
		t.Items.Rows = before
		return
	}
	s := rowSorter{
		resource: resource, principal: principal, term: term,
		rows:   make([]inventory.Row, 0, len(before)),
		from:   make([]uint32, 0, len(before)),
		orders: map[uint64]*order{},
	}
	// Effect and action stay, so that rows move only among those of one
	// effect and action.
	for i := 0; i < len(before); {
		end := i + 1
		for end < len(before) && before[end].Effect == before[i].Effect && before[end].Action == before[i].Action {
			end++
		}
		s.group(before[i:end], uint32(i))
		i = end
	}
	t.Items.Rows, t.from = s.rows, s.from
	if s.first != nil {
		t.first = append(s.first, uint32(len(s.from)))
	}
}

// rowSorter collects the rows after rewriting and where they came from.
type rowSorter struct {
	resource, principal, term []uint32
	rows                      []inventory.Row
	from                      []uint32
	// first is where each row's origins begin, nil as long as all have one.
	first []uint32
	// orders are those of the groups so far, by their hash. The actions of a
	// statement mostly have the same resources, principals and terms, and
	// all of them share one order.
	orders map[uint64]*order
}

// maxOrders bounds the memory for a document in which no two actions are
// alike.
const maxOrders = 256

// order is the order of a group's rows after rewriting.
type order struct {
	group []inventory.Row // before
	keys  []rowKey        // after, sorted
}

// rowKey is a row without effect and action, as two numbers to compare.
type rowKey struct {
	high uint64 // resource, principal
	low  uint64 // terms, index in the group before
}

// same reports whether two keys, neighbours after sorting, are one row.
func (k rowKey) same(o rowKey) bool { return k.high == o.high && k.low>>32 == o.low>>32 }

func compareKeys(x, y rowKey) int {
	if x.high != y.high {
		return cmp.Compare(x.high, y.high)
	}
	return cmp.Compare(x.low, y.low)
}

// group adds the rows of one effect and action. The first of them is row
// number at of the rows before.
func (s *rowSorter) group(group []inventory.Row, at uint32) {
	keys := s.order(group).keys
	for i, k := range keys {
		origin := at + uint32(k.low)
		if i > 0 && keys[i-1].same(k) {
			s.merge(origin)
			continue
		}
		s.add(inventory.Row{
			Effect: group[0].Effect, Action: group[0].Action,
			Resource: uint32(k.high >> 32), Principal: uint32(k.high), Terms: uint32(k.low >> 32),
		}, origin)
	}
}

func (s *rowSorter) order(group []inventory.Row) *order {
	h := hash(group)
	if o := s.orders[h]; o != nil && slices.EqualFunc(o.group, group, alike) {
		return o
	}
	o := &order{group: group, keys: make([]rowKey, len(group))}
	for i, r := range group {
		o.keys[i] = rowKey{
			high: uint64(rankOf(s.resource, r.Resource))<<32 | uint64(rankOf(s.principal, r.Principal)),
			low:  uint64(rankOf(s.term, r.Terms))<<32 | uint64(i),
		}
	}
	slices.SortFunc(o.keys, compareKeys)
	if len(s.orders) < maxOrders {
		s.orders[h] = o
	}
	return o
}

// alike reports whether two rows differ in effect and action at most.
func alike(x, y inventory.Row) bool {
	return x.Resource == y.Resource && x.Principal == y.Principal && x.Terms == y.Terms
}

// hash returns the same for groups whose rows are alike (FNV-1a over numbers).
func hash(group []inventory.Row) uint64 {
	const prime = 1099511628211
	h := uint64(14695981039346656037)
	for _, r := range group {
		h = (h ^ uint64(r.Resource)) * prime
		h = (h ^ (uint64(r.Principal)<<32 | uint64(r.Terms))) * prime
	}
	return h
}

func (s *rowSorter) add(r inventory.Row, origin uint32) {
	if s.first != nil {
		s.first = append(s.first, uint32(len(s.from)))
	}
	s.rows = append(s.rows, r)
	s.from = append(s.from, origin)
}

// merge adds an origin to the last row.
func (s *rowSorter) merge(origin uint32) {
	if s.first == nil {
		s.first = make([]uint32, len(s.rows), cap(s.rows)+1)
		for i := range s.first {
			s.first[i] = uint32(i)
		}
	}
	s.from = append(s.from, origin)
}

func rankOf(rank []uint32, i uint32) uint32 {
	if rank == nil {
		return i
	}
	return rank[i]
}
