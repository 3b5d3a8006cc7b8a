package sarif

import (
	"encoding/json"
	"io"

	"iamctl/internal/visible"
	"iamctl/report"
	"iamctl/result"
	"iamctl/result/matrix"
	"iamctl/verdict/severity"
)

// matrixFile is the file of outliers that have none of their own, for code scanning, which
// takes no result without one. It need not be there.
const matrixFile = "matrix.json"

// MatrixOptions say where the files of roles are and what is left out.
type MatrixOptions struct {
	// Locate returns the file of a role of an account, by its place in the matrix, as a
	// slash-separated path from the root of the repository; nil for none.
	Locate func(account int, role string) (uri string, ok bool)
	// OpenOnly leaves out what is waived or gone.
	OpenOnly bool
}

// matrixKinds are what an outlier may be, with the rule's words.
var matrixKinds = []struct{ kind, short, full string }{
	{matrix.Differs, "A role of one of many accounts differs", "The role is not as in most accounts, or in the account that all are held against, once what is meant to differ is rewritten."},
	{matrix.Extra, "A role that most accounts do not have", "An account has a role that most do not have, or not the one that all are held against."},
	{matrix.Effective, "Control policies leave a role of one of many accounts other permissions", "The role is as in most accounts, or in the account that all are held against, and service or resource control policies of the organisation leave it something else."},
	{matrix.Missing, "A role is missing in one of many accounts", "An account does not have a role that most have, or the one that all are held against."},
}

// WriteMatrix writes a log of SARIF 2.1.0: a result for each outlier that counts and each
// policy that AWS changed, the worst first, under a rule that has the severity's score. If
// there are more than code scanning takes, a notification says how many are left out.
func WriteMatrix(w io.Writer, m *matrix.Matrix, o MatrixOptions) error {
	l := &matrixLog{m: m, o: o, index: map[string]int{}, rules: []descriptor{}}
	for i := range m.Accounts {
		if l.places == nil {
			l.places = map[*matrix.Account]int{}
		}
		l.places[&m.Accounts[i]] = i
	}
	l.list()
	run := auditRun{
		Tool: tool{driver{
			Name: "iamctl", Version: report.Clip(m.Meta.Iamctl, result.LineLimit), Language: language, Rules: l.rules,
			Notifications: []descriptor{rules[ruleIndex[ruleGap]], wideRule, notAlike, uncounted, truncated},
		}},
		Details: details{"iamctl-matrix/", message{"IAM roles of many accounts"}}, Language: language, Newlines: []string{"\n"}, ColumnKind: "utf16CodeUnits",
		Results: l.results, Invocations: []invocation{l.invocation()},
	}
	b, err := json.Marshal(auditLog{"https://json.schemastore.org/sarif-2.1.0.json", "2.1.0", []auditRun{run}})
	if err != nil {
		return err
	}
	_, err = w.Write(append(visible.EscapeJSON(nil, b), '\n'))
	return err
}

type matrixLog struct {
	m       *matrix.Matrix
	o       MatrixOptions
	rules   []descriptor
	index   map[string]int
	places  map[*matrix.Account]int
	results []logResult
	// left is how many results are left out.
	left int
}

// list makes the rules and the results.
func (l *matrixLog) list() {
	l.results = []logResult{}
	for f := range l.m.Outliers() {
		if l.m.Matters(f.Difference) && (f.Waiver == nil || !l.o.OpenOnly) {
			l.add(func() logResult { return l.outlier(&f) })
		}
	}
	for i := range l.m.AWSChanges {
		if c := &l.m.AWSChanges[i]; c.Waiver == nil || !l.o.OpenOnly {
			l.add(func() logResult { return l.changed(c) })
		}
	}
	if l.o.OpenOnly {
		return
	}
	for i := range l.m.Gone {
		l.add(func() logResult { return l.gone(&l.m.Gone[i]) })
	}
}

func (l *matrixLog) add(make func() logResult) {
	if len(l.results) == resultLimit {
		l.left++
		return
	}
	l.results = append(l.results, make())
}

// rule returns the id and the place of the rule for a kind of outlier of a severity.
func (l *matrixLog) rule(kind string, level severity.Level) (string, int) {
	id := "matrix-" + kind
	if scores[level] != "" {
		id += "-" + string(level)
	}
	i, ok := l.index[id]
	if !ok {
		i = len(l.rules)
		l.index[id] = i
		d := rules[ruleIndex[ruleAWS]]
		for _, k := range matrixKinds {
			if k.kind == kind {
				d = rule(id, levels[level], k.short, k.full)
			}
		}
		d.ID, d.Name = id, ruleName(id)
		tags := *d.Properties
		tags.Severity = scores[level]
		d.Properties = &tags
		l.rules = append(l.rules, d)
	}
	return id, i
}

