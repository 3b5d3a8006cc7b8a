package compare_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"iamctl/compare"
	"iamctl/result"
)

// waivers reads a file of waivers.
func waivers(t *testing.T, text string) *compare.Waivers {
	t.Helper()
	path := filepath.Join(t.TempDir(), compare.WaiverFile)
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	w, err := compare.ReadWaivers(path, true)
	if err != nil {
		t.Fatal(err)
	}
	return w
}

// warned returns the outcome of a comparison with its warnings.
func warned(t *testing.T, sides [2]compare.Side, o compare.Options) (*compare.Outcome, string) {
	t.Helper()
	var all []string
	o.Warn = func(text string) { all = append(all, text) }
	return run(t, sides, o), strings.Join(all, "\n")
}

// TestWideRulesAreWarnings: a rule that leaves nothing to report is one, though
// its pattern looks like any other.
func TestWideRulesAreWarnings(t *testing.T) {
	o := options(t)
	o.Waivers = waivers(t, `{"version": 1, "ignore": [{"path": "/", "owner": "me", "reason": "of no interest"}, {"role": "ci-*", "reason": "r"}]}`)
	out, warnings := warned(t, drifted(t), o)
	if out.Result.Drift {
		t.Error("the rule accepts all drift, and there is drift")
	}
	if want := "the ignore rule for path / leaves little to report: it accepts all drift of this comparison"; !strings.Contains(warnings, want) || strings.Contains(warnings, "ci-*") {
		t.Errorf("the warnings are %q, want %q", warnings, want)
	}
	if w := out.Result.Waivers[0]; w.Count != 1 || w.Roles != 1 || w.Wide == "" {
		t.Errorf("%+v", w)
	}
	if w := out.Result.Waivers[1]; w.State != result.WaiverUnmatched || w.Wide != "" {
		t.Errorf("%+v", w)
	}
}

// TestWaiversOfAnotherComparison: they accept nothing, and nobody misses them.
func TestWaiversOfAnotherComparison(t *testing.T) {
	sides, o := drifted(t), options(t)
	print := run(t, sides, o).Result.CommonRoles[0].OnlyB.At(0).Fingerprint
	for _, tt := range []struct {
		comparison string
		listed     int
		drift      bool
	}{
		{`["qa", "dev"]`, 2, false},
		{`["dev", "prod"]`, 0, true},
	} {
		o.Waivers = waivers(t, `{"version": 1, "waivers": [{"fingerprint": "`+print+`", "owner": "o", "reason": "r", "expires": "2999-01-01", "comparison": `+tt.comparison+`}],
			"ignore": [{"role": "zz*", "reason": "r", "comparison": `+tt.comparison+`}]}`)
		out := run(t, sides, o)
		if len(out.Result.Waivers) != tt.listed || out.Result.Drift != tt.drift {
			t.Errorf("%s: drift %v, and %+v", tt.comparison, out.Result.Drift, out.Result.Waivers)
		}
	}
}

// TestSuccessorsAreNamed: a waiver of a version with another normal form is named
// with the fingerprint that its drift has now, and accepts nothing.
func TestSuccessorsAreNamed(t *testing.T) {
	const old = "0123456789abcdef0123456789abcdef"
	condition := func(text string) string {
		return "+ inline s3: Allow s3:DeleteObject on arn:aws:s3:::app1-accountname/shared/* if " + text
	}
	sides := drifted(t)
	for _, tt := range []struct {
		reason, drift string
		want          bool
	}{
		{"a value that was rewritten less", "+ inline s3: Allow s3:DeleteObject on arn:aws:s3:::app1-qa/shared/*", true},
		{"another partition", "+ inline s3: Allow s3:DeleteObject on arn:aws-cn:s3:::app1-accountname/shared/*", true},
		{"another action", "+ inline s3: Allow s3:PutObject on arn:aws:s3:::app1-accountname/shared/*", false},
		{"on the other side", "- inline s3: Allow s3:DeleteObject on arn:aws:s3:::app1-accountname/shared/*", false},
		{"with a condition", condition(`{"Bool":{"aws:x":["true"]}}`), false},
	} {
		o := options(t)
		o.Waivers = waivers(t, `{"version": 1, "waivers": [{"fingerprint": "`+old+`", "role": "app1_dev", "drift": `+quoted(tt.drift)+`, "owner": "o", "reason": "r", "expires": "2999-01-01"}]}`)
		out, warnings := warned(t, sides, o)
		print := out.Result.CommonRoles[0].OnlyB.At(0).Fingerprint
		if named := out.Result.Waivers[0].Successor == print; named != tt.want || !out.Result.Drift {
			t.Errorf("%s: drift %v, and %+v", tt.reason, out.Result.Drift, out.Result.Waivers)
		}
		if named := strings.Contains(warnings, old) && strings.Contains(warnings, print); named != tt.want {
			t.Errorf("%s: the warnings are %q", tt.reason, warnings)
		}
	}
}

