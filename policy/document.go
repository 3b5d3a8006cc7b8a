// Package policy is the IAM policy language: parsing, canonical form,
// patterns, ARNs and conditions. It is pure and imports nothing of iamctl.
//
// The rules are those of the IAM User Guide, "IAM JSON policy reference".
package policy

// Document is a parsed policy document.
//
// The element lists of a statement are nil where the element is absent, and
// empty but not nil where it is present with an empty list.
type Document struct {
	// Version is as written, "" where absent. Only "2012-10-17" has policy
	// variables; anything else reads ${...} as plain text.
	Version    string
	ID         string
	Statements []Statement
	// Unknown are the elements that the policy language does not have.
	Unknown []Element
}

// Statement is one statement of a document.
type Statement struct {
	Sid string
	// Effect is as written; Allow and Deny are the legal ones.
	Effect       string
	Action       []string
	NotAction    []string
	Resource     []string
	NotResource  []string
	Principal    []Principal
	NotPrincipal []Principal
	Condition    []Condition
	Unknown      []Element
	// Line and Column are where the statement begins, from 1. Canonical
	// form has neither.
	Line, Column int
}

// Principal is one principal. The bare "*" has the type "*" and the value "*".
type Principal struct {
	// Type is AWS, Service, Federated, CanonicalUser or, kept as written,
	// one that the language does not have.
	Type  string
	Value string
}

// Condition is one operator, key and its values. A statement's conditions
// must all hold; of a condition's values one is enough.
type Condition struct {
	// Operator is with its set qualifier and IfExists, such as
	// "ForAnyValue:StringLikeIfExists".
	Operator string
	Key      string
	// Values are text: true, false and numbers as JSON writes them.
	Values []string
}

// Element is an element that iamctl does not know, with its JSON value.
type Element struct {
	Name string
	// JSON is the value in compact JSON with sorted keys.
	JSON string
}
