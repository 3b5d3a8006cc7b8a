package suggest

import (
	"fmt"
	"slices"

	"iamctl/equivalency"
	"iamctl/policy"
)

// evidence is what was found for a candidate and against it.
type evidence struct {
	// named is true if the values are the accounts' own names, namesOther if a
	// value is the other account's name.
	named, namesOther bool
	// several is true if it brings together texts about different things.
	several bool
	// broken are texts of both accounts, by their places in the first, that
	// would be equal no more.
	broken []uint32
	// unpaired is how many texts have one of the values and no counterpart.
	unpaired int
	// foreign is how many texts of an account have the other's value.
	foreign [2][]uint32
	// competitor is another candidate with one of the values that brings
	// together about as much.
	competitor *candidate
	// collisions are roles that would get one name.
	collisions []Collision
	requires   []*candidate

	confidence Confidence
	reason     string
}

// maxWeighed is how many candidates are weighed in a round.
const maxWeighed = 40

// weigh judges the best candidates. The confidence of the others is low.
func (s *search) weigh(list []*candidate) {
	for _, c := range list {
		c.confidence = Low
	}
	list = list[:min(len(list), maxWeighed)]
	for _, c := range list {
		if s.checkNames(c); !s.worthwhile(c) {
			continue
		}
		c.several = s.different(c)
		s.require(c)
		s.scan(c)
		s.collide(c)
	}
	for _, c := range list {
		if s.worthwhile(c) {
			c.competitor = s.competitor(c, list)
			c.confidence, c.reason = s.judge(c)
		}
	}
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
		about := k.about(&s.sides[0].texts[p.a], s.runs.list[c.runs[0]].tokens)
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
		own := s.runs.list[c.runs[k]].tokens
		others := s.words.split(nil, c.texts[1-k])
		texts := s.sides[k].texts
		for i := range texts {
			t := &texts[i]
			has, names := holds(t.now, own), holds(t.now, others)
			if names && has {
				// The account's own value may be the longer one.
				s.left = blankOut(s.left[:0], t.now, own)
				names = holds(s.left, others)
			}
			switch {
			case t.same && k == 0 && (has || holds(t.now, s.runs.list[c.runs[1]].tokens)):
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
			s.left = blankOut(s.left[:0], t.now, s.runs.list[id].tokens)
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

// competitor returns the best other candidate with one of the values that
// brings together half as much or more, nil if there is none.
func (s *search) competitor(c *candidate, list []*candidate) *candidate {
	for _, o := range list {
		if o != c && c.shares(o) && 2*o.total() >= c.total() && !(c.named && !o.named) {
			return o
		}
	}
	return nil
}

// judge returns how sure a candidate is, and why. What is against it comes
// first.
func (s *search) judge(c *candidate) (Confidence, string) {
	x, y := quote(c.texts[0]), quote(c.texts[1])
	r := [2]*run{&s.runs.list[c.runs[0]], &s.runs.list[c.runs[1]]}
	broken := len(c.broken)
	switch {
	case len(c.collisions) > 0:
		return Low, fmt.Sprintf("two roles of %s would get one name", c.collisions[0].Account)
	case c.namesOther:
		return Low, "a value is the other account's name, so that each account may name the other's things"
	case c.competitor != nil:
		return Low, fmt.Sprintf("%s and %s pair up in %s too", quote(c.competitor.texts[0]), quote(c.competitor.texts[1]), plural(c.competitor.total(), "text", "texts"))
	case r[0].kind == number || r[1].kind == number:
		return Low, "a number by itself stands in many names"
	case c.named && broken <= c.total():
		return High, fmt.Sprintf("%s and %s are the accounts' own names", x, y)
	case 4*broken > c.total():
		return Low, fmt.Sprintf("%s now and would differ", plural(broken, "text is equal", "texts are equal"))
	case r[0].region && len(c.foreign[0])+len(c.foreign[1]) > 0:
		return Low, "an account also uses the other's region"
	case !c.several && c.total() == 1:
		return Low, "only one pair of texts agrees otherwise, which may be chance"
	case !c.several:
		return Low, "all the texts are about one thing, which may have been renamed"
	case c.roles == c.total():
		return Low, "only names of roles agree otherwise, and roles so named may be different ones: nothing that they name differs likewise"
	case c.unpaired > 20*c.total():
		return Low, fmt.Sprintf("%s with one of the values %s no counterpart", plural(c.unpaired, "text", "texts"), verb(c.unpaired, "has", "have"))
	}
	return High, fmt.Sprintf("%s about different things agree but for %s and %s", plural(c.total(), "pair of texts", "pairs of texts"), x, y)
}
