package verdict

import (
	"strings"

	"iamctl/verdict/internal/actions"
	"iamctl/verdict/internal/resource"
)

// pairs returns how many types of resources of the action have a request, the
// simplest answer, and whether its resource is an odd one.
func (s *solver) pairs(a *actions.Action, whole *answer) (int, placed, bool) {
	if a.Known == nil {
		return 0, placed{}, false
	}
	if s.trust {
		n, found := s.callerPairs(a)
		return n, asFound(found), false
	}
	if len(a.Known.ResourceTypes) == 0 {
		n, found := s.lone(a, whole)
		return n, found, false
	}
	var best simplest
	n := 0
	types := s.formats.service(a.Service)
	for _, t := range a.Known.ResourceTypes {
		some := false
		for _, f := range types[t] {
			some = s.take(&best, f, s.format(f, a, whole)) || some
		}
		if some {
			n++
		}
	}
	return n, best.placed, best.odd
}

// lone is pairs for an action that takes no resource.
func (s *solver) lone(a *actions.Action, whole *answer) (int, placed) {
	found := whole
	if !whole.found || whole.witness.Request.Resource != "*" {
		found = s.counted("*", a, restriction{star: true})
	}
	best := asFound(found)
	if !found.found && allBuckets(a) {
		f := s.formats.of("arn:*:s3:::*")
		best = s.format(f, a, whole)
	}
	if best.answer == nil || !best.found {
		return 0, placed{}
	}
	return 1, best
}

// placed is an answer with a resource of a format, which may be another one than
// that of the answer's request.
type placed struct {
	*answer
	resource string
}

// asFound is an answer, which may be nil, with the resource of its request.
func asFound(a *answer) placed {
	if a == nil {
		return placed{}
	}
	return placed{a, a.witness.Request.Resource}
}

// weight is less the simpler the request is.
func (p *placed) weight() int {
	return weight(p.answer) + len(p.resource) - len(p.witness.Request.Resource)
}

// simplest is the simplest of some answers.
type simplest struct {
	placed
	weighs int
	odd    bool
}

// odd reports whether an ARN of a format is hardly one that a role meets: it is of
// another partition, or the format does not even say of which service.
func (c *Comparer) odd(f *format, arn string) bool {
	_, rest, _ := strings.Cut(arn, ":")
	partition, _, isARN := strings.Cut(rest, ":")
	return isARN && partition != c.partition || f.anyService
}

// take reports whether something was found for a format, and takes that if it is the
// simplest so far.
func (c *Comparer) take(b *simplest, f *format, found placed) bool {
	if !found.found {
		return false
	}
	w, odd := found.weight(), c.odd(f, found.resource)
	if b.answer == nil || b.odd && !odd || odd == b.odd && w < b.weighs {
		*b = simplest{found, w, odd}
	}
	return true
}

// allBuckets reports whether the action is s3:ListAllMyBuckets, which has no
// resource but which AWS documents on all buckets too.
func allBuckets(a *actions.Action) bool {
	return a.Prefix == "s3" && a.Short == "ListAllMyBuckets"
}

// format returns the answer for an ARN format. Those that the resources of
// statements tell apart alike have the same answer.
func (s *solver) format(f *format, a *actions.Action, whole *answer) placed {
	if len(s.patterns) == 0 && whole.found { // to all statements, every resource is alike
		return placed{whole, f.example()}
	}
	if found, ok := s.byFormat[f]; ok {
		return found
	}
	if s.byFormat == nil {
		s.byFormat, s.byKind = map[*format]placed{}, map[string]*answer{}
	}
	kind := s.kind(f)
	found, ok := s.byKind[kind.Key]
	if !ok {
		found = s.counted(f.text, a, restriction{format: f.pattern})
		s.byKind[kind.Key] = found
	}
	out := placed{answer: found}
	if found.found {
		out.resource = kind.Place(found.witness.Request.Resource, f.example())
	}
	s.byFormat[f] = out
	return out
}

// kind returns how the resources of statements tell the ARNs of a format apart.
func (p *problem) kind(f *format) resource.Kind {
	if k, ok := p.formatKinds[f]; ok {
		return k
	}
	if p.formatKinds == nil {
		p.formatKinds = map[*format]resource.Kind{}
		for _, i := range p.patterns {
			p.resources = append(p.resources, p.known.list[i])
		}
	}
	p.budget -= len(p.resources)
	k := resource.KindOf(f.pattern, p.resources)
	p.formatKinds[f] = k
	return k
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
