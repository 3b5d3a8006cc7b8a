package meaning

import (
	"strings"

	"iamctl/policy"
)

// mostPairs is how many pairs of texts are looked at.
const mostPairs = 200_000

// text is a pattern in a document: with tokens, and in the account's own words.
type text struct{ tokens, own string }

func (t text) pattern() bool { return strings.ContainsAny(t.tokens, "*?") }

// texts are the texts of one kind, such as the values of a condition key: those in
// what allows, and those that limit it.
type texts struct{ allowing, limiting []text }

// interplay says which text the dictionary rewrites so that it is no longer limited by
// what limited it in the account, or the reverse; "" if there is none. What is allowed
// of two texts together does not depend on that.
func (s *scope) interplay() string {
	budget := mostPairs
	for side := range 2 {
		kinds := map[string]*texts{}
		for _, d := range s.identity[side] {
			d.collect(kinds, false)
		}
		for _, d := range s.boundary[side] {
			d.collect(kinds, true)
		}
		for _, l := range s.control[side] {
			for _, d := range l.documents {
				d.collect(kinds, true)
			}
		}
		for _, k := range kinds {
			if why := k.interplay(&budget); why != "" {
				return why
			}
		}
	}
	return ""
}

// collect adds the texts of a document; limits says that all of them limit.
func (d *document) collect(kinds map[string]*texts, limits bool) {
	for i := range d.own.Statements {
		tokens, own := &d.tokens.Statements[i], &d.own.Statements[i]
		limits := limits || own.Effect != "Allow"
		add(kinds, "resource", tokens.Resource, own.Resource, limits)
		add(kinds, "resource", tokens.NotResource, own.NotResource, true)
		for k := range own.Condition {
			c := &own.Condition[k]
			not := strings.Contains(strings.ToLower(c.Operator), "not")
			add(kinds, "condition "+c.Key, tokens.Condition[k].Values, c.Values, limits || not)
		}
	}
}

func add(kinds map[string]*texts, kind string, tokens, own []string, limits bool) {
	if len(own) == 0 {
		return
	}
	k := kinds[kind]
	if k == nil {
		k = &texts{}
		kinds[kind] = k
	}
	for i := range own {
		t := text{tokens[i], own[i]}
		if limits {
			k.limiting = append(k.limiting, t)
		} else {
			k.allowing = append(k.allowing, t)
		}
	}
}

func (k *texts) interplay(budget *int) string {
	for _, l := range k.limiting {
		for _, a := range k.allowing {
			if a.tokens == a.own && l.tokens == l.own || !a.pattern() && !l.pattern() && (a.own == l.own) == (a.tokens == l.tokens) {
				continue
			}
			if *budget--; *budget < 0 {
				return "too many names of the dictionary meet too many patterns"
			}
			if relation(a.own, l.own) != relation(a.tokens, l.tokens) {
				return "the dictionary rewrites one of " + a.own + " and " + l.own + ", which mean something to each other"
			}
		}
	}
	return ""
}

// relation is how the strings that two patterns match relate.
func relation(p, q string) [3]bool {
	return [3]bool{policy.Covers(p, q), policy.Covers(q, p), policy.Intersects(p, q)}
}
