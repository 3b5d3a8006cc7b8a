// Package audit checks accounts against rules. Rules are data and small functions over
// an account; each topic has a package of its own.
package audit

import (
	"cmp"
	"slices"
	"time"

	"iamctl/audit/account"
	"iamctl/audit/benchmark"
	"iamctl/audit/config"
	"iamctl/audit/crossaccount"
	"iamctl/audit/deputy"
	"iamctl/audit/duties"
	"iamctl/audit/escalation"
	"iamctl/audit/groups"
	"iamctl/audit/passrole"
	"iamctl/audit/paths"
	"iamctl/audit/rule"
	"iamctl/audit/trust"
	"iamctl/audit/webidentity"
	"iamctl/inventory"
	"iamctl/verdict"
	"iamctl/verdict/severity"
)

// Rules returns all rules, sorted by id.
func Rules() []rule.Rule {
	out := slices.Concat([]rule.Rule{crossaccount.Untrusted, deputy.Confused, duties.Split, groups.Only}, benchmark.Rules, escalation.Rules, passrole.Rules, paths.Rules, trust.Rules, webidentity.Rules)
	slices.SortFunc(out, func(a, b rule.Rule) int { return cmp.Compare(a.ID, b.ID) })
	return out
}

// Finding is what a rule found in an account.
type Finding struct {
	rule.Finding
	Rule    *rule.Rule
	Account *account.Account
	// Fingerprint names the finding as long as its statement stays as it is.
	Fingerprint string
	// Also are other findings that the fix mends, in words: those that change the same
	// document.
	Also []string
}

// Options say how to audit.
type Options struct {
	Rules  []rule.Rule
	Config *config.Config
	Day    time.Time
	// Accepted reports whether somebody accepted a finding, whose change is then in no other
	// finding's fix. nil is no to all.
	Accepted func(*Finding) bool
	// Asking hears which rule is asked next about the account with a tag, and how many of
	// all were; at the end done is total. nil is nobody.
	Asking func(account, rule string, done, total int)
}

// Run checks accounts against rules. Findings are sorted, the worst first.
func Run(accounts []*account.Account, o Options) []Finding {
	if o.Asking == nil {
		o.Asking = func(string, string, int, int) {}
	}
	if o.Accepted == nil {
		o.Accepted = func(*Finding) bool { return false }
	}
	var out []Finding
	total := len(accounts) * len(o.Rules)
	for n, a := range accounts {
		in := &rule.Input{Account: a, Config: o.Config, Day: o.Day, Comparer: verdict.NewComparer(verdict.Options{Partition: a.Partition, Account: a.ID})}
		var own []Finding
		for i := range o.Rules {
			o.Asking(a.Tag, o.Rules[i].ID, n*len(o.Rules)+i, total)
			for _, f := range o.Rules[i].Check(in) {
				own = append(own, found(&o.Rules[i], in, f))
			}
		}
		own = once(own)
		together(own, o.Accepted)
		out = append(out, own...)
	}
	o.Asking("", "", total, total)
	slices.SortStableFunc(out, Finding.Compare)
	return out
}

// within are rules that a statement is a finding of by allowing everything, which is one
// of another rule.
var within = map[string]string{"PASSROLE-ANY": "ADMIN", "PASSROLE-NO-SERVICE": "ADMIN"}

// once returns findings without those that another rule has of the same statement.
func once(list []Finding) []Finding {
	type place struct {
		rule   string
		entity rule.Entity
		rule.Place
	}
	there := map[place]bool{}
	for _, f := range list {
		for _, p := range append(f.And, rule.Place{Policy: f.Policy, Statement: f.Statement}) {
			there[place{f.Rule.ID, f.Entity, p}] = true
		}
	}
	return slices.DeleteFunc(list, func(f Finding) bool {
		by, ok := within[f.Rule.ID]
		return ok && f.Policy != nil && there[place{by, f.Entity, rule.Place{Policy: f.Policy, Statement: f.Statement}}]
	})
}

func found(r *rule.Rule, in *rule.Input, f rule.Finding) Finding {
	f.Severity = cmp.Or(f.Severity, r.Severity)
	if f.Entity.Kind == inventory.EntityPolicy && f.Severity.Worse(severity.Low) {
		f.Severity = severity.Low // nobody can do anything by it today
		f.Message += "; nobody has the policy"
	}
	if f.Severity != severity.None { // what is only told stays so
		f.Severity = cmp.Or(in.Config.Severities[r.ID], f.Severity)
	}
	return Finding{Finding: f, Rule: r, Account: in.Account, Fingerprint: fingerprint(r, in.Account, &f)}
}

// Compare orders findings: the worst first, then by account, those about the account as a
// whole behind others, then by rule, as the rule ranks them, and by entity.
func (f Finding) Compare(g Finding) int {
	rank := func(l severity.Level) int { return slices.Index(severity.Levels(), l) }
	return cmp.Or(
		cmp.Compare(rank(f.Severity), rank(g.Severity)),
		cmp.Compare(f.Account.ID, g.Account.ID),
		cmp.Compare(f.Account.Tag, g.Account.Tag),
		cmp.Compare(whole(f), whole(g)),
		cmp.Compare(f.Rule.ID, g.Rule.ID),
		cmp.Compare(f.Rank, g.Rank),
		cmp.Compare(f.Entity.Kind, g.Entity.Kind),
		cmp.Compare(f.Entity.Name, g.Entity.Name),
		cmp.Compare(policyName(f.Policy), policyName(g.Policy)),
		cmp.Compare(f.Statement, g.Statement),
	)
}

func whole(f Finding) int {
	if f.Entity.Kind == inventory.EntityAccount {
		return 1
	}
	return 0
}

func policyName(p *account.Policy) string {
	if p == nil {
		return ""
	}
	return p.Label()
}

// Gaps returns the gaps of accounts, sorted.
func Gaps(accounts []*account.Account) []inventory.Gap {
	var out []inventory.Gap
	for _, a := range accounts {
		for _, g := range a.Gaps {
			g.Account = a.Tag
			out = append(out, g)
		}
	}
	slices.SortFunc(out, inventory.Gap.Compare)
	return out
}
