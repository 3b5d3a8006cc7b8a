package eval_test

import (
	"encoding/json"
	"strings"
	"testing"

	"iamctl/policy"
	"iamctl/policy/eval"
)

func TestAction(t *testing.T) {
	for _, tt := range []struct {
		reason, element, action string
		want                    eval.Outcome
	}{
		{"as it is", `"Action": "s3:GetObject"`, "s3:GetObject", eval.Allowed},
		{"another name", `"Action": "s3:GetObject"`, "s3:GetObjectAcl", eval.NotAllowed},
		{"a name's letter case means nothing", `"Action": "s3:getOBJECT"`, "s3:GetObject", eval.Allowed},
		{"nor does a service's", `"Action": "S3:GetObject"`, "s3:GetObject", eval.Allowed},
		{"a request may be in any letter case too", `"Action": "s3:GetObject"`, "S3:GETOBJECT", eval.Allowed},
		{"one of a list", `"Action": ["s3:PutObject", "s3:GetObject"]`, "s3:GetObject", eval.Allowed},
		{"everything", `"Action": "*"`, "s3:GetObject", eval.Allowed},
		{"a service's everything", `"Action": "s3:*"`, "s3:GetObject", eval.Allowed},
		{"not that of another service", `"Action": "s3:*"`, "s3express:CreateSession", eval.NotAllowed},
		{"a star within", `"Action": "s3:*Object"`, "s3:GetObject", eval.Allowed},
		{"a star is any run, not any end", `"Action": "s3:*Object"`, "s3:GetObjectAcl", eval.NotAllowed},
		{"stars that must go back", `"Action": "s3:*ab*ac"`, "s3:abxabac", eval.Allowed},
		{"one character", `"Action": "s3:?etObject"`, "s3:GetObject", eval.Allowed},
		{"exactly one", `"Action": "s3:?GetObject"`, "s3:GetObject", eval.NotAllowed},
		{"a star in the service", `"Action": "*:Get*"`, "s3:GetObject", eval.Allowed},
		{"that is for its names alone", `"Action": "*:Get*"`, "s3:PutObject", eval.NotAllowed},
		{"one character of the service", `"Action": "s?:List*"`, "s3:ListBucket", eval.Allowed},
		{"no service", `"Action": "s3*"`, "s3:ListBucket", eval.Undecided},
		{"no service, and no match however it is read", `"Action": "ec2*"`, "s3:ListBucket", eval.NotAllowed},
		{"a complement", `"NotAction": "iam:*"`, "s3:GetObject", eval.Allowed},
		{"a complement over all services", `"NotAction": ["iam:*", "s3:Put*"]`, "nosuchservice:Do", eval.Allowed},
		{"not what it excepts", `"NotAction": ["s3:Put*", "IAM:*"]`, "iam:CreateUser", eval.NotAllowed},
		{"variables are not for actions", `"Action": "${aws:username}:Get*"`, "s3:GetObject", eval.NotAllowed},
	} {
		p := eval.Permissions{Identity: documents(`{"Effect": "Allow", "Resource": "*", ` + tt.element + `}`)}
		got := p.Decide(&eval.Request{Action: tt.action, Resource: "*", Context: map[string][]string{"aws:username": {"s3"}}})
		if got.Outcome != tt.want {
			t.Errorf("%s: %s and %s: got %s (%s), want %s", tt.reason, tt.element, tt.action, got.Outcome, got.Reason, tt.want)
		}
	}
}