// titleOf returns what an account is called, with its key where that is something else.
func titleOf(label, key string) string {
	title := escape(label, result.TagLimit)
	if key != label {
		title += " (" + escape(key, result.TagLimit) + ")"
	}
	return title
}

func (l *matrixLog) outlier(f *matrix.Found) logResult {
	id, i := l.rule(f.Kind, f.Severity)
	text := "role " + escape(f.Role.Name, result.LineLimit) + " in " + titleOf(f.Label, f.Key) + ": " + escape(f.What, messageLimit) + ". Verdict " + string(f.Verdict)
	uri, ok := "", false
	if l.o.Locate != nil {
		uri, ok = l.o.Locate(l.places[f.Account], f.Role.Name)
	}
	r := l.result(id, i, levels[f.Severity], text, f.Role.Name, f.Outlier.Fingerprint)
	if ok {
		r.Locations[0].Physical = placeIn(uri, 1)
	}
	return l.marked(r, f.Outlier)
}

func (l *matrixLog) result(id string, i int, level, text, name, print string) logResult {
	place := placeIn(matrixFile, 1)
	place.Artifact.URIBaseID = ""
	return logResult{
		RuleID: id, RuleIndex: i, Level: level, Message: message{text},
		Locations:           []location{{place, []logical{{Name: report.Clip(name, result.LineLimit), Kind: "role"}}}},
		PartialFingerprints: map[string]string{"iamctlOutlier/v1": print, "primaryLocationLineHash": print + ":1"},
	}
}

func (l *matrixLog) changed(c *matrix.AWSChange) logResult {
	id, i := l.rule("aws", "")
	r := l.result(id, i, levelWarning, "AWS changed "+escape(c.Policy, result.LineLimit)+": accounts have "+escape(c.Versions[0], result.TagLimit)+" and "+escape(c.Versions[1], result.TagLimit), c.Policy, c.Fingerprint)
	r.Locations[0].Logical[0].Kind = "policy"
	return l.marked(r, &c.Outlier)
}

// marked adds what is known of an outlier.
func (l *matrixLog) marked(r logResult, o *matrix.Outlier) logResult {
	if l.m.Waives() {
		r.Suppressions = &[]suppression{}
	}
	if o.Waiver != nil {
		r.Suppressions = &[]suppression{{"external", "accepted", report.WaiverText(report.Clip, &l.m.Waivers[*o.Waiver])}}
	}
	switch o.Age {
	case result.AgeNew:
		r.BaselineState = "new"
	case result.AgeKnown:
		r.BaselineState = "unchanged"
	}
	return r
}

// gone returns the result on an outlier that is none any more.
func (l *matrixLog) gone(g *matrix.Gone) logResult {
	id, i := l.rule(g.Kind, g.Severity)
	r := l.result(id, i, levelNone, "no more: role "+escape(g.Role, result.LineLimit)+" in "+titleOf(l.m.LabelOf(g.Account), g.Account)+": "+escape(g.What, messageLimit), g.Role, g.Fingerprint)
	r.Kind, r.BaselineState = "pass", "absent"
	return r
}

func (l *matrixLog) invocation() invocation {
	i := invocation{ExecutionSuccessful: true, ExitCode: int(l.m.ExitCode), ExitCodeDescription: "in sync", Notifications: []notification{}}
	switch {
	case l.m.ExitCode == result.ExitIncomplete:
		i.ExitCodeDescription = "incomplete"
	case l.m.ExitCode == result.ExitDrift:
		i.ExitCodeDescription = "drift"
	case l.m.Drift:
		i.ExitCodeDescription = "no drift that fails the run"
	}
	note := func(id, level, text string) {
		i.Notifications = append(i.Notifications, notification{reference{id}, level, message{text}})
	}
	for _, g := range l.m.Gaps[:min(len(l.m.Gaps), resultLimit)] {
		i.ExecutionSuccessful = i.ExecutionSuccessful && !g.Blind
		note(ruleGap, gapLevel(&g), report.GapText(escape, &g))
	}
	for _, n := range l.m.Notes {
		note(notAlike.ID, levelNote, escape(n, messageLimit))
	}
	for j := range l.m.Waivers {
		if w := &l.m.Waivers[j]; w.Wide != "" {
			note(wideRule.ID, levelWarning, report.WideText(escape, w))
		}
	}
	if n := l.m.Counts.Uncounted; n > 0 {
		note(uncounted.ID, levelNote, result.Count(n, "outlier is", "outliers are")+" left out, because the run counts by meaning; matrix.json has them all")
	}
	if l.left > 0 {
		note(truncated.ID, levelWarning, result.Count(l.left, "result is", "results are")+" left out, because code scanning takes no more than 25,000; matrix.json has them all")
	}
	return i
}
