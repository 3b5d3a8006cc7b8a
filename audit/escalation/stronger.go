package escalation

import (
	"fmt"
	"slices"
	"strings"

	"iamctl/audit/account"
	"iamctl/audit/grant"
	"iamctl/inventory"
	"iamctl/policy"
	"iamctl/policy/eval"
	"iamctl/verdict"
	"iamctl/verdict/escalation"
)

// partial returns a way of a holder, who becomes no administrator, to somebody stronger:
// one that is sure before others. Who has the same documents as one that has none, and is
// nobody in particular to a trust policy, is not asked again.
func (g *graph) partial(h *node, f *front) *way {
	var found *way
	any := false
	for _, s := range h.sets {
		// Assuming one role is what roles are for; assuming any is a way out.
		any = any || s.sort == assumes && g.may(h, escalation.AssumeRole, g.arn("role/zz-any")).Open()
	}
	g.gaining = true
	defer func() { g.gaining = false }()
	visit := func(w *way) bool {
		if w.bounded || found != nil && w.unknown != "" || w.set.Actions[0] == escalation.AssumeRole && !any {
			return true
		}
		switch {
		case w.another:
			unknown, ok := g.adds(h, w)
			if !ok || found != nil && unknown != "" {
				return true
			}
			w.unknown = first(w.unknown, unknown)
		case w.to != nil:
			unknown, _ := g.stronger(h, w.to)
			w.unknown = first(w.unknown, unknown)
		}
		found = w
		return w.unknown != ""
	}
	g.ways(h, g.front(nil), true, visit)
	key := string(h.Kind) + " " + g.documents(h)
	if found != nil && found.unknown == "" || g.nothing[key] {
		return found
	}
	to := *f
	if own := g.joinable(h); len(own.groups.All()) > 0 {
		to.groups = own.groups // what it keeps from an administrator may be all that makes one
	}
	to.good = func(t *account.Holder) bool {
		more, decided := g.compare(h, g.of[t])
		return more || !decided && found == nil // one that is not decided is said once
	}
	g.ways(h, &to, false, visit)
	if found == nil && h.Kind == inventory.EntityRole && len(g.naming[h.ARN]) == 0 && !g.personal && !individual(h.Holder) {
		g.nothing[key] = true
	}
	return found
}

// individual reports whether the policies of a holder may say something else of another
// of its kind who has them too.
func individual(h *account.Holder) bool {
	variable := func(s string) bool { return strings.Contains(s, "$") }
	return slices.ContainsFunc(h.Policies, func(p account.Policy) bool {
		return p.Document == nil || slices.ContainsFunc(p.Document.Statements, func(s policy.Statement) bool {
			return slices.ContainsFunc(s.Resource, variable) || slices.ContainsFunc(s.NotResource, variable) || slices.ContainsFunc(s.Condition, func(c policy.Condition) bool {
				return strings.HasPrefix(policy.Fold(c.Key), "aws:principal") || policy.Fold(c.Key) == "aws:userid" || policy.Fold(c.Key) == "aws:username" || slices.ContainsFunc(c.Values, variable)
			})
		})
	})
}

// maxCompared is how many pairs of principals are searched for what one may do and the
// other may not; further ones are not decided.
const maxCompared = 300

// breadth is what a principal may do, as far as it is seen without a search.
type breadth struct {
	// services are those of the actions that it is allowed, samples are requests that it
	// may do; wild says that there are others.
	services []string
	samples  []*eval.Request
	wild     bool
	// allows are its policies without what they deny.
	allows *verdict.Permissions
	// but are the services that it is not allowed on everything; nil if others are not.
	but   []string
	whole bool
}

// stronger reports whether a principal may do something that no policy of a holder allows,
// and why that is not known.
func (g *graph) stronger(h, t *node) (unknown string, ok bool) {
	more, decided := g.compare(h, t)
	if !decided {
		unknown = "whether the " + string(t.Kind) + " " + t.Name + " may do more could not be decided, or was not asked: there are too many to compare"
	}
	return unknown, more || !decided
}

// adds is stronger for whom a way of a holder makes stronger: by more than it and the holder
// may do before.
func (g *graph) adds(h *node, w *way) (unknown string, ok bool) {
	was := g.of[g.byARN[w.became.ARN]]
	if unknown, ok = g.stronger(h, &node{Holder: w.became}); !ok || unknown != "" || was == nil || h.Boundary != nil || w.became.Boundary != nil {
		return unknown, ok
	}
	a, b := g.breadthOf(h), g.breadthOf(was)
	more, unknown := g.in.Grant(w.became).GainsOver(&verdict.Permissions{Identity: slices.Concat(a.allows.Identity, b.allows.Identity)})
	return unknown, more || unknown != ""
}

