package verdict

import (
	"cmp"
	"slices"
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
	if !c.brief {
		r.Witnesses = c.witnesses()
	}
	r.Impossible = (old.today || new.today) && !old.possible && !new.possible
	r.Reason = c.reason(r)
	return r
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

// witnesses returns the best witness of each side that there is one of.
func (c *comparison) witnesses() (out []Witness) {
	for x := range c.outcome.sides {
		if w, ok := c.witness(x); ok {
			out = append(out, w)
		}
	}
	return out
}

// witness returns the best witness of what side x allows.
func (c *comparison) witness(x int) (Witness, bool) {
	best := c.outcome.sides[x].best
	if best.answer == nil {
		return Witness{}, false
	}
	w := best.witness
	if name := best.action.Name(); w.Request.Action != name || w.Request.Resource != best.resource {
		r := w.Request
		r.Action, r.Resource = name, best.resource
		if other, ok := c.confirm(x, &r); ok {
			w = other
		}
	}
	w.Impossible = best.impossible
	return c.readable(x, w, &best.action), true
}

func (c *comparison) amount(x int) Amount {
	o := &c.outcome.sides[x]
	a := Amount{Actions: len(o.actions), Pairs: o.paired, actions: o.actions, impossible: o.impossible}
	for _, n := range o.amount {
		a.Services = append(a.Services, *n)
	}
	slices.SortFunc(a.Services, func(a, b ServiceAmount) int {
		return cmp.Or(cmp.Compare(a.Service, b.Service), cmp.Compare(slices.Index(levels, a.Access), slices.Index(levels, b.Access)))
	})
	return a
}
