package escalation_test

import (
	"testing"

	"iamctl/audit/audittest"
	"iamctl/inventory"
)

// What a user has by its groups counts together with what it has itself.
func TestOwnGroups(t *testing.T) {
	full := document(allow("*"))
	ann := func(own, ops string) *audittest.Builder {
		b := audittest.New().Policy("buckets", document(allow("s3:*"))).Policy("people", document(allow("iam:*"))).Policy("service", document(statement{"Effect": "Allow", "NotAction": "iam:*"})).
			Role("/", "root", trust("lambda.amazonaws.com"), full).Group("ops", ops)
		if own == "" {
			return b.User("ann", []string{"ops"})
		}
		return b.User("ann", []string{"ops"}, own)
	}
	pass, create, use := document(allow("iam:PassRole")), document(allow("lambda:CreateFunction", "lambda:InvokeFunction")), document(allow("lambda:InvokeFunction"))
	group := func(list ...statement) string { return document(list...) }
	const put, attach = "iam:PutGroupPolicy", "iam:AttachGroupPolicy"
	ops := arn("group/ops")
	only := func(s statement, name string) statement {
		return under(on(s, ops), "ArnEquals", "iam:PolicyARN", audittest.PolicyARN(name))
	}
	version := func(a *inventory.Account) {
		a.Policies[0].Others = []inventory.PolicyVersion{{ID: "v2", Document: inventory.Document(document(allow("lambda:*")))}}
	}
	check(t, []row{
		{ann(pass, create), "pass the role root", false, "half of it by the group"},
		{ann(create, pass), "pass the role root", false, "the other half by the group"},
		{ann(use, pass), "", false, "a part is missing"},
		{ann(pass, group(allow("lambda:*"), deny("lambda:Create*"))), "", false, "the group denies a part"},
		{ann(document(on(allow(put), ops)), document(allow("s3:*"))), "write any policy for its group ops", false, "a policy for the group by what it has itself"},
		{ann(document(on(allow(attach), ops)), document(allow("s3:*"))), "attach any policy to its group ops", false, "a policy attached to the group"},
		{ann(document(only(allow(attach), "buckets")), document(allow("s3:List*"))), "it gains permissions in one step: it may attach a policy to its group ops (buckets)", false, "a limited policy for the group"},
		{ann(document(only(allow(attach), "buckets"), allow("s3:*")), document(allow("ec2:*"))), "", false, "one that is no more than it has itself"},
		{ann(document(only(allow(attach), "people")), document(allow("s3:*"))), "in 2 steps: it may attach a policy to its group ops (people) by iam:AttachGroupPolicy (iam-010), then", false, "a limited policy for the group leads on"},
		{ann(document(only(allow(attach), "service"), allow("iam:PutUserPolicy")), document(allow("s3:*"))), "an administrator in one step", false, "what it may do itself is enough"},
		{ann(document(only(allow(attach), "service"), on(allow("iam:PassRole"), arn("role/root"))), document(allow("s3:*"))), "in 2 steps: it may attach a policy to its group ops (service)", false, "what the group then has leads on with what it has itself"},
		{ann(document(on(allow("iam:SetDefaultPolicyVersion"), audittest.PolicyARN("buckets")), on(allow("iam:PassRole"), arn("role/root"))), document(allow("s3:*"))).With(attaching("ops", "buckets")).With(version), "in 2 steps: it may put another version in force", false, "a version of the group's policy leads on with what it has itself"},
		{ann(document(on(allow("iam:SetDefaultPolicyVersion"), audittest.PolicyARN("buckets"))), document(allow("s3:*"))).With(attaching("ops", "buckets")).With(version), "it gains permissions in one step", false, "a version of the group's policy alone"},
	})
	// The user joins a group that has the half that is missing.
	b := audittest.New().User("ann", nil, document(allow("iam:PassRole"), on(allow("iam:AddUserToGroup"), ops))).Group("ops", create).Role("/", "root", trust("lambda.amazonaws.com"), full)
	c := audittest.New().User("ann", nil, document(allow("iam:PassRole"), on(allow("iam:AddUserToGroup"), ops))).Group("ops", use).Role("/", "root", trust("lambda.amazonaws.com"), full)
	d := audittest.New().User("ann", nil, document(on(allow("iam:AddUserToGroup"), ops), allow("lambda:InvokeFunction"))).Group("ops", use).Role("/", "root", trust("lambda.amazonaws.com"), full)
	check(t, []row{
		{b, "in 2 steps: it may join the group ops by iam:AddUserToGroup (iam-013), then pass the role root", false, "it joins a group with the other half"},
		{c, "it gains permissions in one step: it may join the group ops", false, "it joins a group with less"},
		{d, "", false, "it joins a group with what it has"},
	})
}