func TestResource(t *testing.T) {
	for _, tt := range []struct {
		reason, element, resource string
		want                      eval.Outcome
	}{
		{"as it is", `"Resource": "arn:aws:s3:::app1"`, "arn:aws:s3:::app1", eval.Allowed},
		{"letter case counts", `"Resource": "arn:aws:s3:::App1"`, "arn:aws:s3:::app1", eval.NotAllowed},
		{"one of a list", `"Resource": ["arn:aws:s3:::x", "arn:aws:s3:::app1"]`, "arn:aws:s3:::app1", eval.Allowed},
		{"a bucket is not what lies in it", `"Resource": "arn:aws:s3:::app1"`, "arn:aws:s3:::app1/x", eval.NotAllowed},
		{"nor the reverse", `"Resource": "arn:aws:s3:::app1/*"`, "arn:aws:s3:::app1", eval.NotAllowed},
		{"a star crosses slashes", `"Resource": "arn:aws:s3:::app1/*/z"`, "arn:aws:s3:::app1/a/b/z", eval.Allowed},
		{"and colons of the resource's own part", `"Resource": "arn:aws:logs:eu-west-1:1:log-group:*:z"`, "arn:aws:logs:eu-west-1:1:log-group:a:b:z", eval.Allowed},
		{"a star that ends the pattern runs over colons", `"Resource": "arn:aws:rds:*"`, "arn:aws:rds:eu-west-1:1:db:app1", eval.Allowed},
		{"also within a segment", `"Resource": "arn:aws:r*"`, "arn:aws:rds:eu-west-1:1:db:app1", eval.Allowed},
		{"and it may run over none", `"Resource": "arn:aws:rds:eu-west-1:1:db:app1*"`, "arn:aws:rds:eu-west-1:1:db:app1", eval.Allowed},
		{"what is before it must be so", `"Resource": "arn:aws:rds:*"`, "arn:aws:rdsx:eu-west-1:1:db:app1", eval.NotAllowed},
		{"a star before the end keeps to its segment", `"Resource": "arn:aws:*:app1"`, "arn:aws:sns:eu-west-1:1:app1", eval.NotAllowed},
		{"nor does one of six segments", `"Resource": "arn:aws:sns:*:app1"`, "arn:aws:sns:eu-west-1:1:app1", eval.NotAllowed},
		{"a short pattern without a star at its end is short", `"Resource": "arn:aws:*:x"`, "arn:aws:sns:x:1:app1", eval.NotAllowed},
		{"a star in each segment", `"Resource": "arn:aws:*:*:*:app1"`, "arn:aws:sns:eu-west-1:1:app1", eval.Allowed},
		{"a star in type", `"Resource": "arn:aws:ec2:*:*:*/*"`, "arn:aws:ec2:eu-west-1:1:instance/i-1", eval.Allowed},
		{"a star in the service", `"Resource": "arn:aws:*:::app1"`, "arn:aws:s3:::app1", eval.Allowed},
		{"one character", `"Resource": "arn:aws:s3:::app?"`, "arn:aws:s3:::app1", eval.Allowed},
		{"one character is not one byte", `"Resource": "arn:aws:s3:::app?"`, "arn:aws:s3:::app\u00fc", eval.Allowed},
		{"one character is not none", `"Resource": "arn:aws:s3:::app1?"`, "arn:aws:s3:::app1", eval.NotAllowed},
		{"a complement", `"NotResource": "arn:aws:s3:::app1"`, "arn:aws:s3:::app2", eval.Allowed},
		{"not what it excepts", `"NotResource": ["arn:aws:s3:::x", "arn:aws:s3:::app?"]`, "arn:aws:s3:::app1", eval.NotAllowed},
		{"no resource needs a star", `"Resource": "*"`, "*", eval.Allowed},
		{"and no ARN will do", `"Resource": "arn:aws:s3:::*"`, "*", eval.NotAllowed},
		{"a complement has no resource in it", `"NotResource": "arn:aws:s3:::*"`, "*", eval.Allowed},
	} {
		p := eval.Permissions{Identity: documents(`{"Effect": "Allow", "Action": "*", ` + tt.element + `}`)}
		if got := p.Decide(&eval.Request{Action: "s3:GetObject", Resource: tt.resource}); got.Outcome != tt.want {
			t.Errorf("%s: %s and %s: got %s (%s), want %s", tt.reason, tt.element, tt.resource, got.Outcome, got.Reason, tt.want)
		}
	}
}

