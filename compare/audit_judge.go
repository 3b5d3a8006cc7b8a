package compare

import (
	"fmt"

	"iamctl/audit/account"
	"iamctl/internal/visible"
	"iamctl/result"
	"iamctl/result/audited"
	"iamctl/verdict/severity"
	"iamctl/waiver"
)

// judge holds the findings of an audit against the waivers and an earlier audit, and
// reports whether some are news.
func (o *AuditOptions) judge(a *audited.Audit, before *earlierAudit, accounts []*account.Account) (news bool) {
	file := o.Waivers.File.ForAudit(a.AccountKeys(), a.RuleIDs())
	w := &findingJudgement{file, file.Judge(o.Today), map[string]bool{}}
	for i := range file.Waivers {
		w.had[file.Waivers[i].Fingerprint] = true
	}
	n := len(a.Findings)
	j := &audited.Judgement{Marks: make([]result.Mark, n), Was: make([]severity.Level, n), News: make([]bool, n)}
	for i := range a.Findings {
		f := &a.Findings[i]
		j.Marks[i] = w.mark(f)
		j.News[i] = j.Marks[i].Waiver == nil && f.Severity != severity.None && before.news(f, w.had[f.Fingerprint])
		news = news || j.News[i]
		j.Marks[i].Age = before.age(f)
		if then := before.had(f); then != nil && then.Severity != f.Severity {
			j.Was[i] = then.Severity
		}
	}
	j.Waivers = w.waivers(a, j.Marks)
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
	return then == nil || asGoodAsNew(true, then.Waiver != nil, waivedOnce) || f.Severity.Worse(then.Severity)
}

// findingJudgement is what the waivers come to that are for an audit.
type findingJudgement struct {
	file     *waiver.File
	accepted *waiver.Judge
	// had are the fingerprints for which there is a waiver, expired or not.
	had map[string]bool
}

// mark asks who accepted a finding.
func (w *findingJudgement) mark(f *audited.Finding) (m result.Mark) {
	if i, ok := w.accepted.Finding(&waiver.Found{Fingerprint: f.Fingerprint, Rule: f.Rule, Entity: f.Entity, Account: f.Account}); ok {
		m.Waiver = &i
	}
	return m
}

// waivers returns what the entries did.
func (w *findingJudgement) waivers(a *audited.Audit, marks []result.Mark) []result.Waiver {
	out, unmatched := waiversOf(w.file, w.accepted)
	for i, fingerprint := range w.file.Successors(unmatched, func(yield func(waiver.Open) bool) {
		for i := range a.Findings {
			f := &a.Findings[i]
			open := waiver.Open{
				Fingerprint: f.Fingerprint, Role: visible.Escape(f.Entity),
				Text: func() string { return f.Rule + " " + f.Account },
			}
			if marks[i].Waiver == nil && !yield(open) {
				return
			}
		}
	}, func(s string) string { return s }) {
		out[i].Successor = fingerprint
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
func WaiverOf(f *audited.Finding, template waiver.Waiver) waiver.Waiver {
	w := template
	w.Fingerprint, w.Rule, w.Account = f.Fingerprint, f.Rule, f.Account
	w.Entity, w.Finding = visible.Escape(f.Entity), visible.Escape(f.Message)
	return w
}
