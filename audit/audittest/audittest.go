// Package audittest makes small accounts for the tests of rules.
package audittest

import (
	"testing"
	"time"

	"iamctl/audit/account"
	"iamctl/audit/config"
	"iamctl/audit/rule"
	"iamctl/inventory"
	"iamctl/policy"
	"iamctl/policy/eval"
	"iamctl/verdict"
)

// ID is the id of the accounts.
const ID = "111111111111"

// Service is a trust policy that lets in EC2 alone.
const Service = `{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": {"Service": "ec2.amazonaws.com"}, "Action": "sts:AssumeRole"}]}`

// Builder makes an account, step by step.
type Builder struct{ a inventory.Account }

// New returns the builder of an empty account.
func New() *Builder { return &Builder{inventory.Account{ID: ID, Partition: "aws"}} }

// Role adds a role on a path with a trust policy and inline policies, "" for Service.
func (b *Builder) Role(path, name, trust string, inline ...string) *Builder {
	if trust == "" {
		trust = Service
	}
	b.a.Roles = append(b.a.Roles, inventory.Role{
		Name: name, Path: path, ARN: "arn:aws:iam::" + ID + ":role" + path + name, Trust: inventory.Document(trust), Inline: inlined(inline),
	})
	return b
}

// User adds a user in groups with inline policies.
func (b *Builder) User(name string, groups []string, inline ...string) *Builder {
	b.a.Users = append(b.a.Users, inventory.User{Name: name, Path: "/", ARN: "arn:aws:iam::" + ID + ":user/" + name, Groups: groups, Inline: inlined(inline)})
	return b
}

// Group adds a group with inline policies.
func (b *Builder) Group(name string, inline ...string) *Builder {
	b.a.Groups = append(b.a.Groups, inventory.Group{Name: name, Path: "/", ARN: "arn:aws:iam::" + ID + ":group/" + name, Inline: inlined(inline)})
	return b
}

// Policy adds a managed policy of the account.
func (b *Builder) Policy(name, document string) *Builder {
	b.a.Policies = append(b.a.Policies, inventory.Policy{Name: name, ARN: PolicyARN(name), Path: "/", DefaultVersion: "v1", Document: inventory.Document(document)})
	return b
}

// PolicyARN returns the ARN of a managed policy of the account.
func PolicyARN(name string) string { return "arn:aws:iam::" + ID + ":policy/" + name }

// With changes the account in some other way.
func (b *Builder) With(change func(*inventory.Account)) *Builder {
	change(&b.a)
	return b
}

// Account returns the account.
func (b *Builder) Account() *account.Account {
	b.a.Sort()
	return account.New(&b.a, "test")
}

// Check asks a rule about the account. The zero Config is no configuration. A witness
// that the evaluator does not let in is an error.
func (b *Builder) Check(t *testing.T, r *rule.Rule, c config.Config) []rule.Finding {
	t.Helper()
	a := b.Account()
	if len(a.Gaps) > len(b.a.Gaps) {
		t.Fatalf("the account has gaps: %+v", a.Gaps)
	}
	found := r.Check(&rule.Input{Account: a, Config: &c, Day: time.Date(2026, 1, 31, 0, 0, 0, 0, time.UTC), Comparer: verdict.NewComparer(verdict.Options{})})
	for i := range found {
		Replay(t, a, &found[i])
	}
	return found
}

// Messages returns the messages of findings, each behind the name of its entity.
func Messages(found []rule.Finding) []string {
	var out []string
	for _, f := range found {
		out = append(out, f.Entity.Name+": "+f.Message)
	}
	return out
}

// Failer is a test, or a draw of a law's.
type Failer interface {
	Helper()
	Errorf(format string, args ...any)
}

// Replay asks the evaluator about the witness of a finding.
func Replay(t Failer, a *account.Account, f *rule.Finding) {
	t.Helper()
	for _, s := range f.Steps {
		replayStep(t, a, f, &s)
	}
	h := a.Of(f.Entity.Kind, f.Entity.Name)
	if f.Witness == nil || h == nil {
		return
	}
	if d := decide(h, f, func(*policy.Document, int) bool { return true }); d != eval.Allowed {
		t.Errorf("%s: the witness %+v is %s", f.Message, f.Witness, d)
	}
	if f.Statement < 0 {
		return
	}
	own := func(d *policy.Document, i int) bool { return d == f.Policy.Document && i == f.Statement }
	if d := decide(h, f, own); d != eval.Allowed {
		t.Errorf("%s: the witness %+v is %s by statement %d alone", f.Message, f.Witness, d, f.Statement)
	}
}

// replayStep asks the evaluator about the request of a step.
func replayStep(t Failer, a *account.Account, f *rule.Finding, s *rule.Step) {
	t.Helper()
	var d eval.Decision
	switch h := a.Of(s.Entity.Kind, s.Entity.Name); {
	case s.Request == nil:
		if f.Unknown == "" {
			t.Errorf("%s: nothing proves that it may %s", f.Message, s.Does)
		}
		return
	case s.Trusting != nil:
		d = eval.Trust(s.Trusting.Trust.Document, s.Request)
	case s.By != nil:
		d = s.By.Decide(s.Request)
	default:
		d = h.Permissions().Decide(s.Request)
	}
	if d.Outcome != eval.Allowed {
		t.Errorf("%s: the request %+v of a step is %s", f.Message, s.Request, d.Outcome)
	}
}

// decide asks about a witness, of the Allows those alone that are wanted.
func decide(h *account.Holder, f *rule.Finding, wanted func(d *policy.Document, i int) bool) eval.Outcome {
	only := func(d *policy.Document) *policy.Document {
		out := *d
		out.Statements = nil
		for i, s := range d.Statements {
			if s.Effect == "Deny" || wanted(d, i) {
				out.Statements = append(out.Statements, s)
			}
		}
		return &out
	}
	if f.Policy != nil && f.Policy.Type == inventory.Trust {
		return eval.Trust(only(h.Trust.Document), f.Witness).Outcome
	}
	p := h.Permissions()
	for i, d := range p.Identity {
		p.Identity[i] = only(d)
	}
	return p.Decide(f.Witness).Outcome
}

func inlined(documents []string) []inventory.InlinePolicy {
	var out []inventory.InlinePolicy
	for i, d := range documents {
		out = append(out, inventory.InlinePolicy{Name: "inline-" + string(rune('a'+i)), Document: inventory.Document(d)})
	}
	return out
}

// Bounded returns the change that gives a user or a role a policy of the account as its
// boundary.
func Bounded(name, boundary string) func(*inventory.Account) {
	ref := &inventory.PolicyRef{Name: boundary, ARN: PolicyARN(boundary)}
	return func(a *inventory.Account) {
		for i := range a.Users {
			if a.Users[i].Name == name {
				a.Users[i].Boundary = ref
			}
		}
		for i := range a.Roles {
			if a.Roles[i].Name == name {
				a.Roles[i].Boundary = ref
			}
		}
	}
}