// TestListAllMyBuckets holds what AWS documents in two ways.
func TestListAllMyBuckets(t *testing.T) {
	for resource, want := range map[string]eval.Outcome{
		"*": eval.Allowed, "arn:aws:s3:::*": eval.Undecided, "arn:aws:s3:::app1": eval.NotAllowed, "arn:aws:ec2:*": eval.NotAllowed,
	} {
		p := eval.Permissions{Identity: documents(`{"Effect": "Allow", "Action": "s3:*", "Resource": "` + resource + `"}`)}
		if got := p.Decide(&eval.Request{Action: "s3:ListAllMyBuckets", Resource: "*"}); got.Outcome != want {
			t.Errorf("%s: got %s (%s), want %s", resource, got.Outcome, got.Reason, want)
		}
		if got := p.Decide(&eval.Request{Action: "s3:ListAllMyBuckets", Resource: "arn:aws:iam::1:role/x"}); got.Outcome == eval.Undecided {
			t.Errorf("%s: whether a role is a bucket is undecided", resource)
		}
	}
}

// TestReadings holds that a decision says where the other reading of a `*`
// within an ARN would change it.
func TestReadings(t *testing.T) {
	const arn = "arn:aws:sns:eu-west-1:123456789012:app1"
	for _, tt := range []struct {
		reason, statements string
		want               eval.Outcome
		remark             string
	}{
		{"more would be allowed", `{"Effect": "Allow", "Action": "*", "Resource": "arn:aws:*:app1"}`, eval.NotAllowed, "would be allowed"},
		{"less would be allowed", allowAll + `,{"Effect": "Deny", "Action": "*", "Resource": "arn:aws:*:app1"}`, eval.Allowed, "would be denied"},
		{"less would be excepted", `{"Effect": "Allow", "Action": "*", "NotResource": "arn:aws:*:app1"}`, eval.Allowed, "would be not allowed"},
		{"one character too", `{"Effect": "Allow", "Action": "*", "Resource": "arn:aws:sns?eu-west-1:123456789012:app1"}`, eval.NotAllowed, "would be allowed"},
		{"it does not matter where both agree", allowAll + `,{"Effect": "Allow", "Action": "*", "Resource": "arn:aws:*:app1"}`, eval.Allowed, ""},
		{"it does not matter to what is denied", denyAll + `,{"Effect": "Allow", "Action": "*", "Resource": "arn:aws:*:app1"}`, eval.Denied, ""},
		{"the first pattern is named", `{"Effect": "Allow", "Action": "*", "Resource": ["arn:aws:*:app1", "arn:aws:*app1"]}`, eval.NotAllowed, `"arn:aws:*:app1"`},
		{"a star that ends the pattern has one reading", `{"Effect": "Allow", "Action": "*", "Resource": "arn:aws:sns:*"}`, eval.Allowed, ""},
	} {
		p := eval.Permissions{Identity: documents(tt.statements)}
		got := p.Decide(&eval.Request{Action: "sns:Publish", Resource: arn})
		if got.Outcome != tt.want || !strings.Contains(got.Reason, tt.remark) || tt.remark == "" && got.Reason != "" {
			t.Errorf("%s: got %s (%s), want %s and that it %q", tt.reason, got.Outcome, got.Reason, tt.want, tt.remark)
		}
	}
}

// trust parses a trust policy of one statement with the elements.
func trust(elements string) *policy.Document {
	return statementsOf("2012-10-17", `{"Effect": "Allow", "Action": "sts:AssumeRole", `+elements+`}`)
}

