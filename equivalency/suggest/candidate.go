package suggest

import (
	"cmp"
	"slices"
	"strings"

	"iamctl/equivalency"
)

// candidate is a pair of values.
type candidate struct {
	// runs are the values, texts what the accounts call them.
	runs  [2]uint32
	texts [2]string
	// votes are for sorting out what to count: of roles and of all texts.
	votes [2]int

	// pairs are the texts that it makes equal.
	pairs []pair
	roles int
	items int
	// support are the pairs of roles in which it does so.
	support map[uint32]uint32
	// kin is true if other texts than names of roles agree but for the values in
	// other letters.
	kin bool

	evidence
	// instead is a better candidate with one of the values.
	instead *candidate
	// put is the token that takes the values' place once it is chosen.
	put uint32
	// placeholder is its name, once it has one.
	placeholder string
}

// pair is a text of either account, by their places.
type pair struct{ a, b uint32 }

// total returns how many pairs of texts it makes equal.
func (c *candidate) total() int { return len(c.pairs) }

// maxPairs is how many pairs of runs a bucket may have for its texts to vote.
// Where more texts differ in one word, chance alone pairs them.
const maxPairs = 16

// candidates returns the likeliest pairs of values with all the texts that
// they make equal, best first.
func (s *search) candidates(sp spans) []*candidate {
	index := s.index(sp)
	votes := map[[2]uint32][2]int{}
	for _, b := range index {
		s.vote(b, votes)
	}
	list := make([]*candidate, 0, len(votes))
	for runs, n := range votes {
		list = append(list, &candidate{runs: runs, texts: s.valueTexts(runs), votes: n})
	}
	slices.SortFunc(list, func(x, y *candidate) int {
		return cmp.Or(cmp.Compare(y.votes[0], x.votes[0]), cmp.Compare(y.votes[1], x.votes[1]), x.compareTexts(y))
	})
	list = list[:min(len(list), maxCounted)]
	s.count(index, list)
	slices.SortFunc(list, s.better)
	return list
}

// vote adds a bucket's votes: the fewer pairs are possible, the more for each.
func (s *search) vote(b *bucket, votes map[[2]uint32][2]int) {
	pairs := len(b.ends[0]) * len(b.ends[1])
	if pairs == 0 || pairs > maxPairs {
		return
	}
	for _, x := range b.ends[0] {
		for _, y := range b.ends[1] {
			runs := [2]uint32{x.run, y.run}
			if !s.possible(runs) || b.bare && !(pairs == 1 && s.unmistakable(runs)) {
				continue
			}
			n := votes[runs]
			n[1] += maxPairs / pairs
			if s.sides[0].texts[x.text].Field == equivalency.RoleName {
				n[0] += maxPairs / pairs
			}
			votes[runs] = n
		}
	}
}

// unmistakable reports whether values may be proposed though nothing else of
// their texts agrees.
func (s *search) unmistakable(runs [2]uint32) bool {
	r := &s.runs.list[runs[0]]
	return r.kind == accountID || r.region
}

// possible reports whether two values could be an entry's. An account's id is
// another's counterpart alone, and so is a region.
func (s *search) possible(runs [2]uint32) bool {
	x, y := &s.runs.list[runs[0]], &s.runs.list[runs[1]]
	if x == y || x.region != y.region || (x.kind == opaque) && (y.kind == opaque) {
		return false
	}
	if (x.kind == accountID) != (y.kind == accountID) && x.kind != opaque && y.kind != opaque {
		return false
	}
	return !s.sides[0].values[x.text] && !s.sides[1].values[y.text] && !s.needless(x, y)
}

// needless reports whether two values begin or end with a word that they have in
// common, and differ in words beside it: those by themselves are the values.
func (s *search) needless(x, y *run) bool {
	n := min(len(x.tokens), len(y.tokens))
	if n < 2 || x.region {
		return false
	}
	begin, end := 0, 0
	for begin < n && x.tokens[begin] == y.tokens[begin] {
		begin++
	}
	for end < n && x.tokens[len(x.tokens)-1-end] == y.tokens[len(y.tokens)-1-end] {
		end++
	}
	words := func(r *run, from, to int) bool {
		return from < to && !slices.ContainsFunc(r.tokens[from:to], func(id uint32) bool { return s.words.tokens[id].kind == number })
	}
	return begin > 1 && words(x, begin, len(x.tokens)) && words(y, begin, len(y.tokens)) ||
		end > 1 && words(x, 0, len(x.tokens)-end) && words(y, 0, len(y.tokens)-end)
}

// valueTexts returns what the accounts call the values: for a placeholder, the
// value behind it.
func (s *search) valueTexts(runs [2]uint32) (out [2]string) {
	for k, id := range runs {
		r := &s.runs.list[id]
		out[k] = r.text
		if r.kind == opaque {
			out[k] = s.sides[k].open[r.tokens[0]]
		}
	}
	return out
}

// better orders candidates: more roles, more items, more texts, shorter
// values, then the values.
func (s *search) better(x, y *candidate) int {
	size := func(c *candidate) int { return len(s.runs.list[c.runs[0]].tokens) + len(s.runs.list[c.runs[1]].tokens) }
	return cmp.Or(cmp.Compare(y.roles, x.roles), cmp.Compare(y.items, x.items), cmp.Compare(y.total(), x.total()),
		cmp.Compare(size(x), size(y)), x.compareTexts(y))
}

func (c *candidate) compareTexts(o *candidate) int {
	return cmp.Or(strings.Compare(c.texts[0], o.texts[0]), strings.Compare(c.texts[1], o.texts[1]))
}

// shares reports whether two candidates have a value in common.
func (c *candidate) shares(o *candidate) bool {
	return c.runs[0] == o.runs[0] || c.runs[1] == o.runs[1]
}

// meets reports whether two candidates have a value in common, or values that
// could overlap in a text, so that only one of them can be applied.
func (s *search) meets(x, y *candidate) bool {
	for k := range x.runs {
		if x.runs[k] == y.runs[k] || overlap(s.runs.list[x.runs[k]].tokens, s.runs.list[y.runs[k]].tokens) {
			return true
		}
	}
	return false
}
