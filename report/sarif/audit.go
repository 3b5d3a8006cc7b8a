package sarif

import (
	"encoding/json"
	"io"

	"iamctl/internal/visible"
	"iamctl/report"
	"iamctl/report/findings"
	"iamctl/result"
	"iamctl/result/audited"
	"iamctl/result/found"
	"iamctl/verdict/severity"
)

// auditLog is a log of the findings of an audit.
type auditLog struct {
	Schema  string     `json:"$schema"`
	Version string     `json:"version"`
	Runs    []auditRun `json:"runs"`
}

type auditRun struct {
	Tool        tool         `json:"tool"`
	Details     details      `json:"automationDetails"`
	Language    string       `json:"language"`
	Newlines    []string     `json:"newlineSequences"`
	ColumnKind  string       `json:"columnKind"`
	Results     []logResult  `json:"results"`
	Invocations []invocation `json:"invocations"`
}

// auditFile is the file that findings are in for code scanning, which takes no result
// without one. It need not be there.
const auditFile = "audit.json"

// messageLimit is how many characters of a message or a request are shown.
const messageLimit = 1200

// WriteAudit writes a log of SARIF 2.1.0: a rule for each rule of the audit in each
// severity that it found, with its score, and a result for each finding, the worst first.
// If there are more than code scanning takes, a notification says how many are left out.
func WriteAudit(w io.Writer, a *audited.Audit, o AuditOptions) error {
	l := newAuditRules(a)
	l.places = newAuditPlaces(a, o)
	run := auditRun{
		Tool: tool{driver{
			Name: "iamctl", Version: report.Clip(a.Meta.Iamctl, result.LineLimit), Language: language, Rules: l.rules,
			Notifications: []descriptor{rules[ruleIndex[ruleGap]], wideRule, notAlike, truncated},
		}},
		Details: details{"iamctl-audit/", message{"Audit of IAM"}}, Language: language, Newlines: []string{"\n"}, ColumnKind: "utf16CodeUnits",
		Results: []logResult{}, Invocations: []invocation{auditInvocation(a)},
	}
	for i := range a.Findings[:min(len(a.Findings), resultLimit)] {
		run.Results = append(run.Results, l.marked(a, &a.Findings[i]))
	}
	for i := range a.Gone[:min(len(a.Gone), resultLimit-len(run.Results))] {
		run.Results = append(run.Results, l.gone(&a.Gone[i]))
	}
	b, err := json.Marshal(auditLog{"https://json.schemastore.org/sarif-2.1.0.json", "2.1.0", []auditRun{run}})
	if err != nil {
		return err
	}
	_, err = w.Write(append(visible.EscapeJSON(nil, b), '\n'))
	return err
}

// auditRules are the rules of a log and their indexes by id.
type auditRules struct {
	rules  []descriptor
	index  map[string]int
	places *auditPlaces
}

func newAuditRules(a *audited.Audit) *auditRules {
	l := &auditRules{rules: []descriptor{}, index: map[string]int{}}
	for i := range a.Rules {
		r := &a.Rules[i]
		l.add(r.ID, r, r.Severity)
	}
	for i := range a.Findings {
		f := &a.Findings[i]
		for j := range a.Rules {
			if r := &a.Rules[j]; r.ID == f.Rule && r.Severity != f.Severity {
				l.add(r.ID+"-"+string(f.Severity), r, f.Severity)
			}
		}
	}
	return l
}

func (l *auditRules) add(id string, r *found.Rule, level severity.Level) {
	if _, ok := l.index[id]; ok {
		return
	}
	help := escape(r.Title, messageLimit)
	if r.Why != "" {
		help += ": " + escape(r.Why, messageLimit)
	}
	help += ". Source: " + escape(r.Source, messageLimit)
	for _, c := range r.Controls {
		help += "; " + escape(c, messageLimit)
	}
	l.index[id] = len(l.rules)
	l.rules = append(l.rules, descriptor{
		ID: id, Name: ruleName(id), ShortDescription: message{escape(r.Title, messageLimit)}, FullDescription: message{help}, Help: &message{help},
		DefaultConfiguration: configuration{levels[level]}, Properties: &ruleTags{Severity: scores[level], Tags: []string{"security", "iam", "audit"}},
	})
}

