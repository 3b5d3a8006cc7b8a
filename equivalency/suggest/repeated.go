package suggest

import (
	"cmp"
	"fmt"
	"slices"

	"iamctl/equivalency"
)

// repeated returns the pairs of identifiers that several pairs of roles differ in,
// best first. One of an account stands for one of the other if the roles have
// nothing else of the kind in the same place.
func (s *search) repeated() []*candidate {
	found := map[[2]uint32]*candidate{}
	for a, b := range s.rolePairs {
		cuts := [2]map[uint64][]end{s.numbered(0, a, b), s.numbered(1, b, a)}
		for key, left := range cuts[0] {
			right := cuts[1][key]
			if len(left) != 1 || len(right) != 1 || left[0].run == right[0].run {
				continue
			}
			runs := [2]uint32{left[0].run, right[0].run}
			c := found[runs]
			if c == nil {
				c = &candidate{runs: runs, texts: s.valueTexts(runs)}
				found[runs] = c
			}
			if p := (pair{left[0].text, right[0].text}); !slices.Contains(c.pairs, p) {
				s.pair(c, p)
			}
		}
	}
	var out []*candidate
	for _, c := range found {
		slices.SortFunc(c.pairs, comparePairs)
		if s.support(c, nil); len(c.support) > 1 {
			out = append(out, c)
		}
	}
	slices.SortFunc(out, func(x, y *candidate) int {
		return cmp.Or(cmp.Compare(len(y.support), len(x.support)), s.better(x, y))
	})
	return s.judgeRepeated(out)
}

// judgeRepeated leaves out the worse of two with one value.
func (s *search) judgeRepeated(list []*candidate) []*candidate {
	var out []*candidate
	for _, c := range list {
		if s.loses(c, s.chosen) || s.loses(c, out) || !s.possibleEntry(c) {
			continue
		}
		s.checkNames(c)
		s.require(c)
		s.scan(c)
		c.confidence = Low
		c.reason = fmt.Sprintf("an identifier that AWS made, and whose it is shows nowhere: %s in it, %d of them in nothing else",
			plural(len(c.support), "pair of roles differs", "pairs of roles differ"), s.alone(c))
		if i := slices.IndexFunc(list, func(o *candidate) bool { return o != c && o.shares(c) }); i >= 0 {
			c.reason += fmt.Sprintf("; %s and %s pair up too", quote(list[i].texts[0]), quote(list[i].texts[1]))
		}
		out = append(out, c)
	}
	return out
}

// numbered returns the identifiers in those texts of a role that the other
// account's role has not, by what is left of the texts.
func (s *search) numbered(k int, own, other uint32) map[uint64][]end {
	have := map[uint64]bool{}
	for _, i := range s.sides[1-k].roles[other].texts {
		have[s.sides[1-k].texts[i].sum] = true
	}
	out := map[uint64][]end{}
	cutter := &cutter{search: s, side: k}
	for _, i := range s.sides[k].roles[own].texts {
		t := &s.sides[k].texts[i]
		if t.Field == equivalency.RoleName || len(t.now) > maxTokens || have[t.sum] {
			continue
		}
		cutter.identifiers(t, func(c cut) {
			out[c.key] = append(out[c.key], end{i, s.runOf(t, c)})
		})
	}
	return out
}

// identifiers calls yield for every identifier of a text, each once.
func (c *cutter) identifiers(t *text, yield func(cut)) {
	if len(c.identifiersIn(t)) == 0 {
		return
	}
	c.begin(t)
	for i := range c.units {
		if c.units[i].identifier {
			c.cut(i, i+1, yield)
		}
	}
}

func comparePairs(p, q pair) int { return cmp.Or(cmp.Compare(p.a, q.a), cmp.Compare(p.b, q.b)) }
