// Package grant asks what a holder of permissions may do. It decides by search and
// evaluation, never by the text of a statement: conditions, denies and the boundary
// count.
package grant

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"iamctl/audit/account"
	"iamctl/audit/asking"
	"iamctl/inventory"
	"iamctl/policy"
	"iamctl/policy/eval"
	"iamctl/verdict"
)

// Grant is the permissions of a holder that are asked about.
type Grant struct {
	asker  *Asker
	holder *account.Holder
	whole  *verdict.Permissions
	// part are the permissions for those requests that are asked about.
	part *verdict.Permissions
	// also is what must allow the requests too, nil for nothing.
	also *verdict.Permissions
	// alone is the statement whose Allow is the only one of whole, -1 for none.
	alone eval.Statement
	// only are the actions that are asked about, nil for all; on is the resource, "" for
	// any.
	only []string
	on   string
	// unbounded says that the boundary, which would limit what is allowed, could not be read.
	unbounded string
	// tags are those of the holder, as far as another question supposes them; nil if none
	// does.
	tags func(key string) asking.Tag
}

// Answer is what is allowed.
type Answer struct {
	// Witness is a request that is allowed, with no condition key but those that
	// matter; nil if there is none.
	Witness *eval.Request
	// Policy and Statement are what allows it.
	Policy    *account.Policy
	Statement int
	// Unknown says why it could not be decided whether there is one, "" if it was. Where the
	// boundary could not be read, the witness is one that all else allows.
	Unknown string
	// Impossible says that the action does not take such a resource, and that it is allowed
	// on none that it takes.
	Impossible bool
}

// Open reports whether something may be allowed.
func (a Answer) Open() bool { return a.Witness != nil || a.Unknown != "" }

// Sure reports whether something is allowed for certain.
func (a Answer) Sure() bool { return a.Witness != nil && a.Unknown == "" }

// But returns the permissions without what a statement denies, which is made a Deny.
func (g Grant) But(s policy.Statement) Grant {
	g.part = &verdict.Permissions{Identity: append(slices.Clip(g.part.Identity), denied(s)), Boundary: g.part.Boundary}
	return g
}

// denied returns the document of a statement that is made a Deny.
func denied(s policy.Statement) *policy.Document {
	s.Effect = "Deny"
	if s.Action == nil && s.NotAction == nil {
		s.Action = []string{"*"}
	}
	if s.Resource == nil && s.NotResource == nil {
		s.Resource = []string{"*"}
	}
	return &policy.Document{Version: "2012-10-17", Statements: []policy.Statement{s}}
}

// Given returns the permissions together with an action on a resource that something
// else allows to the holder by its ARN, such as a trust policy: what denies it still does.
// The boundary of a role limits it, that of a user does not (IAM User Guide, "Permissions
// boundaries for IAM entities").
func (g Grant) Given(action, resource string) Grant {
	s := policy.Statement{Effect: "Allow", Action: []string{action}, Resource: []string{resource}}
	d := &policy.Document{Version: "2012-10-17", Statements: []policy.Statement{s}}
	g.part = &verdict.Permissions{Identity: append(slices.Clip(g.part.Identity), d), Boundary: g.part.Boundary}
	if g.holder.Kind == inventory.EntityUser {
		g.unbounded = ""
		if g.part.Boundary != nil {
			g.part.Boundary = append(slices.Clip(g.part.Boundary), d)
		}
	}
	return g
}

// Only returns the permissions for some actions alone. Names have no wildcards.
func (g Grant) Only(actions ...string) Grant {
	g = g.But(policy.Statement{NotAction: actions})
	if g.only == nil {
		g.only = actions
	}
	return g
}

// On returns the permissions on some resources alone.
func (g Grant) On(resources ...string) Grant {
	g = g.But(policy.Statement{NotResource: resources})
	if g.on == "" && len(resources) == 1 && !strings.ContainsAny(resources[0], "*?$") {
		g.on = resources[0]
	}
	return g
}

// Session returns the permissions of a role's session, which has no MFA; those of others
// as they are.
func (g Grant) Session() Grant {
	who := g.holder.Asking()
	for _, key := range []string{"aws:multifactorauthpresent", "aws:multifactorauthage"} {
		if never := who.WithMFA(key); never != nil && asks(g.whole, func(k string) bool { return k == key }) {
			g = g.But(policy.Statement{Condition: never})
		}
	}
	return g
}

// By returns all permissions of the holder with the Allow of one statement alone: of the
// policy with an index, the denies and the boundary as they are.
func (g Grant) By(policyIndex, statement int) Grant {
	g = g.asker.Of(g.holder)
	g.alone = eval.Statement{Document: policyIndex, Index: statement}
	out := &verdict.Permissions{Identity: make([]*policy.Document, len(g.whole.Identity)), Boundary: g.whole.Boundary}
	for i, d := range g.whole.Identity {
		kept := *d
		kept.Statements = nil
		for k, s := range d.Statements {
			if s.Effect == "Deny" || i == policyIndex && k == statement {
				kept.Statements = append(kept.Statements, s)
			}
		}
		out.Identity[i] = &kept
	}
	g.whole, g.part = out, out
	return g
}

// Anything asks whether anything is allowed.
func (g Grant) Anything() Answer {
	p := g.reduced()
	if !slices.ContainsFunc(p.Identity, func(d *policy.Document) bool { return odd(d) || slices.ContainsFunc(d.Statements, allows) }) {
		return Answer{Statement: -1} // nobody need search
	}
	f := g.asker.search(p)
	if f.witness != nil {
		a := g.answer(f.witness)
		a.Impossible = f.witness.Impossible
		return a
	}
	return Answer{Statement: -1, Unknown: f.unknown}
}

