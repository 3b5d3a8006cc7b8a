package condition

import (
	"slices"

	"iamctl/verdict/internal/bits"
	"iamctl/verdict/internal/example"
	"iamctl/verdict/internal/glob"
	"iamctl/verdict/internal/search"
)

// Space has a dimension for every key of some conditions.
type Space struct {
	keys  []*key
	index map[string]int
	at    map[string][2]int // the key and number of a condition, by ID
	names []string          // of dimensions without a key
	full  search.Box
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
	// Examples are for values that may be any.
	Examples example.Names
}

// Space returns the space. Steps are taken from the budget.
func (q *Query) Space(budget *int) (*Space, error) {
	if len(q.Conditions)+len(q.Keys)+len(q.Names) == 0 {
		return &none, nil
	}
	s := &Space{index: map[string]int{}, at: map[string][2]int{}, names: q.Names}
	single, variables := q.Single, q.Keys
	for _, c := range q.Conditions {
		if _, ok := s.at[c.ID]; ok {
			continue
		}
		n := s.key(c.Key, single)
		k := s.keys[n]
		s.at[c.ID] = [2]int{n, len(k.conditions)}
		k.conditions = append(k.conditions, c)
		if !slices.Contains(k.written, c.Written) {
			k.written = append(k.written, c.Written)
		}
	}
	for _, k := range s.keys {
		k.compile()
	}
	for i := 0; i < len(s.keys); i++ {
		for _, a := range s.keys[i].atoms {
			variables = append(variables, a.Keys()...)
		}
	}
	for _, name := range variables {
		k := s.keys[s.key(name, single)]
		for _, c := range k.constants() {
			k.tell(exactly(c.text))
		}
	}
	s.relate()
	for _, k := range s.keys {
		if err := k.prepare(q.Examples, budget); err != nil {
			return nil, err
		}
		s.full = append(s.full, bits.Full(len(k.Cells)))
	}
	for range q.Names {
		s.full = append(s.full, bits.Full(2))
	}
	s.Impossible = s.relations()
	return s, nil
}

// none is the space without dimensions.
var none Space

// key returns the number of a key.
func (s *Space) key(name string, single func(key string) bool) int {
	n, ok := s.index[name]
	if !ok {
		n = len(s.keys)
		s.index[name] = n
		s.keys = append(s.keys, &key{name: name, single: single(name)})
	}
	return n
}

// Constants returns the texts that conditions on a key, in lower case, tell from
// all others, with the cells in which it has that alone.
func (s *Space) Constants(name string) map[string]bits.Set {
	out := map[string]bits.Set{}
	n, ok := s.index[name]
	if !ok || !s.keys[n].onlyText() {
		return out
	}
	k := s.keys[n]
	for _, c := range k.constants() {
		if k.tells(exactly(c.text)) {
			out[c.text] = k.cells(func(o *Cell) bool { return k.is(o, c.text) })
		}
	}
	return out
}

// Absent returns the cells in which a key, in lower case, is absent.
func (s *Space) Absent(name string) bits.Set {
	return s.keys[s.index[name]].cells(func(c *Cell) bool { return c.Absent })
}

// Restrict takes a key, in lower case, to be in some of its cells in the box.
func (s *Space) Restrict(b search.Box, name string, cells bits.Set) { b[s.index[name]] = cells }

// Full returns the box of all points.
func (s *Space) Full() search.Box { return s.full }

// Any returns a box of all points, to be restricted.
func (s *Space) Any() search.Box { return make(search.Box, len(s.full)) }

// Box returns the points in which all of the conditions hold or, if may is set,
// may hold, and whether there are any.
func (s *Space) Box(conditions []*Condition, may bool) (search.Box, bool) {
	b := make(search.Box, len(s.full))
	for _, c := range conditions {
		at := s.at[c.ID]
		holds := s.keys[at[0]].holds[at[1]]
		if may {
			holds = s.keys[at[0]].may[at[1]]
		}
		if b[at[0]] != nil {
			holds = b[at[0]].And(holds)
		}
		if holds.Empty() {
			return nil, false
		}
		b[at[0]] = holds
	}
	return b, true
}

// Set takes the dimension with the name, number n, to be no or yes in the box.
func (s *Space) Set(b search.Box, n int, yes bool) {
	cell := bits.New(2)
	cell.Add(map[bool]int{false: 0, true: 1}[yes])
	b[len(s.keys)+n] = cell
}

// Fix takes a key, in lower case, to have the one value in a box, or to be absent
// if it is "". It is false if no point of the box is so.
func (s *Space) Fix(b search.Box, key, value string) (search.Box, bool) {
	n, ok := s.index[key]
	if !ok {
		return b, true
	}
	b = slices.Clone(b)
	cells := s.keys[n].cellsOf(value)
	if b[n] != nil {
		cells = cells.And(b[n])
	}
	b[n] = cells
	return b, !cells.Empty()
}

// Kinds returns a value of each kind that the conditions on a key, in lower case,
// tell apart among those that match the pattern; one if there are none.
func (s *Space) Kinds(key, pattern string, prefer []string, budget *int) ([]string, error) {
	q := s.kinds(key, pattern, prefer)
	classes, err := q.Classes(budget)
	var out []string
	for _, c := range classes {
		out = append(out, c.Text)
	}
	return out, err
}

func (s *Space) kinds(key, pattern string, prefer []string) *glob.Query {
	q := &glob.Query{Prefer: prefer, Must: []int{0}, Patterns: []glob.Pattern{glob.Parse(pattern, glob.Reading{Wildcards: true})}}
	if n, ok := s.index[key]; ok {
		for _, m := range s.keys[n].matchers {
			for _, t := range m.tests {
				if t, ok := t.(textTest); ok {
					q.Patterns = append(q.Patterns, t.pattern)
				}
			}
		}
	}
	return q
}

// Accounts returns an account's id of each kind that the conditions on a key and
// the patterns tell apart.
func (s *Space) Accounts(key string, patterns, prefer []string, budget *int) ([]string, error) {
	q := s.kinds(key, "????????????", prefer)
	for _, p := range patterns {
		q.Patterns = append(q.Patterns, glob.Parse(p, glob.Reading{Wildcards: true}))
	}
	classes, err := q.Classes(budget)
	var out []string
	for _, c := range classes {
		if id, ok := digits(q, c); ok {
			out = append(out, id)
		}
	}
	return out, err
}

// digits returns the text of a class with a digit for each character that is none.
func digits(q *glob.Query, c glob.Class) (string, bool) {
	text := []byte(c.Text)
	for i, b := range text {
		for d := byte('0'); (text[i] < '0' || text[i] > '9') && d <= '9'; d++ {
			if text[i] = d; !sameClass(q, c, string(text)) {
				text[i] = b
			}
		}
		if text[i] < '0' || text[i] > '9' {
			return "", false
		}
	}
	return string(text), true
}

func sameClass(q *glob.Query, c glob.Class, text string) bool {
	for i := range q.Patterns {
		if q.Patterns[i].Match(text) != c.Match.Has(i) {
			return false
		}
	}
	return true
}
