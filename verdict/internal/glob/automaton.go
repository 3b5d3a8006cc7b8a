package glob

import (
	"slices"
	"strings"

	"iamctl/verdict/internal/bits"
)

// automaton runs all patterns at once: a state is a set of places, one before
// every element of every pattern and one at its end.
type automaton struct {
	query   *Query
	symbols []rune // those of the patterns, and a fresh one for all others
	// advance has for each symbol the places from which it leads to the next
	// place, stay those that it does not leave.
	advance, stay []bits.Set
	stars         bits.Set
	start         bits.Set
	from, end     []int // of each pattern
	size          int
	families      []family
	loops         bits.Set // of all families
}

func newAutomaton(q *Query) *automaton {
	a := &automaton{query: q}
	elements := make([][]element, len(q.Patterns))
	for i := range q.Patterns {
		elements[i] = q.Patterns[i].all()
	}
	for i := range q.Patterns {
		a.from = append(a.from, a.size)
		a.size += len(elements[i]) + 1
		a.end = append(a.end, a.size-1)
	}
	a.symbols = q.alphabet(elements)
	a.stars, a.start = bits.New(a.size), bits.New(a.size)
	for range a.symbols {
		a.advance, a.stay = append(a.advance, bits.New(a.size)), append(a.stay, bits.New(a.size))
	}
	for i := range q.Patterns {
		a.start.Add(a.from[i])
		a.add(elements[i], q.Patterns[i].fold, a.from[i])
	}
	a.skipStars(a.start)
	a.addFamilies()
	a.settle(a.start)
	return a
}

func (a *automaton) add(elements []element, fold bool, place int) {
	for _, e := range elements {
		if e.kind == star {
			a.stars.Add(place)
		}
		for k, c := range a.symbols {
			if fold {
				c = foldRune(c)
			}
			switch {
			case !e.takes(c):
			case e.kind == star:
				a.stay[k].Add(place)
			default:
				a.advance[k].Add(place)
			}
		}
		place++
	}
}

// alphabet returns the characters of the patterns, in both letter cases where
// one of them folds, and a fresh one first: it stands for all others.
func (q *Query) alphabet(elements [][]element) []rune {
	var out []rune
	for i := range q.Patterns {
		for _, e := range elements[i] {
			if e.kind != char {
				if e.segment {
					out = append(out, ':')
				}
				continue
			}
			out = append(out, e.char)
			if q.Patterns[i].fold && e.char >= 'a' && e.char <= 'z' {
				out = append(out, e.char-'a'+'A')
			}
		}
	}
	slices.Sort(out)
	out = slices.Compact(out)
	fresh := freshOf(func(c rune) bool { _, ok := slices.BinarySearch(out, c); return ok })
	return append([]rune{fresh}, out...)
}

// skipStars adds the places behind stars, which match nothing too.
func (a *automaton) skipStars(s bits.Set) {
	carry := uint64(0)
	for i := range s {
		at := s[i] & a.stars[i]
		s[i] |= at<<1 | carry
		carry = at >> 63
	}
}

// step sets to to the places that the symbol leads to.
func (a *automaton) step(to, from bits.Set, symbol int) {
	advance, stay := a.advance[symbol], a.stay[symbol]
	carry := uint64(0)
	for i, w := range from {
		at := w & advance[i]
		to[i] = at<<1 | carry | w&stay[i]
		carry = at >> 63
	}
	a.skipStars(to)
}

// node is a state that was reached, with the way to it.
type node struct {
	state  bits.Set
	parent int
	symbol int
}

// lookup is what looking a state up costs, in steps.
const lookup = 16

// search offers the finder a shortest string of every class.
func (a *automaton) search(f *finder) error {
	nodes := []node{{a.start, -1, -1}}
	seen := map[string]bool{a.start.View(): true}
	match, next := bits.New(len(a.query.Patterns)), bits.New(a.size)
	for i := 0; i < len(nodes); i++ {
		a.accepted(match, nodes[i].state)
		if f.wants(match) {
			f.take(a.text(nodes, i), match)
		}
		*f.budget -= len(a.symbols) * (len(next)*(1+len(a.families)/16) + lookup)
		if *f.budget < 0 {
			return ErrBudget
		}
		for symbol := range a.symbols {
			a.step(next, nodes[i].state, symbol)
			a.settle(next)
			if seen[next.View()] || !a.hopeful(next) {
				continue
			}
			state := next.Clone()
			seen[state.View()] = true
			nodes = append(nodes, node{state, i, symbol})
		}
	}
	return nil
}

func (a *automaton) accepted(match, state bits.Set) {
	clear(match)
	for i, place := range a.end {
		if state.Has(place) {
			match.Add(a.query.number(i))
		}
	}
}

// hopeful reports whether all patterns that must match still can.
func (a *automaton) hopeful(state bits.Set) bool {
	for _, i := range a.query.Must {
		if at := state.Next(a.from[i]); at < 0 || at > a.end[i] {
			return false
		}
	}
	return true
}

func (a *automaton) text(nodes []node, i int) string {
	var out []rune
	for ; nodes[i].parent >= 0; i = nodes[i].parent {
		out = append(out, a.symbols[nodes[i].symbol])
	}
	slices.Reverse(out)
	var b strings.Builder
	for _, c := range out {
		writeChar(&b, c)
	}
	return b.String()
}
