package sarif

import (
	"maps"
	"slices"

	"iamctl/report"
	"iamctl/result"
	"iamctl/verdict/severity"
)

// scores are the numbers by which GitHub's code scanning ranks what severities mean
// ("SARIF support for code scanning", security-severity): over 9.0 is critical, 7.0 to
// 8.9 high, 4.0 to 6.9 medium. Harmless drift has none.
var scores = map[severity.Level]string{severity.Critical: "9.5", severity.High: "8.0", severity.Medium: "5.5", severity.Low: "2.0"}

// levels are the levels of drift whose severity is known.
var levels = map[severity.Level]string{
	severity.Critical: levelError, severity.High: levelError, severity.Medium: levelWarning, severity.Low: levelNote, severity.None: levelNote,
}

// ranked returns a finding that says what the drift means, with the level of its severity,
// under a rule that has the severity's score: code scanning looks for the score there. One
// whose severity is not known stays as it is.
func (s *writer) ranked(f finding, d *result.Drift) finding {
	l := d.Severity()
	level, ok := levels[l]
	if !ok {
		return f
	}
	if f.rule == ruleForeign {
		_, level = foreignRule(level)
	}
	f.level = level
	id := f.rule
	if scores[l] != "" {
		id += "-" + string(l)
	}
	f.severe = severe{f.rule, id, l}
	made, of := f.make, *d
	f.make = func() logResult {
		r := made()
		if meant := report.Meant(escape, s.r, &of); meant != "" {
			r.Message.Text += ". Verdict " + meant
		}
		r.RuleID, r.RuleIndex, r.Level = id, s.ruleIndex[id], level
		return r
	}
	return f
}

// severe is a rule, its name with a severity, and the severity.
type severe struct {
	rule, id string
	level    severity.Level
}

// listRules lists the rules: all, and those with a severity that there are findings of.
func (s *writer) listRules() {
	used := map[severe]bool{}
	for f := range s.findings() {
		if scores[f.severe.level] != "" {
			used[f.severe] = true
		}
	}
	s.rules = slices.Clone(rules)
	s.ruleIndex = maps.Clone(ruleIndex)
	compare := func(a, b severe) int { return ruleOrder(a) - ruleOrder(b) }
	for _, u := range slices.SortedFunc(maps.Keys(used), compare) {
		d := rules[ruleIndex[u.rule]]
		d.ID, d.Name = u.id, ruleName(u.id)
		d.DefaultConfiguration = configuration{levels[u.level]}
		tags := *d.Properties
		tags.Severity = scores[u.level]
		d.Properties = &tags
		s.ruleIndex[u.id] = len(s.rules)
		s.rules = append(s.rules, d)
	}
}

// ruleOrder orders rules with a severity.
func ruleOrder(s severe) int {
	return ruleIndex[s.rule]*len(severity.Levels()) + slices.Index(severity.Levels(), s.level)
}
