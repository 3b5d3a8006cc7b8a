package rule

import (
	"iamctl/audit/account"
	"iamctl/inventory"
	"iamctl/policy/eval"
	"iamctl/verdict/severity"
)

// Finding is one thing that a rule found.
type Finding struct {
	// Severity is "" for the rule's.
	Severity severity.Level
	Entity   Entity
	// Policy is the document that it comes from, nil where none does.
	Policy *account.Policy
	// Statement is the statement's place in the document, from 0; -1 for none.
	Statement int
	// And are the further statements without which it would not be so.
	And []Place
	// Message says in words what was found.
	Message string
	// Key tells findings of one rule in one statement apart, "" where there is one. The
	// fingerprint has it, and not the message.
	Key string
	// Rank is the place of the finding among those of its rule and severity in the account,
	// the lower first.
	Rank int
	// Witness is a request that is allowed, nil where the finding is not of one.
	Witness *eval.Request
	// Steps are those of a chain, each with what proves it; nil where the witness does.
	Steps []Step
	// Fix are the commands that would mend it, one a line, "" for none.
	Fix string
	// Choice says that the fix has a placeholder, which a person fills in.
	Choice bool
	// Change is the one that the fix makes of Policy, nil where it makes none or the change
	// is a person's choice.
	Change Rewrite
	// Unknown says why it could not be decided whether it is so, "" if it was.
	Unknown string
}

// Place is a statement of a policy, by its place from 0.
type Place struct {
	Policy    *account.Policy
	Statement int
}

// Step is one of several by which an entity comes to what a finding says.
type Step struct {
	// Entity is who takes it.
	Entity Entity
	// Does says what it does, in words.
	Does string
	// Request is allowed by the permissions of the entity or, if Trusting is a role, by its
	// trust policy. It is nil where that could not be decided.
	Request  *eval.Request
	Trusting *account.Holder
	// By are the permissions that allow it, if the entity has them by an earlier step only;
	// nil for those that it has.
	By *eval.Permissions
}

// Entity is what a finding is about.
type Entity struct {
	Kind inventory.Entity
	// Name is a managed policy's ARN, "account" for the account.
	Name string
	ARN  string
}

// Of returns a finding about a holder.
func Of(h *account.Holder) Finding {
	return Finding{Entity: Entity{h.Kind, h.Name, h.ARN}, Statement: -1}
}

// In returns a finding about a statement of a holder's policy.
func In(h *account.Holder, p *account.Policy, statement int) Finding {
	f := Of(h)
	f.Policy, f.Statement = p, statement
	return f
}

// OfAccount returns a finding about the account.
func OfAccount() Finding {
	return Finding{Entity: Entity{Kind: inventory.EntityAccount, Name: "account"}, Statement: -1}
}
