package severity_test

import (
	"strings"
	"testing"

	"iamctl/policy"
	"iamctl/verdict"
	"iamctl/verdict/severity"
)

// permissions reads statements, and behind a bar those of the boundary; "none" is an
// attached boundary without statements.
func permissions(t *testing.T, text string) *verdict.Permissions {
	t.Helper()
	parse := func(statements string) *policy.Document {
		d, problems, err := policy.Parse(`{"Version":"2012-10-17","Statement":[` + statements + `]}`)
		if err != nil || len(problems) > 0 {
			t.Fatalf("%s: %v %v", statements, err, problems)
		}
		return d
	}
	identity, boundary, bounded := strings.Cut(text, "|")
	p := &verdict.Permissions{Identity: []*policy.Document{parse(identity)}}
	if bounded {
		p.Boundary = []*policy.Document{parse(boundary)}
	}
	return p
}

const (
	get       = `{"Effect":"Allow","Action":"s3:GetObject","Resource":"arn:aws:s3:::app/*"}`
	put       = `{"Effect":"Allow","Action":"s3:PutObject","Resource":"arn:aws:s3:::app/*"}`
	putAll    = `{"Effect":"Allow","Action":"s3:PutObject","Resource":"*"}`
	putMFA    = `{"Effect":"Allow","Action":"s3:PutObject","Resource":"*","Condition":{"Bool":{"aws:MultiFactorAuthPresent":"true"}}}`
	denyPut   = `{"Effect":"Deny","Action":"s3:PutObject","Resource":"arn:aws:s3:::app/secret/*"}`
	all       = `{"Effect":"Allow","Action":"*","Resource":"*"}`
	allButIAM = `{"Effect":"Allow","NotAction":"iam:*","Resource":"*"}`
	pass      = `{"Effect":"Allow","Action":"iam:PassRole","Resource":"*"}`
	passEC2   = `{"Effect":"Allow","Action":"iam:GetRole","Resource":"*"},{"Effect":"Allow","Action":"iam:PassRole","Resource":"arn:aws:iam::123456789012:role/x","Condition":{"StringEquals":{"iam:PassedToService":"ec2.amazonaws.com"}}},` + putAll
	noLambda  = `{"Effect":"Deny","Action":"iam:PassRole","Resource":"*","Condition":{"StringEquals":{"iam:PassedToService":"lambda.amazonaws.com"}}}`
	unknown   = `{"Effect":"Allow","Action":"newservice:DeleteAll","Resource":"*"}`
	runLambda = `{"Effect":"Allow","Action":["lambda:CreateFunction","lambda:InvokeFunction"],"Resource":"*"}`
	attach    = `{"Effect":"Allow","Action":"iam:AttachRolePolicy","Resource":"*"}`
	tagRole   = `{"Effect":"Allow","Action":"iam:DeleteRolePolicy","Resource":"arn:aws:iam::123456789012:role/app"}`
	assume    = `{"Effect":"Allow","Action":"sts:AssumeRole","Resource":"arn:aws:iam::123456789012:role/app"}`
	assumeAny = `{"Effect":"Allow","Action":"sts:AssumeRole","Resource":"*"}`
)

func TestIdentity(t *testing.T) {
	c := verdict.NewComparer(verdict.Options{})
	for _, tt := range []struct {
		old, new string
		want     severity.Level
		kind     string // the beginning
	}{
		{get, get + "," + get, severity.None, "no change in permission"},
		{get, all, severity.Critical, "administrator gained"},
		{all, all + "," + denyPut, severity.Low, "narrowed: 1 action less"},
		{get, get + "," + attach, severity.Critical, "privilege escalation gained: iam:AttachRolePolicy"},
		{runLambda, runLambda + "," + pass, severity.Critical, "privilege escalation gained: "},
		{get, get + "," + pass, severity.High, "writes on everything gained, without a condition"},
		{runLambda, runLambda + "," + passEC2, severity.High, "writes on everything gained"},
		{runLambda, runLambda + "," + pass + "," + noLambda, severity.High, "writes on everything gained"},
		{get, get + "," + unknown, severity.Medium, "actions gained that the reference does not know"},
		{get + "|" + get, get, severity.None, "no change in permission"},
		{put + "|" + get, put, severity.Critical, "the boundary is gone"},
		{get, get + "|" + put, severity.Low, "narrowed: a boundary was added"},
		{putMFA, putAll, severity.High, "a condition no longer guards: 1 action more"},
		{put + "," + denyPut, put, severity.High, "a Deny no longer guards: 1 action more"},
		{get, get + "," + tagRole, severity.High, "permissions management gained"},
		{get, get + "," + putAll, severity.High, "writes on everything gained, without a condition"},
		{get, get + "," + putMFA, severity.Medium, "writes gained: 1 action more"},
		{get, get + "," + put, severity.Medium, "writes gained: 1 action more"},
		{get, put, severity.Medium, "writes gained: 1 action more, 1 action less"},
		{put, put + "," + get, severity.Low, "reads gained: 1 action more"},
		{put + "," + get, get, severity.Low, "narrowed: 1 action less"},
		{get, get + "," + assume, severity.Medium, "writes gained"},
		{get, get + "," + assumeAny, severity.Critical, "privilege escalation gained: sts:AssumeRole"},
		{allButIAM, all, severity.Critical, "administrator gained"},
	} {
		old, new := permissions(t, tt.old), permissions(t, tt.new)
		r := c.Identity(old, new)
		j := severity.Identity(c, old, new, r)
		if j.Level != tt.want || !strings.HasPrefix(j.Kind, tt.kind) {
			t.Errorf("%s\n -> %s\n%s is %s: %q, want %s: %q", tt.old, tt.new, r.Verdict, j.Level, j.Kind, tt.want, tt.kind)
		}
	}
}
