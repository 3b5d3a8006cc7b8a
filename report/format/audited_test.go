package format

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"iamctl/internal/visible/visibletest"
	"iamctl/result"
	"iamctl/result/found"
	"iamctl/result/resulttest"
	"iamctl/verdict/question"
	"iamctl/verdict/severity"
)

// withFindings is a comparison with findings of an audit: one of each account, one that is
// accepted and one that is new, and names that mean ill.
func withFindings(by string, waived bool) *result.Result {
	const hostile = "=a|b`<b>*x*](http://x){0}]]>\x1b[31m\u202e##vso[x]&'\"\n::error::y"
	r := resulttest.Result(resulttest.Meant(), nil)
	r.Meta.By = by
	one := func(rule string, level severity.Level, entity, print string) found.Finding {
		n := 1
		return found.Finding{
			Rule: rule, Severity: level, Account: "111111111111", Tag: "dev", Entity: entity, EntityType: "role", ARN: "arn:aws:iam::111111111111:role/x",
			Policy: "trust", PolicyType: "trust", Statement: &n, Sid: "S", Message: "lets in " + entity, Fingerprint: strings.Repeat(print, 16),
			Witness: &found.Request{Principal: "arn:aws:iam::555555555555:role/x", Action: "sts:AssumeRole", Context: map[string]question.Values{"sts:ExternalId": {"x"}}},
			Fix:     "aws iam one\naws iam two",
		}
	}
	r.SetAudit(result.NewAudit([]found.Rule{{ID: "IAM-057", Severity: severity.Medium, Title: "t", Source: "s"}},
		[2][]found.Finding{{one("ADMIN", severity.Critical, "gone-role", "01")}, {one("IAM-057", severity.Medium, "accepted-role", "02"), one("IAM-057", severity.Critical, hostile, "03")}}, 3), nil)
	m := &result.Marks{Since: "last", Of: func(f string) result.Mark {
		mark := result.Mark{Age: result.AgeKnown}
		if strings.HasPrefix(f, "03") {
			mark.Age = result.AgeNew
		}
		if waived && strings.HasPrefix(f, "02") {
			mark.Waiver = new(int)
		}
		return mark
	}}
	if waived {
		m.Waivers = []result.Waiver{{Fingerprint: strings.Repeat("02", 16), Owner: "o", Reason: "the partner", Expires: "2027-01-31", State: result.WaiverUsed, Count: 1}}
	}
	r.Judge(m)
	return r
}

// TestAuditedFormats: every format makes the same of findings as of the diff.json read
// back, names each open one, and nothing in it moves a terminal.
func TestAuditedFormats(t *testing.T) {
	for _, by := range []string{"", result.ByMeaning} {
		r := withFindings(by, true)
		file := resulttest.Written(t, r)
		again, err := result.Read(strings.NewReader(file))
		if err != nil {
			t.Fatal(err)
		}
		if d := cmp.Diff(r.Audit, again.Audit); d != "" {
			t.Errorf("(-written +read):\n%s", d)
		}
		if n := r.Tally().Findings; n != [2]int{1, 1} || r.Tally().WaivedAll != 1 || r.ExitCode != result.ExitIncomplete || !r.Drift {
			t.Errorf("by %q there are %v findings, %d waived, and the exit code is %d", by, n, r.Tally().WaivedAll, r.ExitCode)
		}
		for _, name := range Names() {
			got := renderedAs(t, name, again)
			if d := cmp.Diff(renderedAs(t, name, r), got); d != "" {
				t.Errorf("%s (-from Changes +from the file):\n%s", name, d)
			}
			if !strings.Contains(got, "gone-role") || name != "text" && name != "markdown" && !strings.Contains(got, "accepted-role") {
				t.Errorf("%s does not name the findings:\n%s", name, got)
			}
			for line := range strings.Lines(got) {
				visibletest.Check(t, strings.ReplaceAll(strings.TrimSuffix(line, "\n"), "\t", "")) // documents are indented by tabs
			}
			if name == "html" && (strings.Contains(got, "<b>*x*") || strings.Contains(got, `href="http`)) {
				t.Errorf("a name makes an element")
			}
		}
	}
}

// TestAuditedLevels: in account B alone a finding is as bad as it is, in A alone low at most.
func TestAuditedLevels(t *testing.T) {
	var got []string
	for f := range withFindings("", false).Ranked() {
		if f.Audited != nil {
			got = append(got, string(f.Severity())+" "+f.Audited.Side)
		}
	}
	if d := cmp.Diff([]string{"critical b", "medium b", "low a"}, got); d != "" {
		t.Errorf("(-want +got):\n%s", d)
	}
}

// TestAuditedFileIsChecked: what a file says of findings is not taken on trust.
func TestAuditedFileIsChecked(t *testing.T) {
	file := resulttest.Written(t, withFindings("", true))
	for _, c := range []struct{ old, new, want string }{
		{`{"side":"b"`, `{"side":"c"`, "side is neither a nor b"},
		{`"rule":"ADMIN","severity":"critical"`, `"rule":"ADMIN","severity":"bad"`, "there is no such severity"},
		{strings.Repeat("03", 16), strings.Repeat("03", 15), "not 32 hexadecimal digits"},
		{`"waiver":0`, `"waiver":7`, "waiver 7 is not there"},
		{`"both":3`, `"both":3,"x":1`, "x is not known"},
	} {
		if !strings.Contains(file, c.old) {
			t.Errorf("%s is not there", c.old)
		}
		if _, err := result.Read(strings.NewReader(strings.Replace(file, c.old, c.new, 1))); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v, want %s", c.new, err, c.want)
		}
	}
}
