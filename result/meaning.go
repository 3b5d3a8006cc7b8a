package result

import (
	"iamctl/diff"
	"iamctl/meaning"
	"iamctl/normalize"
	"iamctl/policy/eval"
	"iamctl/verdict"
	"iamctl/verdict/question"
	"iamctl/verdict/severity"
)

// Meaning is what the differences of a role, or of a policy of AWS's, mean. A nil
// Meaning is of a file that does not say.
type Meaning struct {
	// Severity is the worst of both scopes, "critical" to "none".
	Severity severity.Level `json:"severity"`
	// Identity is about what the role may do, Trust about who may assume it.
	Identity *Scope `json:"identity,omitempty"`
	Trust    *Scope `json:"trust,omitempty"`
	// Effective is Identity within the service control policies, and EffectiveTrust Trust
	// within the resource control policies, where that was asked.
	Effective      *Scope `json:"effective,omitempty"`
	EffectiveTrust *Scope `json:"effective_trust,omitempty"`
	// ByAWS are the names of the policies that AWS changed, where that alone accounts for
	// Identity: AWSChanges has it, once for all roles.
	ByAWS []string `json:"by_aws,omitempty"`
}

// Scope is what the differences of one kind of policies mean. Its first side is account
// A.
type Scope = question.Answer

// The names of scopes.
const (
	ScopeIdentity = "identity"
	ScopeTrust    = "trust"
	// What is left of both within control policies.
	ScopeEffective      = "effective"
	ScopeEffectiveTrust = "effective-trust"
)

// Scopes returns the names of all scopes in their order.
func Scopes() []string {
	return []string{ScopeIdentity, ScopeTrust, ScopeEffective, ScopeEffectiveTrust}
}

// EffectiveOf returns the name of what is left of a scope within control policies.
func EffectiveOf(scope string) string {
	if scope == ScopeTrust {
		return ScopeEffectiveTrust
	}
	return ScopeEffective
}

// Of returns the scope with a name, nil if there is none.
func (m *Meaning) Of(scope string) *Scope {
	switch {
	case m == nil:
		return nil
	case scope == ScopeTrust:
		return m.Trust
	case scope == ScopeEffective:
		return m.Effective
	case scope == ScopeEffectiveTrust:
		return m.EffectiveTrust
	}
	return m.Identity
}

// Left returns what is left of a scope within control policies, nil where that was not asked.
func (m *Meaning) Left(scope string) *Scope { return m.Of(EffectiveOf(scope)) }

// deciding returns the scope that decides whether the differences in one count: what is left
// of it within control policies, where that was asked.
func (m *Meaning) deciding(scope string) *Scope {
	own := m.Own(scope)
	if e := m.Of(EffectiveOf(scope)); e != nil && own != nil && !Unchanged(own) {
		return e
	}
	return own
}

// Own returns the scope with a name without what AWS changed, nil if there is none.
func (m *Meaning) Own(scope string) *Scope {
	if s := m.Of(scope); s == nil || scope != ScopeIdentity || len(m.ByAWS) == 0 {
		return s
	}
	return &Scope{Verdict: verdict.Equal, Future: verdict.Equal, Severity: severity.None, Kind: "no change in permission but AWS's"}
}

// OwnLevel returns the severity without what AWS changed, "" of a nil Meaning.
func (m *Meaning) OwnLevel() severity.Level {
	if m == nil || len(m.ByAWS) == 0 {
		return m.Level()
	}
	worst := severity.None
	for _, scope := range Scopes()[1:] {
		if s := m.Of(scope); s != nil && s.Severity.Worse(worst) {
			worst = s.Severity
		}
	}
	return worst
}

// Level returns the severity, "" of a nil Meaning.
func (m *Meaning) Level() severity.Level {
	if m == nil {
		return ""
	}
	return m.Severity
}

// SetMeanings sets what the differences mean: of a common role, of a role that a side
// alone has, and of a policy that AWS changed. It is for a Result that New made.
func (r *Result) SetMeanings(pair func(*diff.Pair) *meaning.Meaning, alone func(side int, r *normalize.Role) *meaning.Meaning, aws func(*diff.AWSChange) *meaning.Meaning) {
	for i := range r.CommonRoles {
		p := &r.CommonRoles[i]
		m := pair(&r.changes.Common[i])
		p.Meaning, p.Allowed = meaningOf(m, p.A.ARN, p.B.ARN), allowedOf(m)
	}
	for side := range 2 {
		for i, role := range r.changes.Only(side) {
			u := &(*r.UniqueRoles.Of(side))[i]
			u.Meaning = meaningOf(alone(side, role), u.ARN, u.ARN)
		}
	}
	for i := range r.AWSChanges {
		r.AWSChanges[i].Meaning = meaningOf(aws(&r.changes.AWSChanges[i]), "", "")
	}
	r.Judge(r.marks)
}

// meaningOf returns a meaning for the roles with the ARNs: whoever asks what a role may
// do is the role.
func meaningOf(m *meaning.Meaning, arns ...string) *Meaning {
	if m == nil {
		return nil
	}
	out := &Meaning{Severity: severity.None, Identity: scopeOf(m.Identity), Trust: scopeOf(m.Trust)}
	if m.Effective != nil {
		out.Effective, out.EffectiveTrust = scopeOf(m.Effective.Identity), scopeOf(m.Effective.Trust)
	}
	for _, c := range m.ByAWS {
		out.ByAWS = append(out.ByAWS, c.Name)
	}
	for _, s := range []*Scope{out.Identity, out.Effective} {
		for i := 0; s != nil && i < len(s.Witnesses); i++ {
			w := &s.Witnesses[i]
			w.Principal = arns[w.AllowedBy-1]
		}
	}
	for _, scope := range Scopes() {
		if s := out.Of(scope); s != nil && s.Severity.Worse(out.Severity) {
			out.Severity = s.Severity
		}
	}
	return out
}

// PlaceOf returns the place of a statement of a policy; level is the name of that of a
// control policy, "" for others.
func PlaceOf(p *meaning.Policy, level string, at eval.Statement) question.Place {
	return question.Place{
		PolicyType: string(p.Type), PolicyName: p.Name, PolicyARN: p.ARN, File: p.File,
		Boundary: at.Boundary, Document: at.Document, Statement: at.Index, Level: at.Level, LevelName: level,
	}
}

// StatementOf returns the statement at a place.
func StatementOf(p *question.Place) eval.Statement {
	return eval.Statement{Boundary: p.Boundary, Document: p.Document, Index: p.Statement, Level: p.Level}
}

func scopeOf(s *meaning.Scope) *Scope {
	if s == nil {
		return nil
	}
	a := question.AnswerOf(nil, &s.Result, s.Judgement, s.Written()...)
	for i := range a.Witnesses {
		for side, places := range a.Witnesses[i].Statements {
			for k := range places {
				at := StatementOf(&places[k])
				p, level := s.Documents[side].At(at)
				places[k] = PlaceOf(&p, level, at)
			}
		}
	}
	return &a
}
