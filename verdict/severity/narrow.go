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
	n := narrower{actions: actions, index: make(map[string]int, len(actions))}
	for i, a := range actions {
		a = policy.Fold(a)
		n.folded, n.index[a] = append(n.folded, a), i
	}
	return with(p, n.edit)
}

type narrower struct {
	actions, folded []string
	index           map[string]int // by folded
}

func (n *narrower) edit(s *policy.Statement) bool {
	if vague(s) {
		return true
	}
	not := s.NotAction != nil
	about := n.matches(slices.Concat(s.Action, s.NotAction))
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
		pattern = policy.Fold(pattern)
		star := strings.IndexAny(pattern, "*?")
		if star < 0 {
			if i, ok := n.index[pattern]; ok {
				out |= 1 << i
			}
			continue
		}
		for i, a := range n.folded {
			if strings.HasPrefix(a, pattern[:star]) && policy.Match(pattern, a) {
				out |= 1 << i
			}
		}
	}
	return out
}

// vague reports whether it is not plain about which actions a statement is.
func vague(s *policy.Statement) bool {
	return s.Unknown != nil || (s.Action == nil) == (s.NotAction == nil) || slices.ContainsFunc(slices.Concat(s.Action, s.NotAction), func(a string) bool {
		return !strings.Contains(a, ":") && strings.Trim(a, "*") != ""
	})
}
