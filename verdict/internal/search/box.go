// Package search finds points that lie in one box and in none of others.
package search

import (
	"errors"

	"iamctl/verdict/internal/bits"
)

// Box is a set of points: for every dimension the cells in which they may lie,
// nil for all cells.
type Box []bits.Set

// ErrBudget says that the search was given up.
var ErrBudget = errors.New("the conditions have too many combinations")

// And returns the points that are in both boxes, and whether there are any.
func (b Box) And(c Box) (Box, bool) {
	out := make(Box, len(b))
	for i := range b {
		switch {
		case c[i] == nil:
			out[i] = b[i]
		case b[i] == nil:
			out[i] = c[i]
		default:
			if out[i] = b[i].And(c[i]); out[i].Empty() {
				return nil, false
			}
		}
	}
	return out, true
}

// meets reports whether the boxes have a point in common.
func (b Box) meets(c Box) bool {
	for i := range b {
		if b[i] != nil && c[i] != nil && !b[i].Meets(c[i]) {
			return false
		}
	}
	return true
}

// Within reports whether all points of b are in c, with all the cells of each
// dimension for nil.
func (b Box) Within(c Box, full Box) bool {
	for i := range b {
		if c[i] == nil {
			continue
		}
		have := b[i]
		if have == nil {
			have = full[i]
		}
		if !have.Within(c[i]) {
			return false
		}
	}
	return true
}

// Space has the number of the cells of each dimension.
type Space struct {
	Full   Box // all cells of every dimension
	Budget *int
}

// Outside calls f with boxes that lie in the box and in none of out, until it
// returns false: together they are all such points. It reports whether f never
// did. Cells of a box's dimensions must not be empty.
func (s *Space) Outside(in Box, out []Box, f func(Box) bool) (bool, error) {
	var near []Box
	for _, o := range out {
		if !in.meets(o) {
			continue
		}
		if in.Within(o, s.Full) {
			return true, nil
		}
		near = append(near, o)
	}
	// Boxes of many dimensions take longer to copy and to compare.
	if *s.Budget -= (len(out) + 1) * (1 + len(in)/16); *s.Budget < 0 {
		return false, ErrBudget
	}
	if len(near) == 0 {
		return f(in), nil
	}
	return s.split(in, near, f)
}

// split goes on with the parts of the box outside of the first of out, which
// meets it.
func (s *Space) split(in Box, out []Box, f func(Box) bool) (bool, error) {
	first, rest := out[0], out[1:]
	in = append(Box(nil), in...)
	for i, cells := range first {
		if cells == nil {
			continue
		}
		have := in[i]
		if have == nil {
			have = s.Full[i]
		}
		if other := have.AndNot(cells); !other.Empty() {
			in[i] = other
			if more, err := s.Outside(append(Box(nil), in...), rest, f); !more || err != nil {
				return more, err
			}
		}
		in[i] = have.And(cells)
	}
	return true, nil
}
