package condition

import (
	"slices"

	"iamctl/policy"
	"iamctl/verdict/internal/bits"
	"iamctl/verdict/internal/example"
	"iamctl/verdict/internal/search"
)

// Limits of a key: conditions that need more are given up.
const (
	maxValues  = 4096
	maxStates  = 4096
	maxUnclear = 6
	maxAtoms   = 5
)

// Cell is a kind of what a request has for a key.
type Cell struct {
	Absent bool
	Values []string // examples
	// Holds are comparisons with policy variables that are taken to hold.
	// Those that say most come first.
	Holds []Comparison
	// unsure says that what nobody can say is taken to be so, or not.
	unsure bool
	value  int             // the number of the only value, -1 for none or several
	atoms  map[*atom]truth // what is taken of atoms that the value may match
}

// Comparison is one with a text that has policy variables.
type Comparison struct{ *atom }

// Fold reports whether letter case does not count.
func (c Comparison) Fold() bool { return c.kind == policy.StringIgnoreCaseOperator }

// Holds reports whether a value matches with values of the variables.
func (c Comparison) Holds(value string, of func(key string) (string, bool)) bool {
	t, ok := c.with(of)
	return ok && t.of(value) == yes
}

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
	extras     int  // matchers that no condition has
}

// value is a kind of single values.
type value struct {
	text  string
	truth []truth // of each matcher
}

// compile makes the matchers of the conditions.
func (k *key) compile() {
	for _, c := range k.conditions {
		k.of = append(k.of, k.matcherOf(c))
	}
}

// prepare makes the cells.
func (k *key) prepare(names example.Names, budget *int) error {
	if err := k.findValues(names, budget); err != nil {
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

// findValues finds all kinds of single values: those of each family, in all
// combinations where a key is compared in several ways.
func (k *key) findValues(names example.Names, budget *int) error {
	k.values = []value{{truth: make([]truth, len(k.matchers))}}
	for f := range families {
		var members []*matcher
		for _, m := range k.matchers {
			if familyOf(m.kind) == f {
				members = append(members, m)
			}
		}
		if len(members) == 0 && (f != text || len(k.matchers) > 0) {
			continue
		}
		texts, err := valuesOf(members, f, names, budget)
		if err != nil {
			return err
		}
		if *budget -= len(texts) * len(k.values) * len(k.matchers); *budget < 0 || len(texts)*len(k.values) > maxValues {
			return search.ErrBudget
		}
		k.combine(texts, f)
	}
	return nil
}

func valuesOf(members []*matcher, f family, names example.Names, budget *int) ([]string, error) {
	switch f {
	case number, date:
		return orderedValues(members, f), nil
	case address:
		return addressValues(members), nil
	}
	return textValues(members, names, budget)
}

// combine adds what the matchers of a family say of its kinds of values to the
// kinds known so far.
func (k *key) combine(texts []string, f family) {
	var out []value
	seen := map[string]bool{}
	for _, v := range k.values {
		for _, t := range texts {
			n := value{t, slices.Clone(v.truth)}
			for i, m := range k.matchers {
				if familyOf(m.kind) == f {
					n.truth[i] = m.of(t)
				}
			}
			if v.text != "" && k.agrees(v.text, n.truth, f) {
				n.text = v.text
			}
			id := truths(n.truth)
			if !seen[id] {
				seen[id] = true
				out = append(out, n)
			}
		}
	}
	k.values = out
}

// agrees reports whether a text has the truths that are given, up to a family.
func (k *key) agrees(text string, want []truth, f family) bool {
	for i, m := range k.matchers {
		if familyOf(m.kind) <= f && m.of(text) != want[i] {
			return false
		}
	}
	return true
}

func truths(list []truth) string {
	b := make([]byte, len(list))
	for i, t := range list {
		b[i] = byte(t)
	}
	return string(b)
}

// cellsOf returns the cells in which the key has the value alone, or is absent
// for "".
func (k *key) cellsOf(value string) bits.Set {
	out := bits.New(len(k.Cells))
	want := make([]truth, len(k.matchers))
	for i, m := range k.matchers {
		want[i] = m.of(value)
	}
	for n, c := range k.Cells {
		switch {
		case value == "" && c.Absent, value != "" && len(c.Values) == 1 && k.agrees(c.Values[0], want, families):
			out.Add(n)
		}
	}
	return out
}
