// Package grant asks what a holder of permissions may do. It decides by search and
// evaluation, never by the text of a statement: conditions, denies and the boundary
// count.
package grant

import (
	"maps"
	"slices"

	"iamctl/audit/account"
	"iamctl/inventory"
	"iamctl/policy"
	"iamctl/policy/eval"
	"iamctl/verdict"
)

// Grant is the permissions of a holder that are asked about.
type Grant struct {
	c      *verdict.Comparer
	holder *account.Holder
	whole  *verdict.Permissions
	// part are the permissions for those requests that are asked about.
	part *verdict.Permissions
	// by is the statement whose Allow is the only one of whole, -1 for none.
	by eval.Statement
}

// Answer is what is allowed.
type Answer struct {
	// Witness is a request that is allowed, with no condition key but those that
	// matter; nil if there is none.
	Witness *eval.Request
	// Policy and Statement are what allows it.
	Policy    *account.Policy
	Statement int
	// Unknown says why it could not be decided whether there is one, "" if it was.
	Unknown string
}

// Open reports whether something may be allowed.
func (a Answer) Open() bool { return a.Witness != nil || a.Unknown != "" }

// New returns the permissions of a holder.
func New(c *verdict.Comparer, h *account.Holder) Grant {
	p := h.Permissions()
	return Grant{c, h, p, p, eval.Statement{Index: -1}}
}

// But returns the permissions without what a statement denies, which is made a Deny.
func (g Grant) But(s policy.Statement) Grant {
	s.Effect = "Deny"
	if s.Action == nil && s.NotAction == nil {
		s.Action = []string{"*"}
	}
	if s.Resource == nil && s.NotResource == nil {
		s.Resource = []string{"*"}
	}
	d := &policy.Document{Version: "2012-10-17", Statements: []policy.Statement{s}}
	g.part = &verdict.Permissions{Identity: append(slices.Clip(g.part.Identity), d), Boundary: g.part.Boundary}
	return g
}

// Given returns the permissions together with an action on a resource that something
// else allows to the holder by its ARN, such as a trust policy: what denies it still does.
// The boundary of a role limits it, that of a user does not (IAM User Guide, "Permissions
// boundaries for IAM entities").
func (g Grant) Given(action, resource string) Grant {
	s := policy.Statement{Effect: "Allow", Action: []string{action}, Resource: []string{resource}}
	d := &policy.Document{Version: "2012-10-17", Statements: []policy.Statement{s}}
	g.part = &verdict.Permissions{Identity: append(slices.Clip(g.part.Identity), d), Boundary: g.part.Boundary}
	if g.part.Boundary != nil && g.holder.Kind == inventory.EntityUser {
		g.part.Boundary = append(slices.Clip(g.part.Boundary), d)
	}
	return g
}

// Only returns the permissions for some actions alone. Names have no wildcards.
func (g Grant) Only(actions ...string) Grant {
	g.part = &verdict.Permissions{Identity: about(g.part.Identity, actions), Boundary: about(g.part.Boundary, actions)}
	return g.But(policy.Statement{NotAction: actions})
}

// about returns documents without the statements that are about none of some actions:
// what is not asked about is not to make a search give up.
func about(documents []*policy.Document, actions []string) []*policy.Document {
	if documents == nil {
		return nil
	}
	out := make([]*policy.Document, len(documents))
	for i, d := range documents {
		kept := *d
		kept.Statements = slices.DeleteFunc(slices.Clone(d.Statements), func(s policy.Statement) bool {
			odd := len(s.Unknown) > 0 || s.Action != nil && s.NotAction != nil
			return !odd && !slices.ContainsFunc(actions, s.About)
		})
		out[i] = &kept
	}
	return out
}

// On returns the permissions on some resources alone.
func (g Grant) On(resources ...string) Grant { return g.But(policy.Statement{NotResource: resources}) }

// By returns the permissions of a holder with the Allow of one statement alone: of the
// policy with an index, the denies and the boundary as they are.
func By(c *verdict.Comparer, h *account.Holder, policyIndex, statement int) Grant {
	g := New(c, h)
	g.by = eval.Statement{Document: policyIndex, Index: statement}
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
	r := g.c.Identity(&verdict.Permissions{}, g.part)
	if len(r.Witnesses) > 0 {
		return g.answer(&r.Witnesses[0])
	}
	a := Answer{Statement: -1}
	if r.Verdict == verdict.Unknown {
		a.Unknown = r.Reason
	}
	return a
}

// Names returns the actions that are allowed on something, sorted.
func (g Grant) Names() []string {
	r := g.c.Identity(&verdict.Permissions{}, g.part)
	return r.Gained.Names()
}

// answer is a witness without the keys that only the question was about.
func (g Grant) answer(w *verdict.Witness) Answer {
	r := w.Request
	r.Principal = policy.Principal{Type: "AWS", Value: g.holder.ARN}
	r.Context = maps.Clone(r.Context)
	for _, key := range slices.Sorted(maps.Keys(r.Context)) {
		values := r.Context[key]
		delete(r.Context, key)
		if g.whole.Decide(&r).Outcome != eval.Allowed {
			r.Context[key] = values
		}
	}
	a := Answer{Witness: &r, Statement: -1}
	if g.by.Index >= 0 {
		a.Policy, a.Statement = &g.holder.Policies[g.by.Document], g.by.Index
		return a
	}
	for _, by := range g.whole.Decide(&r).By {
		if !by.Boundary && by.Document < len(g.holder.Policies) {
			a.Policy, a.Statement = &g.holder.Policies[by.Document], by.Index
			break
		}
	}
	return a
}
