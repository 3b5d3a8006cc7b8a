package glob

import (
	"errors"

	"iamctl/verdict/internal/bits"
)

// Class is all strings that the same patterns match.
type Class struct {
	Text  string // one of them, short
	Match bits.Set
}

// Query asks for the classes of the strings that all of Must match.
type Query struct {
	Patterns []Pattern
	// Must are patterns by their index.
	Must []int
	// Family has a number for each pattern, if it is not nil: then classes tell
	// apart whether one of a family matches, and not which. Match is of families
	// then, and Must is not to be used.
	Family []int
	// Prefer are strings to take as examples rather than shorter ones.
	Prefer []string
}

// ErrBudget says that the patterns have too many classes to be counted.
var ErrBudget = errors.New("the patterns have too many combinations")

// Classes returns every class once. Each step towards it takes from the budget,
// also if the classes are known already. They must not be changed.
func (q *Query) Classes(budget *int) ([]Class, error) {
	if len(q.Patterns) == 0 || len(q.Patterns) == 1 && q.simple() {
		return q.find(budget)
	}
	key := q.key()
	a, ok := known.Get(key)
	if !ok {
		return q.learn(key, budget)
	}
	if *budget -= a.steps; *budget < 0 {
		return nil, ErrBudget
	}
	return a.classes, nil
}

// learn finds the classes of a query with a key that has no answer yet.
func (q *Query) learn(key string, budget *int) ([]Class, error) {
	before := *budget
	if less, ok := tooMany.Get(key); ok && before <= less {
		*budget = -1
		return nil, ErrBudget
	}
	classes, err := q.find(budget)
	if err != nil {
		tooMany.Replace(key, before, 0)
	} else {
		known.Put(key, answer{classes, before - *budget}, size(classes))
	}
	return classes, err
}

func (q *Query) find(budget *int) ([]Class, error) {
	f := finder{Query: q, seen: map[string]bool{}, budget: budget}
	for _, s := range q.Prefer {
		f.offer(s)
	}
	if q.simple() {
		f.offerEnds()
	} else if err := newAutomaton(q).search(&f); err != nil {
		return nil, err
	}
	if *budget < 0 {
		return nil, ErrBudget
	}
	return f.out, nil
}

type finder struct {
	*Query
	seen    map[string]bool
	scratch bits.Set
	out     []Class
	budget  *int
}

// offer takes a string as the example of its class if it is the first.
func (f *finder) offer(s string) {
	*f.budget -= len(f.Patterns)
	if f.scratch == nil {
		f.scratch = bits.New(len(f.Patterns))
	}
	clear(f.scratch)
	for i := range f.Patterns {
		if n := f.number(i); !f.scratch.Has(n) && f.Patterns[i].Match(s) {
			f.scratch.Add(n)
		}
	}
	if f.wants(f.scratch) {
		f.take(s, f.scratch)
	}
}

// number returns the number that Match has for a pattern.
func (q *Query) number(i int) int {
	if q.Family == nil {
		return i
	}
	return q.Family[i]
}

// wants reports whether a string that these patterns match is of a new class.
func (f *finder) wants(match bits.Set) bool {
	for _, i := range f.Must {
		if !match.Has(i) {
			return false
		}
	}
	return !f.seen[match.View()]
}

func (f *finder) take(s string, match bits.Set) {
	match = match.Clone()
	f.seen[match.View()] = true
	f.out = append(f.out, Class{s, match})
}
