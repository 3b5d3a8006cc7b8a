// Package found is what a rule of an audit found, as the JSON of audits and that of
// comparisons have it.
package found

import (
	"strings"

	"iamctl/audit"
	"iamctl/audit/rule"
	"iamctl/policy/eval"
	"iamctl/verdict/question"
	"iamctl/verdict/severity"
)

// Finding is what a rule of an audit found.
type Finding struct {
	Rule     string         `json:"rule"`
	Severity severity.Level `json:"severity"`
	// Account is the account's id, its tag where the id is not known, and Tag its tag.
	Account string `json:"account"`
	Tag     string `json:"tag,omitempty"`
	// Entity is the name of the role, user or group, the ARN of a managed policy that
	// nobody holds, or "account". EntityType is its kind.
	Entity     string `json:"entity"`
	EntityType string `json:"entity_type"`
	ARN        string `json:"arn,omitempty"`
	// Policy is the document that it comes from, "" where none does, and PolicyType its
	// type. A trust policy has the name "trust".
	Policy     string `json:"policy,omitempty"`
	PolicyType string `json:"policytype,omitempty"`
	// Group is the group through which a user has the policy.
	Group string `json:"group,omitempty"`
	// Statement is the statement's place in the document, from 0; nil for none.
	Statement *int   `json:"statement,omitempty"`
	Sid       string `json:"sid,omitempty"`
	Message   string `json:"message"`
	// Witness is a request that is allowed.
	Witness *Request `json:"witness,omitempty"`
	// Steps are those of a chain, each with what proves it.
	Steps []Step `json:"steps,omitempty"`
	// Fix are the commands that would mend it, a line each. FixChoice says that they
	// have a placeholder.
	Fix       string `json:"fix,omitempty"`
	FixChoice bool   `json:"fix_choice,omitempty"`
	// Unknown says why it could not be decided.
	Unknown     string `json:"unknown,omitempty"`
	Fingerprint string `json:"fingerprint"`
}

// Kind returns the kind of what the finding is about, with a blank, to stand before its name;
// "" for the account, whose name says it.
func (f *Finding) Kind() string { return KindOf(f.EntityType) }

// KindOf returns the kind that stands before a name, of a type of entity.
func KindOf(entityType string) string {
	if entityType == "account" {
		return ""
	}
	return entityType + " "
}

// Step is one step of a chain.
type Step struct {
	Entity     string `json:"entity"`
	EntityType string `json:"entity_type"`
	// Message says what it does, in words.
	Message string `json:"message"`
	// Witness is a request that is allowed by the permissions of the entity or, if
	// TrustOf is a role, by its trust policy.
	Witness *Request `json:"witness,omitempty"`
	TrustOf string   `json:"trust_of,omitempty"`
}

// Request is a request in the names of its account.
type Request struct {
	Principal string                     `json:"principal"`
	Action    string                     `json:"action"`
	Resource  string                     `json:"resource,omitempty"`
	Context   map[string]question.Values `json:"context"`
}

// Of is a finding of an audit.
func Of(f *audit.Finding) Finding {
	out := Finding{
		Rule: f.Rule.ID, Severity: f.Severity, Account: f.Account.ID, Tag: f.Account.Tag,
		Entity: f.Entity.Name, EntityType: string(f.Entity.Kind), ARN: f.Entity.ARN,
		Message: message(f), Witness: requestOf(f.Witness), Fix: f.Fix, FixChoice: f.Choice, Unknown: f.Unknown, Fingerprint: f.Fingerprint,
	}
	for _, s := range f.Steps {
		step := Step{Entity: s.Entity.Name, EntityType: string(s.Entity.Kind), Message: s.Does, Witness: requestOf(s.Request)}
		if s.Trusting != nil {
			step.TrustOf = s.Trusting.Name
		}
		out.Steps = append(out.Steps, step)
	}
	if out.Account == "" {
		out.Account = out.Tag
	}
	p := f.Policy
	if p == nil {
		return out
	}
	out.Policy, out.PolicyType, out.Group = p.Label(), string(p.Type), p.Group
	if f.Statement >= 0 {
		out.Statement = &f.Statement
		if d := p.Document; d != nil && f.Statement < len(d.Statements) {
			out.Sid = d.Statements[f.Statement].Sid
		}
	}
	return out
}

// message returns the message of a finding, with what else its fix mends.
func message(f *audit.Finding) string {
	if len(f.Also) == 0 {
		return f.Message
	}
	return f.Message + "; the fix mends " + strings.Join(f.Also, ", ") + " too"
}

func requestOf(r *eval.Request) *Request {
	if r == nil {
		return nil
	}
	out := &Request{Principal: r.Principal.Value, Action: r.Action, Resource: r.Resource, Context: make(map[string]question.Values, len(r.Context))}
	for key, values := range r.Context {
		valid := make(question.Values, len(values))
		for i, v := range values {
			valid[i] = strings.ToValidUTF8(v, "\ufffd") // JSON holds nothing else
		}
		out.Context[key] = valid
	}
	return out
}

// Rule is a rule that was asked.
type Rule struct {
	ID       string         `json:"rule"`
	Severity severity.Level `json:"severity"`
	Title    string         `json:"title"`
	Why      string         `json:"why,omitempty"`
	Source   string         `json:"source"`
	Controls []string       `json:"controls,omitempty"`
}

// RuleOf is a rule.
func RuleOf(r *rule.Rule) Rule {
	return Rule{r.ID, r.Severity, r.Title, r.Why, r.Source, r.Controls}
}
