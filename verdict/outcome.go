package verdict

import "iamctl/verdict/internal/actions"

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
	last           *ServiceAmount // that was counted last
	actions        []*actions.Action
	impossible     []bool // for each of them, whether it takes no such resource
	paired         int
}

func (s *sideOutcome) note(future bool, why string) {
	if s.later == "" {
		s.later = why
	}
	if !future && s.unknown == "" {
		s.unknown = why
	}
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

type amountKey struct{ service, access string }

// answer is what was found for a restriction.
type answer struct {
	found   bool
	witness Witness
	unknown string
	// weighs is its weight, 0 until that is needed.
	weighs int
}
