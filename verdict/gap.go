package verdict

import (
	"slices"

	"iamctl/verdict/internal/search"
)

// gap looks for what one side lacks at one class of resources.
type gap struct {
	*finder
	solution
	denied []search.Box // by the side that allows, and what no request is
	found  bool
}

// without looks at the part of start that is not allowed.
func (g *gap) without(start search.Box, allowed []search.Box) error {
	return g.outside(start, append(slices.Clip(g.denied), allowed...))
}

// within looks at the parts of start that the other side denies.
func (g *gap) within(start search.Box, denied []search.Box) error {
	for _, d := range denied {
		if both, ok := start.And(d); ok {
			if err := g.outside(both, g.denied); err != nil || g.done {
				return err
			}
		}
	}
	return nil
}

func (g *gap) outside(in search.Box, out []search.Box) error {
	_, err := g.limit.Outside(in, out, func(b search.Box) bool {
		g.found = true
		s := g.solution
		s.box = b
		g.done = !g.visit(s)
		return !g.done
	})
	return err
}
