package verdict

import (
	"slices"
	"strings"
)

// difference returns the patterns of actions that one side alone has with the
// same body for the same end, among the statements that were read.
func (c *comparison) difference() []string {
	if c.bounded[0] != c.bounded[1] {
		return everyAction
	}
	rest := c.uncommon()
	sides := map[mention]int8{}
	c.eachMention(rest, func(m mention, s *statement, _ []string) { sides[m] |= 1 << s.side })
	var out []string
	c.eachMention(rest, func(m mention, s *statement, patterns []string) {
		if sides[m] == 3 {
			return
		}
		out = append(out, patterns...)
		if s.not {
			out = append(out, everyAction...)
		}
	})
	return out
}

// mention is a pattern of a slot, or all those of a NotAction.
type mention struct {
	slot int
	text string
}

// uncommon returns the patterns of each statement without those that one of the
// other side has for the same end, as far as that is easily seen: where both are
// in the same order.
func (c *comparison) uncommon() [][]string {
	rest := make([][]string, len(c.statements))
	open := map[int]int{} // statements of side 0, by slot
	for i := range c.statements {
		s := &c.statements[i]
		rest[i] = s.patterns
		if s.not {
			continue
		}
		if s.side == 0 {
			open[s.slot] = i
		} else if k, ok := open[s.slot]; ok {
			rest[k], rest[i] = apart(rest[k], rest[i])
			delete(open, s.slot)
		}
	}
	return rest
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

func (c *comparison) eachMention(rest [][]string, f func(mention, *statement, []string)) {
	for i := range c.statements {
		s := &c.statements[i]
		if s.not {
			list := slices.Sorted(slices.Values(s.patterns))
			f(mention{s.slot, "\x00" + strings.Join(list, "\x00")}, s, s.patterns)
			continue
		}
		for k, p := range rest[i] {
			f(mention{s.slot, p}, s, rest[i][k:k+1])
		}
	}
}
