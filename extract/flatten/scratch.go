package flatten

import (
	"slices"
	"sync"

	"iamctl/inventory"
)

// scratch is what flattening a document needs for a while, kept for the next one.
type scratch struct {
	rows []inventory.Row
	// numbers are the places of actions in a builder's list, by their numbers.
	numbers numbered[uint32]
	// found is what the actions of a group have found, by their numbers.
	found numbered[partner]
}

// scratches are those that nobody uses.
var scratches = sync.Pool{New: func() any { return &scratch{} }}

func newScratch() *scratch {
	s := scratches.Get().(*scratch)
	s.rows = s.rows[:0]
	s.numbers.clear()
	return s
}

// done hands a scratch to the next document.
func (s *scratch) done() { scratches.Put(s) }

// numbered is a map from numbers that are not large. To clear it takes no time.
type numbered[V any] struct {
	values []value[V]
	// time is how often it was cleared; values of before are not there.
	time uint32
}

type value[V any] struct {
	time uint32
	of   V
}

func (m *numbered[V]) clear() {
	if m.time++; m.time == 0 {
		m.values, m.time = nil, 1
	}
}

func (m *numbered[V]) get(n uint32) (v V, ok bool) {
	if int(n) >= len(m.values) || m.values[n].time != m.time {
		return v, false
	}
	return m.values[n].of, true
}

func (m *numbered[V]) set(n uint32, v V) {
	if int(n) >= len(m.values) {
		m.values = slices.Grow(m.values, int(n)+1-len(m.values))
		m.values = m.values[:cap(m.values)]
	}
	m.values[n] = value[V]{m.time, v}
}
