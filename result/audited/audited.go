// Package audited is the model of an audit: what the rules found in which accounts, what
// could not be read, and how the run ends. Everything that shows an audit takes one.
package audited

import (
	"slices"

	"iamctl/audit"
	"iamctl/audit/account"
	"iamctl/audit/rule"
	"iamctl/inventory"
	"iamctl/result"
	"iamctl/result/found"
	"iamctl/verdict/severity"
)

// Audit is the outcome of an audit. Its fields are the members of the JSON form.
type Audit struct {
	Format  string `json:"format"`
	Version int    `json:"version"`
	Meta    Meta   `json:"meta"`
	// Accounts are those that were audited, in the order in which they were named.
	Accounts   []Account       `json:"accounts"`
	Rules      []found.Rule    `json:"rules"`
	Incomplete bool            `json:"incomplete"`
	ExitCode   result.ExitCode `json:"exit_code"`
	// Counts are the findings that no waiver accepts, by severity, and Waived how many
	// one accepts.
	Counts map[string]int `json:"counts"`
	Waived int            `json:"waived,omitzero"`
	// New is how many of Counts are new, nil where the audit is held against no other.
	New  *int         `json:"new,omitempty"`
	Gaps []result.Gap `json:"gaps"`
	// Findings are sorted, the worst first.
	Findings []Finding `json:"findings"`
	// Gone are those of the earlier audit that are not there now.
	Gone []Gone `json:"gone,omitempty"`
	// Waivers are the waivers and ignore rules for these accounts and rules, each with
	// what it did.
	Waivers []result.Waiver `json:"waivers,omitempty"`
	// Notes say in what the earlier audit is not like this one.
	Notes []string `json:"notes,omitempty"`
}

// Meta is what made an audit.
type Meta struct {
	Iamctl string `json:"iamctl"`
	// Day is the day of the audit, YYYY-MM-DD.
	Day string `json:"day"`
	// FailOn is which findings fail the run, as result.FailOn writes it.
	FailOn string `json:"fail_on"`
	// Since names the audit that this one is held against, "" for none.
	Since  string         `json:"since,omitempty"`
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

// Finding is a finding with what is known of it besides.
type Finding struct {
	found.Finding
	result.Mark
	// Was is the severity that the finding had in the earlier audit, "" for none or the
	// same.
	Was severity.Level `json:"was,omitempty"`

	fails bool
}

// Fails reports whether the finding fails the run, of an audit that was judged.
func (f *Finding) Fails() bool { return f.fails }

// FileFormat is the format of the JSON form.
const FileFormat = format

const (
	format  = "iamctl-audit"
	version = 1
)

// New returns the outcome of an audit of accounts. sources are theirs, by place, and unread
// are the gaps of accounts that could not be read at all.
func New(m Meta, on result.FailOn, accounts []*account.Account, sources []string, unread []inventory.Gap, rules []rule.Rule, findings []audit.Finding) *Audit {
	a := &Audit{Format: format, Version: version, Meta: m, Gaps: []result.Gap{}, Findings: []Finding{}}
	a.Meta.FailOn = on.String()
	for i, x := range accounts {
		a.Accounts = append(a.Accounts, accountOf(x, sources[i]))
	}
	for i := range rules {
		a.Rules = append(a.Rules, found.RuleOf(&rules[i]))
	}
	gaps := append(audit.Gaps(accounts), unread...)
	slices.SortFunc(gaps, inventory.Gap.Compare)
	for _, g := range gaps {
		a.Gaps = append(a.Gaps, result.GapOf(g))
	}
	for i := range findings {
		a.Findings = append(a.Findings, Finding{Finding: found.Of(&findings[i])})
	}
	a.Incomplete = len(a.Gaps) > 0
	a.Judge(&Judgement{})
	return a
}

func accountOf(a *account.Account, source string) Account {
	return Account{
		result.Account{Tag: a.Tag, Source: source, ID: a.ID, Partition: a.Partition, Alias: a.Alias, Caller: a.Caller, Commit: a.Commit},
		len(a.Roles), len(a.Users), len(a.Groups), len(a.Policies),
	}
}
