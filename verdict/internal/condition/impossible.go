package condition

import (
	"slices"

	"iamctl/policy"
	"iamctl/verdict/internal/bits"
	"iamctl/verdict/internal/search"
)

// relations returns the points that no request has, since they take a variable
// to be something else than its key.
func (s *Space) relations() []search.Box {
	var out []search.Box
	not := func(k *key, cells bits.Set, of *key, others bits.Set) {
		if cells.Empty() || others.Empty() {
			return
		}
		b := make(search.Box, len(s.full))
		b[s.index[k.name]], b[s.index[of.name]] = cells, others
		out = append(out, b)
	}
	for _, k := range s.keys {
		for _, a := range k.atoms {
			for _, name := range a.Keys() {
				if name != k.name && a.Needs(name) {
					of := s.keys[s.index[name]]
					not(k, k.where(a, yes, nil), of, of.cells(func(c *Cell) bool { return c.Absent }))
				}
			}
		}
	}
	s.valueless(not)
	s.eachRelation(func(k *key, a *atom, of *key) {
		for _, c := range append(of.constants(), a.absent(of)...) {
			t, ok := a.with(c.lookup(of.name))
			if !ok || !k.tells(t) || c.present && !of.tells(exactly(c.text)) {
				continue
			}
			others := of.cells(func(o *Cell) bool { return o.Absent == !c.present && (!c.present || of.is(o, c.text)) })
			fits := func(v string) bool { return t.of(v) == yes }
			not(k, k.where(a, yes, func(v string) bool { return !fits(v) }), of, others)
			not(k, k.where(a, no, fits), of, others)
		}
		if a.kind == policy.StringOperator {
			s.inverse(k, a, of, not)
		}
	})
	return out
}

// valueless is relations for conditions all of whose texts have a variable: while it has
// no value they hold of no value of their key or, if they are negated, of all.
func (s *Space) valueless(not func(*key, bits.Set, *key, bits.Set)) {
	for _, k := range s.keys {
		for i, c := range k.conditions {
			for _, name := range k.needed(i) {
				cells := bits.New(len(k.Cells))
				for n := range k.Cells {
					if o := &k.Cells[n]; !o.Absent && (c.Operator.Qualifier != "" || len(o.Values) == 1) && k.holds[i].Has(n) != c.Operator.Negated {
						cells.Add(n)
					}
				}
				of := s.keys[s.index[name]]
				not(k, cells, of, of.cells(func(o *Cell) bool { return o.Absent }))
			}
		}
	}
}

// needed returns the other keys without which no text of condition number i has a value.
func (k *key) needed(i int) []string {
	if k.of[i] < 0 {
		return nil
	}
	tests := k.matchers[k.of[i]].tests
	first, ok := tests[0].(*atom)
	if !ok {
		return nil
	}
	return slices.DeleteFunc(first.Keys(), func(name string) bool {
		return name == k.name || slices.ContainsFunc(tests, func(t test) bool {
			a, ok := t.(*atom)
			return !ok || !a.Needs(name)
		})
	})
}

// inverse is relations for what the values of a key say of those of a variable.
func (s *Space) inverse(k *key, a *atom, of *key, not func(*key, bits.Set, *key, bits.Set)) {
	for _, c := range k.constants() {
		_, v, ok := a.Value(c.text)
		if !ok || !of.tells(exactly(v)) || !k.tells(exactly(c.text)) {
			continue
		}
		is := func(text string) bool { return text == c.text }
		not(k, k.where(a, yes, is), of, of.cells(func(o *Cell) bool { return o.value >= 0 && !of.is(o, v) }))
	}
	if a.Whole() == "" {
		return
	}
	for _, t := range k.patterns() {
		if !of.tells(t) || !k.tells(t) {
			continue
		}
		fits := func(v string) bool { return t.pattern.Match(v) }
		misses := func(v string) bool { return !fits(v) }
		not(k, k.where(a, yes, fits), of, of.cells(func(o *Cell) bool { return o.value >= 0 && misses(of.values[o.value].text) }))
		not(k, k.where(a, yes, misses), of, of.cells(func(o *Cell) bool { return o.value >= 0 && fits(of.values[o.value].text) }))
	}
	for _, b := range of.atoms {
		if b.Whole() == k.name && b.kind == policy.StringOperator {
			not(k, k.where(a, yes, nil), of, of.where(b, no, nil))
			not(k, k.where(a, no, nil), of, of.where(b, yes, nil))
		}
	}
}

// is reports whether a cell has the text alone, which the key tells from others.
func (k *key) is(c *Cell, text string) bool { return c.value >= 0 && k.values[c.value].text == text }

// cells returns the cells of a kind.
func (k *key) cells(is func(*Cell) bool) bits.Set {
	out := bits.New(len(k.Cells))
	for i := range k.Cells {
		if is(&k.Cells[i]) {
			out.Add(i)
		}
	}
	return out
}

// where returns the cells of one value that fits in which an atom is taken to hold or
// not; nil fits all.
func (k *key) where(a *atom, is truth, fits func(string) bool) bits.Set {
	return k.cells(func(c *Cell) bool {
		if c.value < 0 {
			return false
		}
		text := k.values[c.value].text
		now, assumed := c.atoms[a]
		if !assumed {
			now = a.of(text)
		}
		return now == is && (fits == nil || fits(text))
	})
}
