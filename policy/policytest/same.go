package policytest

import (
	"math/rand/v2"
	"slices"
	"strings"

	"iamctl/policy"

	"pgregory.net/rapid"
)

// Permuted generates documents that mean the same as d: statements, lists and
// conditions in another order, entries twice, statements twice, actions in
// other letter case, other Sids. Principals stay together by type.
func Permuted(d *policy.Document) *rapid.Generator[*policy.Document] {
	return rapid.Custom(func(t *rapid.T) *policy.Document {
		r := random(t)
		c := *d
		c.Statements = make([]policy.Statement, 0, len(d.Statements)+1)
		for i := range d.Statements {
			c.Statements = append(c.Statements, permuted(r, d.Statements[i]))
		}
		if len(d.Statements) > 0 && r.IntN(3) == 0 {
			c.Statements = append(c.Statements, permuted(r, d.Statements[r.IntN(len(d.Statements))]))
		}
		shuffle(r, c.Statements)
		return &c
	})
}

func permuted(r *rand.Rand, s policy.Statement) policy.Statement {
	s.Sid = []string{"", "Other", s.Sid}[r.IntN(3)]
	s.Action, s.NotAction = permutedActions(r, s.Action), permutedActions(r, s.NotAction)
	s.Resource, s.NotResource = permutedList(r, s.Resource), permutedList(r, s.NotResource)
	s.Principal = permutedGroups(r, s.Principal, func(p policy.Principal) string { return p.Type })
	s.NotPrincipal = permutedGroups(r, s.NotPrincipal, func(p policy.Principal) string { return p.Type })
	s.Condition = permutedGroups(r, s.Condition, func(c policy.Condition) string { return c.Operator })
	for i, c := range s.Condition {
		c.Values = permutedList(r, c.Values)
		if r.IntN(4) == 0 {
			c.Key = otherCase(r, c.Key)
		}
		s.Condition[i] = c
	}
	return s
}

func permutedActions(r *rand.Rand, list []string) []string {
	list = permutedList(r, list)
	for i, a := range list {
		if r.IntN(2) == 0 {
			list[i] = otherCase(r, a)
		}
	}
	return list
}

// permutedList returns a new list in another order, at times with an entry
// twice.
func permutedList(r *rand.Rand, list []string) []string {
	out := slices.Clone(list)
	if len(out) > 0 && r.IntN(3) == 0 {
		out = append(out, out[r.IntN(len(out))])
	}
	shuffle(r, out)
	return out
}

// permutedGroups shuffles groups of one key, and each within itself.
func permutedGroups[T any](r *rand.Rand, list []T, key func(T) string) []T {
	if list == nil {
		return nil
	}
	var names []string
	groups := map[string][]T{}
	for _, e := range list {
		if !slices.Contains(names, key(e)) {
			names = append(names, key(e))
		}
		groups[key(e)] = append(groups[key(e)], e)
	}
	shuffle(r, names)
	out := make([]T, 0, len(list))
	for _, n := range names {
		shuffle(r, groups[n])
		out = append(out, groups[n]...)
	}
	return out
}

// Split generates documents that mean the same as d, with statements taken
// apart: a list of actions, resources or principals that is not a Not- element
// may be spread over several statements.
func Split(d *policy.Document) *rapid.Generator[*policy.Document] {
	return rapid.Custom(func(t *rapid.T) *policy.Document {
		r := random(t)
		c := *d
		c.Statements = nil
		for _, s := range d.Statements {
			parts := []policy.Statement{s}
			parts = split(r, parts, func(s *policy.Statement) *[]string { return &s.Action })
			parts = split(r, parts, func(s *policy.Statement) *[]string { return &s.Resource })
			parts = split(r, parts, func(s *policy.Statement) *[]policy.Principal { return &s.Principal })
			c.Statements = append(c.Statements, parts...)
		}
		return &c
	})
}

func split[T any](r *rand.Rand, statements []policy.Statement, list func(*policy.Statement) *[]T) []policy.Statement {
	var out []policy.Statement
	for _, s := range statements {
		all := *list(&s)
		if len(all) < 2 || r.IntN(2) == 0 {
			out = append(out, s)
			continue
		}
		at := 1 + r.IntN(len(all)-1)
		first, second := s, s
		*list(&first), *list(&second) = all[:at:at], all[at:]
		out = append(out, first, second)
	}
	return out
}

// random returns a source that rapid can replay: one draw instead of hundreds.
func random(t *rapid.T) *rand.Rand {
	return rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "seed"), 0))
}

func shuffle[T any](r *rand.Rand, list []T) {
	r.Shuffle(len(list), func(i, j int) { list[i], list[j] = list[j], list[i] })
}

func otherCase(r *rand.Rand, s string) string {
	if r.IntN(2) == 0 {
		return strings.ToUpper(s)
	}
	return strings.ToLower(s)
}