func TestPrincipal(t *testing.T) {
	const (
		role    = "arn:aws:iam::123456789012:role/ops/deployer"
		session = "arn:aws:sts::123456789012:assumed-role/deployer/run-1"
		user    = "arn:aws:iam::123456789012:user/ann"
	)
	for _, tt := range []struct {
		reason, principal, kind, who string
		want                         eval.Outcome
	}{
		{"a role is itself", `{"AWS": "` + role + `"}`, "AWS", role, eval.Allowed},
		{"a number that is no account", `{"AWS": "12345"}`, "AWS", role, eval.Undecided},
		{"a role is its sessions", `{"AWS": "` + role + `"}`, "AWS", session, eval.Allowed},
		{"not those of another role", `{"AWS": "` + role + `x"}`, "AWS", session, eval.NotAllowed},
		{"not those of another account's", `{"AWS": "arn:aws:iam::210987654321:role/deployer"}`, "AWS", session, eval.NotAllowed},
		{"not those of another partition's", `{"AWS": "arn:aws-cn:iam::123456789012:role/deployer"}`, "AWS", session, eval.NotAllowed},
		{"a role's path is no part of its name", `{"AWS": "arn:aws:iam::123456789012:role/deployer/x"}`, "AWS", session, eval.NotAllowed},
		{"a session is itself", `{"AWS": "` + session + `"}`, "AWS", session, eval.Allowed},
		{"a session is not another one", `{"AWS": "` + session + `0"}`, "AWS", session, eval.NotAllowed},
		{"by which session a role asks is open", `{"AWS": "` + session + `"}`, "AWS", role, eval.Undecided},
		{"letter case alone", `{"AWS": "arn:aws:iam::123456789012:role/Deployer"}`, "AWS", session, eval.Undecided},
		{"one of a list", `{"AWS": ["` + role + `", "` + user + `"]}`, "AWS", user, eval.Allowed},
		{"an account's id is its root", `{"AWS": "123456789012"}`, "AWS", role, eval.Allowed},
		{"an account is every principal of it", `{"AWS": "arn:aws:iam::123456789012:root"}`, "AWS", session, eval.Allowed},
		{"users too", `{"AWS": "arn:aws:iam::123456789012:root"}`, "AWS", user, eval.Allowed},
		{"and its root user", `{"AWS": "123456789012"}`, "AWS", "arn:aws:iam::123456789012:root", eval.Allowed},
		{"which may ask by the account's id", `{"AWS": "arn:aws:iam::123456789012:root"}`, "AWS", "123456789012", eval.Allowed},
		{"the root of another service is no account", `{"AWS": "arn:aws:sts::123456789012:root"}`, "AWS", role, eval.NotAllowed},
		{"not of another account", `{"AWS": "210987654321"}`, "AWS", role, eval.NotAllowed},
		{"not of another partition's", `{"AWS": "arn:aws-cn:iam::123456789012:root"}`, "AWS", role, eval.NotAllowed},
		{"an account is not its services", `{"AWS": "123456789012"}`, "Service", "ec2.amazonaws.com", eval.NotAllowed},
		{"nor its identity providers", `{"AWS": "123456789012"}`, "Federated", "arn:aws:iam::123456789012:saml-provider/idp", eval.NotAllowed},
		{"a role is not its account", `{"AWS": "` + role + `"}`, "AWS", "arn:aws:iam::123456789012:root", eval.NotAllowed},
		{"a deleted principal is not a role", `{"AWS": "AROA0123456789ABCDEFG"}`, "AWS", role, eval.NotAllowed},
		{"a wildcard within an ARN is not allowed", `{"AWS": "arn:aws:iam::123456789012:role/*"}`, "AWS", role, eval.Undecided},
		{"which does not matter to other accounts", `{"AWS": "arn:aws:iam::210987654321:role/*"}`, "AWS", role, eval.NotAllowed},
		{"a service", `{"Service": "ec2.amazonaws.com"}`, "Service", "ec2.amazonaws.com", eval.Allowed},
		{"another service", `{"Service": "ec2.amazonaws.com"}`, "Service", "ssm.amazonaws.com", eval.NotAllowed},
		{"a service is nobody of AWS", `{"Service": "ec2.amazonaws.com"}`, "AWS", role, eval.NotAllowed},
		{"an identity provider", `{"Federated": "cognito-identity.amazonaws.com"}`, "Federated", "cognito-identity.amazonaws.com", eval.Allowed},
		{"another identity provider", `{"Federated": "accounts.google.com"}`, "Federated", "cognito-identity.amazonaws.com", eval.NotAllowed},
		{"everyone", `"*"`, "AWS", role, eval.Allowed},
		{"everyone is also services", `"*"`, "Service", "ec2.amazonaws.com", eval.Allowed},
		{"everyone of AWS", `{"AWS": "*"}`, "AWS", session, eval.Allowed},
		{"whether that is also services is open", `{"AWS": "*"}`, "Service", "ec2.amazonaws.com", eval.Undecided},
		{"and identity providers", `{"AWS": "*"}`, "Federated", "accounts.google.com", eval.Undecided},
		{"a wildcard of another type", `{"Service": "*"}`, "Service", "ec2.amazonaws.com", eval.Undecided},
		{"a canonical user", `{"CanonicalUser": "79a5"}`, "CanonicalUser", "79a5", eval.Allowed},
		{"a canonical user is some account", `{"CanonicalUser": "79a5"}`, "AWS", role, eval.Undecided},
		{"a type in other letter case", `{"aws": "` + role + `"}`, "AWS", role, eval.Allowed},
		{"no such type", `{"Robot": "x"}`, "AWS", role, eval.Undecided},
	} {
		r := eval.Request{Principal: policy.Principal{Type: tt.kind, Value: tt.who}, Action: "sts:AssumeRole"}
		if got := eval.Trust(trust(`"Principal": `+tt.principal), &r); got.Outcome != tt.want {
			t.Errorf("%s: %s and %s: got %s (%s), want %s", tt.reason, tt.principal, tt.who, got.Outcome, got.Reason, tt.want)
		}
	}
}

