package suggest

import (
	"slices"

	"iamctl/equivalency"
	"iamctl/policy"
)

// evidence is what was found for a candidate and against it.
type evidence struct {
	// named is true if the values are the accounts' own names, namesOther if a
	// value is the other account's name.
	named, namesOther bool
	// several is true if its pairs are about different things.
	several bool
	// broken are texts of both accounts, by their places in the first, that
	// would be equal no more.
	broken []uint32
	// unpaired is how many texts have one of the values and no counterpart.
	unpaired int
	// foreign is how many texts of an account have the other's value.
	foreign [2][]uint32
	// competitor is another candidate with one of the values and about as
	// many pairs.
	competitor *candidate
	// collisions are roles that would get one name.
	collisions []Collision
	requires   []*candidate

	confidence Confidence
	reason     string
}

// checkNames looks for the values in the accounts' names.
func (s *search) checkNames(c *candidate) {
	var own, others [2]bool
	for k := range c.texts {
		tokens := s.words.split(nil, c.texts[k])
		own[k] = s.answersTo(&s.sides[k], tokens)
		others[k] = s.answersTo(&s.sides[1-k], tokens)
	}
	c.named = own[0] && own[1] && !others[0] && !others[1]
	c.namesOther = others[0] && !own[0] || others[1] && !own[1]
}

// different reports whether two of the pairs are about different things: each
// has a word that the other has not. An account's id or a region agrees by
// chance so rarely that two texts are enough.
func (s *search) different(c *candidate) bool {
	if s.unmistakable(c.runs) {
		return c.total() > 1
	}
	k := &cutter{search: s}
	var seen [][]uint32
	for _, p := range c.pairs[:min(len(c.pairs), 64)] {
		t := &s.sides[0].texts[p.a]
		about := k.about(t, s.runs.list[c.runs[0]].in(t.Field))
		if len(about) == 0 {
			continue
		}
		for _, o := range seen {
			if !subset(o, about) && !subset(about, o) {
				return true
			}
		}
		seen = append(seen, about)
	}
	return false
}

// about returns the descriptive words of a text without a run, in lower case.
func (c *cutter) about(t *text, run []uint32) []uint32 {
	var out []uint32
	c.units = c.search.units(c.units[:0], t)
	end := 0 // of the run that was met last
	for _, u := range c.units {
		if u.from >= end && hasPrefix(t.now[u.from:], run) {
			end = u.from + len(run)
		}
		if u.descriptive && u.from >= end {
			out = append(out, c.words.tokens[t.now[u.from]].folded)
		}
	}
	return out
}

func subset(a, b []uint32) bool {
	return !slices.ContainsFunc(a, func(id uint32) bool { return !slices.Contains(b, id) })
}

// require finds the chosen candidates that have a part in the pairs.
func (s *search) require(c *candidate) {
	for _, o := range s.chosen {
		if slices.ContainsFunc(c.pairs, func(p pair) bool { return slices.Contains(s.sides[0].texts[p.a].now, o.put) }) {
			c.requires = append(c.requires, o)
		}
	}
}

// scan goes through all texts for the values.
func (s *search) scan(c *candidate) {
	var paired [2]int
	for k := range c.texts {
		value := &s.runs.list[c.runs[k]]
		other := [2][]uint32{s.words.split(nil, c.texts[1-k]), s.words.split(nil, policy.Fold(c.texts[1-k]))}
		texts := s.sides[k].texts
		for i := range texts {
			t := &texts[i]
			own, others := value.in(t.Field), other[0]
			if t.Field == equivalency.ConditionKey {
				others = other[1]
			}
			has, names := holds(t.now, own), holds(t.now, others)
			if names && has {
				// The account's own value may be the longer one.
				s.left = s.blankOut(s.left[:0], t.now, own)
				names = holds(s.left, others)
			}
			switch {
			case t.same && k == 0 && (has || holds(t.now, s.runs.list[c.runs[1]].in(t.Field))):
				c.broken = append(c.broken, uint32(i))
			case has && !t.same:
				paired[k]++
			}
			if names {
				c.foreign[k] = append(c.foreign[k], uint32(i))
			}
		}
	}
	c.unpaired = max(paired[0]+paired[1]-2*c.total(), 0)
}

// collide finds roles of one account that would get one name. They exist only
// where a name holds an entry's placeholder already.
func (s *search) collide(c *candidate) {
	for k, id := range c.runs {
		extended := s.runs.list[c.runs[1-k]]
		if extended.kind != opaque {
			continue
		}
		side := &s.sides[k]
		byName := map[string]string{}
		for i := range side.texts {
			t := &side.texts[i]
			if t.Field != equivalency.RoleName {
				continue
			}
			s.left = s.blankOut(s.left[:0], t.now, s.runs.list[id].tokens)
			for n, token := range s.left {
				if token == blank {
					s.left[n] = extended.tokens[0]
				}
			}
			name := policy.Fold(s.words.spell(s.left))
			if first, taken := byName[name]; taken {
				c.collisions = append(c.collisions, Collision{side.account.Tag, first, t.Value})
				continue
			}
			byName[name] = t.Value
		}
	}
}
