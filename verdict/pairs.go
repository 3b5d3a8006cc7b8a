package verdict

import (
	"slices"

	"iamctl/verdict/internal/actions"
)

// pairs returns how many types of resources of the action have a request, and
// the simplest answer.
func (s *solver) pairs(a *actions.Action) (int, *answer) {
	if a.Known == nil {
		return 0, nil
	}
	if s.trust {
		return s.callerPairs(a)
	}
	var best *answer
	take := func(found *answer) bool {
		if found.found && (best == nil || weight(found) < weight(best)) {
			best = found
		}
		return found.found
	}
	n := 0
	if len(a.Known.ResourceTypes) == 0 {
		if take(s.ask("*", a, restriction{star: true})) || allBuckets(a) && take(s.format(s.formats.of("arn:*:s3:::*"), a)) {
			n = 1
		}
		return n, best
	}
	types := s.formats.service(a.Service)
	for _, t := range a.Known.ResourceTypes {
		some := false
		for _, f := range types[t] {
			some = take(s.format(f, a)) || some
		}
		if some {
			n++
		}
	}
	return n, best
}

// allBuckets reports whether the action is s3:ListAllMyBuckets, which has no
// resource but which AWS documents on all buckets too.
func allBuckets(a *actions.Action) bool {
	return a.Prefix == "s3" && a.Short == "ListAllMyBuckets"
}

// format returns the answer for an ARN format. Those that no resource of a
// statement tells apart have the same answer.
func (s *solver) format(f *format, a *actions.Action) *answer {
	if found, ok := s.byFormat[f]; ok {
		return found
	}
	r := restriction{format: f.pattern}
	free := !slices.ContainsFunc(s.patterns, func(i int) bool { return s.known.list[i].Meets(f.pattern) })
	var found *answer
	switch {
	case free && s.free != nil:
		same := *s.free
		same.witness.Request.Resource, same.shared, same.original = f.example, true, s.free
		found = &same
	case free:
		found = s.ask(f.text, a, r)
		s.free = found
	default:
		found = s.ask(f.text, a, r)
	}
	s.byFormat[f] = found
	return found
}
