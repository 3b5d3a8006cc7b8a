package compare

import (
	"cmp"
	"fmt"

	"iamctl/audit"
	"iamctl/audit/account"
	"iamctl/audit/rule"
	"iamctl/internal/visible"
	"iamctl/result"
	"iamctl/result/audited"
	finding "iamctl/result/found"
	"iamctl/verdict/severity"
	"iamctl/waiver"
)

// judge holds the findings of an audit against the waivers and an earlier audit, and
// reports whether some are news.
func (o *AuditOptions) judge(a *audited.Audit, before *earlierAudit, accounts []*account.Account) (news bool) {
	w := newFindingJudgement(o.Waivers.File, a.AccountKeys(), a.RuleIDs(), o.Today)
	n := len(a.Findings)
	j := &audited.Judgement{Marks: make([]result.Mark, n), Was: make([]severity.Level, n), News: make([]bool, n)}
	for i := range a.Findings {
		f := &a.Findings[i]
		j.Marks[i] = w.mark(&f.Finding)
		j.News[i] = j.Marks[i].Waiver == nil && f.Severity != severity.None && before.news(f, w.had[f.Fingerprint])
		news = news || j.News[i]
		j.Marks[i].Age = before.age(f)
		if then := before.had(f); then != nil && then.Severity != f.Severity {
			j.Was[i] = then.Severity
		}
	}
	var open []*finding.Finding
	for i := range a.Findings {
		if j.Marks[i].Waiver == nil {
			open = append(open, &a.Findings[i].Finding)
		}
	}
	j.Waivers = w.waivers(open)
	o.warnOfFindings(j.Waivers)
	if before != nil {
		j.Since, j.Gone, j.Notes = before.name, before.gone(a, accounts), before.notes(a)
	}
	a.Judge(j)
	return news
}

// news reports whether a finding that no waiver accepts is new, or as good as new: one that
// is worse than it was is, too.
func (e *earlierAudit) news(f *audited.Finding, waivedOnce bool) bool {
	then := e.had(f)
	return then == nil || AsGoodAsNew(true, then.Waiver != nil, waivedOnce) || f.Severity.Worse(then.Severity)
}

// findingJudgement is what the waivers come to that are for findings.
type findingJudgement struct {
	file     *waiver.File
	accepted *waiver.Judge
	// had are the fingerprints for which there is a waiver, expired or not.
	had map[string]bool
}

// newFindingJudgement begins to judge findings of accounts, given by their keys, by the
// entries that are for them and for rules, given by their ids.
func newFindingJudgement(file *waiver.File, accounts, rules []string, today waiver.Date) *findingJudgement {
	file = file.ForAudit(accounts, rules)
	w := &findingJudgement{file, file.Judge(today), map[string]bool{}}
	for i := range file.Waivers {
		w.had[file.Waivers[i].Fingerprint] = true
	}
	return w
}

// newFindingJudgement begins to judge the findings of a comparison; there are none where
// the accounts are not audited.
func (c *comparison) newFindingJudgement() *findingJudgement {
	if c.result.Audit == nil {
		return newFindingJudgement(nil, nil, nil, c.Today)
	}
	var accounts, rules []string
	for side := range 2 {
		a := c.result.Accounts.Of(side)
		accounts = append(accounts, cmp.Or(a.ID, a.Tag))
	}
	for i := range c.result.Audit.Rules {
		rules = append(rules, c.result.Audit.Rules[i].ID)
	}
	return newFindingJudgement(c.Waivers.File, accounts, rules, c.Today)
}

// accepted returns what reports whether an entry accepts a finding of accounts, for what is
// to be known before all are judged.
func accepted(file *waiver.File, accounts []*account.Account, rules []rule.Rule, today waiver.Date) func(*audit.Finding) bool {
	var keys, ids []string
	for _, a := range accounts {
		keys = append(keys, cmp.Or(a.ID, a.Tag))
	}
	for i := range rules {
		ids = append(ids, rules[i].ID)
	}
	w := newFindingJudgement(file, keys, ids, today)
	return func(f *audit.Finding) bool {
		of := finding.Of(f)
		return w.mark(&of).Waiver != nil
	}
}

// mark asks who accepted a finding.
func (w *findingJudgement) mark(f *finding.Finding) (m result.Mark) {
	if i, ok := w.accepted.Finding(&waiver.Found{Fingerprint: f.Fingerprint, Rule: f.Rule, Entity: f.Entity, Account: f.Account}); ok {
		m.Waiver = &i
	}
	return m
}

// waivers returns what the entries did. open are the findings that none accepts.
func (w *findingJudgement) waivers(open []*finding.Finding) []result.Waiver {
	out, unmatched := WaiversOf(w.file, w.accepted)
	successors := w.file.Successors(unmatched, func(yield func(waiver.Open) bool) {
		for _, f := range open {
			if !yield(waiver.Open{Fingerprint: f.Fingerprint, Role: visible.Escape(f.Entity), Text: func() string { return f.Rule + " " + f.Account }}) {
				return
			}
		}
	}, func(s string) string { return s })
	for i, fingerprint := range successors {
		out[i].Successor = fingerprint
	}
	return out
}

// openFindings returns the findings of a comparison that no waiver accepts.
func openFindings(r *result.Result, marks map[string]result.Mark) []*finding.Finding {
	var out []*finding.Finding
	if r.Audit != nil {
		for i := range r.Audit.Findings {
			if f := &r.Audit.Findings[i].Finding; marks[f.Fingerprint].Waiver == nil {
				out = append(out, f)
			}
		}
	}
	return out
}

// warnOfFindings warns of what is wrong with waivers of an audit.
func (o *AuditOptions) warnOfFindings(list []result.Waiver) {
	for _, w := range list {
		if w.Wide != "" {
			o.Warn(fmt.Sprintf("the ignore rule for %s leaves nothing to report: %s", w.Role, w.Wide))
		}
	}
}

// WaiverOf returns a waiver of a finding after a template.
func WaiverOf(f *finding.Finding, template waiver.Waiver) waiver.Waiver {
	w := template
	w.Fingerprint, w.Rule, w.Account = f.Fingerprint, f.Rule, f.Account
	w.Entity, w.Finding = visible.Escape(f.Entity), visible.Escape(f.Message)
	return w
}
