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
	// Message says in words what was found.
	Message string
	// Key tells findings of one rule in one statement apart, "" where there is one. The
	// fingerprint has it, and not the message.
	Key string
	// Witness is a request that is allowed, nil where the finding is not of one.
	Witness *eval.Request
	// Fix are the commands that would mend it, one a line, "" for none.
	Fix string
	// Choice says that the fix has a placeholder, which a person fills in.
	Choice bool
	// Unknown says why it could not be decided whether it is so, "" if it was.
	Unknown string
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
