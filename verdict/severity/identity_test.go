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
	purge     = `{"Effect":"Allow","Action":"sqs:PurgeQueue","Resource":"*"}`
	purgeAll  = `{"Effect":"Allow","Action":"sqs:Purge*","Resource":"*"}`
	assumeAny = `{"Effect":"Allow","Action":"sts:AssumeRole","Resource":"*"}`
)

// guarded is a statement with a condition.
func guarded(effect, action, resource, condition string) string {
	return `{"Effect":"` + effect + `","Action":"` + action + `","Resource":"` + resource + `","Condition":{` + condition + `}}`
}

func TestIdentity(t *testing.T) {
	const (
		fromOffice    = `"IpAddress":{"aws:SourceIp":"192.0.2.0/24"}`
		fromBoth      = `"IpAddress":{"aws:SourceIp":["192.0.2.0/24","198.51.100.0/24"]}`
		withMFA       = `"Bool":{"aws:MultiFactorAuthPresent":"true"}`
		objectInQueue = `{"Effect":"Allow","Action":"s3:GetObject","Resource":"arn:aws:sqs:us-east-1:111111111111:q"}`
		describe      = `{"Effect":"Allow","Action":"ec2:DescribeInstances","Resource":"*"}`
		noMFA         = `"BoolIfExists":{"aws:MultiFactorAuthPresent":"false"}`
	)
	on := func(resource string) string { return strings.ReplaceAll(putAll, `"*"`, `"`+resource+`"`) }
	c := verdict.NewComparer(verdict.Options{})
	for _, tt := range []struct {
		old, new string
		want     severity.Level
		kind     string // the beginning
		reason   string
	}{
		{get, get + "," + get, severity.None, "no change in permission", "twice is once"},
		{purge, purgeAll, severity.Low, "no change in permission today; more once AWS adds actions", "a pattern for all that matches it"},
		{purgeAll, purge, severity.Low, "no change in permission today; less once AWS adds actions", "and back"},
		{get, all, severity.Critical, "administrator gained", "everything on everything"},
		{get, `{"Effect":"Allow","Action":"*:*","Resource":"*"}`, severity.Critical, "administrator gained", "spelled otherwise"},
		{allButIAM, all, severity.Critical, "administrator gained", "the rest that was missing"},
		{all + "," + denyPut, all, severity.High, "a Deny no longer guards", "it could have made itself administrator before"},
		{all, all + "," + denyPut, severity.Low, "narrowed: 1 action less", "something is denied"},
		{get, get + "," + attach, severity.Critical, "privilege escalation gained: iam:AttachRolePolicy (iam-009)", "a way of one action"},
		{runLambda, runLambda + "," + pass, severity.Critical, "privilege escalation gained: ", "the last part of a way"},
		{get, allButIAM, severity.Critical, "NotAction: everything but iam: privilege escalation gained", "nearly everything"},
		{get, get + `,{"Effect":"Deny","Action":["organizations:*"],"Resource":"*"},` + allButIAM, severity.Critical, "NotAction: everything but iam, organizations: ", "a Deny counts"},
		{get, get + "," + pass, severity.High, "broadened: writes on everything without a condition, 1 action more", "iam:PassRole alone"},
		{runLambda, runLambda + "," + passEC2, severity.High, "broadened: writes on everything without a condition", "passes a role to another service"},
		{runLambda, runLambda + "," + pass + "," + noLambda, severity.High, "broadened: writes on everything without a condition", "denied for the service"},
		{get, get + "," + assumeAny, severity.Critical, "privilege escalation gained: sts:AssumeRole", "any role"},
		{get, get + `,{"Effect":"Allow","Action":"sts:AssumeRole","Resource":"arn:aws:iam::*:role/?*"}`, severity.Critical, "privilege escalation gained: sts:AssumeRole", "any role, spelled otherwise"},
		{get, get + "," + assume, severity.Medium, "broadened: writes, 1 action more", "one role"},

		{get + "|" + get, get, severity.None, "no change in permission, boundary removed", "the boundary did not limit"},
		{put + "|" + get, put, severity.Critical, "boundary removed: writes, 1 action more", "gone"},
		{put + "|" + get, put + "|" + all, severity.Critical, "boundary removed: writes, 1 action more", "it is there and limits nothing"},
		{put + "|" + get, put + "|" + get + "," + put, severity.Medium, "boundary changed: writes, 1 action more", "wider"},
		{get + "|" + get, put + "," + get, severity.Critical, "boundary removed", "what it would have stopped came with it"},
		{get + "|" + all, put + "," + get, severity.Medium, "broadened: writes", "it would not have stopped that"},
		{get, get + "|" + put, severity.Low, "boundary added: 1 action less", "a new limit"},

		{putMFA, putAll, severity.High, "condition aws:MultiFactorAuthPresent removed: writes, 1 action more", "a guard is gone"},
		{putAll + "," + guarded("Deny", "*", "*", noMFA), putAll, severity.High, "condition aws:MultiFactorAuthPresent removed: writes, 1 action more", "a guard that denies is gone"},
		{guarded("Allow", "s3:GetObject", "*", fromOffice), get, severity.High, "condition aws:SourceIp removed: reads, 1 action on other resources or under other conditions", "reads were guarded; no longer on everything"},
		{guarded("Allow", "s3:GetObject", "*", fromOffice), guarded("Allow", "s3:GetObject", "*", fromBoth), severity.Low, "condition aws:SourceIp widened: reads", "an address more"},
		{guarded("Allow", "s3:PutObject", "*", fromOffice+","+withMFA), putAll, severity.High, "conditions aws:MultiFactorAuthPresent and aws:SourceIp removed", "two at once"},
		{guarded("Allow", "s3:PutObject", "*", fromOffice+","+withMFA), putMFA, severity.High, "condition aws:SourceIp removed", "one of two"},
		{guarded("Allow", "s3:PutObject", "*", fromOffice), get + "," + putAll, severity.High, "condition aws:SourceIp removed from s3:PutObject; broadened: writes, 2 actions more", "and something else"},
		{guarded("Allow", "s3:PutObject", "arn:aws:s3:::app/*", fromOffice), put + "," + on("arn:aws:s3:::b/*"), severity.High, "condition aws:SourceIp removed", "and the same on something else"},
		{guarded("Allow", "s3:PutObject", "*", fromOffice), guarded("Allow", "s3:PutObject", "*", fromBoth) + `,{"Effect":"Allow","Action":"sqs:SendMessage","Resource":"*"}`, severity.High, "broadened: writes on everything without a condition, 2 actions more; condition aws:SourceIp widened", "the worse of two causes first"},
		{guarded("Allow", "s3:PutObject", "*", `"StringEquals":{"AWS:principaltag/Team":"x"}`), putAll, severity.High, "condition aws:PrincipalTag/Team removed: writes, 1 action more", "a tag's name is as written"},
		{put, guarded("Allow", "s3:PutObject", "arn:aws:s3:::app/*", fromOffice), severity.Low, "condition aws:SourceIp added: 1 action less", "a new guard"},
		{get + "," + guarded("Allow", "s3:PutObject", "*", `"StringEquals":{"aws:PrincipalTag/a":"x"},"Null":{"aws:PrincipalTag/a":"true"}`), get + "," + put, severity.Medium, "broadened: writes", "a condition that never holds guards nothing"},
		{put + "," + denyPut, put, severity.High, "a Deny no longer guards: writes, 1 action more", "what was denied is allowed"},

		{guarded("Allow", "s3:PutObject", "*", fromOffice), guarded("Allow", "s3:PutObject", "*", `"IpAddress":{"aws:SourceIp":"0.0.0.0/0"}`), severity.High, "condition aws:SourceIp removed", "every address of IPv4"},
		{putMFA, guarded("Allow", "s3:PutObject", "*", `"BoolIfExists":{"aws:MultiFactorAuthPresent":"true"}`), severity.High, "condition aws:MultiFactorAuthPresent removed", "access keys say nothing of MFA"},
		{get, get + `,{"Effect":"Allow","NotAction":["s3:Delete*","ssm:*"],"Resource":"arn:aws:s3:::app/*"}`, severity.High, "broadened: permissions management, ", "ways on resources that their actions do not take are none"},

		{strings.ReplaceAll(get, "GetObject", "*"), strings.ReplaceAll(get, "s3:GetObject", "*"), severity.Medium, "broadened: writes, ", "ssm:SendCommand on a bucket alone has no document to run"},
		{get, get + `,{"Effect":"Allow","Action":"ssm:SendCommand","Resource":["arn:aws:ssm:*:*:document/*","arn:aws:ec2:*:*:instance/*"]}`, severity.Critical, "privilege escalation gained: ssm:SendCommand", "a document and instances"},
		{sendOn("arn:aws:ssm:*"), sendOn("arn:aws:ssm:*") + "," + sendOn("arn:aws:s3:::x"), severity.Medium, "broadened: writes, 1 action more", "it had the documents, and no bucket is a way"},
		{sendOn("arn:aws:ssm:*"), sendOn("arn:aws:ssm:*") + "," + sendOn("arn:aws:ec2:*:*:instance/*"), severity.Critical, "privilege escalation gained: ssm:SendCommand", "it had the documents, and got the instances"},
		{guarded("Allow", "ec2:*", "*", fromOffice), `{"Effect":"Allow","Action":"ec2:*","Resource":"arn:aws:s3:::b/*"}`, severity.Low, "impossible: no such action takes such a resource; narrowed: ", "instances are not in a bucket"},
		{put, `{"Effect":"Allow","Action":"s3:PutObject","Resource":"arn:aws:sqs:*:*:q"}`, severity.Low, "impossible: no such action takes such a resource; narrowed: 1 action less", "nor objects in a queue"},
		{guarded("Allow", "ec2:*", "*", fromOffice), get + `,{"Effect":"Allow","Action":"ec2:*","Resource":"arn:aws:s3:::b/*"}`, severity.Low, "broadened and narrowed: reads, ", "what is possible counts"},
		{objectInQueue + "|" + describe, objectInQueue + "," + describe, severity.Low, "broadened: reads, ", "what is possible is within the old boundary"},
		{objectInQueue + "|" + describe, objectInQueue + "," + describe + "," + get, severity.Critical, "boundary removed: reads, ", "some of it is not"},
		{attach + "|" + get, attach, severity.Critical, "boundary removed: privilege escalation gained: iam:AttachRolePolicy", "the boundary stopped it"},
		{attach + "|" + get, attach + "|" + attach, severity.Critical, "boundary changed: privilege escalation gained: iam:AttachRolePolicy", "a wider boundary does not"},
		{get + "|" + all, get + "," + attach, severity.Critical, "privilege escalation gained: iam:AttachRolePolicy", "the boundary did not stop it"},
		{get, get + "," + tagRole, severity.High, "broadened: permissions management, 1 action more", "no way to more"},
		{get, get + "," + putAll, severity.High, "broadened: writes on everything without a condition, 1 action more", "everything"},
		{get, get + "," + on("arn:aws:s3:::*/*"), severity.High, "broadened: writes on everything", "every object"},
		{get, get + "," + on("arn:aws:s3:::?*"), severity.High, "broadened: writes on everything", "every object"},
		{get, get + "," + on("arn:*:s3:::*"), severity.High, "broadened: writes on everything", "every object"},
		{get, get + "," + on("*:*"), severity.High, "broadened: writes on everything", "every ARN"},
		{get, get + `,{"Effect":"Allow","Action":"s3:PutObject","NotResource":"arn:aws:s3:::x/*"}`, severity.High, "broadened: writes on everything", "all but one bucket"},
		{get, get + "," + on("arn:aws:s3:::app-*/*"), severity.Medium, "broadened: writes, 1 action more", "buckets of a prefix"},
		{get, get + "," + on("arn:aws:s3:::${aws:PrincipalTag/team}/*"), severity.Medium, "broadened: writes, 1 action more", "one's own bucket"},
		{get, get + "," + putMFA, severity.Medium, "broadened: writes, 1 action more", "guarded"},
		{get, get + "," + guarded("Allow", "s3:PutObject", "*", `"Null":{"aws:PrincipalTag/a":"true"}`) + "," + guarded("Allow", "s3:PutObject", "*", `"Null":{"aws:PrincipalTag/a":"false"}`), severity.High, "broadened: writes on everything", "conditions that always hold together"},
		{get, get + "," + putAll + "," + guarded("Deny", "s3:Put*", "*", noMFA), severity.Medium, "broadened: writes, 1 action more", "guarded by a Deny"},
		{get, get + "," + put, severity.Medium, "broadened: writes, 1 action more", "one bucket"},
		{get, put, severity.Medium, "broadened and narrowed: writes, 1 action more, 1 less", "both"},
		{put, on("arn:aws:s3:::b/*"), severity.Medium, "broadened and narrowed: writes, 1 action on other resources", "moved"},
		{get, get + "," + unknown, severity.Medium, "broadened: actions that the reference does not know, 1 action more", "unknown"},
		{put, put + "," + get, severity.Low, "broadened: reads, 1 action more", "reads"},
		{put + "," + get, get, severity.Low, "narrowed: 1 action less", "less"},
	} {
		old, new := permissions(t, tt.old), permissions(t, tt.new)
		r := c.Identity(old, new)
		j := severity.Identity(c, old, new, r)
		if j.Level != tt.want || !strings.HasPrefix(j.Kind, tt.kind) {
			t.Errorf("%s:\n%s\n -> %s\n%s is %s: %q, want %s: %q", tt.reason, tt.old, tt.new, r.Verdict, j.Level, j.Kind, tt.want, tt.kind)
		}
	}
}

// TestWayShown: the request that shows a way is on something that the way needs.
func TestWayShown(t *testing.T) {
	c := verdict.NewComparer(verdict.Options{})
	old := permissions(t, `{"Effect":"Allow","Action":"s3:ListAllMyBuckets","Resource":"*"}`)
	for _, resource := range []string{"*", "arn:aws:s*"} {
		new := permissions(t, `{"Effect":"Allow","Action":"s3:ListAllMyBuckets","Resource":"*"},`+sendOn(resource))
		j := severity.Identity(c, old, new, c.Identity(old, new))
		if w := j.Witness; len(j.Escalations) == 0 || w == nil || strings.HasPrefix(w.Request.Resource, "arn:aws:s3:") {
			t.Errorf("%s: %s is shown by %+v", resource, j.Kind, w)
		}
	}
}

// sendOn is a statement that allows to run a document.
func sendOn(resource string) string {
	return `{"Effect":"Allow","Action":"ssm:SendCommand","Resource":"` + resource + `"}`
}
