package verdict_test

import (
	"fmt"
	"strings"
	"testing"

	"iamctl/policy"
	"iamctl/verdict"
)

const (
	version  = `{"Version":"2012-10-17","Statement":[`
	allowAll = `{"Effect":"Allow","Action":"*","Resource":"*"}`
)

// identityCases are statements of the old and the new side.
var identityCases = []struct {
	reason, old, new string
	want, future     verdict.Verdict
	action, resource string // of the last witness
}{
	{
		"the same", allowAll, allowAll, verdict.Equal, verdict.Equal, "", "",
	},
	{
		"an action more, of a resource type with a format", `{"Effect":"Allow","Action":"s3:GetObject","Resource":"*"}`,
		`{"Effect":"Allow","Action":["s3:GetObject","s3:PutObject"],"Resource":"*"}`,
		verdict.More, verdict.More, "s3:PutObject", "arn:aws:s3:::x/x",
	},
	{
		"a pattern and all it matches today", `{"Effect":"Allow","Action":["sqs:ListQueues","sqs:ListQueueTags","sqs:ListDeadLetterSourceQueues","sqs:ListMessageMoveTasks"],"Resource":"*"}`,
		`{"Effect":"Allow","Action":"sqs:List*","Resource":"*"}`,
		verdict.Equal, verdict.More, "", "",
	},
	{
		"a plain name in services that AWS may add", `{"Effect":"Allow","Action":"s3:GetObject","Resource":"*"}`,
		`{"Effect":"Allow","Action":["s3:GetObject","zz*:DeleteObject"],"Resource":"*"}`,
		verdict.Equal, verdict.More, "", "",
	},
	{
		"a plain name that no service has today", `{"Effect":"Allow","Action":"*:Get*","Resource":"*"}`,
		`{"Effect":"Allow","Action":["*:Get*","*:DeleteZebra"],"Resource":"*"}`,
		verdict.Equal, verdict.More, "", "",
	},
	{
		"a deny that takes nothing away", `{"Effect":"Allow","Action":"s3:*","Resource":"*"}`,
		`{"Effect":"Allow","Action":"s3:*","Resource":"*"},{"Effect":"Deny","Action":"iam:*","Resource":"*"}`,
		verdict.Equal, verdict.Equal, "", "",
	},
	{
		"the rest of the resources", `{"Effect":"Allow","Action":"s3:GetObject","Resource":["arn:aws:s3:::a/*","arn:aws:s3:::b/*"]}`,
		`{"Effect":"Allow","Action":"s3:GetObject","Resource":"arn:aws:s3:::?/*"},{"Effect":"Deny","Action":"s3:GetObject","NotResource":["arn:aws:s3:::a/*","arn:aws:s3:::b/*"]}`,
		verdict.Equal, verdict.Equal, "", "",
	},
	{
		"everything of an account, and an action on a condition", `{"Effect":"Allow","Action":"*","Resource":"arn:aws:*:*:123456789012:*"}`,
		`{"Effect":"Allow","Action":"s3:GetObject","Resource":"*","Condition":{"IpAddress":{"aws:SourceIp":"10.0.0.0/8"}}}`,
		verdict.Different, verdict.Different, "s3:GetObject", "arn:aws:s3:::x/x",
	},
	{
		"everything but that of an account, and an action", `{"Effect":"Allow","Action":"*","NotResource":"arn:aws:*:*:123456789012:*"}`,
		`{"Effect":"Allow","Action":"s3:GetObject","Resource":"*"}`,
		verdict.Different, verdict.Different, "s3:GetObject", "arn:aws:s3:us-east-1:123456789012:accesspoint/x/object/x",
	},
	{
		"everything on a condition, and that of an account", `{"Effect":"Allow","Action":"*","Resource":"*","Condition":{"IpAddress":{"aws:SourceIp":"10.0.0.0/8"}}}`,
		`{"Effect":"Allow","Action":"*","Resource":"arn:aws:*:*:123456789012:*"}`,
		verdict.Different, verdict.Different, "", "",
	},
	{
		"everything with an ARN, and an action on a condition", `{"Effect":"Allow","Action":"*","Resource":"arn:*"}`,
		`{"Effect":"Allow","Action":"s3:GetObject","Resource":"arn:aws:s3:::b/*","Condition":{"IpAddress":{"aws:SourceIp":"10.0.0.0/8"}}}`,
		verdict.Less, verdict.Less, "", "",
	},
	{
		"one of some values is empty", `{"Effect":"Allow","Action":"dynamodb:PutItem","Resource":"*"}`,
		`{"Effect":"Allow","Action":"dynamodb:PutItem","Resource":"*"},{"Effect":"Allow","Action":"dynamodb:GetItem","Resource":"*","Condition":{"ForAnyValue:StringEquals":{"aws:ResourceTag/env":["","prod"]}}}`,
		verdict.More, verdict.More, "dynamodb:GetItem", "",
	},
	{
		"the same of all values", `{"Effect":"Allow","Action":"dynamodb:PutItem","Resource":"*"}`,
		`{"Effect":"Allow","Action":"dynamodb:PutItem","Resource":"*"},{"Effect":"Allow","Action":"dynamodb:GetItem","Resource":"*","Condition":{"ForAllValues:StringEquals":{"aws:ResourceTag/env":["","prod"]}}}`,
		verdict.More, verdict.More, "dynamodb:GetItem", "",
	},
	{
		"an empty value alone", `{"Effect":"Allow","Action":"dynamodb:PutItem","Resource":"*"}`,
		`{"Effect":"Allow","Action":"dynamodb:PutItem","Resource":"*"},{"Effect":"Allow","Action":"dynamodb:GetItem","Resource":"*","Condition":{"ForAnyValue:StringEquals":{"aws:ResourceTag/env":""}}}`,
		verdict.Unknown, verdict.Unknown, "", "",
	},
	{
		"an empty value more", `{"Effect":"Allow","Action":"dynamodb:PutItem","Resource":"*","Condition":{"ForAnyValue:StringEquals":{"aws:ResourceTag/env":["","prod"]}}}`,
		`{"Effect":"Allow","Action":"dynamodb:PutItem","Resource":"*","Condition":{"ForAnyValue:StringEquals":{"aws:ResourceTag/env":"prod"}}}`,
		verdict.Unknown, verdict.Unknown, "", "",
	},
	{
		"an empty value without a set operator", `{"Effect":"Allow","Action":"dynamodb:PutItem","Resource":"*","Condition":{"StringEquals":{"aws:ResourceTag/env":["","prod"]}}}`,
		`{"Effect":"Allow","Action":"dynamodb:PutItem","Resource":"*","Condition":{"StringEquals":{"aws:ResourceTag/env":"prod"}}}`,
		verdict.Less, verdict.Less, "dynamodb:PutItem", "",
	},
	{
		"a deny on the value of a key that must be absent", `{"Effect":"Allow","Action":"dynamodb:PutItem","Resource":"*"}`,
		`{"Effect":"Allow","Action":"dynamodb:PutItem","Resource":"*"},{"Effect":"Deny","Action":"dynamodb:PutItem","Resource":"*","Condition":{"Null":{"aws:PrincipalTag/team":"true"},"ForAnyValue:StringEqualsIgnoreCase":{"dynamodb:LeadingKeys":"x${aws:PrincipalTag/team}"}}}`,
		verdict.Equal, verdict.Equal, "", "",
	},
	{
		"one on values of several keys", `{"Effect":"Allow","Action":"dynamodb:PutItem","Resource":"*"}`,
		`{"Effect":"Allow","Action":"dynamodb:PutItem","Resource":"*"},{"Effect":"Deny","Action":"dynamodb:PutItem","Resource":"*","Condition":{"Null":{"aws:PrincipalTag/team":"true"},"ForAnyValue:StringLike":{"dynamodb:LeadingKeys":["x${aws:PrincipalTag/team}","${aws:PrincipalTag/user}-${aws:PrincipalTag/team}*"]}}}`,
		verdict.Equal, verdict.Equal, "", "",
	},
	{
		"one on another value is not dead", `{"Effect":"Allow","Action":"dynamodb:PutItem","Resource":"*"}`,
		`{"Effect":"Allow","Action":"dynamodb:PutItem","Resource":"*"},{"Effect":"Deny","Action":"dynamodb:PutItem","Resource":"*","Condition":{"Null":{"aws:PrincipalTag/team":"true"},"ForAnyValue:StringEquals":{"dynamodb:LeadingKeys":["x${aws:PrincipalTag/team}","a"]}}}`,
		verdict.Less, verdict.Less, "dynamodb:PutItem", "",
	},
	{
		"nor is one that is negated", `{"Effect":"Allow","Action":"dynamodb:PutItem","Resource":"*"}`,
		`{"Effect":"Allow","Action":"dynamodb:PutItem","Resource":"*"},{"Effect":"Deny","Action":"dynamodb:PutItem","Resource":"*","Condition":{"Null":{"aws:PrincipalTag/team":"true"},"ForAnyValue:StringNotEquals":{"dynamodb:LeadingKeys":"x${aws:PrincipalTag/team}"}}}`,
		verdict.Less, verdict.Less, "dynamodb:PutItem", "",
	},
	{
		"a resource with a variable that is excepted", `{"Effect":"Allow","Action":"s3:PutObject","NotResource":"arn:aws:sqs:eu-*:123456789012:q*"}`,
		`{"Effect":"Allow","Action":"s3:PutObject","NotResource":"arn:aws:s3:::app/${aws:PrincipalTag/team}/*"}`,
		verdict.Different, verdict.Different, "s3:PutObject", "",
	},
	{
		"and one that is denied", `{"Effect":"Allow","Action":"s3:PutObject","Resource":"*"}`,
		`{"Effect":"Allow","Action":"s3:PutObject","Resource":"*"},{"Effect":"Deny","Action":"s3:*","Resource":"arn:aws:s3:::app/${aws:PrincipalTag/team}/*"}`,
		verdict.Less, verdict.Less, "s3:PutObject", "",
	},
	{
		"a witness of the own partition", `{"Effect":"Allow","Action":"s3:GetObject","Resource":"*"}`,
		`{"Effect":"Allow","Action":"s3:GetObject","Resource":"arn:aws:s3:::*"}`,
		verdict.Less, verdict.Less, "s3:GetObject", "arn:aws:s3:us-east-1:123456789012:accesspoint/x/object/x",
	},
	{
		"a witness of another partition where there is no other", `{"Effect":"Allow","Action":"s3:GetObject","Resource":"*"}`,
		`{"Effect":"Allow","Action":"s3:GetObject","Resource":"arn:aws:*"}`,
		verdict.Less, verdict.Less, "s3:GetObject", "arn:aws-cn:s3:::x/x",
	},
	{
		"a witness of a service", `{"Effect":"Allow","Action":"sqs:SendMessage","Resource":"*"}`,
		`{"Effect":"Allow","Action":"sqs:SendMessage","Resource":"*"},{"Effect":"Allow","Action":["backup:SearchRecoveryPoint","ec2:StartInstances"],"Resource":"arn:aws:ec2:eu-west-1:123456789012:*"}`,
		verdict.More, verdict.More, "ec2:StartInstances", "arn:aws:ec2:eu-west-1:123456789012:instance/x",
	},
	{
		"no role has aws:username", `{"Effect":"Allow","Action":"s3:GetObject","Resource":"arn:aws:s3:::h/a/*"}`,
		`{"Effect":"Allow","Action":"s3:GetObject","Resource":"arn:aws:s3:::h/a/*"},{"Effect":"Allow","Action":"s3:PutObject","Resource":"arn:aws:s3:::h/${aws:username}/*"}`,
		verdict.Equal, verdict.Equal, "", "",
	},
	{
		"nor an empty one by a condition", `{"Effect":"Allow","Action":"s3:GetObject","Resource":"arn:aws:s3:::h/a/*"}`,
		`{"Effect":"Allow","Action":"s3:GetObject","Resource":"arn:aws:s3:::h/a/*"},{"Effect":"Allow","Action":"s3:PutObject","Resource":"*","Condition":{"StringLike":{"aws:UserName":"*"}}}`,
		verdict.Equal, verdict.Equal, "", "",
	},
	{
		"a negated condition on it always holds", `{"Effect":"Allow","Action":"s3:GetObject","Resource":"arn:aws:s3:::h/a/*"}`,
		`{"Effect":"Allow","Action":"s3:GetObject","Resource":"arn:aws:s3:::h/a/*","Condition":{"StringNotEquals":{"aws:username":"bob"},"Null":{"aws:username":"true"}}}`,
		verdict.Equal, verdict.Equal, "", "",
	},
	{
		"a value made of it is none", `{"Effect":"Allow","Action":"s3:GetObject","Resource":"arn:aws:s3:::h/a/*"}`,
		`{"Effect":"Allow","Action":"s3:GetObject","Resource":"arn:aws:s3:::h/a/*"},{"Effect":"Allow","Action":"s3:PutObject","Resource":"*","Condition":{"StringEquals":{"aws:PrincipalTag/user":"${aws:username}"}}}`,
		verdict.Equal, verdict.Equal, "", "",
	},
	{
		"and excepts nothing", `{"Effect":"Allow","Action":"s3:GetObject","Resource":"*"}`,
		`{"Effect":"Allow","Action":"s3:GetObject","NotResource":"arn:aws:s3:::h/${aws:username}/*"}`,
		verdict.Equal, verdict.Equal, "", "",
	},
	{
		"but for its default", `{"Effect":"Allow","Action":"s3:GetObject","Resource":"arn:aws:s3:::h/a/*"}`,
		`{"Effect":"Allow","Action":"s3:GetObject","Resource":"arn:aws:s3:::h/a/*"},{"Effect":"Allow","Action":"s3:PutObject","Resource":"arn:aws:s3:::h/${aws:username, 'nobody'}/*"}`,
		verdict.More, verdict.More, "s3:PutObject", "",
	},
	{
		"a role has aws:userid", `{"Effect":"Allow","Action":"s3:GetObject","Resource":"arn:aws:s3:::h/a/*"}`,
		`{"Effect":"Allow","Action":"s3:GetObject","Resource":"arn:aws:s3:::h/a/*"},{"Effect":"Allow","Action":"s3:PutObject","Resource":"arn:aws:s3:::h/${aws:userid}/*"}`,
		verdict.More, verdict.More, "s3:PutObject", "",
	},
	{
		"equality with a value says that the key is there", `{"Effect":"Allow","Action":"ec2:RunInstances","Resource":"*","Condition":{"StringEquals":{"aws:RequestTag/team":"a"}}}`,
		`{"Effect":"Allow","Action":"ec2:RunInstances","Resource":"*","Condition":{"StringEquals":{"aws:RequestTag/team":"a"},"Null":{"aws:RequestTag/team":"false"}}}`,
		verdict.Equal, verdict.Equal, "", "",
	},
	{
		"a condition is gone", `{"Effect":"Allow","Action":"sqs:SendMessage","Resource":"*","Condition":{"IpAddress":{"aws:SourceIp":"10.0.0.0/8"}}}`,
		`{"Effect":"Allow","Action":"sqs:SendMessage","Resource":"*"}`,
		verdict.More, verdict.More, "sqs:SendMessage", "arn:aws:sqs:us-east-1:123456789012:x",
	},
	{
		"a pair that the reference does not have", `{"Effect":"Allow","Action":"s3:GetObject","Resource":"arn:aws:s3:::b/*"}`,
		`{"Effect":"Allow","Action":"s3:GetObject","Resource":["arn:aws:s3:::b/*","arn:aws:sqs:us-east-1:111111111111:q"]}`,
		verdict.More, verdict.More, "s3:GetObject", "arn:aws:sqs:us-east-1:111111111111:q",
	},
	{
		"a variable", `{"Effect":"Allow","Action":"s3:GetObject","Resource":"arn:aws:s3:::b/${aws:PrincipalTag/team}/*"}`,
		`{"Effect":"Allow","Action":"s3:GetObject","Resource":"arn:aws:s3:::b/*"}`,
		verdict.More, verdict.More, "s3:GetObject", "arn:aws:s3:::b/x",
	},
	{
		"a star before the end keeps to its segment", `{"Effect":"Allow","Action":"sts:AssumeRole","Resource":"arn:aws:iam::*:role/x"}`,
		`{"Effect":"Allow","Action":"sts:AssumeRole","Resource":"arn:aws:iam::*"}`,
		verdict.More, verdict.More, "sts:AssumeRole", "",
	},
	{
		"each side has something", `{"Effect":"Allow","Action":"sqs:SendMessage","Resource":"*"}`,
		`{"Effect":"Allow","Action":"sqs:ReceiveMessage","Resource":"*"}`,
		verdict.Different, verdict.Different, "sqs:ReceiveMessage", "",
	},
}

