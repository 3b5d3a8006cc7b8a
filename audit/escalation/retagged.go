package escalation

import (
	"iamctl/audit/account"
	"iamctl/audit/everything"
	"iamctl/inventory"
	"iamctl/verdict/escalation"
)

// retagging and leading are what a holder gives to whom it then becomes by changing tags:
// more permissions, or a step to an administrator.
var (
	retagging = &sorted{Set: escalation.Set{Actions: []string{"iam:TagRole"}}}
	leading   = &sorted{Set: escalation.Set{Actions: []string{"iam:TagRole"}}}
)

// retagged asks whether a holder may change tags and then become somebody who may do more
// with these: who is an administrator by it, or is led on, or if gains are asked for has more.
func (g *graph) retagged(h *node, yield func(*way) bool) bool {
	if h.changed || !g.tags(h) {
		return true // one step follows
	}
	open, seen := true, map[*node]bool{}
	f := *g.asking()
	f.good = func(t *account.Holder) bool { return !seen[g.of[t]] && g.hopeful(g.of[t]) }
	g.ways(h, &f, false, func(then *way) bool {
		if then.to == nil || seen[then.to] {
			return true
		}
		seen[then.to] = true
		open = g.retags(h, then, yield)
		return open && !(g.gaining && len(seen) > maxNamed)
	})
	return open
}

// hope is what tags may make of somebody, whoever changes them. It saves asking who does.
type hope struct {
	changed          *account.Holder
	led, more, whole *bool // nil if it was not asked
}

// hopeful reports whether tags may make of somebody what ways are asked for.
func (g *graph) hopeful(t *node) bool {
	if t.hope == nil {
		anybody := &account.Holder{Kind: inventory.EntityRole, Name: "any", ARN: g.arn("role/zz-any"), Policies: []account.Policy{{Document: anything}}}
		t.hope = &hope{changed: tagged(t.Holder, anybody)}
	}
	o := t.hope
	switch {
	case once(&o.whole, func() bool { return byTags(t.Holder) && everything.Ask(g.in, o.changed).Open() }):
		return true
	case !g.gaining:
		return false
	case g.onward:
		return once(&o.led, func() bool { return g.after(o.changed) != nil })
	}
	return once(&o.more, func() bool { return byTags(t.Holder) && g.becoming(t.Holder, o.changed, &way{}) != nil })
}

// once returns what was found out, or finds it out.
func once(known **bool, ask func() bool) bool {
	if *known == nil {
		v := ask()
		*known = &v
	}
	return **known
}

// retags asks for the way of a holder that changes tags and then becomes somebody.
func (g *graph) retags(h *node, then *way, yield func(*way) bool) bool {
	s, ask := retagging, g.moreByTags
	if g.onward {
		s, ask = leading, g.ledByTags
	}
	w, asked := g.once(pair{h, then.to, s}, func() *way { return ask(h, then) })
	if !asked {
		w = g.untold(h, s)
		w.does = "change the tags of others"
		return yield(w)
	}
	return w == nil || !w.whole && (w.became == nil || !g.gaining) || yield(w.and(then))
}

// moreByTags is what somebody may do whom a holder becomes by a way, after the holder changed
// its tags; nil if that is no more than before.
func (g *graph) moreByTags(h *node, then *way) *way {
	t := then.to
	w := g.changing(h, t.Holder)
	if w == nil {
		return nil
	}
	return g.becoming(t.Holder, tagged(t.Holder, g.tagger(h, then)), w)
}

// ledByTags is how somebody becomes an administrator whom a holder becomes by a way, after the
// holder changed tags of it or of whom that step is about.
func (g *graph) ledByTags(h *node, then *way) *way {
	t, by := then.to.Holder, g.tagger(h, then)
	changed := tagged(t, by)
	last := g.after(changed)
	if last == nil {
		return nil
	}
	w := g.changingFor(h, by, t, last)
	if w == nil {
		return nil
	}
	w.became = changed
	if w.on != t {
		w.then = " and then " + then.does + " the " + string(t.Kind) + " " + t.Name
	}
	return w
}

// tagged returns somebody whose tags another changes, and those of whom it asks about.
func tagged(t, by *account.Holder) *account.Holder {
	changed := *t
	changed.Taggers = []*account.Holder{by}
	return &changed
}
