package weigh

import (
	"iter"
	"maps"
	"slices"

	"iamctl/inventory"
	"iamctl/normalize"
)

// OwnIDs is the entry of the accounts' own ids, which the dictionary does not
// have.
const OwnIDs = -1

// Weight is what is equal only because of one entry.
type Weight struct {
	// Entry is the index of the dictionary's entry, or OwnIDs.
	Entry       int
	Placeholder string
	// Items are those of roles and policies that both accounts have, pairs that the
	// reference calls impossible among them, Names the names of roles and policies.
	Items, Attributes, Names int
}

// Total returns how much it is.
func (w *Weight) Total() int { return w.Items + w.Attributes + w.Names }

// Scale weighs the entries for two accounts. What it says of a and b, it says of
// b and a. One goroutine at a time may use it.
type Scale struct {
	accounts [2]*normalize.Account
	weights  map[int]*Weight
	// tables has how many rows of two tables an entry makes equal, and pairs how many
	// pairs that are no rows.
	tables, pairs map[[2]*normalize.Table]map[int]int
}

// New returns a Scale of two accounts.
func New(a, b *normalize.Account) *Scale {
	s := &Scale{
		accounts: [2]*normalize.Account{a, b}, weights: map[int]*Weight{}, tables: map[[2]*normalize.Table]map[int]int{},
		pairs: map[[2]*normalize.Table]map[int]int{},
	}
	for _, account := range s.accounts {
		if account.Rewriter == nil {
			continue
		}
		for _, r := range account.Rewriter.Rules().Rewrites {
			if s.weights[r.Entry] == nil {
				s.weights[r.Entry] = &Weight{Entry: r.Entry, Placeholder: r.Placeholder}
			}
		}
	}
	return s
}

// Weights returns the weights of all entries that have a value for one of the
// accounts, in the order of the dictionary, and those of the accounts' own ids if
// they make anything equal.
func (s *Scale) Weights() []Weight {
	var out []Weight
	for _, entry := range slices.Sorted(maps.Keys(s.weights)) {
		if w := s.weights[entry]; entry != OwnIDs || w.Total() > 0 {
			out = append(out, *w)
		}
	}
	return out
}

// Rows weighs the rows of a table of A and one of B that are equal, each the row
// of A with that of B.
func (s *Scale) Rows(a, b *normalize.Table, equal iter.Seq2[uint32, uint32]) {
	key := [2]*normalize.Table{a, b}
	counts, ok := s.tables[key]
	if !ok {
		counts = countRows(a, b, equal)
		s.tables[key] = counts
	}
	for entry, n := range counts {
		s.weights[entry].Items += n
	}
}

// Pairs weighs likewise the pairs of an action and a resource that are equal and no
// rows, each as the pairs that became one in either table (normalize.PairOrigins).
func (s *Scale) Pairs(a, b *normalize.Table, equal iter.Seq2[[]inventory.Row, []inventory.Row]) {
	key := [2]*normalize.Table{a, b}
	counts, ok := s.pairs[key]
	if !ok {
		counts = countPairs(a, b, equal)
		s.pairs[key] = counts
	}
	for entry, n := range counts {
		s.weights[entry].Items += n
	}
}

// Text is a text of both accounts, before rewriting.
type Text struct {
	Field normalize.Field
	A, B  string
}

// Attribute weighs an attribute that is equal, of one text or of several.
func (s *Scale) Attribute(texts ...Text) {
	for _, entry := range s.entries(texts) {
		s.weights[entry].Attributes++
	}
}

// Name weighs the name of a role or policy that is equal.
func (s *Scale) Name(t Text) {
	for _, entry := range s.entries([]Text{t}) {
		s.weights[entry].Names++
	}
}

// entries returns the entries that make the texts equal, each once.
func (s *Scale) entries(texts []Text) []int {
	var out []int
	for _, t := range texts {
		if t.A == t.B {
			continue
		}
		_, x := s.accounts[0].Trace(t.Field, t.A)
		_, y := s.accounts[1].Trace(t.Field, t.B)
		var a, b applied
		a.add(x)
		b.add(y)
		out = appendNew(out, between(a, b))
	}
	return out
}
