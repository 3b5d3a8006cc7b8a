package grant

import (
	"slices"
	"strings"

	"iamctl/policy"
	"iamctl/verdict"
)

// Keys returns the condition keys, in lower case, sorted, that the permissions ask for in
// what is asked about, those of variables too.
func (g Grant) Keys() []string {
	var out []string
	asks(g.narrowed(), func(key string) bool {
		out = append(out, key)
		return false
	})
	slices.Sort(out)
	return slices.Compact(out)
}

// Both returns the permissions for requests alone that another document allows too, whose
// statements are about all that is asked about; ok is false where that cannot be asked.
func (g Grant) Both(other *policy.Document) (both Grant, ok bool) {
	if odd(other) || slices.ContainsFunc(g.part.Identity, odd) {
		return g, false
	}
	var more, less []policy.Statement
	for _, s := range other.Statements {
		if s = modern(s, other.Version); s.Effect == "Allow" {
			more = append(more, s)
		} else {
			less = append(less, s)
		}
	}
	out := &verdict.Permissions{Identity: []*policy.Document{{Version: languageVersion, Statements: less}}, Boundary: g.part.Boundary}
	for _, d := range g.narrowed().Identity {
		joined := &policy.Document{Version: languageVersion}
		for _, s := range d.Statements {
			s = modern(s, d.Version)
			if s.Effect != "Allow" {
				joined.Statements = append(joined.Statements, s)
				continue
			}
			for _, m := range more {
				list, holds, ok := conjoin(s.Condition, m.Condition)
				if !ok {
					return g, false
				}
				if with := s; holds {
					with.Condition = list
					joined.Statements = append(joined.Statements, with)
				}
			}
		}
		out.Identity = append(out.Identity, joined)
	}
	if len(more)*len(out.Identity) > maxJoined {
		return g, false
	}
	g.part, g.also = out, &verdict.Permissions{Identity: []*policy.Document{other}}
	return g, true
}

// maxJoined is how many statements are made of pairs.
const maxJoined = 1000

// modern returns a statement of a document as it is in the version that has variables.
func modern(s policy.Statement, version string) policy.Statement {
	if version == languageVersion {
		return s
	}
	literal := func(list []string) []string {
		if !slices.ContainsFunc(list, dollar) {
			return list
		}
		out := slices.Clone(list)
		for i, v := range out {
			out[i] = strings.ReplaceAll(v, "$", "${$}")
		}
		return out
	}
	s.Resource, s.NotResource = literal(s.Resource), literal(s.NotResource)
	s.Condition = slices.Clone(s.Condition)
	for i := range s.Condition {
		c := &s.Condition[i]
		if op, ok := policy.ParseOperator(c.Operator); ok && substituted(op) {
			c.Values = literal(c.Values)
		}
	}
	return s
}
