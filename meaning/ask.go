package meaning

import (
	"maps"
	"slices"

	"iamctl/normalize"
	"iamctl/normalize/rewrite"
	"iamctl/policy"
	"iamctl/policy/eval"
)

// Question is a request that is put to a role of both accounts.
type Question struct {
	eval.Request
	// Trust asks the trust policy whether the principal gets in, not what the role
	// may do.
	Trust bool
	// AsWritten puts the same request to both sides, whatever names it has.
	AsWritten bool
}

// Asked is what becomes of a request on both sides.
type Asked struct {
	// Given is the side in whose names the request was, -1 where it has none that
	// are meant to differ.
	Given int
	// Requests are the request in the names of each side.
	Requests  [2]*eval.Request
	Decisions [2]eval.Decision
	// By are the policies and texts of the statements that decide.
	By [2][]Statement
}

// Statement is a statement of a role's policy.
type Statement struct {
	Policy
	// Index is the statement's in the policy, from 0, -1 for the policy as a whole.
	Index int
	// Text is the statement as the account has it, as JSON.
	Text string
	// Level is the name of the level of a control policy, "" for others.
	Level string
}

// Ask puts a request to the roles, each in the names of its own account. A nil role
// allows nothing.
func (j *Judge) Ask(roles [2]*normalize.Role, q *Question) *Asked {
	var sides [2]*role
	s := &scope{}
	for side, r := range roles {
		sides[side] = &role{}
		if r != nil {
			sides[side] = j.role(side, r, nil)
		}
		s.identity[side], s.boundary[side] = sides[side].asked(q.Trust)
	}
	if roles[0] != nil && roles[1] != nil {
		named := namedAccounts(roles[0].Raw.Trust, roles[1].Raw.Trust)
		j.named.Store(roles[0], named)
		j.named.Store(roles[1], named)
	}
	out := &Asked{Given: -1, Requests: [2]*eval.Request{&q.Request, &q.Request}}
	if !q.AsWritten {
		out.translate(j, s, &q.Request)
	}
	for side := range 2 {
		var why string
		if roles[side] != nil {
			sides[side], why = j.effectiveRole(side, roles[side], sides[side], q.Trust)
			s.control[side] = sides[side].control
		}
		if out.Decisions[side] = sides[side].decide(out.Requests[side], q.Trust); why != "" && out.Decisions[side].Outcome == eval.Allowed {
			out.Decisions[side] = eval.Decision{Outcome: eval.Undecided, Reason: why}
		}
		for _, by := range out.Decisions[side].By {
			out.By[side] = append(out.By[side], s.statement(side, by))
		}
	}
	return out
}

// asked returns the documents that are asked.
func (r *role) asked(trust bool) (identity, boundary []*document) {
	if trust {
		return r.trust, nil
	}
	return r.identity, r.boundary
}

// decide asks a role's documents. What could not be read decides nothing.
func (r *role) decide(request *eval.Request, trust bool) eval.Decision {
	identity, boundary := r.asked(trust)
	for _, d := range slices.Concat(identity, boundary) {
		if d.problem != "" {
			return eval.Decision{Outcome: eval.Undecided, Reason: d.said()}
		}
	}
	return r.asker(trust)(request)
}

// translate sets what the request is on the other side than that in whose names it is.
func (a *Asked) translate(j *Judge, s *scope, r *eval.Request) {
	var inTokens [2]*eval.Request
	var found [2]int
	for side := range 2 {
		inTokens[side], found[side] = j.withTokens(side, r)
	}
	switch {
	case found[0] == 0 && found[1] == 0:
		return
	case found[0] >= found[1]:
		a.Given = 0
	default:
		a.Given = 1
	}
	a.Requests[1-a.Given] = s.there(j, a.Given, inTokens[a.Given])
}

// there returns what a request in tokens, in the names of a side, is on the other side.
func (s *scope) there(j *Judge, side int, inTokens *eval.Request) *eval.Request {
	return s.translations(j.lexicon, 1-side, counterpart(inTokens, j.libraries[side].account.Rewriter))[0]
}

// There returns what a request in the names of a side's account is in those of the
// other account.
func (j *Judge) There(roles [2]*normalize.Role, side int, trust bool, r *eval.Request) *eval.Request {
	s := &scope{}
	for i, role := range roles {
		if role != nil {
			s.identity[i], s.boundary[i] = j.role(i, role, nil).asked(trust)
		}
	}
	inTokens, _ := j.withTokens(side, r)
	return s.there(j, side, inTokens)
}

// withTokens returns a request with tokens for what is meant to differ in the names
// of a side, and how many there are.
func (j *Judge) withTokens(side int, r *eval.Request) (out *eval.Request, found int) {
	st := policy.Statement{Effect: "Allow", Principal: []policy.Principal{r.Principal}, Resource: []string{r.Resource}}
	for _, key := range slices.Sorted(maps.Keys(r.Context)) {
		st.Condition = append(st.Condition, policy.Condition{Operator: "StringEquals", Key: key, Values: r.Context[key]})
	}
	d := j.libraries[side].account.Rewriter.Document(&policy.Document{Statements: []policy.Statement{st}}, func(f rewrite.Found) string {
		found++
		return j.lexicon.token(f)
	})
	st = d.Statements[0]
	out = &eval.Request{Principal: st.Principal[0], Action: r.Action, Resource: st.Resource[0], Context: map[string][]string{}}
	for _, c := range st.Condition {
		out.Context[c.Key] = c.Values
	}
	return out, found
}

// Statement returns a statement of what a side's role may do, or of its trust policy, by
// its place among the documents of verdict.Permissions.
func (j *Judge) Statement(side int, r *normalize.Role, trust bool, at eval.Statement) Statement {
	s := &scope{}
	of := j.role(side, r, nil)
	s.identity[side], s.boundary[side] = of.asked(trust)
	of, _ = j.effectiveRole(side, r, of, trust)
	s.control[side] = of.control
	return s.statement(side, at)
}

// effectiveRole returns a role within what bounds it, where that is asked about, or why it
// is not known.
func (j *Judge) effectiveRole(side int, r *normalize.Role, bare *role, trust bool) (*role, string) {
	if j.bounds[side] == nil {
		return bare, ""
	}
	of, why := j.bounded(side, r, bare, trust)
	if why != "" {
		return bare, "what bounds the role is not known: " + why
	}
	if of.unknown != "" {
		return of, "what bounds an account that the trust policy names is not known: " + of.unknown
	}
	return of, ""
}

func (s *scope) statement(side int, at eval.Statement) Statement {
	list, level := s.identity[side], ""
	switch {
	case at.Level > len(s.control[side]):
		list = nil
	case at.Level > 0:
		list, level = s.control[side][at.Level-1].documents, s.control[side][at.Level-1].Name
	case at.Boundary:
		list = s.boundary[side]
	}
	if at.Document < 0 || at.Document >= len(list) {
		return Statement{Index: at.Index, Level: level}
	}
	d := list[at.Document]
	return Statement{d.Policy, at.Index, d.text(at.Index), level}
}

// text returns a statement as the account has it.
func (d *document) text(i int) string {
	if d.written == nil || i < 0 || i >= len(d.written.Statements) {
		return ""
	}
	return d.written.Statements[i].String()
}
