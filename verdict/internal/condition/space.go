package condition

import (
	"slices"

	"iamctl/verdict/internal/bits"
	"iamctl/verdict/internal/example"
	"iamctl/verdict/internal/search"
)

// Space has a dimension for every key of some conditions.
type Space struct {
	keys  []*key
	index map[string]int
	at    map[string][2]int // the key and number of a condition, by ID
	names []string          // of dimensions without a key
	full  search.Box
	// variable says that there are policy variables in conditions.
	variable bool
	// Impossible are boxes without a request: a variable is what its key is.
	Impossible []search.Box
}

// Query says what a space is of.
type Query struct {
	Conditions []*Condition
	// Keys are more keys, in lower case.
	Keys []string
	// Names are those of dimensions with two cells, no and yes.
	Names []string
	// Single reports whether requests have one value at most for a key.
	Single func(key string) bool
	// Missing reports whether no request has the key; nil is that each may be there.
	Missing func(key string) bool
	// Examples are for values that may be any.
	Examples example.Names
	// Kept has keys of queries with the same Single and Examples, unless it is nil.
	Kept *Kept
}

// Space returns the space. Steps are taken from the budget.
func (q *Query) Space(budget *int) (*Space, error) {
	if len(q.Conditions)+len(q.Keys)+len(q.Names) == 0 {
		return &none, nil
	}
	s := &Space{index: map[string]int{}, at: make(map[string][2]int, len(q.Conditions)), names: q.Names}
	s.add(q)
	if s.variable || len(q.Keys) > 0 {
		s.compile(q)
	}
	for i := range s.keys {
		if err := s.prepare(i, q, budget); err != nil {
			return nil, err
		}
		s.full = append(s.full, bits.Full(len(s.keys[i].Cells)))
	}
	for range q.Names {
		s.full = append(s.full, bits.Full(2))
	}
	if s.variable || len(q.Keys) > 0 {
		s.Impossible = s.relations()
	}
	return s, nil
}

// add adds the keys of the conditions.
func (s *Space) add(q *Query) {
	for _, c := range q.Conditions {
		if _, ok := s.at[c.ID]; ok {
			continue
		}
		n := s.key(c.Key)
		k := s.keys[n]
		s.at[c.ID] = [2]int{n, len(k.conditions)}
		k.conditions = append(k.conditions, c)
		s.variable = s.variable || c.Variable
		if !slices.Contains(k.written, c.Written) {
			k.written = append(k.written, c.Written)
		}
	}
}

// compile makes the matchers of keys that are compared with variables, and of those of
// the variables.
func (s *Space) compile(q *Query) {
	variables := q.Keys
	for _, k := range s.keys {
		if !k.variable() {
			continue
		}
		k.compile()
		for _, a := range k.atoms {
			variables = append(variables, a.Keys()...)
		}
	}
	for _, name := range variables {
		k := s.keys[s.key(name)]
		k.compile()
		for _, c := range k.constants() {
			k.tell(exactly(c.text))
		}
	}
	s.relate()
}

// prepare makes the cells of a key, unless they are known: then the key is one that
// others have too.
func (s *Space) prepare(i int, q *Query, budget *int) error {
	k := s.keys[i]
	k.missing = q.Missing != nil && q.Missing(k.name)
	if q.Kept == nil || !k.alone() {
		return k.prepare(q, budget)
	}
	known, ok, err := q.Kept.get(k, budget)
	if ok || err != nil {
		s.keys[i] = known
		return err
	}
	own := k.of == nil
	if own {
		k.detach()
	}
	before := *budget
	if err := k.prepare(q, budget); err != nil {
		return err
	}
	if own {
		q.Kept.put(k, before-*budget)
	}
	return nil
}

// none is the space without dimensions.
var none Space

// key returns the number of a key.
func (s *Space) key(name string) int {
	n, ok := s.index[name]
	if !ok {
		n = len(s.keys)
		s.index[name] = n
		s.keys = append(s.keys, &key{name: name})
	}
	return n
}
