package eval

import (
	"strings"

	"iamctl/policy"
)

// action answers whether the statement is about the request's action (IAM User
// Guide, "Action" and "NotAction").
func (q *question) action(s *policy.Statement) answer {
	if !q.named {
		return doubt("the request's action is not service:Name", q.request.Action)
	}
	if len(s.Action) > 0 && s.NotAction == nil && !mayMatchAny(s.Action, q.request.Action) {
		return sure(false)
	}
	return element("Action", s.Action, s.NotAction, q.matchesAction)
}

// mayMatchAny reports whether an action begins as one of some patterns does. Most
// statements are seen here not to be about it.
func mayMatchAny(patterns []string, action string) bool {
	for _, p := range patterns {
		if mayMatchFold(p, action) {
			return true
		}
	}
	return false
}

// named reports whether an action is service:Name.
func named(action string) bool {
	return strings.IndexByte(action, ':') > 0 && !strings.ContainsAny(action, "*? ")
}

// matchesAction matches without regard to letter case. An action has one colon,
// so that a `*` of the service cannot reach into the name.
func (q *question) matchesAction(p string) answer {
	switch action := q.request.Action; {
	case !mayMatchFold(p, action):
		return sure(false) // most are seen not to match here
	case !pattern{text: p}.matchesFold(action):
		return sure(false)
	case strings.IndexByte(p, ':') < 0 && strings.Trim(p, "*") != "":
		return doubt("an action without a service", p)
	}
	return sure(true)
}

// mayMatchFold reports whether the text before the first wildcard of a pattern is
// what the action begins with.
func mayMatchFold(pattern, action string) bool {
	for i := range len(pattern) {
		switch c := pattern[i]; {
		case c == '*' || c == '?':
			return true
		case i >= len(action) || c != action[i] && lower(c) != lower(action[i]):
			return false
		}
	}
	return len(pattern) == len(action)
}
