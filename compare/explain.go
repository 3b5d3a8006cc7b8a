package compare

import (
	"context"
	"slices"
	"strings"

	"iamctl/diff"
	"iamctl/meaning"
	"iamctl/normalize"
	"iamctl/policy"
	"iamctl/result"
	"iamctl/verdict/question"
)

// Explain compares two accounts and says what that means for the role with a name: the
// normalised one, or that in either account. The questions are put to the role of both.
func Explain(ctx context.Context, sides [2]Side, name string, questions []meaning.Question, o Options) (*result.Story, error) {
	c, err := newComparison(ctx, sides, o)
	if err != nil {
		return nil, err
	}
	changes, err := c.compare(ctx, c.sides)
	if err != nil {
		return nil, err
	}
	changes.Gaps = append(changes.Gaps, c.outdated...)
	role, err := findRole(changes, name)
	if err != nil {
		return nil, err
	}
	judge, err := c.within(ctx, changes)
	if err != nil {
		return nil, err
	}
	e := &explainer{changes: changes, role: role, judge: judge}
	e.result = result.New(changes, result.Meta{})
	e.judged()
	e.tell()
	for i := range questions {
		e.ask(&questions[i])
	}
	e.story.Conclude()
	return &e.story, ctx.Err()
}

// found is a role of one account or of both.
type found struct {
	pair  *diff.Pair // nil for a role of one account alone
	roles [2]*normalize.Role
}

// explainer tells the story of a role.
type explainer struct {
	changes *diff.Changes
	role    found
	judge   *meaning.Judge
	result  *result.Result
	story   result.Story
}

// judged sets what the differences of this one role mean.
func (e *explainer) judged() {
	e.result.SetMeanings(
		func(p *diff.Pair) *meaning.Meaning {
			if p != e.role.pair {
				return nil
			}
			return e.judge.Differing(p)
		},
		func(side int, r *normalize.Role) *meaning.Meaning {
			if e.role.pair != nil || r != e.role.roles[side] {
				return nil
			}
			return e.judge.Alone(side, r)
		},
		func(x *diff.AWSChange) *meaning.Meaning {
			if !e.holds(x) {
				return nil
			}
			return e.judge.AWS(x)
		})
}

// holds reports whether the role has a policy that AWS changed.
func (e *explainer) holds(x *diff.AWSChange) bool {
	return slices.ContainsFunc(x.Holders, func(h diff.AWSHolder) bool { return e.role.pair != nil && h.A == e.role.pair.A })
}

// tell fills the story.
func (e *explainer) tell() {
	s := &e.story
	s.Accounts, s.Attributes, s.Statements = e.result.Accounts, []result.Attribute{}, []result.Deciding{}
	s.Elsewhere, s.AWSChanges, s.Gaps = []result.Elsewhere{}, []result.StoryChange{}, []result.Gap{}
	for i := range e.changes.Common {
		if &e.changes.Common[i] == e.role.pair {
			p := &e.result.CommonRoles[i]
			s.RoleName, s.Pairing, s.Differs, s.Meaning = p.RoleName, p.Reason, p.Differs, p.Meaning
			s.Attributes, s.Gaps = append(s.Attributes, p.Attributes...), append(s.Gaps, p.Blind...)
			s.Roles = result.Sides[*result.Role]{A: &p.A, B: &p.B}
			s.Items = result.Sides[int]{A: p.OnlyA.Len() + p.ImpossibleA.Len(), B: p.OnlyB.Len() + p.ImpossibleB.Len()}
		}
	}
	for side := range 2 {
		i := slices.Index(e.changes.Only(side), e.role.roles[side])
		if e.role.pair != nil || i < 0 {
			continue
		}
		u := &(*e.result.UniqueRoles.Of(side))[i]
		s.RoleName, s.Differs, s.Meaning = u.RoleName, true, u.Meaning
		*s.Roles.Of(side), *s.Items.Of(side) = &u.Role, u.Items.Len()+u.Impossible.Len()
	}
	for i := range e.changes.AWSChanges {
		if x := &e.result.AWSChanges[i]; e.holds(&e.changes.AWSChanges[i]) {
			s.AWSChanges = append(s.AWSChanges, result.StoryChange{PolicyName: x.PolicyName, ARN: x.ARN, Versions: x.Versions, Meaning: x.Meaning})
		}
	}
	e.gaps()
	for _, scope := range result.Scopes() {
		if a := s.Meaning.Of(scope); a != nil {
			e.statements(scope, a)
		}
	}
}

