// Package audited is the model of an audit: what the rules found in which accounts, what
// could not be read, and how the run ends. Everything that shows an audit takes one.
package audited

import (
	"slices"

	"iamctl/audit"
	"iamctl/audit/account"
	"iamctl/audit/rule"
	"iamctl/result"
	"iamctl/verdict/severity"
)

// Audit is the outcome of an audit. Its fields are the members of the JSON form.
type Audit struct {
	Format  string `json:"format"`
	Version int    `json:"version"`
	Meta    Meta   `json:"meta"`
	// Accounts are those that were audited, in the order in which they were named.
	Accounts   []Account       `json:"accounts"`
	Rules      []Rule          `json:"rules"`
	Incomplete bool            `json:"incomplete"`
	ExitCode   result.ExitCode `json:"exit_code"`
	Counts     map[string]int  `json:"counts"`
	Gaps       []result.Gap    `json:"gaps"`
	// Findings are sorted, the worst first.
	Findings []Finding `json:"findings"`
}

// Meta is what made an audit.
type Meta struct {
	Iamctl string `json:"iamctl"`
	// Day is the day of the audit, YYYY-MM-DD.
	Day string `json:"day"`
	// FailOn is which findings fail the run, as result.FailOn writes it.
	FailOn string         `json:"fail_on"`
	Inputs []result.Input `json:"inputs,omitempty"`
}

// Account is an account that was audited.
type Account struct {
	result.Account
	Roles    int `json:"roles"`
	Users    int `json:"users"`
	Groups   int `json:"groups"`
	Policies int `json:"policies"`
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

const (
	format  = "iamctl-audit"
	version = 1
)

// New returns the outcome of an audit of accounts. sources are theirs, by place.
func New(m Meta, on result.FailOn, accounts []*account.Account, sources []string, rules []rule.Rule, found []audit.Finding) *Audit {
	a := &Audit{Format: format, Version: version, Meta: m, Counts: map[string]int{}, Gaps: []result.Gap{}, Findings: []Finding{}}
	a.Meta.FailOn = on.String()
	for i, x := range accounts {
		a.Accounts = append(a.Accounts, accountOf(x, sources[i]))
	}
	for i := range rules {
		a.Rules = append(a.Rules, RuleOf(&rules[i]))
	}
	for _, g := range audit.Gaps(accounts) {
		a.Gaps = append(a.Gaps, result.GapOf(g))
	}
	for i := range found {
		a.Findings = append(a.Findings, FindingOf(&found[i]))
		a.Counts[string(found[i].Severity)]++
	}
	a.Incomplete = len(a.Gaps) > 0
	a.conclude(on)
	return a
}

// RuleOf is a rule.
func RuleOf(r *rule.Rule) Rule {
	return Rule{r.ID, r.Severity, r.Title, r.Why, r.Source, r.Controls}
}

func accountOf(a *account.Account, source string) Account {
	return Account{
		result.Account{Tag: a.Tag, Source: source, ID: a.ID, Partition: a.Partition, Alias: a.Alias, Caller: a.Caller, Commit: a.Commit},
		len(a.Roles), len(a.Users), len(a.Groups), len(a.Policies),
	}
}

func (a *Audit) conclude(on result.FailOn) {
	bad := slices.ContainsFunc(a.Findings, func(f Finding) bool { return on.Reaches(f.Severity) })
	switch {
	case a.Incomplete:
		a.ExitCode = result.ExitIncomplete
	case bad:
		a.ExitCode = result.ExitDrift
	}
}
