package compare_test

import (
	"strings"
	"testing"

	"iamctl/compare"
	"iamctl/inventory"
	"iamctl/result"
	"iamctl/verdict"
	"iamctl/verdict/severity"
)

// viewing returns an account with one role that has a policy of AWS's, and an inline
// policy of a name.
func viewing(id, version, name string, aws []string, own ...string) *inventory.Account {
	a := withAWSPolicy(id, version, aws...)
	a.Roles = a.Roles[:1]
	a.Roles[0].Trust = allow(`"Principal":{"Service":"lambda.amazonaws.com"},"Action":"sts:AssumeRole"`)
	a.Roles[0].Inline = []inventory.InlinePolicy{{Name: name, Document: document(own...)}}
	return a
}

// TestRolesOfPoliciesThatAWSChanged: a verdict is about what a role really may do, and the
// change is as bad as it is for the roles that have the policy.
func TestRolesOfPoliciesThatAWSChanged(t *testing.T) {
	const (
		all    = `"Resource":"*"}`
		read   = `{"Effect":"Allow","Action":"sqs:ReceiveMessage",` + all
		lambda = `{"Effect":"Allow","Action":["lambda:CreateFunction","lambda:InvokeFunction"],` + all
		deny   = `{"Effect":"Deny","Action":"s3:PutObject",` + all
	)
	older, put, pass := []string{"s3:Get*"}, []string{"s3:Get*", "s3:PutObject"}, []string{"s3:Get*", "iam:PassRole"}
	for _, tt := range []struct {
		reason  string
		dev, qa *inventory.Account
		verdict verdict.Verdict
		level   severity.Level // of what the role may do
		own     severity.Level // of what differs in the role but for what AWS changed
		aws     severity.Level // of the change
		kind    string         // the role's begins so
	}{
		{"nothing else differs", viewing(devID, "v1", "p", older, read), viewing(qaID, "v2", "p", put, read), "MORE", "high", "none", "high", "AWS changed Viewer v1 -> v2: broadened: writes"},
		{"the other differs in form alone", viewing(devID, "v1", "p", older, read), viewing(qaID, "v2", "q", put, read), "MORE", "high", "none", "high", "AWS changed Viewer v1 -> v2: broadened: writes"},
		{"a way of both together", viewing(devID, "v1", "p", older, read), viewing(qaID, "v2", "p", pass, read, lambda), "MORE", "critical", "critical", "critical", "privilege escalation gained: iam:PassRole"},
		{"a way with what the role had", viewing(devID, "v1", "p", older, lambda), viewing(qaID, "v2", "p", pass, lambda), "MORE", "critical", "none", "critical", "AWS changed Viewer v1 -> v2: privilege escalation gained"},
		{"a Deny was lost too", viewing(devID, "v1", "p", older, read, deny), viewing(qaID, "v2", "p", put, read), "MORE", "high", "high", "high", ""},
		{"a Deny of both", viewing(devID, "v1", "p", older, read, deny), viewing(qaID, "v2", "p", put, read, deny), "EQUAL", "none", "none", "none", "AWS changed Viewer v1 -> v2: no change in permission"},
		{"the newer version in dev", viewing(devID, "v2", "p", put, read), viewing(qaID, "v1", "q", older, read), "LESS", "low", "none", "low", "AWS changed Viewer v1 -> v2, which dev has: narrowed"},
		{"one gains what the other has by AWS", viewing(devID, "v2", "p", put, read), viewing(qaID, "v1", "p", older, read, strings.Replace(deny, "Deny", "Allow", 1)), "EQUAL", "none", "none", "low", "no change in permission, since AWS changed Viewer"},
		{"an own gain beside", viewing(devID, "v1", "p", older, read), viewing(qaID, "v2", "p", put, read, lambda), "MORE", "high", "high", "high", "broadened: writes"},
	} {
		for _, by := range []string{result.ByItems, result.ByMeaning} {
			o := awsOptions(t)
			o.By = by
			r := run(t, [2]compare.Side{sideIn(t, "dev", tt.dev), sideIn(t, "qa", tt.qa)}, o).Result
			p, s := &r.CommonRoles[0], r.CommonRoles[0].Meaning.Identity
			if s.Verdict != tt.verdict || s.Severity != tt.level || p.Severity() != tt.own || !strings.HasPrefix(s.Kind, tt.kind) {
				t.Errorf("%s: the role is %s %s, %s by itself, %q; want %s %s, %s, %q", tt.reason, s.Verdict, s.Severity, p.Severity(), s.Kind, tt.verdict, tt.level, tt.own, tt.kind)
			}
			if got := r.AWSChanges[0].Meaning; got.Severity != tt.aws {
				t.Errorf("%s: the change is %s (%q), want %s", tt.reason, got.Severity, got.Identity.Kind, tt.aws)
			}
			worst := tt.own
			if tt.aws.Worse(worst) {
				worst = tt.aws
			}
			if got := r.Tally().Worst; got != worst && (by == result.ByItems || worst != severity.None) {
				t.Errorf("%s, by %s: the run is %s, want %s", tt.reason, by, got, worst)
			}
			if by == result.ByMeaning && r.Drift != (tt.verdict != verdict.Equal || tt.aws != severity.None) {
				t.Errorf("%s: drift by meaning is %v", tt.reason, r.Drift)
			}
		}
		back := run(t, [2]compare.Side{sideIn(t, "qa", tt.qa), sideIn(t, "dev", tt.dev)}, awsOptions(t)).Result
		want := map[verdict.Verdict]verdict.Verdict{"MORE": "LESS", "LESS": "MORE", "EQUAL": "EQUAL"}[tt.verdict]
		if got := back.CommonRoles[0].Meaning.Identity.Verdict; got != want {
			t.Errorf("%s: swapped it is %s, want %s", tt.reason, got, want)
		}
	}
}
