package verdict

import (
	"slices"
	"strings"
)

// difference returns the patterns of actions that one side alone has with the
// same body for the same end, among the statements that were read.
func (c *comparison) difference() []string {
	if !slices.Equal(c.limits[0], c.limits[1]) {
		return everyAction
	}
	out := c.negated()
	for _, sides := range c.bySlot() {
		a, b := apart(sides[0], sides[1])
		if len(a) > 0 && len(b) > 0 {
			a, b = without(a, b), without(b, a)
		}
		out = append(append(out, a...), b...)
	}
	return out
}

// bySlot returns the patterns that are in statements for each slot on both sides.
func (c *comparison) bySlot() [][2][]string {
	out, sizes := make([][2][]string, len(c.slots)), make([][2]int, len(c.slots))
	for i := range c.statements {
		if s := &c.statements[i]; !s.not {
			sizes[s.slot][s.side] += len(s.patterns)
		}
	}
	for i := range c.statements {
		s := &c.statements[i]
		if s.not {
			continue
		}
		have, size := &out[s.slot][s.side], sizes[s.slot][s.side]
		if len(s.patterns) == size {
			*have = s.patterns
			continue
		}
		if *have == nil {
			*have = make([]string, 0, size)
		}
		*have = append(*have, s.patterns...)
	}
	return out
}

// without returns what is in one list and not in the other.
func without(list, other []string) []string {
	have := make(map[string]bool, len(other))
	for _, p := range other {
		have[p] = true
	}
	return slices.DeleteFunc(slices.Clone(list), func(p string) bool { return have[p] })
}

// negated is difference for NotAction, whose patterns belong together.
func (c *comparison) negated() []string {
	type group struct {
		slot     int
		patterns string
	}
	var groups []group
	sides := map[group]int8{}
	for i := range c.statements {
		var g group
		if s := &c.statements[i]; s.not {
			g = group{s.slot, strings.Join(slices.Sorted(slices.Values(s.patterns)), "\x00")}
			sides[g] |= 1 << s.side
		}
		groups = append(groups, g)
	}
	var out []string
	for i, g := range groups {
		if s := &c.statements[i]; s.not && sides[g] != 3 {
			out = append(append(out, s.patterns...), everyAction...)
		}
	}
	return out
}

// apart returns what each of two lists has alone. If they are not in the same
// order what is returned may still have something in common.
func apart(a, b []string) (onlyA, onlyB []string) {
	for len(a) > 0 && len(b) > 0 {
		if a[0] == b[0] {
			a, b = a[1:], b[1:]
			continue
		}
		i, k := slices.Index(near(a), b[0]), slices.Index(near(b), a[0])
		switch {
		case i > 0:
			onlyA, a = append(onlyA, a[:i]...), a[i:]
		case k > 0:
			onlyB, b = append(onlyB, b[:k]...), b[k:]
		case a[0] < b[0]:
			onlyA, a = append(onlyA, a[0]), a[1:]
		default:
			onlyB, b = append(onlyB, b[0]), b[1:]
		}
	}
	return append(onlyA, a...), append(onlyB, b...)
}

// near returns what of a list is looked at for a place to go on.
func near(list []string) []string { return list[:min(4, len(list))] }
