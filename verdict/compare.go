package verdict

import (
	"slices"

	"iamctl/verdict/internal/actions"
	"iamctl/verdict/internal/glob"
	"iamctl/verdict/internal/search"
)

// compare fills the outcome. Statements that both sides have are looked at only
// where others differ.
func (c *comparison) compare() error {
	paired := c.paired()
	for i := range c.clauses {
		if paired[i] == unpaired {
			c.read(&c.clauses[i])
		}
	}
	patterns := c.difference()
	if len(patterns) == 0 {
		return nil
	}
	asked := actions.NewQuestion(patterns)
	c.readPaired(paired, asked)
	if c.trust || c.variable {
		c.sort()
	}
	spans, err := c.spans(asked)
	if err != nil {
		return err
	}
	groups := actions.Differing(spans, len(c.slots))
	found, reserve := [][2]*solver(nil), 0
	for _, future := range []bool{false, true} {
		if future {
			reserve = max(c.budget, 0) / reserved
			c.budget -= reserve
		}
		list, err := c.solveAll(groups, future)
		found = append(found, list...)
		if err != nil {
			c.giveUp(future, err)
			break
		}
	}
	c.budget = max(c.budget, 0) + reserve
	c.countAll(found)
	return nil
}

// reserved is the part of the budget that is kept for how much differs while the
// actions of the future are looked at.
const reserved = 4

// solveAll compares the groups with an action of today, or those without, and returns
// what differs. What those of the future take is none of today's business, and how much
// it is that differs matters less than whether anything does.
func (c *comparison) solveAll(groups []actions.Group, future bool) ([][2]*solver, error) {
	var out [][2]*solver
	for _, g := range groups {
		first, ok := c.first(g)
		if !ok || first.Future != future {
			continue
		}
		if c.budget < 0 {
			return out, search.ErrBudget
		}
		if found := c.solve(g, &first); found[0] != nil || found[1] != nil {
			out = append(out, found)
		}
	}
	return out, nil
}

// countAll finds which actions what was found is for.
func (c *comparison) countAll(found [][2]*solver) {
	for _, both := range found {
		var list []actions.Action
		for _, s := range both {
			if s == nil {
				continue
			}
			if list == nil {
				list = c.list(s.group)
			}
			s.each(list)
		}
	}
}

// giveUp notes that there may be more on both sides, in future alone or today too.
func (c *comparison) giveUp(future bool, err error) {
	for x := range c.outcome.sides {
		c.outcome.sides[x].note(future, err.Error())
	}
}

// newUniverse makes the universe, without actions of the future if these take
// more than half of what there is.
func (c *comparison) newUniverse(mentions []actions.Mention, asked *actions.Question) (err error) {
	half := c.budget / 2
	left := half
	if c.universe, err = c.table.NewUniverse(mentions, asked, &left); err != nil {
		c.giveUp(true, err)
		c.universe, err = c.table.NewUniverse(mentions, &actions.Question{}, &c.budget)
	}
	c.budget -= half - max(left, 0)
	return err
}

// mentioned returns the patterns that a text is for the actions in question. It
// takes of the budget once for each text.
func (c *comparison) mentioned(text string, asked *actions.Question, seen map[string][]*actions.Pattern) []*actions.Pattern {
	list, ok := seen[text]
	if ok {
		return list
	}
	if asked.Whole(text) {
		list = []*actions.Pattern{c.table.Pattern(text, &c.budget)}
	} else {
		for _, t := range asked.Narrowed(text) {
			if asked.About(t) {
				list = append(list, c.table.Pattern(t, &c.budget))
			}
		}
	}
	seen[text] = list
	return list
}

// spans makes the universe, and returns where in it statements are.
func (c *comparison) spans(asked *actions.Question) ([]actions.Span, error) {
	var mentions []actions.Mention
	from := make([]int, 1, len(c.statements)+1)
	seen := map[string][]*actions.Pattern{}
	for i := range c.statements {
		s := &c.statements[i]
		holder := 2*s.slot + s.side
		if s.not {
			holder = -1 - i
		}
		if s.twin != unpaired {
			for _, m := range mentions[from[s.twin]:from[s.twin+1]] {
				mentions = append(mentions, actions.Mention{Pattern: m.Pattern, Holder: holder})
			}
			from = append(from, len(mentions))
			continue
		}
		for _, text := range s.patterns {
			if !asked.About(text) {
				continue
			}
			for _, p := range c.mentioned(text, asked, seen) {
				mentions = append(mentions, actions.Mention{Pattern: p, Holder: holder})
			}
		}
		if from = append(from, len(mentions)); c.budget < 0 {
			return nil, glob.ErrBudget
		}
	}
	if err := c.newUniverse(mentions, asked); err != nil {
		return nil, err
	}
	spans, ranges := make([]actions.Span, 0, len(c.statements)+1), make([][]actions.Range, len(c.statements))
	for i, s := range c.statements {
		list := mentions[from[i]:from[i+1]]
		if !s.not && len(list) == 0 {
			continue
		}
		if s.twin != unpaired {
			ranges[i] = ranges[s.twin]
		} else {
			ranges[i] = c.universe.Ranges(list, s.not)
		}
		spans = append(spans, actions.Span{Slot: s.slot, Side: s.side, Ranges: ranges[i]})
	}
	if !slices.Equal(c.limits[0], c.limits[1]) {
		// A slot of no body: all actions are to be compared.
		spans = append(spans, actions.Span{Slot: len(c.slots), Side: 1, Ranges: actions.Everything()})
		c.slots = append(c.slots, slot{boundaryAllow, -1})
	}
	return spans, nil
}
