package main

import (
	"maps"
	"slices"
	"strings"
	"testing"
)

func TestParseRequest(t *testing.T) {
	for _, tt := range []struct {
		text, action, resource, principal string
		context                           map[string][]string
		reason                            string
	}{
		{"action=s3:GetObject,resource=arn:aws:s3:::a/b=c", "s3:GetObject", "arn:aws:s3:::a/b=c", "", nil, "an equals sign within a value"},
		{"action=s3:ListAllMyBuckets", "s3:ListAllMyBuckets", "*", "", nil, "an action without a resource"},
		{"Action=sqs:SendMessage,aws:TagKeys=a,AWS:tagkeys=b,aws:SourceIp=", "sqs:SendMessage", "*", "", map[string][]string{"aws:TagKeys": {"a", "b"}, "aws:SourceIp": {""}}, "two values, and an empty one"},
		{`action=a:B,k:x=1\,2\\,k:y=\d`, "a:B", "*", "", map[string][]string{"k:x": {`1,2\`}, "k:y": {`\d`}}, "commas and backslashes within values"},
		{"action=sts:AssumeRole,principal=ec2.amazonaws.com", "sts:AssumeRole", "", "ec2.amazonaws.com", nil, "trust"},
	} {
		q, err := parseRequest(tt.text)
		if err != nil || q.Action != tt.action || q.Resource != tt.resource || q.Principal.Value != tt.principal || q.Trust != (tt.principal != "") ||
			!maps.EqualFunc(q.Context, tt.context, slices.Equal) {
			t.Errorf("%s: %+v, %v", tt.reason, q, err)
		}
	}
	for _, tt := range []struct{ text, want, reason string }{
		{"", "is not of the form name=value", "nothing"},
		{"resource=*", "action= is missing", "no action"},
		{"action=s3:Get*", "write one action", "a pattern"},
		{"action=GetObject", "write one action", "no service"},
		{"action=s3:GetObject,action=s3:PutObject", "action= is there twice", "two questions in one"},
		{"action=s3:GetObject,resource=", "resource= is empty", "a resource that is none"},
		{"action=s3:GetObject,recource=x", "did you mean resource?", "misspelt"},
		{"action=s3:GetObject,x:y=1,2", `\, for a comma`, "a comma that is not marked"},
		{"action=s3:GetObject,principal=ec2.amazonaws.com", "the action is sts:AssumeRole", "no action of a trust policy"},
		{"action=sts:AssumeRole,principal=ec2.amazonaws.com,resource=*", "which has no resource", "a resource of a trust policy"},
	} {
		if _, err := parseRequest(tt.text); err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%s: %v, want %q", tt.reason, err, tt.want)
		}
	}
}
