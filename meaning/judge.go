package meaning

import (
	"slices"
	"sync"

	"iamctl/diff"
	"iamctl/inventory"
	"iamctl/normalize"
	"iamctl/policy"
	"iamctl/policy/eval"
	"iamctl/reference"
	"iamctl/verdict"
	"iamctl/verdict/severity"
)

// Judge says what differences of two accounts mean. It is safe for concurrent use.
type Judge struct {
	comparer  *verdict.Comparer
	lexicon   *lexicon
	libraries [2]*library
	// account is what is known of the new side's account.
	account *severity.Account
	tags    [2]string
	// changes are the policies that AWS changed of a role of account A, and shares what
	// that has to do with what the role may do.
	changes map[*normalize.Role][]*diff.AWSChange
	shares  map[*normalize.Role]func() awsShare
	// bounds are what bounds both accounts, nil where that is not asked about.
	bounds    [2]*Bounds
	called    [2]string
	effective sync.Map // of *Effective, by the role of account A
	// whose says what the accounts name of others', nil where there are no others.
	whose Whose
	// general says of which roles account B stands for several, nil for none.
	general func(role string) bool
	named   sync.Map // of []string, the accounts that trust policies name, by role
}

// NewJudge returns the judge of a comparison by a reference, nil for the embedded one.
func NewJudge(c *diff.Changes, ref *reference.Reference) *Judge {
	l := newLexicon([2]*normalize.Account{c.A, c.B})
	j := &Judge{
		comparer: verdict.NewComparer(verdict.Options{Reference: ref, Partition: l.partition, Account: l.account}),
		lexicon:  l, tags: [2]string{c.A.Tag, c.B.Tag},
	}
	texts := &shelf{}
	for side := range j.libraries {
		j.libraries[side] = newLibrary(l, texts, side, c.Account(side))
	}
	j.account = j.libraries[1].severityAccount()
	j.noteChanges(c)
	return j
}

// Meaning is what the differences between two roles mean.
type Meaning struct {
	// Identity is about what the roles may do, Trust about who may assume them.
	Identity, Trust *Scope
	// Effective is both within the control policies of the organisations, nil where that was
	// not asked.
	Effective *Effective
	// ByAWS are the policies that AWS changed, where that alone accounts for Identity.
	ByAWS []*diff.AWSChange
}

// Scopes returns the scopes that there are, with their names.
func (m *Meaning) Scopes() map[string]*Scope {
	out := map[string]*Scope{}
	if m.Identity != nil {
		out["identity"] = m.Identity
	}
	if m.Trust != nil {
		out["trust"] = m.Trust
	}
	return out
}

// Scope is what the differences of one kind of policies mean.
type Scope struct {
	verdict.Result
	severity.Judgement
	// Documents are the policies of both sides, to which the statements of
	// witnesses refer.
	Documents [2]Documents
	// Allowed is what both sides allow, nil where that is equal, not decided, or cannot
	// be written down.
	Allowed *[2]Allowed

	sides [2][]*document
}

// Written returns the documents of both sides as the accounts have them.
func (s *Scope) Written() []*policy.Document {
	var out []*policy.Document
	for _, d := range slices.Concat(s.sides[0], s.sides[1]) {
		if d.written != nil {
			out = append(out, d.written)
		}
	}
	return out
}

// Documents are the policies of a role in the order of verdict.Permissions.
type Documents struct {
	Identity, Boundary []Policy
	Control            []Level
}

// At returns the policy of a statement, and the name of its level, "" for no control policy.
func (d *Documents) At(at eval.Statement) (p Policy, level string) {
	list := d.Identity
	switch {
	case at.Level > len(d.Control):
		return p, ""
	case at.Level > 0:
		list, level = d.Control[at.Level-1].Policies, d.Control[at.Level-1].Name
	case at.Boundary:
		list = d.Boundary
	}
	if at.Document < 0 && at.Level > 0 {
		return Policy{Type: d.Control[at.Level-1].Type}, level
	}
	if at.Document < 0 || at.Document >= len(list) {
		return p, level
	}
	return list[at.Document], level
}

// Policy is a policy of a role.
type Policy struct {
	Type inventory.PolicyType
	// Name is as the dictionary rewrites it.
	Name string
	// ARN is the account's own, "" for trust and inline policies.
	ARN string
	// File is the file of the source that has the document, "" if there is none.
	File string
}

// Pair returns what the differences of a role of both accounts mean.
func (j *Judge) Pair(p *diff.Pair) *Meaning {
	sides := [2]*role{j.role(0, p.A, nil), j.role(1, p.B, nil)}
	m := &Meaning{Trust: j.trust(sides)}
	if share := j.shares[p.A]; share != nil {
		of, copied := share(), *share().scope
		m.Identity = &copied
		if of.alone {
			m.ByAWS = j.changes[p.A]
		}
	} else {
		m.Identity = j.identity(sides)
	}
	tags := j.tagsOf(sides)
	m.Identity.later(tags, p, false)
	m.Trust.later(tags, p, true)
	if m.ByAWS == nil {
		m.Identity.Allowed = m.Identity.allowed(sides, false)
	}
	m.Trust.Allowed = m.Trust.allowed(sides, true)
	m.Effective = j.Effective(p)
	return m
}

// Differs reports whether there is a meaning to a pair: something differs, if only in what
// AWS changed.
func (j *Judge) Differs(p *diff.Pair) bool { return p.Differs() || j.changes[p.A] != nil }

// Differing is Pair for a pair that differs, and nil for another.
func (j *Judge) Differing(p *diff.Pair) *Meaning {
	if !j.Differs(p) {
		return nil
	}
	return j.Pair(p)
}

// Alone returns what a role means that a side alone has: what would be lost, or gained,
// with it.
func (j *Judge) Alone(side int, r *normalize.Role) *Meaning {
	var sides [2]*role
	sides[side], sides[1-side] = j.role(side, r, nil), &role{}
	m := &Meaning{Identity: j.identity(sides), Trust: j.trust(sides)}
	everyRoleTrusts(m.Trust)
	m.Effective = j.effectiveAlone(side, r, sides[side])
	return m
}

// everyRoleTrusts takes back that it is bad if somebody may assume a role: every role trusts
// somebody.
func everyRoleTrusts(s *Scope) {
	if s.Level == severity.High && s.Verdict != verdict.Unknown {
		s.Level = severity.Low
	}
}

func (j *Judge) identity(sides [2]*role) *Scope {
	s := j.scope(sides, func(r *role) ([]*document, []*document) { return r.identity, r.boundary })
	if s.done {
		return &s.Scope
	}
	old, new := sides[0].permissions(tokens), sides[1].permissions(tokens)
	r := j.comparer.Identity(old, new)
	s.judge(j, r, j.account.Identity(j.comparer, old, new, r), func(side int) asker { return sides[side].asker(false) })
	return &s.Scope
}

func (j *Judge) trust(sides [2]*role) *Scope {
	s := j.scope(sides, func(r *role) ([]*document, []*document) { return r.trust, nil })
	if s.done {
		return &s.Scope
	}
	old, new := sides[0].trusted(tokens), sides[1].trusted(tokens)
	r := j.compareTokens(sides[0], sides[1], true)
	s.judge(j, r, j.account.Trust(j.comparer, old, new, r), func(side int) asker { return sides[side].asker(true) })
	return &s.Scope
}
