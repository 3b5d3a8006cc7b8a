package condition

import (
	"slices"

	"iamctl/verdict/internal/bits"
	"iamctl/verdict/internal/search"
)

// Constants returns the texts that conditions on a key, in lower case, tell from
// all others, with the cells in which it has that alone.
func (s *Space) Constants(name string) map[string]bits.Set {
	out := map[string]bits.Set{}
	n, ok := s.index[name]
	if !ok || !s.keys[n].onlyText() {
		return out
	}
	k := s.keys[n]
	for _, c := range k.constants() {
		if k.tells(exactly(c.text)) {
			out[c.text] = k.cells(func(o *Cell) bool { return k.is(o, c.text) })
		}
	}
	return out
}

// Absent returns the cells in which a key, in lower case, is absent.
func (s *Space) Absent(name string) bits.Set {
	return s.keys[s.index[name]].cells(func(c *Cell) bool { return c.Absent })
}

// Restrict takes a key, in lower case, to be in some of its cells in the box.
func (s *Space) Restrict(b search.Box, name string, cells bits.Set) { b[s.index[name]] = cells }

// Full returns the box of all points.
func (s *Space) Full() search.Box { return s.full }

// Any returns a box of all points, to be restricted.
func (s *Space) Any() search.Box { return make(search.Box, len(s.full)) }

// Box returns the points in which all of the conditions hold or, if may is set,
// may hold, and whether there are any.
func (s *Space) Box(conditions []*Condition, may bool) (search.Box, bool) {
	b := make(search.Box, len(s.full))
	for _, c := range conditions {
		at := s.at[c.ID]
		holds := s.keys[at[0]].holds[at[1]]
		if may {
			holds = s.keys[at[0]].may[at[1]]
		}
		if b[at[0]] != nil {
			holds = b[at[0]].And(holds)
		}
		if holds.Empty() {
			return nil, false
		}
		b[at[0]] = holds
	}
	return b, true
}

// Set takes the dimension with the name, number n, to be no or yes in the box.
func (s *Space) Set(b search.Box, n int, yes bool) {
	cell := bits.New(2)
	cell.Add(map[bool]int{false: 0, true: 1}[yes])
	b[len(s.keys)+n] = cell
}

// Fix takes a key, in lower case, to have the one value in a box, or to be absent
// if it is "". It is false if no point of the box is so.
func (s *Space) Fix(b search.Box, key, value string) (search.Box, bool) {
	n, ok := s.index[key]
	if !ok {
		return b, true
	}
	b = slices.Clone(b)
	cells := s.keys[n].cellsOf(value)
	if b[n] != nil {
		cells = cells.And(b[n])
	}
	b[n] = cells
	return b, !cells.Empty()
}