// gaps adds what could not be read of the role to what was not compared.
func (e *explainer) gaps() {
	for _, g := range e.changes.Gaps {
		of := result.GapOf(g)
		if e.touches(&of) && !slices.Contains(e.story.Gaps, of) {
			e.story.Gaps = append(e.story.Gaps, of)
		}
	}
}

// touches reports whether a gap is about the role, one of its policies, or all. A role of
// its name that the other account could not compare may be the role, too.
func (e *explainer) touches(g *result.Gap) bool {
	if g.Name == "" {
		return true
	}
	for side, r := range e.role.roles {
		if g.Account != "" && g.Account != e.changes.Account(side).Tag {
			continue
		}
		if r == nil {
			if there := e.role.roles[1-side]; g.OfRole() && (strings.EqualFold(g.Name, there.Name) || strings.EqualFold(g.Name, there.Raw.Name)) {
				return true
			}
			continue
		}
		if g.OfRole() && (g.Name == r.Raw.Name || g.Name == r.Name) ||
			slices.ContainsFunc(r.Policies, func(p normalize.Policy) bool { return p.Raw.ARN == g.Name }) {
			return true
		}
	}
	return false
}

// statements adds the statements that decide the witnesses of a scope, each once.
func (e *explainer) statements(scope string, a *result.Scope) {
	for i := range a.Witnesses {
		if w := &a.Witnesses[i]; e.role.pair != nil {
			e.elsewhere(scope, w)
		}
		for side, places := range a.Witnesses[i].Statements {
			for _, p := range places {
				d := result.Deciding{Account: side + 1, Scope: scope, Place: p}
				d.Text = e.judge.Statement(side, e.role.roles[side], isTrust(scope), result.StatementOf(&p)).Text
				if !slices.Contains(e.story.Statements, d) {
					e.story.Statements = append(e.story.Statements, d)
				}
			}
		}
	}
}

// elsewhere adds what a witness is in the other account, unless it is the same.
func (e *explainer) elsewhere(scope string, w *question.Witness) {
	trust := isTrust(scope)
	q := meaning.Question{}
	q.Action, q.Resource = w.Action, w.Resource
	if trust {
		q.Principal = policy.PrincipalOf(w.Principal)
	}
	there := e.judge.There(e.role.roles, w.AllowedBy-1, trust, &q.Request)
	if there.Resource != w.Resource || trust && there.Principal.Value != w.Principal {
		e.story.Elsewhere = append(e.story.Elsewhere, result.Elsewhere{Scope: scope, AllowedBy: w.AllowedBy, Principal: there.Principal.Value, Resource: there.Resource})
	}
}

// ask puts a question to the role of both accounts.
func (e *explainer) ask(q *meaning.Question) {
	asked := e.judge.Ask(e.role.roles, q)
	out := result.Asked{Scope: result.ScopeIdentity, Given: asked.Given + 1}
	if q.Trust {
		out.Scope = result.ScopeTrust
	}
	for side, r := range e.role.roles {
		if r == nil {
			continue
		}
		request, decision := asked.Requests[side], &asked.Decisions[side]
		reply := &result.AskedReply{
			Principal: request.Principal.Value, Action: request.Action, Resource: request.Resource,
			Context: map[string]question.Values{}, Outcome: decision.Outcome.String(), Reason: decision.Reason,
			Statements: []result.Deciding{},
		}
		for key, values := range request.Context {
			reply.Context[key] = values
		}
		for i, by := range decision.By {
			st := &asked.By[side][i]
			reply.Statements = append(reply.Statements, result.Deciding{Account: side + 1, Scope: out.Scope, Place: result.PlaceOf(&st.Policy, st.Level, by), Text: st.Text})
		}
		*out.Answers.Of(side) = reply
	}
	e.story.Asked = append(e.story.Asked, out)
}

// isTrust reports whether a scope is about who may assume a role.
func isTrust(scope string) bool {
	return scope == result.ScopeTrust || scope == result.ScopeEffectiveTrust
}
