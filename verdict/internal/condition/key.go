package condition

import (
	"iamctl/policy"
	"iamctl/verdict/internal/bits"
)

// Limits of a key: conditions that need more are given up.
const (
	maxValues  = 4096
	maxStates  = 4096
	maxUnclear = 6
	maxAtoms   = 5
)

// key is a condition key with its cells.
type key struct {
	name       string
	written    []string // as conditions write it, in lower case
	conditions []*Condition
	matchers   []*matcher
	atoms      []*atom
	itself     *atom // the key's own value, if there are others
	of         []int // the matcher of each condition, -1 for none
	values     []value
	Cells      []Cell
	// holds are of each condition the cells in which it holds, may those too in
	// which it may.
	holds, may []bits.Set
	single     bool // requests have one value at most
	missing    bool // no request has it
	extras     int  // matchers that no condition has
}

// compile makes the matchers of the conditions, once.
func (k *key) compile() {
	if k.of != nil {
		return
	}
	for _, c := range k.conditions {
		k.of = append(k.of, k.matcherOf(c))
	}
}

// prepare makes the cells.
func (k *key) prepare(q *Query, budget *int) error {
	k.compile()
	k.single = q.Single(k.name)
	if err := k.findValues(q.Examples, budget); err != nil {
		return err
	}
	states, err := k.states(budget)
	if err != nil {
		return err
	}
	return k.split(states, budget)
}

// matcherOf returns the number of the condition's matcher.
func (k *key) matcherOf(c *Condition) int {
	if !c.comparable() {
		return -1
	}
	for i, m := range k.matchers {
		if sameMatcher(m, c) {
			return i
		}
	}
	m := newMatcher(c)
	for i, t := range m.tests {
		if a, ok := t.(*atom); ok {
			m.tests[i] = k.shared(a)
		}
	}
	k.matchers = append(k.matchers, m)
	n := len(k.matchers) - 1
	for _, t := range m.tests {
		if a, ok := t.(*atom); ok && len(m.tests) > 1 {
			// Which of several a value may match is not seen from all together.
			k.matchers = append(k.matchers, &matcher{kind: policy.StringLikeOperator, tests: []test{a}, extra: true})
		}
	}
	return n
}

// shared returns the atom of the key that is the same.
func (k *key) shared(a *atom) *atom {
	for _, b := range k.atoms {
		if a.kind == b.kind && a.text == b.text {
			return b
		}
	}
	if k.itself == nil {
		k.itself, _ = newAtom(policy.StringOperator, "${"+k.name+"}").(*atom)
	}
	k.atoms = append(k.atoms, a)
	return a
}
