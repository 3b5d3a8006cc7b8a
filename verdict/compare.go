package verdict

import (
	"iamctl/verdict/internal/actions"
	"iamctl/verdict/internal/glob"
	"iamctl/verdict/internal/search"
)

// compare fills the outcome. Statements that both sides have are looked at only
// where others differ.
func (c *comparison) compare() error {
	paired := c.paired()
	for i := range c.clauses {
		if !paired[i] {
			c.read(&c.clauses[i])
		}
	}
	patterns := c.difference()
	if len(patterns) == 0 {
		return nil
	}
	asked := actions.NewQuestion(patterns)
	for i := range c.clauses {
		if paired[i] && c.clauses[i].about(asked) {
			c.read(&c.clauses[i])
		}
	}
	if c.trust || c.variable {
		c.sort()
	}
	spans, err := c.spans(asked)
	if err != nil {
		return err
	}
	for _, g := range actions.Differing(spans, len(c.slots)) {
		if c.budget < 0 {
			return search.ErrBudget
		}
		c.solve(g)
	}
	return nil
}

// spans makes the universe, and returns where in it statements are.
func (c *comparison) spans(asked *actions.Question) ([]actions.Span, error) {
	var mentions []actions.Mention
	from := make([]int, 1, len(c.statements)+1)
	for i := range c.statements {
		s := &c.statements[i]
		holder := 2*s.slot + s.side
		if s.not {
			holder = -1 - i
		}
		for _, text := range s.patterns {
			if asked.About(text) {
				mentions = append(mentions, actions.Mention{Pattern: c.table.Pattern(text, &c.budget), Holder: holder})
			}
		}
		if from = append(from, len(mentions)); c.budget < 0 {
			return nil, glob.ErrBudget
		}
	}
	var err error
	if c.universe, err = c.table.NewUniverse(mentions, asked, &c.budget); err != nil {
		return nil, err
	}
	spans := make([]actions.Span, 0, len(c.statements)+1)
	for i, s := range c.statements {
		if list := mentions[from[i]:from[i+1]]; s.not || len(list) > 0 {
			spans = append(spans, actions.Span{Slot: s.slot, Side: s.side, Ranges: c.universe.Ranges(list, s.not)})
		}
	}
	if c.bounded[0] != c.bounded[1] {
		// A slot of no body: all actions are to be compared.
		spans = append(spans, actions.Span{Slot: len(c.slots), Side: 1, Ranges: actions.Everything()})
		c.slots = append(c.slots, slot{boundaryAllow, -1})
	}
	return spans, nil
}
