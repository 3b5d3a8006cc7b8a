package verdict

import (
	"cmp"
	"slices"

	"iamctl/verdict/internal/actions"
)

// maxTries is how many requests are asked of the evaluator before a difference
// that it does not confirm is given up.
const maxTries = 48

// solve compares the actions of one group. It returns those of both sides that may
// allow something alone.
func (c *comparison) solve(g actions.Group, first *actions.Action) (found [2]*solver) {
	p, err := c.problem(g)
	for x := range 2 {
		if err != nil {
			c.unknown(x, g.Ranges, err.Error())
			continue
		}
		s := &solver{problem: p, x: x, answers: map[string]*answer{}}
		s.whole = s.ask("", first, restriction{})
		if s.whole.found || s.whole.unknown != "" {
			found[x] = s
		}
	}
	return found
}

// first returns an action of a group, one of today if there is one.
func (c *comparison) first(g actions.Group) (first actions.Action, ok bool) {
	c.universe.Each(g.Ranges, func(a actions.Action) bool {
		if c.trust && !assumes(&a) {
			return true
		}
		if !ok || !a.Future {
			first, ok = a, true
		}
		return a.Future
	})
	return first, ok
}

func (c *comparison) list(g actions.Group) []actions.Action {
	out := make([]actions.Action, 0, c.universe.Count(g.Ranges))
	c.universe.Each(g.Ranges, func(a actions.Action) bool {
		if !c.trust || assumes(&a) {
			out = append(out, a)
		}
		return true
	})
	return out
}

// solver finds what side x allows of one group.
type solver struct {
	*problem
	x       int
	answers map[string]*answer // by what they are restricted to
	// whole is the answer without a restriction.
	whole *answer
	// byFormat are those of formats, byKind those of formats that are alike.
	byFormat map[*format]placed
	byKind   map[string]*answer
	// uncounted says that a type of resources took more than its share.
	uncounted bool
}

// each looks at all actions of the group: there is something in the first one.
func (s *solver) each(list []actions.Action) {
	o := &s.outcome.sides[s.x]
	o.actions, o.impossible = slices.Grow(o.actions, len(list)), slices.Grow(o.impossible, len(list))
	for i := range list {
		if !s.action(&list[i], s.whole) {
			s.outcome.sides[s.x].note(list[i].Future, cmp.Or(s.whole.unknown, unconfirmed))
		}
	}
}

// action notes what was found for an action. It is false if nothing was found
// and that is not certain.
func (s *solver) action(a *actions.Action, whole *answer) bool {
	pairs, best, odd := s.pairs(a, whole)
	impossible := false
	if pairs == 0 {
		if best = asFound(whole); !whole.found {
			return false
		}
		pairs, impossible = 1, a.Known != nil && !s.uncounted
	}
	o := &s.outcome.sides[s.x]
	o.future = true
	if a.Future {
		return true
	}
	o.today = true
	o.possible = o.possible || !impossible
	o.impossible = append(o.impossible, impossible)
	s.count(a, pairs)
	s.offer(a, best, impossible, odd)
	return true
}
