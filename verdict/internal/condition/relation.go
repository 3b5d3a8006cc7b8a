package condition

import (
	"slices"

	"iamctl/policy"
	"iamctl/verdict/internal/glob"
)

// Limits of what is looked at to relate keys to one another. What is beyond them
// is not known to be impossible.
const (
	maxExtras = 24
	rounds    = 3
)

// relate adds to the keys that variables relate what each of them says of the
// other: the constants that it would be, and the patterns that it would match.
func (s *Space) relate() {
	for range rounds {
		changed := false
		s.eachRelation(func(k *key, a *atom, of *key) {
			for _, c := range append(of.constants(), a.absent(of)...) {
				changed = c.present && of.tell(exactly(c.text)) || changed
				if t, ok := a.with(c.lookup(of.name)); ok {
					changed = k.tell(t) || changed
				}
			}
			for _, c := range k.constants() {
				if _, v, ok := a.Value(c.text); ok && a.kind == policy.StringOperator {
					changed = of.tell(exactly(v)) || changed
					changed = k.tell(exactly(c.text)) || changed
				}
			}
			if a.Whole() != "" && a.kind == policy.StringOperator {
				changed = of.tellAll(k) || changed
				changed = k.tellAll(of) || changed
			}
		})
		if !changed {
			return
		}
	}
}

// eachRelation calls f with the atoms of one variable, their keys and those of
// their variables, as long as all of that is compared as text.
func (s *Space) eachRelation(f func(k *key, a *atom, of *key)) {
	for _, k := range s.keys {
		for _, a := range k.atoms {
			list := a.Keys()
			if len(list) != 1 || list[0] == k.name {
				continue
			}
			if of := s.keys[s.index[list[0]]]; k.onlyText() && of.onlyText() {
				f(k, a, of)
			}
		}
	}
}

func (k *key) onlyText() bool {
	return !slices.ContainsFunc(k.matchers, func(m *matcher) bool { return familyOf(m.kind) != text })
}

// constant is a value that conditions name, or that a key is taken to have.
type constant struct {
	text    string
	present bool
}

func (c constant) lookup(name string) func(string) (string, bool) {
	return func(key string) (string, bool) { return c.text, c.present && key == name }
}

// absent returns the constant for an absent key, if the atom has a value then.
func (a *atom) absent(of *key) []constant {
	if a.Needs(of.name) {
		return nil
	}
	return []constant{{}}
}

// constants returns the texts that are the only one that a condition fits.
func (k *key) constants() []constant {
	var out []constant
	for _, t := range k.patterns() {
		if s, ok := t.constant(); ok {
			out = append(out, constant{s, true})
		}
	}
	return out
}

func (k *key) patterns() []textTest {
	var out []textTest
	for _, m := range k.matchers {
		for _, t := range m.tests {
			if t, ok := t.(textTest); ok {
				out = append(out, t)
			}
		}
	}
	return out
}

func exactly(s string) textTest {
	return newTextTest(policy.Escape(s), glob.Reading{})
}

// tell makes the key tell values apart by the text. It reports whether that is new.
func (k *key) tell(t textTest) bool {
	if k.tells(t) || k.extras >= maxExtras || !k.onlyText() {
		return false
	}
	k.extras++
	t.shaped, t.vague = nil, false
	k.matchers = append(k.matchers, &matcher{kind: policy.StringLikeOperator, tests: []test{t}, extra: true})
	return true
}

func (k *key) tellAll(of *key) bool {
	changed := false
	for _, t := range of.patterns() {
		changed = k.tell(t) || changed
	}
	return changed
}

// tells reports whether the key tells values apart by the text.
func (k *key) tells(t textTest) bool {
	for _, m := range k.matchers {
		if len(m.tests) != 1 {
			continue
		}
		if have, ok := m.tests[0].(textTest); ok && have.reading == t.reading && have.text == t.text && have.shaped == nil {
			return true
		}
	}
	return false
}
