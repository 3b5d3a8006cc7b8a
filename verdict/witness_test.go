package verdict_test

import (
	"reflect"
	"strings"
	"testing"

	"iamctl/verdict"
)

// TestReadableWitnesses looks at the request of what new alone allows.
func TestReadableWitnesses(t *testing.T) {
	allow := func(action, resource, condition string) string {
		return `{"Effect":"Allow","Action":` + action + `,"Resource":` + resource + `,"Condition":{` + condition + `}}`
	}
	const (
		get    = `"s3:GetObject"`
		object = "arn:aws:s3:::x/x"
	)
	for _, test := range []struct {
		reason, old, new string
		action, resource string
		context          map[string][]string
	}{
		{
			"a bucket for an action on buckets", allow(get, `"*"`, ""), allow(get, `"*"`, "") + "," + allow(`"s3:ListBucket"`, `["arn:aws:s3:::app/*","arn:aws:s3:::app"]`, ""),
			"s3:ListBucket", "arn:aws:s3:::app", nil,
		},
		{
			"an object with a name", allow(get, `"*"`, ""), allow(get, `"*"`, "") + "," + allow(`"s3:PutObject"`, `"arn:aws:s3:::app/*"`, ""),
			"s3:PutObject", "arn:aws:s3:::app/x", nil,
		},
		{
			"the partition that is usual", allow(get, `"arn:aws:s3:::a/b"`, ""), allow(get, `"arn:*:s3:::a/*"`, ""),
			"s3:GetObject", "arn:aws:s3:::a/x", nil,
		},
		{
			"another partition that there is", allow(get, `"arn:aws:s3:::a/*"`, ""), allow(get, `"arn:aws*:s3:::a/*"`, ""),
			"s3:GetObject", "arn:aws-cn:s3:::a/x", nil,
		},
		{
			"an action that the reference does not have", allow(get, `"*"`, ""), allow(`["s3:GetObject","myService:DoThing"]`, `"*"`, ""),
			"myService:DoThing", "", nil,
		},
		{
			"only the keys that matter", allow(get, `"*"`, `"StringEquals":{"aws:PrincipalTag/t":"a","aws:SourceVpc":"v"},"Bool":{"aws:SecureTransport":"true"}`),
			allow(get, `"*"`, `"StringEquals":{"aws:PrincipalTag/t":"a"}`),
			"s3:GetObject", object,
			map[string][]string{"aws:principaltag/t": {"a"}},
		},
		{
			"only the values that matter", allow(`"ec2:CreateTags"`, `"*"`, `"ForAnyValue:StringEquals":{"aws:TagKeys":["a"]}`),
			allow(`"ec2:CreateTags"`, `"*"`, `"ForAnyValue:StringEquals":{"aws:TagKeys":["a","b"]}`),
			"ec2:CreateTags", "",
			map[string][]string{"aws:tagkeys": {"b"}},
		},
		{
			"an ARN with all its parts", allow(get, `"*"`, `"ArnLike":{"aws:SourceArn":"arn:*:s3:::b"}`),
			allow(get, `"*"`, `"ArnLike":{"aws:SourceArn":["arn:*:s3:::b","arn:*:sns:*:*:t-*"]}`),
			"s3:GetObject", object,
			map[string][]string{"aws:sourcearn": {"arn:aws:sns:us-east-1:123456789012:t-x"}},
		},
		{
			"a host of a block", allow(get, `"*"`, `"IpAddress":{"aws:SourceIp":"192.0.2.0/24"}`),
			allow(get, `"*"`, `"IpAddress":{"aws:SourceIp":["192.0.2.0/24","10.0.0.0/8"]}`),
			"s3:GetObject", object,
			map[string][]string{"aws:sourceip": {"10.0.0.1"}},
		},
		{
			"the time, in the seconds of its other key", allow(get, `"*"`, `"DateLessThan":{"aws:CurrentTime":"2030-01-01T00:00:00Z"}`),
			allow(get, `"*"`, `"NumericLessThan":{"aws:EpochTime":"1893456001"}`),
			"s3:GetObject", object,
			map[string][]string{"aws:epochtime": {"1893456000"}},
		},
	} {
		old, new := parse(t, version+strings.ReplaceAll(test.old, `,"Condition":{}`, "")+"]}"), parse(t, version+strings.ReplaceAll(test.new, `,"Condition":{}`, "")+"]}")
		r := verdict.Identity(permissions(old), permissions(new), verdict.Options{})
		checkResult(t, r)
		if r.Verdict != verdict.More {
			t.Errorf("%s: %s (%s)", test.reason, r.Verdict, r.Reason)
			continue
		}
		got := r.Witnesses[0].Request
		if got.Action != test.action || test.resource != "" && got.Resource != test.resource || len(got.Context)+len(test.context) > 0 && !reflect.DeepEqual(got.Context, test.context) {
			t.Errorf("%s: %s on %s with %v", test.reason, got.Action, got.Resource, got.Context)
		}
	}
}

// TestTwoKeysOfTheTime: aws:EpochTime is aws:CurrentTime in seconds.
func TestTwoKeysOfTheTime(t *testing.T) {
	for _, test := range []struct {
		reason, condition string
		want              verdict.Verdict
	}{
		{"the same second", `"DateLessThan":{"aws:EpochTime":"1893456000"}`, verdict.Equal},
		{"the same second as a number", `"NumericLessThan":{"aws:epochtime":"1893456000"}`, verdict.Equal},
		{"the second too", `"NumericLessThanEquals":{"aws:EpochTime":"1893456000"}`, verdict.More},
		{"the key is there", `"DateLessThan":{"aws:CurrentTime":"2030-01-01T00:00:00Z"},"Null":{"aws:EpochTime":"false"}`, verdict.Equal},
	} {
		statement := func(condition string) string {
			return version + `{"Effect":"Allow","Action":"s3:GetObject","Resource":"*","Condition":{` + condition + `}}]}`
		}
		old, new := parse(t, statement(`"DateLessThan":{"aws:CurrentTime":"2030-01-01T00:00:00Z"}`)), parse(t, statement(test.condition))
		r := verdict.Identity(permissions(old), permissions(new), verdict.Options{})
		checkResult(t, r)
		if r.Verdict != test.want {
			t.Errorf("%s: %s (%s), want %s", test.reason, r.Verdict, r.Reason, test.want)
		}
	}
}
