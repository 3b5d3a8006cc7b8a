package findings

import (
	"io"
	"iter"
	"strconv"
	"strings"

	"iamctl/report"
	"iamctl/result"
	"iamctl/result/audited"
	"iamctl/result/found"
)

// row is a finding as a row of CSV.
type row struct {
	Rule        string `csv:"rule"`
	Severity    string `csv:"severity"`
	Account     string `csv:"account"`
	Tag         string `csv:"tag"`
	EntityType  string `csv:"entity_type"`
	Entity      string `csv:"entity"`
	PolicyType  string `csv:"policytype"`
	Policy      string `csv:"policy"`
	Statement   string `csv:"statement"` // from 0, as in JSON
	Message     string `csv:"message"`
	Principal   string `csv:"witness_principal"`
	Action      string `csv:"witness_action"`
	Resource    string `csv:"witness_resource"`
	Context     string `csv:"witness_context"`
	Fix         string `csv:"fix"`
	Fingerprint string `csv:"fingerprint"`
	Age         string `csv:"age"`    // new, known or gone, where the audit is held against another
	Waiver      string `csv:"waiver"` // what accepts it
	Steps       string `csv:"steps"`  // the requests of further steps
}

// CSV writes the findings as CSV, a row each, the worst first, then those that are gone.
func CSV(w io.Writer, a *audited.Audit) error { return report.WriteTable(w, rows(a)) }

func rows(a *audited.Audit) iter.Seq[row] {
	return func(yield func(row) bool) {
		for i := range a.Findings {
			f := &a.Findings[i]
			r := rowOf(&f.Finding)
			r.Age = f.Age
			if f.Waiver != nil {
				r.Waiver = report.WaiverText(result.Whole, &a.Waivers[*f.Waiver])
			}
			if !yield(r) {
				return
			}
		}
		for i := range a.Gone {
			if !yield(goneRow(&a.Gone[i])) {
				return
			}
		}
	}
}

func goneRow(g *audited.Gone) row {
	return row{
		Rule: g.Rule, Severity: string(g.Severity), Account: g.Account, Tag: g.Tag, EntityType: g.EntityType, Entity: g.Entity,
		Message: g.Message, Fingerprint: g.Fingerprint, Age: "gone",
	}
}

func rowOf(f *found.Finding) row {
	r := row{
		Rule: f.Rule, Severity: string(f.Severity), Account: f.Account, Tag: f.Tag, EntityType: f.EntityType, Entity: f.Entity,
		PolicyType: f.PolicyType, Policy: f.Policy, Message: f.Message, Fix: report.CommandsInLine(f.Fix), Fingerprint: f.Fingerprint,
	}
	if f.Statement != nil {
		r.Statement = strconv.Itoa(*f.Statement)
	}
	if f.Unknown != "" {
		r.Message += "; undecided: " + f.Unknown
	}
	r.Steps = strings.Join(report.FindingSteps(f), "; ")
	if q := f.Witness; q != nil {
		r.Principal, r.Action, r.Resource, r.Context = q.Principal, q.Action, q.Resource, report.ContextText(q.Principal, q.Context)
	}
	return r
}