// compare asks whether a principal may do something that no policy of a holder allows. What
// the holder is denied does not count, so that no Deny makes a way out of what is none.
func (g *graph) compare(h, t *node) (more, decided bool) {
	a, b := g.breadthOf(h), g.breadthOf(t)
	if a.whole && !b.wild && !slices.ContainsFunc(b.services, func(s string) bool { return slices.Contains(a.but, s) }) {
		return false, true
	}
	for _, r := range b.samples {
		if a.allows.Decide(r).Outcome == eval.NotAllowed {
			return true, true
		}
	}
	key := [2]int{g.number(h), g.number(t)}
	more, decided = g.gained[key]
	if decided || g.left == 0 {
		return more, decided
	}
	g.left--
	more, unknown := g.in.Grant(t.Holder).GainsOver(a.allows)
	if unknown != "" {
		return false, false
	}
	if !more && h.Unbounded() != "" {
		return false, false // it may have less than is known
	}
	g.gained[key] = more
	return more, true
}

// number is one that holders of the same documents have in common.
func (g *graph) number(n *node) int {
	if n.number == 0 {
		id := g.documents(n)
		if g.numbers[id] == 0 {
			g.numbers[id] = len(g.numbers) + 1
		}
		n.number = g.numbers[id]
	}
	return n.number
}

// documents names the documents of a holder.
func (g *graph) documents(n *node) string {
	if n.id == "" {
		var b strings.Builder
		for _, p := range n.Policies {
			fmt.Fprintf(&b, "%p ", p.Document)
		}
		if individual(n.Holder) {
			b.WriteString(n.ARN)
		}
		if n.Boundary != nil {
			fmt.Fprintf(&b, "/ %p", n.Boundary.Document)
		}
		n.id = b.String()
	}
	return n.id
}

func (g *graph) breadthOf(n *node) *breadth {
	if n.broad == nil {
		n.broad = breadthOf(n.Holder, g.in.Grant(n.Holder))
	}
	return n.broad
}

func breadthOf(h *account.Holder, may grant.Grant) *breadth {
	p := h.Permissions()
	b := &breadth{allows: &verdict.Permissions{Boundary: p.Boundary}}
	for _, d := range p.Identity {
		kept := *d
		kept.Statements = nil
		for i := range d.Statements {
			s := &d.Statements[i]
			if s.Effect == "Deny" {
				continue
			}
			if own, ok := may.Settled(*s); ok {
				kept.Statements = append(kept.Statements, own)
			}
			b.statement(may, s, h.Boundary == nil)
		}
		b.allows.Identity = append(b.allows.Identity, &kept)
	}
	slices.Sort(b.services)
	b.services = slices.Compact(b.services)
	return b
}

func (b *breadth) statement(may grant.Grant, s *policy.Statement, free bool) {
	b.wild = b.wild || s.NotAction != nil || s.Unknown != nil
	for _, a := range s.Action {
		service, name, ok := strings.Cut(policy.Fold(a), ":")
		if !ok || strings.ContainsAny(service, "*?$") {
			b.wild = true
			continue
		}
		b.services = append(b.services, service)
		if strings.ContainsAny(name, "*?$") || len(b.samples) >= maxSamples || len(s.Resource) == 0 {
			continue
		}
		r := &eval.Request{Action: a, Resource: strings.NewReplacer("*", "x", "?", "x").Replace(s.Resource[0])}
		if may.Try(r).Sure() {
			b.samples = append(b.samples, r)
		}
	}
	if free && len(s.Condition) == 0 && s.Unknown == nil && s.NotAction != nil && slices.Contains(s.Resource, "*") && !b.whole {
		b.whole = true
		for _, a := range s.NotAction {
			service, _, _ := strings.Cut(policy.Fold(a), ":")
			b.whole = b.whole && !strings.ContainsAny(service, "*?$")
			b.but = append(b.but, service)
		}
	}
}

// maxSamples is how many requests of a principal are tried.
const maxSamples = 8

// everybody are all principals by their kind.
func (g *graph) everybody() map[inventory.Entity]*account.Index {
	if g.index == nil {
		f := g.front(g.nodes)
		g.index = map[inventory.Entity]*account.Index{inventory.EntityRole: f.roles, inventory.EntityUser: f.users, inventory.EntityGroup: f.groups}
	}
	return g.index
}
