package sarif

import (
	"bytes"
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"iamctl/result/resulttest"
	"iamctl/verdict/severity"
)

// TestSeverity: each result of drift has the level of its severity, under a rule with
// the severity's score, and the worst come first.
func TestSeverity(t *testing.T) {
	r := resulttest.Result(resulttest.Meant(), nil)
	var b bytes.Buffer
	if err := Write(&b, r, Options{}); err != nil {
		t.Fatal(err)
	}
	var log struct {
		Runs []struct {
			Tool    struct{ Driver struct{ Rules []descriptor } }
			Results []logResult
		}
	}
	if err := json.Unmarshal(b.Bytes(), &log); err != nil {
		t.Fatal(err)
	}
	run := log.Runs[0]
	want := map[string]severity.Level{}
	for d := range r.Drifts() {
		want[d.Fingerprint] = d.Severity()
	}
	found := map[severity.Level]int{}
	for _, got := range run.Results {
		l, ok := want[got.PartialFingerprints["iamctlDrift/v1"]]
		if !ok {
			continue
		}
		found[l]++
		rule := run.Tool.Driver.Rules[got.RuleIndex]
		if got.Level != levels[l] && !strings.HasPrefix(got.RuleID, ruleForeign) || rule.ID != got.RuleID || rule.Properties.Severity != scores[l] {
			t.Errorf("%s is %s: level %s, rule %s of %q", got.Message.Text, l, got.Level, rule.ID, rule.Properties.Severity)
		}
	}
	for _, l := range severity.Levels() {
		if found[l] == 0 {
			t.Errorf("no drift is %s", l)
		}
	}
	first := run.Results[0].PartialFingerprints["iamctlDrift/v1"]
	if want[first] != severity.Critical {
		t.Errorf("the first result is %s", want[first])
	}
	ids := make([]string, 0, len(run.Tool.Driver.Rules))
	for _, d := range run.Tool.Driver.Rules {
		ids = append(ids, d.ID)
	}
	slices.Sort(ids)
	if len(slices.Compact(ids)) != len(run.Tool.Driver.Rules) {
		t.Errorf("a rule is twice in %v", ids)
	}
}
