package verdict

import (
	"slices"
	"strings"

	"iamctl/policy"
)

// difference is the patterns of actions that one side alone has with the same
// body for the same end.
type difference struct {
	patterns []string
	// services are those of the patterns in lower case, if all have a plain one.
	services map[string]bool
	all      bool
}

// mention is a pattern of a slot, or all those of a NotAction.
type mention struct {
	slot int
	text string
}

func (c *comparison) difference() *difference {
	d := &difference{all: c.bounded[0] != c.bounded[1], services: map[string]bool{}}
	if d.all {
		d.patterns = everyAction
		return d
	}
	same := c.paired()
	sides := map[mention]int8{}
	c.eachMention(same, func(m mention, s *statement, _ []string) { sides[m] |= 1 << s.side })
	c.eachMention(same, func(m mention, s *statement, patterns []string) {
		if sides[m] != 3 {
			d.add(patterns, s.not)
		}
	})
	return d
}

// paired returns which statements the other side has word for word. Most are, and
// need no closer look: a pattern of theirs that another statement has too makes
// the difference greater than it is, which does no harm.
func (c *comparison) paired() []bool {
	out := make([]bool, len(c.statements))
	for i := range c.statements {
		s := &c.statements[i]
		if s.side == 1 {
			break // those of side 0 come first
		}
		for k := len(c.statements) - 1; k > i && c.statements[k].side == 1; k-- {
			o := &c.statements[k]
			if !out[k] && o.slot == s.slot && o.not == s.not && slices.Equal(o.patterns, s.patterns) {
				out[i], out[k] = true, true
				break
			}
		}
	}
	return out
}

func (c *comparison) eachMention(skip []bool, f func(mention, *statement, []string)) {
	for i := range c.statements {
		s := &c.statements[i]
		if skip[i] {
			continue
		}
		if s.not {
			list := slices.Sorted(slices.Values(s.patterns))
			f(mention{s.slot, "\x00" + strings.Join(list, "\x00")}, s, s.patterns)
			continue
		}
		for k, p := range s.patterns {
			f(mention{s.slot, p}, s, s.patterns[k:k+1])
		}
	}
}

func (d *difference) add(patterns []string, not bool) {
	d.patterns = append(d.patterns, patterns...)
	if not {
		d.patterns = append(d.patterns, "*")
	}
	d.all = d.all || not
	for _, p := range patterns {
		service, _, _ := strings.Cut(p, ":")
		if strings.ContainsAny(service, "*?") {
			d.all = true
		}
		d.services[policy.Fold(service)] = true
	}
}

// relevant returns the patterns that may match an action that a pattern of the
// difference matches.
func (d *difference) relevant(patterns []string) []string {
	if d.all || !slices.ContainsFunc(patterns, d.elsewhere) {
		return patterns
	}
	out := make([]string, 0, len(patterns))
	for _, p := range patterns {
		if !d.elsewhere(p) {
			out = append(out, p)
		}
	}
	return out
}

// elsewhere reports whether the pattern is of a service without differences.
func (d *difference) elsewhere(pattern string) bool {
	service, _, _ := strings.Cut(pattern, ":")
	return !d.services[policy.Fold(service)] && !strings.ContainsAny(service, "*?")
}