func allows(s policy.Statement) bool { return s.Effect == "Allow" }

// Gains reports whether something is allowed that is not by the permissions that the same
// holder has before, with the tags that it has then, and why that could not be decided, "" if it was.
func (g Grant) Gains(before Grant) (more bool, unknown string) {
	p, q := before.own(before.copied()), g.own(g.copied())
	return gained(g.asker.c.Identity(before.possible(p, p, q), g.possible(q, p, q)), g.unbounded, before.unbounded)
}

// GainsOver reports whether the holder may do something that permissions of another do not
// allow, whatever these ask of who asks; as Gains.
func (g Grant) GainsOver(other *verdict.Permissions) (more bool, unknown string) {
	return gained(g.asker.c.Identity(other, g.personal(g.copied())), g.unbounded)
}

// gained is what a comparison found, where boundaries could be read.
func gained(r *verdict.Result, unbounded ...string) (more bool, unknown string) {
	if r.Gained.Actions == 0 && r.Verdict == verdict.Unknown {
		return false, r.Reason
	}
	if unknown = cmp.Or(unbounded...); r.Gained.Actions > 0 && unknown != "" {
		return false, unknown
	}
	return r.Gained.Actions > 0, ""
}

func (g Grant) copied() *verdict.Permissions {
	return &verdict.Permissions{Identity: g.part.Identity, Boundary: g.part.Boundary}
}

// Names returns the actions that are allowed on something, sorted.
func (g Grant) Names() []string {
	r := g.asker.c.Identity(&verdict.Permissions{}, g.reduced())
	return r.Gained.Names()
}

// Resources returns the patterns of the resources of which an Allow statement is about
// what is asked; all says that one may be about any.
func (g Grant) Resources() (patterns []string, all bool) {
	for _, d := range g.reduced().Identity {
		for _, s := range d.Statements {
			if s.Effect != "Deny" {
				patterns = append(patterns, s.Resource...)
				all = all || s.NotResource != nil || slices.ContainsFunc(s.Resource, dollar)
			}
		}
	}
	return patterns, all
}

// Try asks about one request alone, of which the context need not have what follows from
// who asks nor the time, which is the first of the day. Later ones are not asked about, nor
// members of a group whose names matter.
func (g Grant) Try(r *eval.Request) Answer {
	r.Principal = policy.Principal{Type: "AWS", Value: g.holder.ARN}
	if g.holder.Kind == inventory.EntityGroup && asks(g.part, func(key string) bool { return key == userKey }) {
		return Answer{Statement: -1} // it depends on the member
	}
	g.identify(r)
	if g.part.Decide(r).Outcome != eval.Allowed {
		return Answer{Statement: -1}
	}
	if asks(g.part, asking.Timed) || asks(g.part, asking.Placed) || g.holder.Kind != inventory.EntityPolicy && asks(g.part, func(key string) bool { return asking.Personal(key) || asking.Tagged(key) || key == principalARN }) {
		g.complete(r)
		if g.part.Decide(r).Outcome != eval.Allowed {
			return Answer{Statement: -1}
		}
	}
	return g.by(r)
}

// complete adds to the context of a request what the permissions ask and it always has.
func (g Grant) complete(r *eval.Request) {
	if r.Context == nil {
		r.Context = map[string][]string{}
	}
	if asks(g.part, asking.Timed) {
		asking.At(g.asker.day, r.Context)
	}
	if region := g.region(r.Action); region != "" && asks(g.part, asking.Placed) {
		asking.In(region, r.Context)
	}
	g.introduce(r)
}

// introduce adds to the context of a request what the permissions ask of who asks, but for
// what is there.
func (g Grant) introduce(r *eval.Request) {
	if g.holder.Kind == inventory.EntityPolicy {
		return
	}
	add := func(key, value string) {
		if value != "" && r.Context[key] == nil && asks(g.part, func(k string) bool { return k == key }) {
			r.Context[key] = []string{value}
		}
	}
	if g.individual() {
		add(principalARN, g.holder.ARN)
	}
	who := g.Asking()
	for _, key := range append(principalTags([]*verdict.Permissions{g.part}), asking.Keys...) {
		add(key, who.Value(key))
	}
}

// identify adds to the context of a request what a user always has.
func (g Grant) identify(r *eval.Request) {
	if g.holder.Kind == inventory.EntityUser {
		if r.Context == nil {
			r.Context = map[string][]string{}
		}
		r.Context["aws:username"] = []string{g.holder.Name}
	}
}

// answer is a witness without the keys that only the question was about.
func (g Grant) answer(w *verdict.Witness) Answer {
	r := w.Request
	r.Principal = policy.Principal{Type: "AWS", Value: g.holder.ARN}
	r.Context = maps.Clone(r.Context)
	restore(&r)
	g.identify(&r)
	g.introduce(&r)
	for _, key := range slices.Sorted(maps.Keys(r.Context)) {
		values := r.Context[key]
		delete(r.Context, key)
		if g.whole.Decide(&r).Outcome != eval.Allowed || g.also != nil && g.also.Decide(&r).Outcome != eval.Allowed {
			r.Context[key] = values
		}
	}
	return g.by(&r)
}

// by is the answer of a request that is allowed.
func (g Grant) by(r *eval.Request) Answer {
	a := Answer{Witness: r, Statement: -1, Unknown: g.unbounded}
	if g.alone.Index >= 0 {
		a.Policy, a.Statement = &g.holder.Policies[g.alone.Document], g.alone.Index
		return a
	}
	for _, by := range g.whole.Decide(r).By {
		if !by.Boundary && by.Document < len(g.holder.Policies) {
			a.Policy, a.Statement = &g.holder.Policies[by.Document], by.Index
			break
		}
	}
	return a
}
