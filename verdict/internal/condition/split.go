package condition

import (
	"strings"

	"iamctl/verdict/internal/bits"
	"iamctl/verdict/internal/search"
)

// split makes the cells: of a state in which some conditions are unclear, one
// for every way in which they may be decided.
func (k *key) split(states []state, budget *int) error {
	type placed struct {
		cell  Cell
		truth []truth
	}
	var cells []placed
	for _, s := range states {
		for _, assumed := range k.assumptions(s) {
			now := make([]truth, len(k.conditions))
			for i := range now {
				now[i] = k.in(s, i, assumed)
			}
			groups := k.unclear(s, now)
			if len(groups) > maxUnclear {
				return search.ErrBudget
			}
			for n := range 1 << len(groups) {
				p := placed{k.cell(s, assumed), append([]truth(nil), now...)}
				p.cell.unsure = len(groups) > 0
				for g, members := range groups {
					k.decide(s, p.truth, members, n>>g&1 == 1)
				}
				cells = append(cells, p)
			}
			if *budget -= (1 + len(k.conditions)) << len(groups); *budget < 0 || len(cells) > maxStates {
				return search.ErrBudget
			}
		}
	}
	for range k.conditions {
		k.holds, k.may = append(k.holds, bits.New(len(cells))), append(k.may, bits.New(len(cells)))
	}
	for n, p := range cells {
		k.Cells = append(k.Cells, p.cell)
		for i, t := range p.truth {
			if t == yes {
				k.holds[i].Add(n)
			}
			if t != no {
				k.may[i].Add(n)
			}
		}
	}
	return nil
}

// unclear returns the unclear conditions in groups that are decided together:
// those with one matcher, as long as one value is compared, and those of which
// AWS does not say what they are for an absent key.
func (k *key) unclear(s state, now []truth) [][]int {
	var groups [][]int
	of := map[int]int{}
	for i, t := range now {
		if t != unclear {
			continue
		}
		m := k.of[i]
		if len(s.values) == 0 && k.conditions[i].comparable() {
			m = absence
		}
		if m >= 0 && len(s.values) == 1 || m == absence {
			if g, ok := of[m]; ok {
				groups[g] = append(groups[g], i)
				continue
			}
			of[m] = len(groups)
		}
		groups = append(groups, []int{i})
	}
	return groups
}

// absence is in the place of a matcher for conditions on an absent key that
// are unclear: ForAnyValue with IfExists is true of all or of none.
const absence = -2

// decide takes the matcher of the conditions to match or not or, of an absent
// key, the conditions to hold or not.
func (k *key) decide(s state, now []truth, members []int, match bool) {
	for _, i := range members {
		now[i] = truthOf(match != (k.conditions[i].Operator.Negated && len(s.values) > 0))
	}
}

// cell returns the cell of a state with what is assumed of atoms.
func (k *key) cell(s state, assumed map[*atom]truth) Cell {
	c := Cell{Absent: len(s.values) == 0, Values: k.texts(s), value: -1, atoms: assumed}
	if len(s.values) == 1 {
		c.value = s.values[0]
	}
	for _, whole := range []bool{false, true} {
		for _, a := range k.atoms {
			if assumed[a] == yes && (a.Whole() != "") == whole {
				c.Holds = append(c.Holds, Comparison{a})
			}
		}
	}
	return c
}

var nothingAssumed = []map[*atom]truth{nil}

// assumptions returns what atoms may be for a state, in all combinations that
// their texts allow. Of several values, or too many atoms, nothing is assumed.
func (k *key) assumptions(s state) []map[*atom]truth {
	if len(k.atoms) == 0 {
		return nothingAssumed
	}
	var open []*atom
	if len(s.values) == 1 {
		for _, a := range k.atoms {
			if a.of(k.values[s.values[0]].text) == unclear {
				open = append(open, a)
			}
		}
	}
	if len(open) > maxAtoms {
		return nothingAssumed
	}
	var out []map[*atom]truth
	for n := range 1 << len(open) {
		m := map[*atom]truth{}
		for i, a := range open {
			m[a] = truthOf(n>>i&1 == 1)
		}
		if k.consistent(m) {
			out = append(out, m)
		}
	}
	return out
}

// consistent reports whether no atom holds without one that it implies, among
// which is that a value is itself.
func (k *key) consistent(m map[*atom]truth) bool {
	for a, is := range m {
		if is == no {
			if k.itself.implies(a) {
				return false
			}
			continue
		}
		for b, other := range m {
			if other == no && a.implies(b) {
				return false
			}
		}
	}
	return true
}

func (k *key) texts(s state) []string {
	var out []string
	for _, v := range s.values {
		out = append(out, k.values[v].text)
	}
	if len(out) == 1 && strings.TrimSpace(out[0]) == "" && len(k.matchers) == 0 {
		return []string{"x"}
	}
	return out
}
