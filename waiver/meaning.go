package waiver

import (
	"slices"

	"github.com/go-json-experiment/json/jsontext"

	"iamctl/internal/jsontree"
	"iamctl/policy"
)

// Meaning makes a waiver one of what a difference means: it accepts all drift of a scope
// of a role, however that is worded, as long as what the role of one account allows and
// that of the other does not is within what it was.
type Meaning struct {
	// Scope is one of Scopes.
	Scope string
	// Accepted is what the roles of both accounts allowed when it was accepted, in the
	// order of the waiver's Comparison; nothing where both allowed the same.
	Accepted [2]Permissions
}

// Permissions are the policy documents of a role, as JSON on one line.
type Permissions struct {
	Documents []string
	// Boundary is nil if there is none.
	Boundary []string
}

// Scopes returns what a meaning may be about: what a role may do, or who may assume it.
func Scopes() []string { return []string{"identity", scopeTrust} }

const scopeTrust = "trust"

// meaning checks a waiver that is bound to a meaning.
func (c *checker) meaning(w *Waiver, of string) {
	m := w.Meaning
	if m == nil {
		return
	}
	if !slices.Contains(Scopes(), m.Scope) {
		c.fail("meaning", `%s is bound to a meaning whose "scope" is %q: it is "identity" or "trust"`, of, jsontree.Cut(m.Scope))
	}
	if w.Comparison == (Comparison{}) {
		c.fail("comparison", `%s is bound to a meaning and has no "comparison": name the tags of the two accounts in the order of "accepted"`, of)
	}
	for i := range m.Accepted {
		p := &m.Accepted[i]
		if c.place == nil && !p.valid() {
			c.fail("meaning", `%s is bound to a meaning of which a document is no policy document`, of)
		}
		if m.Scope == scopeTrust && (len(p.Documents) > 1 || p.Boundary != nil) {
			c.fail("meaning", `a role has one trust policy and no boundary for it: write the meaning anew with 'iamctl waive --meaning'`)
		}
	}
}

// meaning reads the meaning that a waiver is bound to.
func (p *parser) meaning(n jsontree.Node, f field) bool {
	failed := p.Failed()
	if n.Kind != '{' {
		p.Fail(n.At, `found %s, but %q is an object: 'iamctl waive --meaning' writes it`, jsontree.Describe(n), f.name)
		return false
	}
	out := &Meaning{}
	for _, m := range p.Distinct(n) {
		switch m.Name {
		case "scope":
			if out.Scope = m.Value.Text; m.Value.Kind != '"' || !slices.Contains(Scopes(), out.Scope) {
				p.Fail(m.Value.At, `found %s, but "scope" is "identity" or "trust"`, jsontree.Describe(m.Value))
			}
		case "accepted":
			p.accepted(m.Value, out)
		default:
			p.Unknown(m.At, m.Name, "a meaning", "scope", "accepted")
		}
	}
	if out.Scope == "" && p.Failed() == failed {
		p.Fail(n.At, `the meaning has no "scope": it is "identity" or "trust"`)
	}
	*f.meaning = out
	return p.Failed() == failed
}

func (p *parser) accepted(n jsontree.Node, m *Meaning) {
	if n.Kind != '[' || len(n.Items) != 2 {
		p.Fail(n.At, `found %s, but "accepted" is a list of what both roles allowed: 'iamctl waive --meaning' writes it`, jsontree.Describe(n))
		return
	}
	for i, item := range n.Items {
		if item.Kind != '{' {
			p.Fail(item.At, `found %s, but what a role allowed is an object with "documents"`, jsontree.Describe(item))
			continue
		}
		for _, member := range p.Distinct(item) {
			switch member.Name {
			case "documents":
				m.Accepted[i].Documents = p.documents(member)
			case "boundary":
				m.Accepted[i].Boundary = p.documents(member)
			default:
				p.Unknown(member.At, member.Name, "what a role allowed", "documents", "boundary")
			}
		}
	}
}

// documents reads a list of policy documents, which is not nil.
func (p *parser) documents(m jsontree.Member) []string {
	out := []string{}
	if m.Value.Kind != '[' {
		p.Fail(m.Value.At, "found %s, but %q is a list of policy documents", jsontree.Describe(m.Value), m.Name)
		return out
	}
	for _, n := range m.Value.Items {
		d, problems, err := policy.Parse(p.Raw(n))
		if err != nil {
			p.Fail(n.At, "found %s, which is no policy document: write the meaning anew with 'iamctl waive --meaning'", jsontree.Describe(n))
			continue
		}
		if i := slices.IndexFunc(problems, major); i >= 0 {
			p.Fail(n.At, "the policy document is not right: %s: write the meaning anew with 'iamctl waive --meaning'", jsontree.Cut(problems[i].Message))
		}
		out = append(out, d.String())
	}
	return out
}

// compact returns JSON without blanks.
func compact(text string) string {
	v := jsontext.Value(text)
	if v.Compact() != nil {
		return text
	}
	return string(v)
}

// meaning writes the meaning that a waiver is bound to, a line for each document.
func (w *writer) meaning(m *Meaning) {
	if m == nil {
		return
	}
	w.Key("meaning")
	w.Block("{}", func() {
		w.member("scope", m.Scope)
		if m.Accepted[0].none() && m.Accepted[1].none() {
			return
		}
		w.Key("accepted")
		w.Block("[]", func() {
			for i := range m.Accepted {
				w.Line()
				w.Block("{}", func() {
					w.documents("documents", m.Accepted[i].Documents)
					w.documents("boundary", m.Accepted[i].Boundary)
				})
			}
		})
	})
}

// valid reports whether all documents are some.
func (p *Permissions) valid() bool {
	return !slices.ContainsFunc(slices.Concat(p.Documents, p.Boundary), func(text string) bool {
		_, problems, err := policy.Parse(text)
		return err != nil || slices.ContainsFunc(problems, major)
	})
}

func major(p policy.Problem) bool { return !p.Minor }

func (p *Permissions) none() bool { return len(p.Documents) == 0 && p.Boundary == nil }

func (w *writer) documents(name string, list []string) {
	if list == nil {
		return
	}
	w.Key(name)
	w.Block("[]", func() {
		for _, d := range list {
			w.Line()
			w.JSON(compact(d))
		}
	})
}
