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
)

// Of returns the scope with a name, nil if there is none.
func (m *Meaning) Of(scope string) *Scope {
	switch {
	case m == nil:
		return nil
	case scope == ScopeTrust:
		return m.Trust
	}
	return m.Identity
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
	if m.Trust != nil {
		return m.Trust.Severity
	}
	return severity.None
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
	for _, c := range m.ByAWS {
		out.ByAWS = append(out.ByAWS, c.Name)
	}
	if out.Identity != nil {
		for i := range out.Identity.Witnesses {
			w := &out.Identity.Witnesses[i]
			w.Principal = arns[w.AllowedBy-1]
		}
	}
	for _, s := range []*Scope{out.Identity, out.Trust} {
		if s != nil && s.Severity.Worse(out.Severity) {
			out.Severity = s.Severity
		}
	}
	return out
}

// PlaceOf returns the place of a statement of a policy.
func PlaceOf(p *meaning.Policy, at eval.Statement) question.Place {
	return question.Place{
		PolicyType: string(p.Type), PolicyName: p.Name, PolicyARN: p.ARN, File: p.File,
		Boundary: at.Boundary, Document: at.Document, Statement: at.Index,
	}
}

func scopeOf(s *meaning.Scope) *Scope {
	if s == nil {
		return nil
	}
	a := question.AnswerOf(nil, &s.Result, s.Judgement, s.Written()...)
	for i := range a.Witnesses {
		for side, places := range a.Witnesses[i].Statements {
			for k := range places {
				p := s.Documents[side].At(places[k].Boundary, places[k].Document)
				places[k] = PlaceOf(&p, eval.Statement{Boundary: places[k].Boundary, Document: places[k].Document, Index: places[k].Statement})
			}
		}
	}
	return &a
}
