package meaning

import (
	"fmt"
	"strings"

	"iamctl/diff"
	"iamctl/normalize"
	"iamctl/reference"
	"iamctl/verdict"
	"iamctl/verdict/severity"
)

// Settle takes out of changes the patterns that seem to differ in what AWS may add
// (normalize.KindFuture), of roles that are proved to permit the same then: another
// policy or other patterns say as much. The reference is as for NewJudge.
func Settle(c *diff.Changes, ref *reference.Reference) {
	var j *Judge
	for i := range c.Common {
		p := &c.Common[i]
		for _, trust := range []bool{false, true} {
			if !p.Future(trust) {
				continue
			}
			if j == nil {
				j = NewJudge(c, ref)
			}
			if j.future(p, trust) == verdict.Equal {
				p.DropFuture(trust)
			}
		}
	}
}

// future returns the verdict on two roles with the actions that AWS may add, without what
// AWS changed in its own policies.
func (j *Judge) future(p *diff.Pair, trust bool) verdict.Verdict {
	sides := j.without(p)
	s := j.scope(sides, func(r *role) (identity, boundary []*document) { return r.asked(trust) })
	switch {
	case s.done:
		return s.Future
	case trust:
		return j.comparer.Trust(sides[0].trusted(tokens), sides[1].trusted(tokens)).Future
	}
	return j.comparer.Identity(sides[0].permissions(tokens), sides[1].permissions(tokens)).Future
}

// maxPatterns is how many patterns the words name.
const maxPatterns = 3

// later puts into words that roles permit the same until AWS adds actions, by the patterns
// that match them.
func (s *Scope) later(tags [2]string, p *diff.Pair, trust bool) {
	if s.Verdict != verdict.Equal || s.Future == verdict.Equal || s.Future == verdict.Unknown || s.Level != severity.Low {
		return
	}
	var texts []string
	more := 0
	for i := range p.Attributes {
		a := &p.Attributes[i]
		if a.Kind != normalize.KindFuture || a.Trust() != trust {
			continue
		}
		if len(texts) == maxPatterns {
			more++
			continue
		}
		_, pattern, _ := strings.Cut(a.Key[strings.LastIndex(a.Key, ": ")+len(": "):], " ")
		switch {
		case a.A.Has && a.B.Has:
			texts = append(texts, pattern+" on other things in "+tags[1])
		case a.A.Has:
			texts = append(texts, pattern+" in "+tags[0]+" alone")
		default:
			texts = append(texts, pattern+" in "+tags[1]+" alone")
		}
	}
	if len(texts) == 0 {
		return
	}
	s.Kind = "the same today; actions that AWS adds later match " + strings.Join(texts, ", ")
	if more > 0 {
		s.Kind += fmt.Sprintf(" and %d more", more)
	}
}
