package actions

import (
	"slices"
	"strconv"

	"iamctl/verdict/internal/glob"
)

// addSymbols adds the actions that stand for future ones: in every service in
// question one for each set of patterns that a name can match and, if every
// service is in question, some in services that AWS may add.
func (u *Universe) addSymbols(asked *Question) error {
	services := u.questioned(asked)
	if asked.all {
		if err := u.addServices(); err != nil {
			return err
		}
		services = u.patterned()
		if s, ok := u.plain(services); ok {
			services = append(services, s)
		}
	}
	if len(services) == 0 {
		return nil
	}
	by := u.byService()
	for _, s := range services {
		if err := u.addNames(s, by); err != nil {
			return err
		}
	}
	return nil
}

// plain returns a service of the table that no pattern names, which stands for
// all of these.
func (u *Universe) plain(named []int) (int, bool) {
	for s := range u.table.prefixes {
		if !slices.Contains(named, s) {
			return s, true
		}
	}
	return 0, false
}

// questioned returns the services whose future actions are in question, sorted.
func (u *Universe) questioned(asked *Question) []int {
	var out []int
	for name, part := range asked.services {
		if s, ok := u.serviceIndex(name); ok && len(part.wild) > 0 {
			out = append(out, s)
		}
	}
	slices.Sort(out)
	return out
}

// patterned returns the services that the table does not have, or that a pattern
// names by a plain name or by a wildcard that is not everything.
func (u *Universe) patterned() []int {
	named := make([]bool, u.serviceCount())
	for s := len(u.table.prefixes); s < len(named); s++ {
		named[s] = true
	}
	for _, m := range u.mentions {
		switch {
		case !m.valid || m.service == "*":
		case m.wildService:
			for _, s := range m.services {
				named[s] = true
			}
		case m.index >= 0:
			named[m.index] = true
		}
	}
	var out []int
	for s, is := range named {
		if is {
			out = append(out, s)
		}
	}
	return out
}

// addServices adds a service for each set of patterns that one which AWS may add
// can match.
func (u *Universe) addServices() error {
	q := glob.Query{}
	for _, m := range u.mentions {
		if m.wildService {
			q.Patterns = append(q.Patterns, m.serviceGlob)
		}
	}
	classes, err := q.Classes(u.budget)
	if err != nil {
		return err
	}
	for _, c := range classes {
		name := unused(c.Text, func(name string) bool {
			_, taken := u.serviceIndex(name)
			return !taken && sameMatches(&q, c, name)
		})
		if name != "" {
			u.added = append(u.added, name)
		}
	}
	return nil
}

// sameMatches reports whether a name is of the class.
func sameMatches(q *glob.Query, c glob.Class, name string) bool {
	match := make([]bool, len(q.Patterns))
	for i := range q.Patterns {
		n := i
		if q.Family != nil {
			n = q.Family[i]
		}
		match[n] = match[n] || q.Patterns[i].Match(name)
	}
	for i := range match {
		if match[i] != c.Match.Has(i) {
			return false
		}
	}
	return true
}

// unused returns the text or a variation of it that is free, or "".
func unused(text string, free func(string) bool) string {
	if text != "" && free(text) {
		return text
	}
	for n := range 100 {
		for at := len(text); at >= 0; at-- {
			digits := strconv.Itoa(n)
			if s := text[:at] + digits + text[at:]; free(s) {
				return s
			}
			if at >= len(digits) {
				if s := text[:at-len(digits)] + digits + text[at:]; free(s) {
					return s
				}
			}
		}
	}
	return ""
}
