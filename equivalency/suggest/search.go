package suggest

import (
	"fmt"
	"slices"
	"strconv"

	"iamctl/equivalency"
)

// search looks for values of two accounts.
type search struct {
	dictionary *equivalency.Dictionary
	fixedIn    func(equivalency.Field, string) equivalency.Fixed
	words      *vocabulary
	runs       runs
	sides      [2]side
	// taken are placeholders that the dictionary puts in.
	taken []string
	// chosen are the candidates beyond doubt, in the order in which they were
	// applied.
	chosen []*candidate
	// others are those that lost to a chosen one.
	others      []*candidate
	left, right []uint32 // buffers for comparing
	powers      powers
	// rolePairs are the roles that pair as their names are now, by their places.
	rolePairs map[uint32]uint32
	// spelled are the words of condition keys as the other texts spell them, nil for
	// those that have no spelling of their own.
	spelled map[string][]uint32
	// small are all of an account's texts in lower case, once needed.
	small [2]string
}

// maxRounds is how often chosen candidates are applied before the rest is looked
// at again.
const maxRounds = 8

// find returns at most so many candidates, best first.
func (s *search) find(most int) []*candidate {
	var left []*candidate
	for range maxRounds {
		s.apply()
		left = s.candidates(oneUnit)
		s.weigh(left)
		if s.choose(left) {
			continue
		}
		longer := s.candidates(severalUnits)
		s.weigh(longer)
		left = append(left, longer...)
		if !s.choose(longer) {
			break
		}
	}
	out := slices.Clone(s.chosen[:min(len(s.chosen), most)])
	if room := most - len(out); room > 0 {
		low := append(s.doubtful(left), s.repeated()...)
		slices.SortStableFunc(low, s.better)
		out = append(out, low[:min(len(low), room)]...)
	}
	slices.SortStableFunc(out, s.better)
	return out
}

// apply rewrites all texts by what was chosen, and marks those that both
// accounts have.
func (s *search) apply() {
	for k := range s.sides {
		side := &s.sides[k]
		for i := range side.texts {
			t := &side.texts[i]
			t.now = side.applied.rewrite(t.now[:0], t.base, t.Field, nil, nil)
			t.sum = s.hash(t)
			t.same, t.sought = false, false
		}
	}
	byHash := map[uint64][]*text{}
	for i := range s.sides[0].texts {
		t := &s.sides[0].texts[i]
		byHash[t.sum] = append(byHash[t.sum], t)
	}
	s.pairRoles()
	for i := range s.sides[1].texts {
		t := &s.sides[1].texts[i]
		for _, o := range byHash[t.sum] {
			if o.Field == t.Field && s.equal(t.Field, o.now, t.now) {
				o.same, t.same = true, true
			}
		}
	}
}

func (s *search) hash(t *text) uint64 {
	h := s.fieldHash(t.Field)
	for _, id := range t.now {
		h = s.powers.join(h, s.words.tokens[s.fieldToken(t.Field, id)].hash)
	}
	return h.sum
}

// choose takes the candidates of high confidence, best first, and reports
// whether there were any. One whose pairs are mostly those of a better one has
// to wait for the next round.
func (s *search) choose(list []*candidate) bool {
	some := false
	explained := map[uint32]bool{}
	for _, c := range list {
		if c.confidence != High || s.loses(c, s.chosen) || 2*c.explainedBy(explained) > c.total() || !s.possibleEntry(c) ||
			c.environmental() && !c.named && !s.fitsChosen(c) {
			continue
		}
		some = true
		for _, p := range c.pairs {
			explained[p.a] = true
		}
		s.take(c)
		for _, o := range list {
			if o != c && s.loses(o, []*candidate{c}) && o.instead == c && s.worthwhile(o) {
				s.others = append(s.others, o)
			}
		}
	}
	return some
}

// loses reports whether a candidate cannot be applied beside better ones, and
// notes the first of them.
func (s *search) loses(c *candidate, better []*candidate) bool {
	i := slices.IndexFunc(better, func(o *candidate) bool { return o != c && s.meets(c, o) })
	if i < 0 {
		return false
	}
	if o := better[i]; c.instead == nil && c.shares(o) && 4*c.total() >= o.total() {
		c.instead = o
		c.confidence = Low
		c.reason = fmt.Sprintf("%s and %s, of which it has one, come first", quote(o.texts[0]), quote(o.texts[1]))
	}
	return true
}

// explainedBy returns how many of the texts are in the set.
func (c *candidate) explainedBy(set map[uint32]bool) int {
	n := 0
	for _, p := range c.pairs {
		if set[p.a] {
			n++
		}
	}
	return n
}

// take has a candidate applied from now on.
func (s *search) take(c *candidate) {
	c.put = s.words.opaque("proposal", strconv.Itoa(len(s.chosen)))
	for _, id := range c.runs {
		if r := &s.runs.list[id]; r.kind == opaque {
			c.put = r.tokens[0]
		}
	}
	s.chosen = append(s.chosen, c)
	for k, id := range c.runs {
		delete(s.sides[k].open, c.put)
		if r := &s.runs.list[id]; r.kind != opaque {
			s.addRule(&s.sides[k].applied, r.text, rule{put: c.put})
		}
	}
}

// doubtful returns the candidates of low confidence that are worth showing,
// best first: each either makes texts equal that no better one does, or is
// another reading of a better one's values.
func (s *search) doubtful(left []*candidate) []*candidate {
	list := s.others
	for _, c := range left {
		if c.confidence == Low && c.reason != "" && s.worthwhile(c) && c.instead == nil {
			list = append(list, c)
		}
	}
	slices.SortStableFunc(list, s.better)
	var out []*candidate
	explained := map[uint32]bool{}
	for _, c := range list {
		if c.instead == nil {
			if s.loses(c, out) && c.instead == nil || 2*c.explainedBy(explained) > c.total() {
				continue
			}
		}
		if !s.possibleEntry(c) {
			continue
		}
		for _, p := range c.pairs {
			explained[p.a] = true
		}
		out = append(out, c)
	}
	return out
}

// worthwhile reports whether there is enough for a candidate to be shown. Words of
// one role alone, and parts of words, are what that role is about.
func (s *search) worthwhile(c *candidate) bool {
	return c.total() > 0 && (c.named || c.environmental() || len(c.support) > 1 && !s.fragment(c))
}
