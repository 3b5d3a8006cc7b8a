package meaning

import (
	"slices"

	"iamctl/diff"
	"iamctl/inventory"
	"iamctl/normalize"
	"iamctl/policy"
	"iamctl/policy/eval"
	"iamctl/verdict"
)

// role is the documents of a role; the zero role has no policy and trusts nobody.
type role struct {
	identity, trust []*document
	boundary        []*document // nil if there is none
	// control are the control policies that bound the role, or who may assume it, by level;
	// nil if there are none, or if they are not asked about.
	control []controlLevel
	// unknown says why it is not known what bounds an account that the role trusts.
	unknown string
	// arn is the role's, and tokenARN that with tokens.
	arn, tokenARN string
	// general reports that what is said must hold for all accounts with the like of it.
	general bool
}

// controlLevel is a level with its documents.
type controlLevel struct {
	Level
	documents []*document
	// caller reports that the level is one of the account of who asks to assume the role.
	caller bool
}

// controls returns the documents of all levels.
func (r *role) controls() []*document {
	var out []*document
	for _, l := range r.control {
		out = append(out, l.documents...)
	}
	return out
}

// levels returns the documents of control policies by level, nil if there are none.
func (r *role) levels(f form) [][]*policy.Document {
	if r.control == nil {
		return nil
	}
	out := make([][]*policy.Document, len(r.control))
	for i, l := range r.control {
		out[i] = f.all(l.documents)
	}
	return out
}

// role returns the documents of a side's role, of policies that AWS changed in the
// versions of a side that of has.
func (j *Judge) role(side int, r *normalize.Role, of versions) *role {
	out := &role{general: j.general != nil && j.general(r.Name)}
	for i := range r.Policies {
		p := &r.Policies[i]
		d := j.document(side, r, p, of)
		switch p.Type {
		case inventory.Trust:
			out.trust = append(out.trust, d)
		case inventory.Boundary:
			out.boundary = append(out.boundary, d)
		default:
			out.identity = append(out.identity, d)
		}
	}
	return out
}

// document returns a policy's document.
func (j *Judge) document(side int, r *normalize.Role, p *normalize.Policy, of versions) *document {
	l := j.libraries[side]
	from, ok := of[p.Raw.ARN]
	if !ok || from == side {
		return l.of(r, p)
	}
	d := *l.get(j.libraries[from].texts.Managed(p.Raw.ARN), p.Rewriter)
	d.Policy = Policy{Type: p.Type, Name: p.Name, ARN: p.Raw.ARN}
	return &d
}

// policy returns the document of a managed policy that a holder's role has.
func (l *library) policy(h *diff.AWSHolder, side int, arn string) *document {
	r := h.Role(side)
	for i := range r.Policies {
		if p := &r.Policies[i]; p.Raw.ARN == arn {
			return l.of(r, p)
		}
	}
	return &document{problem: "is not there"}
}

// form chooses a form of a document.
type form func(*document) *policy.Document

func tokens(d *document) *policy.Document { return d.tokens }
func own(d *document) *policy.Document    { return d.own }

func (f form) all(list []*document) []*policy.Document {
	if list == nil {
		return nil
	}
	out := make([]*policy.Document, len(list))
	for i, d := range list {
		out[i] = f(d)
	}
	return out
}

func (r *role) permissions(f form) *verdict.Permissions {
	return &verdict.Permissions{Identity: f.all(r.identity), Boundary: f.all(r.boundary), Control: r.levels(f)}
}

// admission returns what says who may assume the role, which has that ARN.
func (r *role) admission(f form, arn string) *eval.Admission {
	return &eval.Admission{Trust: r.trusted(f), Control: r.levels(f), Role: arn}
}

// asker returns who answers for the role in the account's own words.
func (r *role) asker(trust bool) asker {
	if trust {
		return r.admission(own, r.arn).Decide
	}
	return r.permissions(own).Decide
}

// trusted returns the trust policy, nil if there is none.
func (r *role) trusted(f form) *policy.Document {
	if len(r.trust) == 0 {
		return nil
	}
	return f(r.trust[0])
}

// asker asks documents about a request.
type asker func(*eval.Request) eval.Decision

// policies returns the policies of documents.
func policies(list []*document) []Policy {
	out := make([]Policy, len(list))
	for i, d := range list {
		out[i] = d.Policy
	}
	return out
}

// statements returns the statements of documents in tokens, sorted, each once.
func statements(list []*document) []string {
	var out []string
	for _, d := range list {
		if d.tokens != nil {
			out = append(out, d.printed()...)
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// print returns the statements in tokens, as text.
func (d *document) print() []string {
	out := make([]string, 0, len(d.tokens.Statements)+1)
	for _, s := range d.tokens.Statements {
		s.Line, s.Column = 0, 0
		out = append(out, (&policy.Document{Statements: []policy.Statement{s}, Version: "2012-10-17"}).String())
	}
	for _, u := range d.tokens.Unknown {
		out = append(out, u.Name+u.JSON)
	}
	return out
}
