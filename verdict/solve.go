package verdict

import (
	"cmp"
	"slices"

	"iamctl/verdict/internal/actions"
)

// outcome is what was found so far.
type outcome struct{ sides [2]sideOutcome }

// sideOutcome is what one side alone allows.
type sideOutcome struct {
	today, future bool
	possible      bool // today, with a resource that the action takes
	// unknown says why there may be more today, later why in future.
	unknown, later string
	best           candidate
	amount         map[amountKey]*ServiceAmount
	actions        []*actions.Action
	paired         int
}

type amountKey struct{ service, access string }

// answer is what was found for a restriction.
type answer struct {
	found   bool
	witness Witness
	unknown string
	// shared says that the witness is that of another format, which original
	// is the answer of, with another resource: it is not confirmed yet.
	shared   bool
	original *answer
}

// maxTries is how many requests are asked of the evaluator before a difference
// that it does not confirm is given up.
const maxTries = 48

// solve compares the actions of one group.
func (c *comparison) solve(g actions.Group) {
	first, ok := c.first(g)
	if !ok {
		return
	}
	var list []actions.Action
	all := func() []actions.Action {
		if list == nil {
			list = c.list(g)
		}
		return list
	}
	p, err := c.problem(g)
	for x := range 2 {
		if err != nil {
			c.unknown(x, g.Ranges, err.Error())
			continue
		}
		s := solver{problem: p, x: x, answers: map[string]*answer{}, byFormat: map[*format]*answer{}}
		s.solve(&first, all)
	}
}

// first returns an action of a group.
func (c *comparison) first(g actions.Group) (first actions.Action, ok bool) {
	c.universe.Each(g.Ranges, func(a actions.Action) bool {
		first, ok = a, !c.trust || assumes(&a)
		return !ok
	})
	return first, ok
}

func (c *comparison) list(g actions.Group) []actions.Action {
	var out []actions.Action
	c.universe.Each(g.Ranges, func(a actions.Action) bool {
		if !c.trust || assumes(&a) {
			out = append(out, a)
		}
		return true
	})
	return out
}

// unknown notes that what side x allows of the actions could not be decided.
func (c *comparison) unknown(x int, ranges []actions.Range, why string) {
	s := &c.outcome.sides[x]
	c.universe.Each(ranges, func(a actions.Action) bool {
		if c.trust && !assumes(&a) {
			return true
		}
		s.note(a.Future, why)
		return a.Future
	})
}

func (s *sideOutcome) note(future bool, why string) {
	if s.later == "" {
		s.later = why
	}
	if !future && s.unknown == "" {
		s.unknown = why
	}
}

// solver finds what side x allows of one group.
type solver struct {
	*problem
	x       int
	answers map[string]*answer // by what they are restricted to
	// byFormat are those of formats, free that of those that are alike.
	byFormat map[*format]*answer
	free     *answer
}

// solve looks at all actions if there is anything in the first one.
func (s *solver) solve(first *actions.Action, all func() []actions.Action) {
	whole := s.ask("", first, restriction{})
	if !whole.found && whole.unknown == "" {
		return
	}
	list := all()
	for i := range list {
		if !s.action(&list[i], whole) {
			s.outcome.sides[s.x].note(list[i].Future, cmp.Or(whole.unknown, unconfirmed))
		}
	}
}

// action notes what was found for an action. It is false if nothing was found
// and that is not certain.
func (s *solver) action(a *actions.Action, whole *answer) bool {
	pairs, best := s.pairs(a)
	impossible := false
	if pairs == 0 {
		if best = whole; !whole.found {
			return false
		}
		pairs, impossible = 1, a.Known != nil
	}
	o := &s.outcome.sides[s.x]
	o.future = true
	if a.Future {
		return true
	}
	o.today = true
	o.possible = o.possible || !impossible
	s.count(a, pairs)
	s.offer(a, best, impossible)
	return true
}

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
	free := !slices.ContainsFunc(s.patterns, func(i int) bool { return s.resources.list[i].Meets(f.pattern) })
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

// ask looks for a request within a restriction, which the name is of.
func (s *solver) ask(name string, action *actions.Action, r restriction) *answer {
	if a, ok := s.answers[name]; ok {
		return a
	}
	a := &answer{}
	s.answers[name] = a
	tries := 0
	err := s.find(s.x, r, func(found solution) bool {
		tries++
		w, ok := s.confirm(s.x, s.request(found, action.Name()))
		switch {
		case ok:
			a.found, a.unknown, a.witness = true, "", w
			return false
		case a.unknown == "":
			a.unknown = doubtful(w)
		}
		return tries < maxTries
	})
	if err != nil && !a.found {
		a.unknown = err.Error()
	}
	return a
}

const unconfirmed = "a difference was found for which no request could be made"

// doubtful says why a request that seemed to differ does not count.
func doubtful(w Witness) string {
	if w.Refused.Reason != "" {
		return w.Refused.Reason
	}
	return unconfirmed
}