func TestIdentity(t *testing.T) {
	c := verdict.NewComparer(verdict.Options{})
	for _, test := range identityCases {
		t.Run(test.reason, func(t *testing.T) {
			old, new := parse(t, version+test.old+"]}"), parse(t, version+test.new+"]}")
			r := c.Identity(permissions(old), permissions(new))
			checkResult(t, r)
			if r.Verdict != test.want || r.Future != test.future {
				t.Errorf("%s, in future %s (%s), want %s, %s", r.Verdict, r.Future, r.Reason, test.want, test.future)
			}
			if n := len(r.Witnesses); n > 0 && test.action != "" {
				got := r.Witnesses[n-1].Request
				if got.Action != test.action || test.resource != "" && got.Resource != test.resource {
					t.Errorf("the witness is %s on %s with %v", got.Action, got.Resource, got.Context)
				}
			}
		})
	}
}

func TestBoundary(t *testing.T) {
	c := verdict.NewComparer(verdict.Options{})
	all, s3 := parse(t, version+allowAll+"]}"), parse(t, version+`{"Effect":"Allow","Action":"s3:*","Resource":"*"}]}`)
	with := func(b ...*policy.Document) *verdict.Permissions {
		return &verdict.Permissions{Identity: []*policy.Document{all}, Boundary: b}
	}
	for _, test := range []struct {
		reason   string
		old, new *verdict.Permissions
		want     verdict.Verdict
	}{
		{"a boundary that allows everything is none", with(), with(all), verdict.Equal},
		{"a boundary is gone", with(s3), with(), verdict.More},
		{"one that is empty allows nothing", with(), &verdict.Permissions{Identity: []*policy.Document{all}, Boundary: []*policy.Document{}}, verdict.Less},
		{"two of one kind", with(s3), with(s3, s3), verdict.Equal},
	} {
		r := c.Identity(test.old, test.new)
		checkResult(t, r)
		if r.Verdict != test.want {
			t.Errorf("%s: %s (%s), want %s", test.reason, r.Verdict, r.Reason, test.want)
		}
	}
}

