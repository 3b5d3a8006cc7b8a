package eval

import (
	"strings"

	"iamctl/policy"
)

// action answers whether the statement is about the request's action (IAM User
// Guide, "Action" and "NotAction").
func (q *question) action(s *policy.Statement) answer {
	if strings.IndexByte(q.request.Action, ':') <= 0 || strings.ContainsAny(q.request.Action, "*? ") {
		return doubt("the request's action is not service:Name", q.request.Action)
	}
	return element("Action", s.Action, s.NotAction, q.matchesAction)
}

// matchesAction matches without regard to letter case. An action has one colon,
// so that a `*` of the service cannot reach into the name.
func (q *question) matchesAction(p string) answer {
	switch action := q.request.Action; {
	case p != "" && p[0] != '*' && p[0] != '?' && lower(p[0]) != lower(action[0]):
		return sure(false) // most are seen not to match here
	case !pattern{text: p}.matchesFold(action):
		return sure(false)
	case strings.IndexByte(p, ':') < 0 && strings.Trim(p, "*") != "":
		return doubt("an action without a service", p)
	}
	return sure(true)
}
