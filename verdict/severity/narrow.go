package severity

import (
	"slices"
	"strings"

	"iamctl/policy"
	"iamctl/verdict"
)

// maxNarrow is the number of actions up to which permissions are narrowed to them.
const maxNarrow = 64

// narrowed returns the part of permissions that is about the actions.
func narrowed(p *verdict.Permissions, actions []string) *verdict.Permissions {
	if len(actions) > maxNarrow {
		return p
	}
	n := narrower{actions: actions, sorted: make([]int, len(actions))}
	for i := range actions {
		n.sorted[i] = i
	}
	slices.SortFunc(n.sorted, func(a, b int) int { return policy.CompareFold(actions[a], actions[b]) })
	return with(p, n.edit)
}

type narrower struct {
	actions []string
	sorted  []int // their numbers, sorted by name without regard to letter case
}

func (n *narrower) edit(s *policy.Statement) bool {
	if vague(s) {
		return true
	}
	not := s.NotAction != nil
	about := n.matches(s.Action) | n.matches(s.NotAction)
	s.Action, s.NotAction = nil, nil
	for i, a := range n.actions {
		if about>>i&1 == 1 != not {
			s.Action = append(s.Action, a)
		}
	}
	return s.Action != nil
}

// matches returns which actions the patterns match, a bit for each.
func (n *narrower) matches(patterns []string) uint64 {
	var out uint64
	for _, pattern := range patterns {
		if strings.IndexByte(pattern, '*') < 0 && strings.IndexByte(pattern, '?') < 0 {
			i, ok := slices.BinarySearchFunc(n.sorted, pattern, func(i int, p string) int { return policy.CompareFold(n.actions[i], p) })
			if ok {
				out |= 1 << n.sorted[i]
			}
			continue
		}
		for i, a := range n.actions {
			if out>>i&1 == 0 && policy.MatchFold(pattern, a) {
				out |= 1 << i
			}
		}
	}
	return out
}

// vague reports whether it is not plain about which actions a statement is.
func vague(s *policy.Statement) bool {
	serviceless := func(a string) bool { return !strings.Contains(a, ":") && strings.Trim(a, "*") != "" }
	return s.Unknown != nil || (s.Action == nil) == (s.NotAction == nil) ||
		slices.ContainsFunc(s.Action, serviceless) || slices.ContainsFunc(s.NotAction, serviceless)
}
