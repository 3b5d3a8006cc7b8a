package actions

import (
	"slices"
	"strings"

	"iamctl/policy"
)

// Question is which actions are in question: those that some patterns match. It
// is for one goroutine.
type Question struct {
	// all says that it is those of all services, as far as is known.
	all bool
	// services are the others, by their names in lower case.
	services map[string]*part
	// last is the service that was asked for last, as it was written.
	last struct {
		service string
		wild    bool
		*part
	}
}

// part is what is in question of a service.
type part struct {
	names   []string // sorted without regard to letter case
	lengths uint64   // of names, a bit for each modulo 64
	wild    []string // with wildcards
}

// NewQuestion returns the question for the actions that any of the patterns
// matches.
func NewQuestion(patterns []string) *Question {
	q := &Question{services: map[string]*part{}}
	for _, text := range patterns {
		q.add(text)
	}
	for _, s := range q.services {
		slices.SortFunc(s.names, policy.CompareFold)
	}
	return q
}

func (q *Question) add(text string) {
	service, name, ok := strings.Cut(text, ":")
	if q.all = q.all || wild(service); q.all || !ok {
		return
	}
	if service != q.last.service || q.last.part == nil {
		q.last.service = service
		service = policy.Fold(service)
		if q.services[service] == nil {
			q.services[service] = &part{}
		}
		q.last.part = q.services[service]
	}
	s := q.last.part
	if wild(name) {
		s.wild = append(s.wild, name)
	} else {
		s.names = append(s.names, name)
		s.lengths |= 1 << (len(name) & 63)
	}
}

// About reports whether an action that is in question may match the pattern.
func (q *Question) About(pattern string) bool {
	if q.all {
		return true
	}
	n := len(q.last.service)
	if n == 0 || n >= len(pattern) || pattern[n] != ':' || pattern[:n] != q.last.service {
		service, _, _ := strings.Cut(pattern, ":")
		n = len(service)
		q.last.service, q.last.wild, q.last.part = service, wild(service), q.services[policy.Fold(service)]
	}
	if q.last.part == nil {
		return q.last.wild
	}
	return q.last.about(pattern[min(n+1, len(pattern)):])
}

// Whole reports whether a pattern is for the services in question what it is for all.
func (q *Question) Whole(pattern string) bool {
	service, _, ok := strings.Cut(pattern, ":")
	return q.all || !ok || !wild(service)
}

// Narrowed returns what a pattern is for the services in question: a wildcard in
// its service stands for few of all.
func (q *Question) Narrowed(pattern string) []string {
	if q.Whole(pattern) {
		return []string{pattern}
	}
	service, name, _ := strings.Cut(pattern, ":")
	var out []string
	for s := range q.services {
		if policy.MatchFold(service, s) {
			out = append(out, s+":"+name)
		}
	}
	slices.Sort(out)
	return out
}

func (s *part) about(name string) bool {
	if !wild(name) {
		return s.has(name) || slices.ContainsFunc(s.wild, func(w string) bool { return policy.MatchFold(w, name) })
	}
	return slices.ContainsFunc(s.wild, func(w string) bool { return alike(w, name) }) ||
		slices.ContainsFunc(s.names, func(n string) bool { return policy.MatchFold(name, n) })
}

// has reports whether a name without wildcards is in question.
func (s *part) has(name string) bool {
	if s.lengths&(1<<(len(name)&63)) == 0 {
		return false
	}
	_, ok := slices.BinarySearchFunc(s.names, name, policy.CompareFold)
	return ok
}

// alike reports whether two patterns do not differ in the text before their first
// wildcards.
func alike(p, q string) bool {
	n := min(strings.IndexAny(p, "*?"), strings.IndexAny(q, "*?"))
	return policy.CompareFold(p[:n], q[:n]) == 0
}
