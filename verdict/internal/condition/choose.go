package condition

import (
	"slices"

	"iamctl/verdict/internal/search"
)

// Variables reports whether a value is compared with variables.
func (s *Space) Variables() bool {
	return slices.ContainsFunc(s.keys, func(k *key) bool { return len(k.atoms) > 0 })
}

// Other returns another value of a key that is compared with variables, if there
// is one that is as readable and that no other condition tells from the chosen one.
func (s *Space) Other(c Chosen) (string, bool) {
	if c.value < 0 || len(c.atoms) == 0 {
		return "", false
	}
	for _, text := range []string{"y", c.Values[0] + "y", "y" + c.Values[0]} {
		if text != c.Values[0] && s.Fits(c, text) {
			return text, true
		}
	}
	return "", false
}

// Fits reports whether no condition tells a value of a key from the chosen one.
func (s *Space) Fits(c Chosen, value string) bool {
	k := s.keys[s.index[c.Key]]
	return c.value >= 0 && k.agrees(value, k.values[c.value].truth, families)
}

// Chosen is what a request has for a key.
type Chosen struct {
	Key string
	// Written are the keys that conditions write it as, in lower case.
	Written []string
	Cell
}

// Choose returns the simplest cells of a box for the keys that it restricts, and
// the numbers of the names that it takes to be yes. Keys that may be absent are
// left out.
func (s *Space) Choose(b search.Box) (keys []Chosen, names []int) {
	for i, k := range s.keys {
		if b[i] == nil {
			continue
		}
		best := -1
		for n := b[i].First(); n >= 0; n = b[i].Next(n + 1) {
			if best < 0 || k.Cells[n].cost() < k.Cells[best].cost() {
				best = n
			}
		}
		if best >= 0 && !k.Cells[best].Absent {
			keys = append(keys, Chosen{k.name, k.written, k.Cells[best]})
		}
	}
	for n := range s.names {
		if cells := b[len(s.keys)+n]; cells != nil && !cells.Has(0) {
			names = append(names, n)
		}
	}
	return keys, names
}

// cost is less the simpler the cell is: absent, one value, few, short ones.
func (c *Cell) cost() int {
	n := 0
	if c.unsure {
		n = 10_000_000
	}
	if c.Absent {
		return n
	}
	n += 1 + 1000*len(c.Values) + 100_000*len(c.Holds)
	for _, v := range c.Values {
		n += len(v)
		if v == "" {
			n += 500
		}
	}
	return n
}
