package policy

import "slices"

// About reports whether a statement's Action or NotAction takes in an action, by its name
// without regard to letter case.
func (s *Statement) About(action string) bool {
	match := func(pattern string) bool { return MatchFold(pattern, action) }
	return slices.ContainsFunc(s.Action, match) || s.NotAction != nil && !slices.ContainsFunc(s.NotAction, match)
}