// TestSuccessorsOfMistakenARNs: an action on a resource that it cannot use was an
// item, and is a pair of its own kind.
func TestSuccessorsOfMistakenARNs(t *testing.T) {
	dev, qa := story("dev", devID), story("qa", qaID)
	qa.Roles[0].Inline[0].Document = document(`{"Effect":"Allow","Action":"s3:GetObject","Resource":"arn:aws:s3:::b"}`)
	dev.Roles[0].Inline[0].Document = document(`{"Effect":"Allow","Action":"s3:GetObject","Resource":"arn:aws:s3:::c"}`)
	const entry = `{"fingerprint": "%032d", "role": "app1_dev", "drift": %q, "owner": "o", "reason": "r", "expires": "2999-01-01"}`
	o := options(t)
	o.Waivers = waivers(t, `{"version": 1, "waivers": [`+strings.Join([]string{
		fmt.Sprintf(entry, 1, "+ inline s3: Allow s3:GetObject on arn:aws:s3:::b note: the action cannot use this resource"),
		fmt.Sprintf(entry, 2, "+ inline s3: Allow s3:PutObject on arn:aws:s3:::b note: the action cannot use this resource"),
	}, ",")+`]}`)
	r := run(t, [2]compare.Side{sideIn(t, "dev", dev), sideIn(t, "qa", qa)}, o).Result
	p := &r.CommonRoles[0]
	if p.OnlyB.Len() > 0 || p.ImpossibleB.Len() != 1 || !r.Drift {
		t.Fatalf("drift %v, %d items, %d pairs", r.Drift, p.OnlyB.Len(), p.ImpossibleB.Len())
	}
	if got, want := r.Waivers[0].Successor, p.ImpossibleB.At(0).Fingerprint; got != want || r.Waivers[1].Successor != "" {
		t.Errorf("the successors are %q and %q, want %q and none", got, r.Waivers[1].Successor, want)
	}
}

// TestSuccessorsWithMadeUpNames: what a version before knew by the whole name of a
// role is known without what a tool made up now.
func TestSuccessorsWithMadeUpNames(t *testing.T) {
	const old = "0123456789abcdef0123456789abcdef"
	dev, qa := story("dev", devID), story("qa", qaID)
	dev.Roles[0].Name, qa.Roles[0].Name = "Stack-Web-Q7R8S9T0U1V2", "Stack-Web-1A2B3C4D5E6F"
	dev.Roles[0].ARN, qa.Roles[0].ARN = "arn:aws:iam::"+devID+":role/Stack-Web-Q7R8S9T0U1V2", "arn:aws:iam::"+qaID+":role/Stack-Web-1A2B3C4D5E6F"
	qa.Roles[0].Inline[0].Document = replace(qa.Roles[0].Inline[0].Document, `"sqs:SendMessage"`, `"sqs:SendMessage","s3:DeleteObject"`)
	o := options(t)
	o.Waivers = waivers(t, `{"version": 1, "waivers": [{"fingerprint": "`+old+`", "role": "Stack-Web-Q7R8S9T0U1V2", "owner": "o", "reason": "r", "expires": "2999-01-01",
		"drift": "+ inline s3: Allow s3:DeleteObject on arn:aws:s3:::app1-accountname/shared/*"}]}`)
	out := run(t, [2]compare.Side{sideIn(t, "dev", dev), sideIn(t, "qa", qa)}, o)
	if got, want := out.Result.Waivers[0].Successor, out.Result.CommonRoles[0].OnlyB.At(0).Fingerprint; got != want {
		t.Errorf("the successor is %q, want %q of %s", got, want, out.Result.CommonRoles[0].RoleName)
	}
}

func quoted(s string) string { return `"` + strings.ReplaceAll(s, `"`, `\"`) + `"` }

// TestSuccessorsOfAWSsPolicies: what were drifts of items, in each role, is one
// difference where AWS changed its policy.
func TestSuccessorsOfAWSsPolicies(t *testing.T) {
	sides := [2]compare.Side{
		sideIn(t, "dev", withAWSPolicy(devID, "v1", "s3:GetObject")), sideIn(t, "qa", withAWSPolicy(qaID, "v2", "s3:GetObject", "sns:Publish")),
	}
	const entry = `{"fingerprint": "%032d", "role": %q, "drift": %q, "owner": "o", "reason": "r", "expires": "2999-01-01"}`
	o := options(t)
	o.Waivers = waivers(t, `{"version": 1, "waivers": [`+strings.Join([]string{
		fmt.Sprintf(entry, 1, "a", "+ managed Viewer: Allow sns:Publish on *"),
		fmt.Sprintf(entry, 2, "b", "+ managed Viewer: Allow sns:Publish on *"),
		fmt.Sprintf(entry, 3, "bounded", "+ boundary Viewer: Allow sns:Publish on *"),
		fmt.Sprintf(entry, 4, "a", "+ managed Other: Allow sns:Publish on *"),
		fmt.Sprintf(entry, 5, "other", "+ managed Viewer: Allow sns:Publish on *"),
	}, ",")+`]}`)
	r := run(t, sides, o).Result
	if len(r.AWSChanges) != 1 || !r.Drift {
		t.Fatalf("drift %v, %d changes of AWS's", r.Drift, len(r.AWSChanges))
	}
	for i, w := range r.Waivers {
		if named := w.Successor == r.AWSChanges[0].Fingerprint; named != (i < 3) {
			t.Errorf("waiver %d: %+v", i+1, w)
		}
	}
}
