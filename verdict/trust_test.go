package verdict_test

import (
	"strings"
	"testing"

	"iamctl/policy"
	"iamctl/verdict"
)

func TestTrust(t *testing.T) {
	allow := func(principal string, rest ...string) string {
		return `{"Effect":"Allow","Action":"sts:AssumeRole","Principal":` + principal + strings.Join(rest, "") + `}`
	}
	const (
		account    = `{"AWS":"111111111111"}`
		role       = `{"AWS":"arn:aws:iam::111111111111:role/path/a"}`
		session    = `{"AWS":"arn:aws:sts::111111111111:assumed-role/ci/s"}`
		externalID = `,"Condition":{"StringEquals":{"sts:ExternalId":"e"}}`
		github     = `{"Effect":"Allow","Action":"sts:AssumeRoleWithWebIdentity","Principal":{"Federated":"arn:aws:iam::111111111111:oidc-provider/token.actions.githubusercontent.com"},` +
			`"Condition":{"StringLike":{"token.actions.githubusercontent.com:sub":"SUB"}}}`
	)
	c := verdict.NewComparer(verdict.Options{})
	for _, test := range []struct {
		reason, old, new string
		want             verdict.Verdict
		principal        string // of the last witness
	}{
		{"an account's id and its root", allow(account), allow(`{"AWS":"arn:aws:iam::111111111111:root"}`), verdict.Equal, ""},
		{"an account has its roles", allow(role), allow(account), verdict.More, "arn:aws:iam::111111111111:role/x"},
		{"a role beside its account", allow(account), allow(`{"AWS":["111111111111","arn:aws:iam::111111111111:role/path/a"]}`), verdict.Equal, ""},
		{"anyone of AWS", allow(account), allow(`{"AWS":"*"}`), verdict.More, "arn:aws:iam::123456789012:role/x"},
		{"anyone", allow(account), allow(`"*"`), verdict.More, "arn:aws:iam::123456789012:role/x"},
		{"only services tell them apart", allow(`{"AWS":"*"}`), allow(`"*"`), verdict.Unknown, ""},
		{"an external id is lost", allow(account, externalID), allow(account), verdict.More, ""},
		{"a service", allow(`{"Service":"ec2.amazonaws.com"}`), allow(`{"Service":["ec2.amazonaws.com","lambda.amazonaws.com"]}`), verdict.More, "lambda.amazonaws.com"},
		{"another role", allow(role), allow(`{"AWS":"arn:aws:iam::111111111111:role/b"}`), verdict.Different, "arn:aws:iam::111111111111:role/b"},
		{"a deleted role is none of that name", allow(role), allow(`{"AWS":"AROAEXAMPLEEXAMPLE"}`), verdict.Different, "AROAEXAMPLEEXAMPLE"},
		{
			"everyone on a condition of one account, and that account", allow(`{"AWS":"*"}`, `,"Condition":{"ArnLike":{"aws:PrincipalArn":"arn:aws:iam::111111111111:role/ci-*"}}`),
			allow(account, `,"Condition":{"ArnLike":{"aws:PrincipalArn":"arn:aws:iam::111111111111:role/ci-*"}}`), verdict.Equal, "",
		},
		{
			"everyone of an account", allow(`{"AWS":"*"}`, `,"Condition":{"StringEquals":{"aws:PrincipalAccount":"111111111111"}}`),
			allow(account), verdict.Equal, "",
		},
		{"a user by a condition", allow(role), strings.TrimSuffix(allow(role), "}") + "}," + allow(account, `,"Condition":{"ArnLike":{"aws:PrincipalArn":"arn:aws:iam::111111111111:user/bob*"}}`), verdict.More, "arn:aws:iam::111111111111:user/bob"},
		{
			"roles of an account that a condition alone names", allow(`{"AWS":"*"}`, `,"Condition":{"ArnLike":{"aws:PrincipalArn":"arn:aws:iam::222222222222:role/ci-*"}}`),
			allow(`{"AWS":"*"}`, `,"Condition":{"ArnLike":{"aws:PrincipalArn":"arn:aws:iam::222222222222:role/*"}}`), verdict.More, "arn:aws:iam::222222222222:role/x",
		},
		{
			"accounts by a pattern of an ARN", allow(`{"AWS":"*"}`, `,"Condition":{"StringLike":{"aws:PrincipalArn":"arn:aws:iam::222222222222:role/ci"}}`),
			allow(`{"AWS":"*"}`, `,"Condition":{"StringLike":{"aws:PrincipalArn":"arn:aws:iam::22222222222?:role/ci"}}`), verdict.More, "arn:aws:iam::222222222220:role/ci",
		},
		{
			"accounts by a pattern", allow(`{"AWS":"*"}`, `,"Condition":{"StringLike":{"aws:PrincipalAccount":"22222*"}}`),
			allow(`{"AWS":"*"}`, `,"Condition":{"StringLike":{"aws:PrincipalAccount":"2222*"}}`), verdict.More, "arn:aws:iam::222200000000:role/x",
		},
		{
			"a role of another partition", allow(`{"AWS":"*"}`, `,"Condition":{"StringEquals":{"aws:PrincipalArn":"arn:aws:iam::222222222222:role/a"}}`),
			allow(`{"AWS":"*"}`, `,"Condition":{"StringEquals":{"aws:PrincipalArn":["arn:aws:iam::222222222222:role/a","arn:aws-cn:iam::222222222222:role/a"]}}`), verdict.More, "arn:aws-cn:iam::222222222222:role/a",
		},
		{
			"a session has its role's ARN", allow(session), allow(session, `,"Condition":{"ArnLike":{"aws:PrincipalArn":["arn:aws:iam::111111111111:role/ci","arn:aws:iam::111111111111:role/*/ci"]}}`),
			verdict.Equal, "",
		},
		{"and not that of another", allow(session, `,"Condition":{"ArnLike":{"aws:PrincipalArn":"arn:aws:iam::222222222222:role/*"}}`), allow(session), verdict.More, "arn:aws:sts::111111111111:assumed-role/ci/s"},
		{
			"whoever was deleted is nobody of an account that is named", allow(account),
			allow(account) + "," + allow(`{"AWS":"AROAEXAMPLEEXAMPLE"}`, `,"Condition":{"ArnLike":{"aws:PrincipalArn":"arn:aws:iam::111111111111:role/*"}}`), verdict.Equal, "",
		},
		{
			"no role has a user's name", allow(role), allow(role) + "," + allow(`{"AWS":"arn:aws:iam::111111111111:role/b"}`, `,"Condition":{"StringLike":{"sts:RoleSessionName":"${aws:username}"}}`),
			verdict.Equal, "",
		},
		{
			"a user has", allow(role), allow(role) + "," + allow(account, `,"Condition":{"StringLike":{"sts:RoleSessionName":"${aws:username}"}}`),
			verdict.More, "arn:aws:iam::111111111111:user/x",
		},
		{
			"and has its own", allow(role), allow(role) + "," + allow(`{"AWS":"arn:aws:iam::111111111111:user/a/bob"}`, `,"Condition":{"StringEquals":{"aws:username":"alice"}}`),
			verdict.Equal, "",
		},
		{
			"a user by a condition has no other's name", allow(role), allow(role) + "," + allow(account, `,"Condition":{"ArnEquals":{"aws:PrincipalArn":"arn:aws:iam::111111111111:user/u"},"StringEquals":{"aws:username":"v"}}`),
			verdict.Equal, "",
		},
		{
			"and its own anyway", allow(account, `,"Condition":{"ArnEquals":{"aws:PrincipalArn":"arn:aws:iam::111111111111:user/u"},"StringEquals":{"aws:username":"u"}}`),
			allow(account, `,"Condition":{"ArnEquals":{"aws:PrincipalArn":"arn:aws:iam::111111111111:user/u"}}`), verdict.Equal, "",
		},
		{"who has a name is called so", allow(role), allow(role) + "," + allow(account, `,"Condition":{"StringEquals":{"aws:username":"u"}}`), verdict.More, "arn:aws:iam::111111111111:user/u"},
		{
			"users of a path by their names", allow(account, `,"Condition":{"ArnLike":{"aws:PrincipalArn":"arn:aws:iam::111111111111:user/a/*"},"StringLike":{"aws:username":"b*"}}`),
			allow(account, `,"Condition":{"ArnLike":{"aws:PrincipalArn":"arn:aws:iam::111111111111:user/a/b*"},"StringLike":{"aws:username":"b*"}}`), verdict.Less, "",
		},
		{
			"a user's name that a variable must be", allow(role), allow(role) + "," + allow(account, `,"Condition":{"StringEquals":{"sts:RoleSessionName":["${aws:username}"]},"StringLike":{"sts:RoleSessionName":"bob"}}`),
			verdict.More, "arn:aws:iam::111111111111:user/bob",
		},
		{"any branch", strings.Replace(github, "SUB", "repo:acme/app:ref:refs/heads/main", 1), strings.Replace(github, "SUB", "repo:acme/app:*", 1), verdict.More, ""},
		{"actions that no trust policy is about", allow(account), strings.Replace(allow(account), `"sts:AssumeRole"`, `["sts:AssumeRole","s3:GetObject"]`, 1), verdict.Equal, ""},
		{"who is not a principal", `{"Effect":"Allow","Action":"sts:AssumeRole","NotPrincipal":{"AWS":"111111111111"}}`, allow(account), verdict.Unknown, ""},
		{"a token's claim has one value", strings.Replace(github, "SUB", "repo:acme/app:*", 1), strings.Replace(strings.Replace(github, "SUB", "repo:acme/app:*", 1), "StringLike", "ForAnyValue:StringLike", 1), verdict.Equal, ""},
		{"of a claim that is not there, all are anything", strings.Replace(github, "SUB", "repo:acme/app:*", 1), strings.Replace(strings.Replace(github, "SUB", "repo:acme/app:*", 1), "StringLike", "ForAllValues:StringLike", 1), verdict.More, ""},
		{"a claim with several values", strings.ReplaceAll(github, ":sub", ":amr"), strings.Replace(strings.ReplaceAll(github, ":sub", ":amr"), "StringLike", "ForAnyValue:StringLike", 1), verdict.Unknown, ""},
		{"an account's id is of the usual partition", allow(account), allow(`{"AWS":"arn:aws-cn:iam::111111111111:root"}`), verdict.Unknown, ""},
		{"an account's roots in two partitions", allow(`{"AWS":"arn:aws:iam::111111111111:root"}`), allow(`{"AWS":"arn:aws-cn:iam::111111111111:root"}`), verdict.Different, "arn:aws-cn:iam::111111111111:role/x"},
		{"a number that is no account", allow(account), allow(`{"AWS":["111111111111","12345"]}`), verdict.Unknown, ""},
		{"a number that is no account, on both sides", allow(`{"AWS":["111111111111","12345"]}`), allow(`{"AWS":["12345","111111111111"]}`), verdict.Equal, ""},
		{"nobody can say, on both sides", `{"Effect":"Deny","Action":"sts:AssumeRole","NotPrincipal":{"AWS":"111111111111"}}`, `{"Effect":"Deny","Action":"sts:AssumeRole","NotPrincipal":{"AWS":"111111111111"}}`, verdict.Equal, ""},
	} {
		t.Run(test.reason, func(t *testing.T) {
			old, new := parse(t, version+test.old+"]}"), parse(t, version+test.new+"]}")
			r := c.Trust(old, new)
			checkResult(t, r)
			if r.Verdict != test.want {
				t.Errorf("%s (%s), want %s: %+v", r.Verdict, r.Reason, test.want, r.Witnesses)
			}
			if n := len(r.Witnesses); n > 0 && test.principal != "" && r.Witnesses[n-1].Request.Principal.Value != test.principal {
				t.Errorf("the witness is %+v", r.Witnesses[n-1].Request)
			}
			if back := c.Trust(new, old); back.Verdict != flipped(r.Verdict) {
				t.Errorf("%s, and swapped %s", r.Verdict, back.Verdict)
			}
		})
	}
	if r := c.Trust(nil, parse(t, version+allow(account)+"]}")); r.Verdict != verdict.More {
		t.Errorf("from nobody to an account: %s", r.Verdict)
	}
	if r := c.Trust(nil, (*policy.Document)(nil)); r.Verdict != verdict.Equal {
		t.Errorf("nobody on both sides: %s", r.Verdict)
	}
}
