package verdict

import (
	"slices"

	"iamctl/verdict/internal/actions"
)

// pairs returns how many types of resources of the action have a request, and
// the simplest answer.
func (s *solver) pairs(a *actions.Action, whole *answer) (int, *answer) {
	if a.Known == nil {
		return 0, nil
	}
	if s.trust {
		return s.callerPairs(a)
	}
	if len(a.Known.ResourceTypes) == 0 {
		return s.lone(a, whole)
	}
	var best simplest
	n := 0
	types := s.formats.service(a.Service)
	for _, t := range a.Known.ResourceTypes {
		some := false
		for _, f := range types[t] {
			some = best.take(s.format(f, a, whole), f) || some
		}
		if some {
			n++
		}
	}
	return n, s.result(&best)
}

// lone is pairs for an action that takes no resource.
func (s *solver) lone(a *actions.Action, whole *answer) (int, *answer) {
	found := whole
	if !whole.found || whole.witness.Request.Resource != "*" {
		found = s.counted("*", a, restriction{star: true})
	}
	if !found.found && allBuckets(a) {
		var best simplest
		f := s.formats.of("arn:*:s3:::*")
		best.take(s.format(f, a, whole), f)
		found = s.result(&best)
	}
	if found == nil || !found.found {
		return 0, nil
	}
	return 1, found
}

// simplest is the simplest of some answers, those of formats that are alike being
// one answer with other resources.
type simplest struct {
	*answer
	weight int
	format *format // not nil for another resource than the answer's
}

// take reports whether something was found for a format.
func (b *simplest) take(found *answer, f *format) bool {
	if !found.found {
		return false
	}
	w, other := weight(found), (*format)(nil)
	if found.alike && found.witness.Request.Resource != f.example() {
		w, other = w+len(f.example())-len(found.witness.Request.Resource), f
	}
	if b.answer == nil || w < b.weight {
		*b = simplest{found, w, other}
	}
	return true
}

// result returns the answer of the simplest, which is made once for each format.
func (s *solver) result(b *simplest) *answer {
	if b.answer == nil || b.format == nil {
		return b.answer
	}
	if same, ok := s.shared[b.format]; ok {
		return same
	}
	same := *b.answer
	same.witness.Request.Resource, same.shared, same.original = b.format.example(), true, b.answer
	if s.shared == nil {
		s.shared = map[*format]*answer{}
	}
	s.shared[b.format] = &same
	return &same
}

// allBuckets reports whether the action is s3:ListAllMyBuckets, which has no
// resource but which AWS documents on all buckets too.
func allBuckets(a *actions.Action) bool {
	return a.Prefix == "s3" && a.Short == "ListAllMyBuckets"
}

// format returns the answer for an ARN format. Those that no resource of a
// statement tells apart have the same answer.
func (s *solver) format(f *format, a *actions.Action, whole *answer) *answer {
	if len(s.patterns) == 0 && whole.found {
		whole.alike = true // to all statements, every resource is
		return whole
	}
	if found, ok := s.byFormat[f]; ok {
		return found
	}
	free := !slices.ContainsFunc(s.patterns, func(i int) bool { return s.known.list[i].Meets(f.pattern) })
	found := s.free
	if !free || found == nil {
		found = s.counted(f.text, a, restriction{format: f.pattern})
	}
	if free {
		s.free, found.alike = found, true
	}
	if s.byFormat == nil {
		s.byFormat = map[*format]*answer{}
	}
	s.byFormat[f] = found
	return found
}

// share is the part of the budget that a look at one type of resources may take:
// how much a side allows must not be in the way of whether it does.
const share = 16

// counted is ask within a share of the budget.
func (s *solver) counted(name string, a *actions.Action, r restriction) *answer {
	rest := s.budget - s.budget/share
	s.budget /= share
	found := s.ask(name, a, r)
	s.uncounted = s.uncounted || s.budget < 0
	s.budget = rest + max(s.budget, 0)
	return found
}