func TestTrust(t *testing.T) {
	const role = "arn:aws:iam::123456789012:role/ci"
	for _, tt := range []struct {
		reason string
		policy *policy.Document
		action string
		want   eval.Outcome
	}{
		{"no policy lets in nobody", nil, "sts:AssumeRole", eval.NotAllowed},
		{"the action counts", trust(`"Principal": "*"`), "sts:TagSession", eval.NotAllowed},
		{"a condition counts", trust(`"Principal": "*", "Condition": {"StringEquals": {"sts:ExternalId": "x"}}`), "sts:AssumeRole", eval.NotAllowed},
		{"a condition that holds", trust(`"Principal": "*", "Condition": {"StringEquals": {"sts:ExternalId": "ours"}}`), "sts:AssumeRole", eval.Allowed},
		{"there is no resource in a trust policy", trust(`"Principal": "*", "Resource": "*"`), "sts:AssumeRole", eval.Undecided},
		{"there is no NotPrincipal in a trust policy", trust(`"NotPrincipal": {"AWS": "123456789012"}`), "sts:AssumeRole", eval.Undecided},
		{"which does not matter to other actions", trust(`"NotPrincipal": {"AWS": "123456789012"}`), "sts:TagSession", eval.NotAllowed},
		{"no principal", trust(`"Sid": "X"`), "sts:AssumeRole", eval.Undecided},
		{"a deny", statementsOf("", `{"Effect": "Allow", "Principal": "*", "Action": "*"}, {"Effect": "Deny", "Principal": {"AWS": "123456789012"}, "Action": "sts:*"}`), "sts:AssumeRole", eval.Denied},
	} {
		r := eval.Request{
			Principal: policy.Principal{Type: "AWS", Value: role},
			Action:    tt.action,
			Context:   map[string][]string{"sts:ExternalId": {"ours"}},
		}
		if got := eval.Trust(tt.policy, &r); got.Outcome != tt.want {
			t.Errorf("%s: got %s (%s), want %s", tt.reason, got.Outcome, got.Reason, tt.want)
		}
	}
}

// quoted is text as JSON.
func quoted(s string) string {
	b, err := json.Marshal(s)
	if err != nil {
		panic(err)
	}
	return string(b)
}
