package condition

import (
	"strings"

	"iamctl/policy"
	"iamctl/verdict/internal/bits"
	"iamctl/verdict/internal/search"
)

// state is a kind of sets of values; without any, the key is absent. A key that
// is there without a value is to set operators as one that is absent, and AWS
// does not say what it is to others.
type state struct{ values []int }

// states returns absent, every single value and, if there are set operators,
// the sets that they tell apart.
func (k *key) states(budget *int) ([]state, error) {
	out := []state{{}}
	if len(k.matchers) == 0 {
		return append(out, state{[]int{0}}), nil
	}
	for i := range k.values {
		out = append(out, state{[]int{i}})
	}
	if k.sets() == 0 {
		return out, nil
	}
	seen := map[string]bool{}
	if !k.plain() {
		for _, s := range out[1:] {
			seen[string(k.vector(nil, s.values[0]))] = true
		}
	}
	type entry struct {
		state
		vector []byte
	}
	var queue []entry
	for i := range k.values {
		queue = append(queue, entry{state{[]int{i}}, k.vector(nil, i)})
	}
	for n := 0; n < len(queue); n++ {
		for i := range k.values {
			v := k.vector(queue[n].vector, i)
			if *budget -= len(v) + 1; *budget < 0 || len(out) > maxStates {
				return nil, search.ErrBudget
			}
			if len(queue[n].values) == 1 && queue[n].values[0] == i || seen[string(v)] {
				continue
			}
			seen[string(v)] = true
			s := state{append(append([]int(nil), queue[n].values...), i)}
			out = append(out, s)
			queue = append(queue, entry{s, v})
		}
	}
	return out, nil
}

// sets returns the number of set operators.
func (k *key) sets() int {
	n := 0
	for i, c := range k.conditions {
		if k.of[i] >= 0 && c.Operator.Qualifier != "" {
			n++
		}
	}
	return n
}

// plain reports whether an operator for a single value is there too.
func (k *key) plain() bool {
	for i, c := range k.conditions {
		if k.of[i] >= 0 && c.Operator.Qualifier == "" {
			return true
		}
	}
	return false
}

// vector adds to what set operators see of a set what they see of one more
// value: for each a bit for every truth that a value has.
func (k *key) vector(set []byte, value int) []byte {
	out := make([]byte, len(k.conditions))
	copy(out, set)
	for i, c := range k.conditions {
		if m := k.of[i]; m >= 0 && c.Operator.Qualifier != "" {
			out[i] |= 1 << k.values[value].truth[m]
		}
	}
	return out
}

// comparable reports whether the condition compares values.
func (c *Condition) comparable() bool {
	return c.Known && c.Operator.Kind != policy.NullOperator && len(c.Values) > 0
}

// in returns whether the condition, which is number i, holds in a state.
func (k *key) in(s state, i int) truth {
	c := k.conditions[i]
	switch {
	case !c.Known || len(c.Values) == 0:
		return unclear
	case c.Operator.Kind == policy.NullOperator:
		return c.null(len(s.values) == 0)
	case len(s.values) == 0:
		return c.missing()
	case c.Operator.Qualifier == "" && len(s.values) > 1:
		if k.single {
			return improper
		}
		return unclear
	}
	all, some := yes, no
	for _, v := range s.values {
		t := k.values[v].truth[k.of[i]]
		if c.Operator.Negated {
			t = t.not()
		}
		all, some = min(all, t), max(some, t)
	}
	if c.Operator.Qualifier == "ForAnyValue" {
		return some
	}
	return all
}

func (c *Condition) missing() truth {
	switch {
	case c.Operator.Qualifier == "ForAllValues":
		return yes
	case c.Operator.Qualifier == "ForAnyValue" && c.Operator.IfExists:
		return unclear
	case c.Operator.Qualifier == "ForAnyValue":
		return no
	}
	return truthOf(c.Operator.IfExists || c.Operator.Negated)
}

func (c *Condition) null(absent bool) truth {
	if c.Operator.Qualifier != "" {
		return unclear
	}
	out := no
	for _, v := range c.Values {
		switch policy.Fold(v) {
		case "true":
			out = max(out, truthOf(absent))
		case "false":
			out = max(out, truthOf(!absent))
		default:
			out = max(out, unclear)
		}
	}
	return out
}

// split makes the cells: of a state in which some conditions are unclear, one
// for every way in which they may be decided.
func (k *key) split(states []state, budget *int) error {
	type placed struct {
		cell  Cell
		truth []truth
	}
	var cells []placed
	for _, s := range states {
		now := make([]truth, len(k.conditions))
		for i := range now {
			now[i] = k.in(s, i)
		}
		groups := k.unclear(s, now)
		if len(groups) > maxUnclear {
			return search.ErrBudget
		}
		for n := range 1 << len(groups) {
			p := placed{Cell{Absent: len(s.values) == 0, Values: k.texts(s)}, append([]truth(nil), now...)}
			for g, members := range groups {
				k.decide(&p.cell, p.truth, members, n>>g&1 == 1)
			}
			cells = append(cells, p)
		}
		if *budget -= len(k.conditions) << len(groups); *budget < 0 {
			return search.ErrBudget
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
// those with one matcher, as long as one value is compared.
func (k *key) unclear(s state, now []truth) [][]int {
	var groups [][]int
	of := map[int]int{}
	for i, t := range now {
		if t != unclear {
			continue
		}
		if m := k.of[i]; m >= 0 && len(s.values) == 1 {
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

// decide takes the matcher of the conditions to match or not.
func (k *key) decide(cell *Cell, now []truth, members []int, match bool) {
	for _, i := range members {
		now[i] = truthOf(match != k.conditions[i].Operator.Negated)
	}
	c := k.conditions[members[0]]
	if match && c.Known && k.of[members[0]] >= 0 {
		cell.Yes = append(cell.Yes, Comparison{c.Operator.Like(), c.Values})
	}
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
