package condition

import (
	"iamctl/policy"
	"iamctl/verdict/internal/search"
)

// state is a kind of sets of values; without any, the key is absent. A key that
// is there without a value is to set operators as one that is absent, and AWS
// does not say what it is to others.
type state struct{ values []int }

// states returns absent and, unless no request has the key, every single value and, if there are set operators on a
// key that may have several values, the sets that they tell apart.
func (k *key) states(budget *int) ([]state, error) {
	out := []state{{}}
	if k.missing {
		return out, nil
	}
	if len(k.matchers) == 0 {
		return append(out, state{[]int{0}}), nil
	}
	for i := range k.values {
		out = append(out, state{[]int{i}})
	}
	if k.single || k.sets() == 0 {
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

// in returns whether the condition, which is number i, holds in a state with what
// is assumed of atoms.
func (k *key) in(s state, i int, assumed map[*atom]truth) truth {
	c := k.conditions[i]
	switch {
	case !c.Known || len(c.Values) == 0:
		return unclear
	case c.Operator.Kind == policy.NullOperator:
		return c.null(len(s.values) == 0)
	case len(s.values) == 0:
		return c.missing()
	case c.Operator.Qualifier == "" && len(s.values) > 1:
		return unclear
	}
	all, some := yes, no
	for _, v := range s.values {
		t := k.values[v].truth[k.of[i]]
		if len(assumed) > 0 {
			t = k.matchers[k.of[i]].given(k.values[v].text, assumed)
		}
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
