package result_test

import (
	"strings"
	"testing"

	"iamctl/result"
	"iamctl/result/resulttest"
	"iamctl/verdict/severity"
)

func TestParseFailOn(t *testing.T) {
	for _, c := range []struct{ text, want, bad, reason string }{
		{"", "", "", "what a file without the member has"},
		{"any", "", "", "the default"},
		{"new", "new", "", "age alone"},
		{"High", "high", "", "severity alone, whatever its case"},
		{"high, new", "new,high", "", "both, in either order"},
		{"any,low", "low", "", "any of at least low"},
		{"hihg", "", "hihg", "misspelt"},
		{"new,hihg", "", "hihg", "the second is misspelt"},
		{"none", "", "none", "no drift is less"},
		{"low,high", "", "high", "two severities"},
	} {
		f, bad := result.ParseFailOn(c.text)
		if f.String() != c.want || bad != c.bad {
			t.Errorf("%s: %q is %q, bad %q, want %q, bad %q", c.reason, c.text, f, bad, c.want, c.bad)
		}
	}
}

func TestFailOnReaches(t *testing.T) {
	for _, c := range []struct {
		on     string
		level  severity.Level
		want   bool
		reason string
	}{
		{"any", severity.None, true, "everything"},
		{"high", severity.High, true, "as bad"},
		{"high", severity.Critical, true, "worse"},
		{"high", severity.Medium, false, "less"},
		{"high", "", true, "what is not known counts as high"},
		{"critical", "", false, "and no more than that"},
		{"low", severity.None, false, "form alone"},
	} {
		on, _ := result.ParseFailOn(c.on)
		if got := on.Reaches(c.level); got != c.want {
			t.Errorf("%s: %s reaches %q: %v", c.reason, c.on, c.level, got)
		}
	}
}

// asked is the result of Meant counted by meaning, or with other words of --fail-on.
func asked(t *testing.T, by, failOn string, keep func(d *result.Drift) bool) *result.Result {
	t.Helper()
	zero := 0
	changes := resulttest.Meant()
	r := resulttest.Result(changes, nil)
	waived := map[string]bool{}
	for d := range r.Drifts() {
		waived[d.Fingerprint] = !keep(&d)
	}
	r.Meta.By, r.Meta.FailOn = by, failOn
	r.Incomplete, r.Gaps = false, []result.Gap{}
	r.Judge(&result.Marks{Waivers: []result.Waiver{{Role: "x", Reason: "y", State: result.WaiverUsed}}, Of: func(f string) result.Mark {
		if waived[f] {
			return result.Mark{Waiver: &zero}
		}
		return result.Mark{}
	}})
	return r
}

func TestExitCodeFollowsMeaning(t *testing.T) {
	for _, c := range []struct {
		role, by, failOn string
		want             result.ExitCode
		reason           string
	}{
		{"audit", "", "", result.ExitDrift, "a policy's other name is drift by items"},
		{"audit", result.ByMeaning, "", result.ExitInSync, "and none by meaning"},
		{"tagged", result.ByMeaning, "", result.ExitInSync, "a description changes no permission"},
		{"app1", result.ByMeaning, "", result.ExitDrift, "one more action does"},
		{"reader", result.ByMeaning, "", result.ExitDrift, "one less too"},
		{"variable", result.ByMeaning, "", result.ExitDrift, "what is not decided counts"},
		{"zz-left", result.ByMeaning, "", result.ExitDrift, "a role of one account"},
		{"zz-admin", result.ByMeaning, "", result.ExitDrift, "of the other"},
		{"variable", "", "high", result.ExitDrift, "what is not decided counts as high"},
		{"app1", "", "medium", result.ExitDrift, "as bad as asked for"},
		{"app1", "", "high", result.ExitInSync, "not as bad"},
		{"audit", "", "low", result.ExitInSync, "form is not low"},
		{"ci-deployer", "", "critical", result.ExitDrift, "the worst"},
		{"nothing", "", "", result.ExitInSync, "waived drift never fails"},
	} {
		r := asked(t, c.by, c.failOn, func(d *result.Drift) bool { return d.RoleName == c.role })
		if r.ExitCode != c.want {
			t.Errorf("%s: %s by %q failing on %q: exit code %d, want %d", c.reason, c.role, c.by, c.failOn, r.ExitCode, c.want)
		}
	}
}

// TestAskedIsKept: the file says what was asked, so that it counts the same when read.
func TestAskedIsKept(t *testing.T) {
	r := asked(t, result.ByMeaning, "new,high", func(d *result.Drift) bool { return d.RoleName == "audit" || d.RoleName == "app1" })
	again, err := result.Read(strings.NewReader(resulttest.Written(t, r)))
	if err != nil {
		t.Fatal(err)
	}
	if *again.Tally() != *r.Tally() || again.Meta.By != result.ByMeaning || again.Meta.FailOn != "new,high" || again.Drift != r.Drift || again.ExitCode != r.ExitCode {
		t.Errorf("read %+v, written %+v", again.Tally(), r.Tally())
	}
	if got := r.Tally(); got.Roles != 1 || got.FormRoles != 1 {
		t.Errorf("%+v, want a role that differs and one in form alone", got)
	}
	for _, c := range []struct{ from, to, reason string }{
		{`"fail_on":"new,high"`, `"fail_on":"hihg"`, "a word that there is not"},
		{`"by":"meaning"`, `"by":"moon"`, "likewise"},
		{`"drift":true`, `"drift":false`, "drift that counts"},
	} {
		text := strings.Replace(resulttest.Written(t, r), c.from, c.to, 1)
		if _, err := result.Read(strings.NewReader(text)); err == nil {
			t.Errorf("%s: read", c.reason)
		}
	}
}

// TestTallyByMeaning: counting without fingerprints comes to the same.
func TestTallyByMeaning(t *testing.T) {
	plain := resulttest.Result(resulttest.Meant(), nil)
	plain.Meta.By = result.ByMeaning
	plain.Judge(nil)
	walked := asked(t, result.ByMeaning, "", func(*result.Drift) bool { return true })
	if *plain.Tally() != *walked.Tally() {
		t.Errorf("counted %+v, walked %+v", plain.Tally(), walked.Tally())
	}
	if got := plain.Tally(); got.FormRoles == 0 || got.Roles == 0 || got.Worst != severity.Critical {
		t.Errorf("%+v", got)
	}
}
