package suggest

import "fmt"

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

// competitor returns the best other candidate with one of the values and at
// least half as many pairs, nil if there is none.
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
	case r[0].kind == accountID || r[1].kind == accountID:
		return Low, fmt.Sprintf("whose accounts these are shows nowhere: %s in them, %d of them in nothing else",
			plural(len(c.support), "pair of roles differs", "pairs of roles differ"), s.alone(c))
	case len(c.support) < 2 && !(c.named && c.environmental()):
		return Low, "only one role of each account speaks for it, which may be different roles"
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
	case c.roles == c.total() && !c.kin:
		return Low, "only names of roles agree otherwise, and roles so named may be different ones: nothing that they name differs likewise"
	case c.unpaired > 20*c.total():
		return Low, fmt.Sprintf("%s with one of the values %s no counterpart", plural(c.unpaired, "text", "texts"), verb(c.unpaired, "has", "have"))
	}
	if reason := s.uncommon(c, r[0].region); reason != "" {
		return Low, reason
	}
	return High, fmt.Sprintf("%s about different things agree but for %s and %s", plural(c.total(), "pair of texts", "pairs of texts"), x, y)
}

// uncommon returns what speaks against values that are no names of the accounts:
// that they might be what some roles are about.
func (s *search) uncommon(c *candidate, region bool) string {
	switch n := len(c.support); {
	case c.environmental() && !s.fitsChosen(c):
		return "the accounts are other environments"
	case c.environmental(), region && n > 2, s.widespread(c):
		return ""
	default:
		return fmt.Sprintf("%s in the words, %d of them in nothing else, which may be what these roles are about",
			plural(n, "pair of roles differs", "pairs of roles differ"), s.alone(c))
	}
}

// fragment reports whether a value is part of a word in one of its texts, as app
// is of app1.
func (s *search) fragment(c *candidate) bool {
	if s.unmistakable(c.runs) {
		return false
	}
	for _, p := range c.pairs[:min(len(c.pairs), 64)] {
		for k, i := range [2]uint32{p.a, p.b} {
			run, t := &s.runs.list[c.runs[k]], &s.sides[k].texts[i]
			if run.kind != opaque && s.partly(t.now, run.in(t.Field)) {
				return true
			}
		}
	}
	return false
}

// partly reports whether the run occurs next to a digit that goes on the word, or
// as a number next to letters.
func (s *search) partly(tokens, run []uint32) bool {
	numbers := func(a, b uint32) bool {
		return !s.words.divides(a) && !s.words.divides(b) && (s.words.tokens[a].kind != word || s.words.tokens[b].kind != word)
	}
	for i := range tokens {
		if !hasPrefix(tokens[i:], run) {
			continue
		}
		end := i + len(run)
		if i > 0 && numbers(tokens[i-1], run[0]) || end < len(tokens) && numbers(run[len(run)-1], tokens[end]) {
			return true
		}
	}
	return false
}
