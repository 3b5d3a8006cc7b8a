package suggest

import (
	"slices"
	"strconv"

	"iamctl/equivalency"
)

// maxCounted is how many candidates are counted in a round.
const maxCounted = 100

// count finds all the texts that the candidates make equal.
func (s *search) count(index map[uint64]*bucket, list []*candidate) {
	byRun := map[uint32][]*candidate{}
	for _, c := range list {
		byRun[c.runs[0]] = append(byRun[c.runs[0]], c)
	}
	for _, b := range index {
		var others map[uint32][]uint32
		for _, x := range b.ends[0] {
			for _, c := range byRun[x.run] {
				if others == nil {
					others = byRuns(b.ends[1])
				}
				for _, y := range others[c.runs[1]] {
					s.pair(c, pair{x.text, y})
				}
			}
		}
	}
	for _, c := range list {
		slices.SortFunc(c.pairs, comparePairs)
	}
	s.supportAll(list)
}

// byRuns returns the texts by the run that was cut out.
func byRuns(ends []end) map[uint32][]uint32 {
	out := make(map[uint32][]uint32, len(ends))
	for _, e := range ends {
		out[e.run] = append(out[e.run], e.text)
	}
	return out
}

// pair adds a pair of texts if the candidate does make them equal.
func (s *search) pair(c *candidate, p pair) {
	x, y := &s.sides[0].texts[p.a], &s.sides[1].texts[p.b]
	if x.Field != y.Field {
		return
	}
	s.left = s.blankOut(s.left[:0], x.now, s.runs.list[c.runs[0]].in(x.Field))
	s.right = s.blankOut(s.right[:0], y.now, s.runs.list[c.runs[1]].in(y.Field))
	if !s.equal(x.Field, s.left, s.right) {
		return
	}
	c.pairs = append(c.pairs, p)
	if x.Field == equivalency.RoleName {
		c.roles++
	} else {
		c.items += min(x.Weight, y.Weight)
	}
}

// blankOut appends tokens with a blank in place of each occurrence of run. A region is
// a whole: no part of it is a run by itself.
func (s *search) blankOut(dst, tokens, run []uint32) []uint32 {
	for i := 0; i < len(tokens); {
		if end := s.region(tokens, i); end > i+len(run) || end > 0 && !hasPrefix(tokens[i:], run) {
			dst = append(dst, tokens[i:end]...)
			i = end
			continue
		}
		if tokens[i] == run[0] && hasPrefix(tokens[i:], run) {
			dst = append(dst, blank)
			i += len(run)
			continue
		}
		dst = append(dst, tokens[i])
		i++
	}
	return dst
}

// equal compares tokens as a field's are. Names of roles may be divided in
// different places and be the same without regard to letter case.
func (s *search) equal(f equivalency.Field, x, y []uint32) bool {
	if f != equivalency.RoleName {
		return slices.Equal(x, y)
	}
	return s.folded(x) == s.folded(y)
}

// folded returns the text of tokens in lower case. For one that is opaque it
// has a number that no text has.
func (s *search) folded(tokens []uint32) string {
	var b []byte
	for _, id := range tokens {
		if t := &s.words.tokens[id]; t.kind == opaque {
			b = strconv.AppendUint(append(b, 0xFF), uint64(id), 10)
		} else {
			b = append(b, s.words.tokens[t.folded].text...)
		}
	}
	return string(b)
}
