package equivalency

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestFixedIn(t *testing.T) {
	for _, tt := range []struct {
		field  Field
		text   string
		want   []string // the parts
		head   string
		reason string
	}{
		{ARN, "arn:aws:s3:::app-dev", nil, "arn:aws:s3:", "the beginning of an ARN"},
		{ARN, "arn:aws", nil, "arn:aws", "an ARN that ends early is all head"},
		{ARN, "*", nil, "", "no ARN"},
		{ARN, "arn:aws:s3:::${aws:username}-dev/${aws:userid}", []string{"${aws:username}", "${aws:userid}"}, "arn:aws:s3:", "two variables"},
		{Condition, "${aws:PrincipalTag/team, 'dev'}-dev", []string{"${aws:PrincipalTag/", ", '", "'}"}, "", "a tag key and a default value are not fixed"},
		{Condition, "${aws:PrincipalTag/team, 'a}dev'}-dev", []string{"${aws:PrincipalTag/", ", '", "'}"}, "", "a quoted brace closes nothing"},
		{Condition, "${aws:PrincipalTag/team, 'a}dev}", []string{"${aws:PrincipalTag/", ", 'a}"}, "", "without the closing quote the first brace closes"},
		{Condition, "${aws:username", nil, "", "a variable that nothing closes is text"},
		{Condition, "${a}${b", []string{"${a}"}, "", "and so it is behind another"},
		{Condition, "logs.eu-west-1.amazonaws.com", []string{".amazonaws.com", "logs."}, "", "a service's host name, without its region"},
		{Service, "logs.dev.example", []string{"logs."}, "", "a service of a domain that is not AWS's"},
		{Condition, "${aws:username, 'dev'}", []string{"${aws:username, '", "'}"}, "", "a key without a name of somebody's"},
		{Condition, "${oidc.example/dev:sub}", []string{"${", ":sub}"}, "", "an issuer in a variable"},
		{ConditionKey, "aws:resourcetag/dev-owner", []string{"aws:resourcetag/"}, "", "a tag key"},
		{ConditionKey, "oidc.example/dev:sub", []string{":sub"}, "", "an issuer"},
		{ConditionKey, "aws:sourceaccount", []string{"aws:sourceaccount"}, "", "AWS's own key"},
		{Condition, "aws:kms", []string{"aws:kms"}, "", "a method of S3's"},
		{Condition, "AWS::S3::Bucket", []string{"AWS::S3::Bucket"}, "", "a type of CloudFormation's"},
		{Condition, "bucket-owner-full-control", []string{"bucket-owner-full-control"}, "", "a canned ACL"},
		{Condition, "bucket-owner-dev", nil, "", "somebody's own"},
		{ARN, "arn:aws:bedrock:us-east-1::foundation-model/amazon.nova-pro-v1:0", []string{"foundation-model/amazon.nova-pro-v1:0"}, "arn:aws:bedrock:", "a model that everybody has"},
		{ARN, "arn:aws:bedrock:us-east-1:111122223333:provisioned-model/pro", nil, "arn:aws:bedrock:", "a model of an account's"},
		{RoleName, "${aws:username}", nil, "", "a name is somebody's own"},
	} {
		f := FixedIn(tt.field, tt.text)
		var parts []string
		for _, p := range f.Parts {
			parts = append(parts, tt.text[p.From:p.To])
		}
		if diff := cmp.Diff(tt.want, parts); diff != "" || tt.text[:f.Head] != tt.head {
			t.Errorf("%s: head %q of %q, want %q; parts (-want +got):\n%s", tt.reason, tt.text[:f.Head], tt.text, tt.head, diff)
		}
	}
}
