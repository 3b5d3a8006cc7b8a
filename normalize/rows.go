package normalize

import (
	"cmp"
	"slices"

	"iamctl/inventory"
)

// rows gives t.Items its rows. A rank that is nil leaves a column as it is,
// and if all are nil then the rows are those before.
func (t *Table) rows(resource, principal, term []uint32) {
	before := t.Before.Rows
	if resource == nil && principal == nil && term == nil {
		t.Items.Rows = before
		return
	}
	s := rowSorter{
		resource: resource, principal: principal, term: term,
		rows: make([]inventory.Row, 0, len(before)),
		from: make([]uint32, 0, len(before)),
	}
	// Effect and action stay, so that rows move only among those of one
	// effect and action.
	for i := 0; i < len(before); {
		end := i + 1
		for end < len(before) && before[end].Effect == before[i].Effect && before[end].Action == before[i].Action {
			end++
		}
		s.group(before, i, end)
		i = end
	}
	t.Items.Rows, t.from = s.rows, s.from
	if s.first != nil {
		t.first = append(s.first, uint32(len(s.from)))
	}
}

// rowSorter gathers the rows after rewriting and where they came from.
type rowSorter struct {
	resource, principal, term []uint32
	rows                      []inventory.Row
	from                      []uint32
	// first is where each row's origins begin, nil as long as all have one.
	first []uint32
	keys  []rowKey
}

// rowKey is a row without effect and action, as two numbers to compare.
type rowKey struct {
	high uint64 // resource, principal
	low  uint64 // terms, row before
}

func compareKeys(x, y rowKey) int {
	if x.high != y.high {
		return cmp.Compare(x.high, y.high)
	}
	return cmp.Compare(x.low, y.low)
}

func (s *rowSorter) group(before []inventory.Row, from, to int) {
	s.keys = s.keys[:0]
	for i, r := range before[from:to] {
		s.keys = append(s.keys, rowKey{
			high: uint64(rankOf(s.resource, r.Resource))<<32 | uint64(rankOf(s.principal, r.Principal)),
			low:  uint64(rankOf(s.term, r.Terms))<<32 | uint64(from+i),
		})
	}
	if !slices.IsSortedFunc(s.keys, compareKeys) {
		slices.SortFunc(s.keys, compareKeys)
	}
	for i, k := range s.keys {
		if i > 0 && s.keys[i-1].high == k.high && s.keys[i-1].low>>32 == k.low>>32 {
			s.merge(uint32(k.low))
			continue
		}
		s.add(inventory.Row{
			Effect: before[from].Effect, Action: before[from].Action,
			Resource: uint32(k.high >> 32), Principal: uint32(k.high), Terms: uint32(k.low >> 32),
		}, uint32(k.low))
	}
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
		s.first = make([]uint32, len(s.rows), cap(s.rows))
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