func (l *auditRules) result(f *audited.Finding) logResult {
	id := f.Rule
	// Code scanning looks for the score in the rule.
	index, ok := l.index[id+"-"+string(f.Severity)]
	if ok {
		id += "-" + string(f.Severity)
	} else {
		index = l.index[id]
	}
	text := f.Kind() + escape(f.Entity, result.LineLimit) + " in " + escape(f.Tag, result.TagLimit) + findings.Where(escape, &f.Finding) + ": " + escape(f.Message, messageLimit)
	if f.Unknown != "" {
		text += "; undecided: " + escape(f.Unknown, messageLimit)
	}
	if f.Witness != nil {
		text += "; e.g. " + escape(findings.RequestText(f.Witness), messageLimit)
	}
	for _, step := range report.FindingSteps(&f.Finding) {
		text += "; then " + escape(step, messageLimit)
	}
	return logResult{
		RuleID: id, RuleIndex: index, Level: levels[f.Severity], Message: message{text}, CodeFlows: l.flows(f),
		Locations:           []location{{l.places.place(f), []logical{{report.Clip(f.Entity, result.LineLimit), report.Clip(f.ARN, result.LineLimit), f.EntityType}}}},
		PartialFingerprints: map[string]string{"iamctlFinding/v1": f.Fingerprint, "primaryLocationLineHash": f.Fingerprint + ":1"},
	}
}

// flows returns the steps of a finding, each in the file of who takes it.
func (l *auditRules) flows(f *audited.Finding) []codeFlow {
	if len(f.Steps) < 2 {
		return nil
	}
	var flow threadFlow
	for i := range f.Steps {
		s := &f.Steps[i]
		of := *f
		if i > 0 {
			of.Finding = found.Finding{Tag: f.Tag, Entity: s.Entity, EntityType: s.EntityType}
		}
		text := s.EntityType + " " + escape(s.Entity, result.LineLimit) + " may " + escape(s.Message, messageLimit)
		if request := report.StepRequest(s); request != "" {
			text += "; e.g. " + escape(request, messageLimit)
		}
		name := logical{Name: report.Clip(s.Entity, result.LineLimit), Kind: s.EntityType}
		flow.Locations = append(flow.Locations, flowLocation{stepLocation{location{l.places.place(&of), []logical{name}}, message{text}}, "essential"})
	}
	return []codeFlow{{[]threadFlow{flow}}}
}

// marked returns the result on a finding with what is known of it besides.
func (l *auditRules) marked(a *audited.Audit, f *audited.Finding) logResult {
	r := l.result(f)
	if a.Waives() {
		r.Suppressions = &[]suppression{}
	}
	if f.Waiver != nil {
		r.Suppressions = &[]suppression{{"external", "accepted", report.WaiverText(report.Clip, &a.Waivers[*f.Waiver])}}
	}
	switch f.Age {
	case result.AgeNew:
		r.BaselineState = "new"
	case result.AgeKnown:
		r.BaselineState = "unchanged"
	}
	return r
}

// gone returns the result on a finding that is not there any more.
func (l *auditRules) gone(g *audited.Gone) logResult {
	f := audited.Finding{Finding: found.Finding{
		Rule: g.Rule, Severity: g.Severity, Account: g.Account, Tag: g.Tag, Entity: g.Entity, EntityType: g.EntityType, Message: "no more: " + g.Message, Fingerprint: g.Fingerprint,
	}}
	r := l.result(&f)
	r.Kind, r.Level, r.BaselineState = "pass", levelNone, "absent"
	return r
}

// notAlike is the notification of in what an audit is not like the one that it is held
// against.
var notAlike = descriptor{
	ID: "not-alike", Name: "NotAlike", DefaultConfiguration: configuration{levelNote},
	ShortDescription: message{"The earlier audit is not like this one"},
	FullDescription:  message{"The audit is held against one of other accounts, by other rules or by another configuration, or an incomplete one. Findings may look new or gone for that."},
}

func auditInvocation(a *audited.Audit) invocation {
	i := invocation{ExecutionSuccessful: true, ExitCode: int(a.ExitCode), ExitCodeDescription: findings.Ending(a), Notifications: []notification{}}
	for _, g := range a.Gaps[:min(len(a.Gaps), resultLimit)] {
		i.ExecutionSuccessful = i.ExecutionSuccessful && !g.Blind
		i.Notifications = append(i.Notifications, notification{reference{ruleGap}, gapLevel(&g), message{report.GapText(escape, &g)}})
	}
	for _, n := range a.Notes {
		i.Notifications = append(i.Notifications, notification{reference{notAlike.ID}, levelNote, message{escape(n, messageLimit)}})
	}
	for j := range a.Waivers {
		if w := &a.Waivers[j]; w.Wide != "" {
			i.Notifications = append(i.Notifications, notification{reference{wideRule.ID}, levelWarning, message{report.WideText(escape, w)}})
		}
	}
	if left := len(a.Findings) + len(a.Gone) - resultLimit; left > 0 {
		i.Notifications = append(i.Notifications, notification{
			reference{truncated.ID}, levelWarning, message{result.Count(left, "result is", "results are") + " left out, because code scanning takes no more than 25,000"},
		})
	}
	return i
}
