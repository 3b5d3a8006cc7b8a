package result

import (
	"iamctl/internal/driftkind"
	"iamctl/verdict"
	"iamctl/verdict/question"
	"iamctl/verdict/severity"
)

// Story is what a comparison says of one role. Its exported fields are the members of
// what 'iamctl explain --json' prints.
type Story struct {
	Accounts Sides[Account] `json:"accounts"`
	// RoleName is normalised.
	RoleName string `json:"rolename"`
	// Roles are the role in either account, nil where the account does not have it.
	Roles Sides[*Role] `json:"roles"`
	// Pairing says why the two pair although their names differ.
	Pairing string `json:"pairing,omitempty"`
	// Differs reports whether anything at all differs.
	Differs bool `json:"differs"`
	// Meaning is what the differences mean; of a role of one account alone what it
	// may do. It is nil where nothing differs.
	Meaning    *Meaning    `json:"meaning,omitempty"`
	Attributes []Attribute `json:"attributes"`
	// Items is how many items and impossible pairs either account alone has.
	Items Sides[int] `json:"items"`
	// Statements are those that decide the witnesses.
	Statements []Deciding `json:"statements"`
	// Elsewhere is what the witnesses are in the names of the account that refuses
	// them, where that is something else.
	Elsewhere []Elsewhere `json:"elsewhere"`
	// AWSChanges are the policies of the role that AWS changed.
	AWSChanges []StoryChange `json:"aws_changes"`
	// Gaps are what could not be read of the role.
	Gaps []Gap `json:"gaps"`
	// Asked are the answers to questions about the role.
	Asked    []Asked  `json:"asked,omitempty"`
	ExitCode ExitCode `json:"exit_code"`
}

// Deciding is a statement that decides a request.
type Deciding struct {
	// Account is 1 or 2.
	Account int    `json:"account"`
	Scope   string `json:"scope"`
	question.Place
	// Text is the statement as the account has it, "" where it is a policy as a whole
	// that decides.
	Text string `json:"text"`
}

// Elsewhere is what a witness is in the names of the account that refuses it.
type Elsewhere struct {
	Scope string `json:"scope"`
	// AllowedBy is the account that allows the witness, 1 or 2.
	AllowedBy int    `json:"allowed_by"`
	Principal string `json:"principal,omitempty"`
	Resource  string `json:"resource"`
}

// StoryChange is a policy that AWS changed.
type StoryChange struct {
	PolicyName string        `json:"policyname"`
	ARN        string        `json:"arn"`
	Versions   Sides[string] `json:"versions"`
	Meaning    *Meaning      `json:"meaning,omitempty"`
}

// Asked is the answer to a question about the role.
type Asked struct {
	Scope string `json:"scope"`
	// Given is the account in whose names the question was asked, 1 or 2, and 0 where
	// no name in it is meant to differ.
	Given   int                `json:"given"`
	Answers Sides[*AskedReply] `json:"answers"`
}

// AskedReply is what one account answers, in its own names.
type AskedReply struct {
	Principal string                     `json:"principal,omitempty"`
	Action    string                     `json:"action"`
	Resource  string                     `json:"resource"`
	Context   map[string]question.Values `json:"context"`
	// Outcome is allowed, denied, not allowed or undecided.
	Outcome    string     `json:"outcome"`
	Reason     string     `json:"reason,omitempty"`
	Statements []Deciding `json:"statements"`
}

// outcomeAllowed and outcomeUndecided are the outcomes that exit codes depend on.
const (
	outcomeAllowed   = "allowed"
	outcomeUndecided = "undecided"
)

// Differs reports whether one account alone allows the request, or may.
func (a *Asked) Differs() bool {
	x, y := a.Answers.A, a.Answers.B
	allows := func(r *AskedReply) bool { return r != nil && r.Outcome == outcomeAllowed }
	doubt := func(r *AskedReply) bool { return r != nil && r.Outcome == outcomeUndecided }
	return doubt(x) || doubt(y) || allows(x) != allows(y)
}

// Conclude sets the exit code: by the questions, if there are any, else by what the
// differences mean.
func (s *Story) Conclude() {
	differs := s.meansSomething()
	if len(s.Asked) > 0 {
		differs = false
		for i := range s.Asked {
			differs = differs || s.Asked[i].Differs()
		}
	}
	s.ExitCode = exitCode(len(s.Gaps) > 0, differs)
}

// meansSomething reports whether the differences let somebody do more, or less, or
// nobody knows.
func (s *Story) meansSomething() bool {
	if s.Roles.A == nil || s.Roles.B == nil || s.Meaning.meansSomething() {
		return true
	}
	for i := range s.Attributes {
		if k := s.Attributes[i].Kind; k == driftkind.MaxSessionDuration || k == driftkind.InstanceProfile {
			return true
		}
	}
	for i := range s.AWSChanges {
		if s.AWSChanges[i].Meaning.meansSomething() {
			return true
		}
	}
	return false
}

func (m *Meaning) meansSomething() bool {
	if m == nil {
		return false
	}
	scopes := []*Scope{m.Identity, m.Trust}
	if m.Effective != nil {
		scopes = []*Scope{m.Effective, m.EffectiveTrust}
	}
	for _, a := range scopes {
		if a != nil && (a.Verdict != verdict.Equal || a.Severity != severity.None) {
			return true
		}
	}
	return false
}
