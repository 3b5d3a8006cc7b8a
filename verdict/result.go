package verdict

import (
	"cmp"
	"slices"

	"iamctl/verdict/internal/actions"
	"iamctl/verdict/internal/glob"
	"iamctl/verdict/internal/search"
)

// result compares what the statements say.
func (c *comparison) result() *Result {
	if err := c.compare(); err != nil {
		for x := range c.outcome.sides {
			c.outcome.sides[x].note(false, err.Error())
		}
	}
	old, new := &c.outcome.sides[0], &c.outcome.sides[1]
	r := &Result{
		Verdict: verdictOf(new.today, old.today, new.unknown, old.unknown),
		Future:  verdictOf(new.future, old.future, cmp.Or(new.unknown, new.later), cmp.Or(old.unknown, old.later)),
		Gained:  c.amount(1),
		Lost:    c.amount(0),
	}
	for x := range c.outcome.sides {
		if w, ok := c.witness(x); ok {
			r.Witnesses = append(r.Witnesses, w)
		}
	}
	r.Impossible = (old.today || new.today) && !old.possible && !new.possible
	r.Reason = c.reason(r)
	return r
}

// compare fills the outcome.
func (c *comparison) compare() error {
	d := c.difference()
	if len(d.patterns) == 0 {
		return nil
	}
	var all []actions.Mention
	for i := range c.statements {
		s := &c.statements[i]
		s.patterns = d.relevant(s.patterns)
		holder := 2*s.slot + s.side
		if s.not {
			holder = -1 - i
		}
		for _, p := range s.patterns {
			all = append(all, actions.Mention{Text: p, Holder: holder})
		}
	}
	var err error
	if c.universe, err = c.table.NewUniverse(all, d.patterns, &c.budget); err != nil {
		return err
	}
	spans := make([]actions.Span, 0, len(c.statements)+1)
	for _, s := range c.statements {
		spans = append(spans, actions.Span{Slot: s.slot, Side: s.side, Ranges: c.universe.Ranges(s.patterns, s.not)})
		if c.budget < 0 {
			return glob.ErrBudget
		}
	}
	if c.bounded[0] != c.bounded[1] {
		// A slot of no body: all actions are to be compared.
		i := len(c.slots)
		c.slots = append(c.slots, slot{boundaryAllow, -1})
		spans = append(spans, actions.Span{Slot: i, Side: 1, Ranges: c.universe.Ranges(everyAction, false)})
	}
	for _, g := range actions.Differing(spans, len(c.slots)) {
		if c.budget < 0 {
			return search.ErrBudget
		}
		c.solve(g)
	}
	return nil
}

// verdictOf returns the verdict for what was found on both sides, and why more
// may be there.
func verdictOf(gained, lost bool, gain, loss string) Verdict {
	switch {
	case gained && lost:
		return Different
	case gained && loss == "":
		return More
	case lost && gain == "":
		return Less
	case !gained && !lost && gain == "" && loss == "":
		return Equal
	}
	return Unknown
}

func (c *comparison) reason(r *Result) string {
	old, new := &c.outcome.sides[0], &c.outcome.sides[1]
	switch {
	case r.Verdict == Unknown:
		return cmp.Or(new.unknown, old.unknown)
	case r.Future == Unknown:
		return cmp.Or(new.unknown, old.unknown, new.later, old.later)
	case r.Impossible && c.trust:
		return "no principal of such a type can ask for that"
	case r.Impossible:
		return "by the reference of " + c.date + ", no such action takes such a resource"
	}
	for _, w := range r.Witnesses {
		if why := cmp.Or(w.Allowed.Reason, w.Refused.Reason); why != "" {
			return why
		}
	}
	return ""
}

// witness returns the best witness of what side x allows.
func (c *comparison) witness(x int) (Witness, bool) {
	best := c.outcome.sides[x].best
	if best.answer == nil {
		return Witness{}, false
	}
	w := best.witness
	if name := best.action.Name(); w.Request.Action != name || best.shared {
		r := w.Request
		r.Action = name
		if other, ok := c.confirm(x, &r); ok {
			w = other
		} else if best.shared {
			w = best.original.witness
		}
	}
	w.Impossible = best.impossible
	return c.shorten(x, w), true
}

func (c *comparison) amount(x int) Amount {
	o := &c.outcome.sides[x]
	a := Amount{Actions: len(o.actions), Pairs: o.paired, actions: o.actions}
	for _, n := range o.amount {
		a.Services = append(a.Services, *n)
	}
	slices.SortFunc(a.Services, func(a, b ServiceAmount) int {
		return cmp.Or(cmp.Compare(a.Service, b.Service), cmp.Compare(slices.Index(levels, a.Access), slices.Index(levels, b.Access)))
	})
	return a
}
