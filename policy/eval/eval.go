// Package eval answers one request against policies: allowed, denied, not
// allowed, or undecided with the reason. It is a plain interpreter of the
// policy language, for whoever needs a judge: it uses the parser of package
// policy and its table of operators, but no pattern matching, canonical form or
// comparison of it, so that a mistake there is not repeated here.
//
// The rules are those of the IAM User Guide, "Policy evaluation logic" and "IAM
// JSON policy reference". Where AWS is silent or contradicts itself the answer
// is undecided, but only if the question depends on it: an explicit Deny that
// holds, or a sure Allow, settles it whatever else is unclear.
//
// Service and resource control policies are asked where they are given. Session policies
// and policies of resources are not.
package eval

import "iamctl/policy"

// Request is one request that a principal makes.
type Request struct {
	// Principal is who asks. Only Trust looks at it: an ARN of a role, of a
	// session (arn:aws:sts::ID:assumed-role/NAME/SESSION) or of a user, an
	// account's id or root ARN, a service or an identity provider.
	Principal policy.Principal
	// Action is service:Name, without wildcards, in any letter case.
	Action string
	// Resource is an ARN, or "*" for an action without resource. Trust does
	// not look at it.
	Resource string
	// Context has the condition keys, in any letter case. A key that is not
	// in it is absent; one with an empty list is present and has no value.
	// Nothing is added to it and nothing taken out: aws:PrincipalArn is there
	// only if given, and aws:username, which no role has, if it is. To Trust
	// aws:PrincipalAccount is that of the principal's ARN, if not given.
	Context map[string][]string
}

// Permissions are the documents that say what a role may do.
type Permissions struct {
	// Identity are its inline and attached policies.
	Identity []*policy.Document
	// Boundary is nil if there is none. If not nil, a request must also be
	// allowed by one of its documents; without any, nothing is.
	Boundary []*policy.Document
	// Control are the service control policies of the role's account, for each level of its
	// organisation from the root to the account the documents that are attached there. A
	// request must be allowed by one of each level and denied by none; a level without any
	// allows nothing. Nil is no organisation, or an account or role that they do not bound
	// (AWS Organizations User Guide, "SCP evaluation").
	Control [][]*policy.Document
}

// Admission is what says who may assume a role.
type Admission struct {
	// Trust is the role's trust policy, nil for one that lets in nobody.
	Trust *policy.Document
	// Control are the resource control policies of the role's account, as in Permissions
	// (AWS Organizations User Guide, "RCP evaluation").
	Control [][]*policy.Document
	// Role is the ARN of the role, which is what resource control policies have as Resource.
	Role string
}

// Outcome is what becomes of a request.
type Outcome int

// The outcomes.
const (
	// NotAllowed is an implicit denial: no statement allows it.
	NotAllowed Outcome = iota
	// Allowed is allowed by a statement, and denied by none.
	Allowed
	// Denied is an explicit denial: a Deny statement applies.
	Denied
	// Undecided depends on what AWS does not say: see the reason.
	Undecided
)

// String returns the outcome in words.
func (o Outcome) String() string {
	return [...]string{"not allowed", "allowed", "denied", "undecided"}[o]
}

// Statement is the place of a statement: of which document, in Identity or in
// Boundary (a trust policy is document 0 of Identity), which statement, each
// from 0. Index is -1 for a document as a whole: one that is undecided, or of a
// boundary that does not allow something.
type Statement struct {
	Boundary        bool
	Document, Index int
	// Level is that of a control policy, from 1 for the root on, and 0 for other documents.
	// Document is then one of the level, or -1 for the level as a whole.
	Level int
}

// Decision is the answer to a request.
type Decision struct {
	Outcome Outcome
	// By are the statements that decide: the first Deny that applies; the
	// first Allow, and the first one of the boundary if there is one; those
	// that are undecided. What is not allowed is decided by the documents of the
	// boundary, each as a whole, if they do not allow it though the identity does, or by the
	// first level of control policies that does not where both do; else by nothing.
	By []Statement
	// Reason says why a request is undecided. For other outcomes it is a
	// remark, mostly "": the answer depends on reading a `*` within a
	// resource's ARN as AWS does in its published answers.
	Reason string
}
