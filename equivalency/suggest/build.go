package suggest

import (
	"slices"

	"iamctl/equivalency"
)

// How many examples a proposal shows.
const (
	pairExamples = 10
	textExamples = 5
)

// proposal returns what was found out about a candidate.
func (s *search) proposal(c *candidate) Proposal {
	p := Proposal{
		Placeholder: c.placeholder,
		Extends:     s.extended(c) != "",
		A:           s.proposalSide(c, 0),
		B:           s.proposalSide(c, 1),
		Roles:       c.roles,
		Texts:       c.total() - c.roles,
		Items:       c.items,
		Examples:    s.examples(c),
		Confidence:  c.confidence,
		Reason:      c.reason,
		Broken:      len(c.broken),
		Collisions:  c.collisions,
	}
	for _, o := range c.requires {
		p.Requires = append(p.Requires, o.placeholder)
	}
	if c.instead != nil {
		p.Instead = c.instead.placeholder
	}
	p.BrokenExamples = s.some(0, c.broken)
	return p
}

func (s *search) proposalSide(c *candidate, k int) Side {
	return Side{
		Account: s.sides[k].account, Value: c.texts[k],
		Foreign: len(c.foreign[k]), ForeignExamples: s.some(k, c.foreign[k]),
	}
}

// some returns the first of an account's texts.
func (s *search) some(k int, list []uint32) []string {
	var out []string
	for _, i := range list[:min(len(list), textExamples)] {
		out = append(out, s.sides[k].texts[i].Value)
	}
	return out
}

// examples returns pairs of texts, roles first.
func (s *search) examples(c *candidate) []Example {
	var roles, others []Example
	for _, p := range c.pairs {
		x := &s.sides[0].texts[p.a]
		e := Example{x.Field, x.Value, s.sides[1].texts[p.b].Value}
		if x.Field == equivalency.RoleName {
			roles = append(roles, e)
		} else {
			others = append(others, e)
		}
	}
	all := slices.Concat(roles, others)
	return all[:min(len(all), pairExamples)]
}
