// Package gate asks a trust policy who gets in. It decides by search and evaluation,
// never by the text of a statement: conditions and denies count.
package gate

import (
	"maps"
	"slices"

	"iamctl/policy"
	"iamctl/policy/eval"
	"iamctl/verdict"
)

// Gate is a trust policy that is asked.
type Gate struct {
	c *verdict.Comparer
	// whole is the policy as it is, d for those who are asked about.
	whole, d *policy.Document
}

// Answer is who gets in.
type Answer struct {
	// Witness is a request that is let in, with no condition key but those that matter;
	// nil if there is none.
	Witness *eval.Request
	// Statement is which statement lets it in, -1 if there is no witness.
	Statement int
	// Unknown says why it could not be decided whether there is one, "" if it was.
	Unknown string
}

// Open reports whether somebody may get in.
func (a Answer) Open() bool { return a.Witness != nil || a.Unknown != "" }

// New returns the gate of a trust policy; a nil one lets in nobody. Nor does a principal
// that was deleted, of which the policy has the unique id.
func New(c *verdict.Comparer, d *policy.Document) Gate {
	return Gate{c, d, possible(alive(d))}.natural()
}

// Anybody asks whether anybody at all gets in.
func (g Gate) Anybody() Answer {
	r := g.c.Trust(nil, g.d)
	for i := range r.Witnesses {
		if !r.Witnesses[i].Impossible { // no principal of its type can ask for that
			return g.answer(&r.Witnesses[i])
		}
	}
	a := Answer{Statement: -1}
	if r.Verdict == verdict.Unknown {
		a.Unknown = r.Reason
	}
	return a
}

// answer is a witness without the keys that only the question was about.
func (g Gate) answer(w *verdict.Witness) Answer {
	r := w.Request
	r.Context = maps.Clone(r.Context)
	for _, key := range slices.Sorted(maps.Keys(r.Context)) {
		values := r.Context[key]
		delete(r.Context, key)
		if eval.Trust(g.whole, &r).Outcome != eval.Allowed {
			r.Context[key] = values
		}
	}
	a := Answer{Witness: &r, Statement: -1}
	if by := eval.Trust(g.whole, &r).By; len(by) > 0 {
		a.Statement = by[0].Index
	}
	return a
}

// But returns the gate for those alone to whom a Deny under the conditions does not
// apply.
func (g Gate) But(conditions ...policy.Condition) Gate {
	return g.with(policy.Statement{Effect: "Deny", Action: []string{"sts:*"}, Principal: everybody, Condition: conditions})
}

const principalAccount = "aws:PrincipalAccount"

// From returns the gate for principals of the accounts alone. Services and identity
// providers have no account (IAM User Guide, "aws:PrincipalAccount").
func (g Gate) From(accounts ...string) Gate {
	return g.of(accounts).But(policy.Condition{Operator: "StringNotEquals", Key: principalAccount, Values: accounts})
}

// FromOthers returns the gate for principals of all other accounts.
func (g Gate) FromOthers(accounts ...string) Gate {
	return g.WithKey(principalAccount).But(policy.Condition{Operator: "StringEquals", Key: principalAccount, Values: accounts})
}

// WithKey returns the gate for requests alone that have a condition key.
func (g Gate) WithKey(key string) Gate {
	return g.But(policy.Condition{Operator: "Null", Key: key, Values: []string{"true"}})
}

// WithoutKey returns the gate for requests alone that have not.
func (g Gate) WithoutKey(key string) Gate {
	return g.But(policy.Condition{Operator: "Null", Key: key, Values: []string{"false"}})
}

// OutsideOrganization returns the gate for principals alone that are not of an
// organisation.
func (g Gate) OutsideOrganization(id string) Gate {
	if id == "" {
		return g
	}
	return g.But(policy.Condition{Operator: "StringEqualsIgnoreCase", Key: "aws:PrincipalOrgID", Values: []string{id}}).
		But(policy.Condition{Operator: "ForAnyValue:StringLike", Key: "aws:PrincipalOrgPaths", Values: []string{id + "/*"}})
}