// TestTodayWithoutTheFuture compares where the names that AWS may add are too many
// to be told apart, which those of today are not.
func TestTodayWithoutTheFuture(t *testing.T) {
	var denies strings.Builder
	for i := range 40 {
		c := func(n int) string { return string(rune('q' + (i*n+n)%7)) }
		fmt.Fprintf(&denies, `,{"Effect":"Deny","Action":"SERVICE:*%s*%s*%s*","Resource":"*","Condition":{"StringEquals":{"aws:PrincipalTag/t":"%d"}}}`, c(1), c(2), c(3), i)
	}
	for _, service := range []string{"s3", "*"} {
		rest := strings.ReplaceAll(denies.String(), "SERVICE", service) + "]}"
		old := parse(t, version+`{"Effect":"Allow","Action":"s3:GetObject","Resource":"*"}`+rest)
		new := parse(t, version+`{"Effect":"Allow","Action":["s3:GetObject","s3:List*"],"Resource":"*"}`+rest)
		r := verdict.Identity(permissions(old), permissions(new), verdict.Options{})
		checkResult(t, r)
		if r.Verdict != verdict.More || r.Future != verdict.Unknown || r.Reason == "" {
			t.Errorf("%s: %s, in future %s (%s)", service, r.Verdict, r.Future, r.Reason)
		}
	}
}
