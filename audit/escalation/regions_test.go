package escalation_test

import (
	"testing"

	"iamctl/audit/audittest"
	"iamctl/inventory"
)

// Requests to IAM are made in the Region of its endpoint alone.
func TestRegions(t *testing.T) {
	const key = "aws:RequestedRegion"
	own := func() statement { return on(allow("iam:PutUserPolicy"), arn("user/ann")) }
	outside := func(regions ...string) statement {
		s := deny("*")
		s["Condition"] = map[string]any{"StringNotEquals": map[string]any{key: regions}}
		return s
	}
	ann := func(list ...statement) *audittest.Builder {
		return audittest.New().User("ann", nil, document(list...))
	}
	boss := func(who string, list ...statement) *audittest.Builder {
		return ann(list...).Role("/", "boss", trust(who), document(allow("*")))
	}
	const itself = "it may write any policy for itself"
	check(t, []row{
		{ann(own(), outside("eu-west-1", "eu-central-1")), "", false, "other Regions denied than those of Europe, of which IAM is in none"},
		{ann(own(), outside("eu-west-1", "us-east-1")), itself, false, "others denied than some of which one is IAM's"},
		{ann(under(own(), "StringEquals", key, "eu-west-1")), "", false, "in a Region that is not IAM's"},
		{ann(under(own(), "StringEquals", key, "us-east-1")), itself, false, "in that of IAM"},
		{ann(under(own(), "StringLike", key, "us-*")), itself, false, "in those of a pattern that has IAM's"},
		{ann(own(), under(deny("*"), "StringEquals", key, "us-east-1")), "", false, "the Region of IAM denied"},
		{ann(own(), under(deny("*"), "StringEquals", key, "us-east-2")), itself, false, "another Region denied"},
		{boss("", under(allow("sts:AssumeRole"), "StringEquals", key, "eu-west-1")), "boss", false, "STS has endpoints in all Regions"},
		{boss("lambda.amazonaws.com", under(allow("iam:PassRole", "lambda:CreateFunction", "lambda:InvokeFunction"), "StringEquals", key, "eu-west-1")), "boss", false, "a role is passed where the service is"},
	})
}

// A role is passed to a service whose name has a region in its trust policy, or is that of China.
func TestServicesInRegions(t *testing.T) {
	const to = "iam:PassedToService"
	instances := allow("ec2:RunInstances", "iam:CreateInstanceProfile", "iam:AddRoleToInstanceProfile")
	passing := func(who string, list ...statement) *audittest.Builder {
		return audittest.New().User("ann", nil, document(list...)).Role("/", "boss", trust(who), document(allow("*")))
	}
	china := func(a *inventory.Account) {
		a.Partition = "aws-cn"
		a.Users[0].ARN, a.Roles[0].ARN = "arn:aws-cn:iam::111111111111:user/ann", "arn:aws-cn:iam::111111111111:role/boss"
	}
	machines := allow("states:CreateStateMachine", "states:StartExecution")
	check(t, []row{
		{passing("states.us-east-1.amazonaws.com", under(allow("iam:PassRole"), "StringEquals", to, "states.amazonaws.com"), machines), "boss", false, "a service of one region"},
		{passing("lambda.us-east-1.amazonaws.com", under(allow("iam:PassRole"), "StringEquals", to, "states.amazonaws.com"), machines), "", false, "another service of it"},
		{passing("ec2.amazonaws.com.cn", under(allow("iam:PassRole"), "StringEquals", to, "ec2.amazonaws.com.cn"), instances).With(china), "boss", false, "a service as China has it"},
		{passing("ec2.amazonaws.com.cn", under(allow("iam:PassRole"), "StringEquals", to, "lambda.amazonaws.com"), instances).With(china), "", false, "passed to another one there"},
		{passing("ec2.amazonaws.com.cn", under(allow("iam:PassRole"), "StringEquals", to, "ec2.amazonaws.com.cn"), instances), "", false, "as China has it, elsewhere"},
	})
}
