// Package policytest generates policy documents for property tests, and the
// many texts and documents that mean the same as a given one. Only tests
// import it.
package policytest

import (
	"iamctl/policy"

	"pgregory.net/rapid"
)

var (
	actions = []string{
		"*", "s3:*", "s3:Get*", "s3:GetObject", "s3:PutObject", "s3:List*", "s3:ListAllMyBuckets", "s3:?etObject",
		"ec2:Describe*", "ec2:RunInstances", "ec2:*Tags", "iam:PassRole", "iam:CreateRole", "sts:AssumeRole",
		"ssm:SendCommand", "kafka-cluster:Connect", "execute-api:Invoke", "dynamodb:*Item", "dynamodb:Query",
		"logs:CreateLogGroup", "kms:Decrypt", "*:Get*", "s?:List*", "nosuchservice:DoIt", "s3:NoSuchAction", "nocolon",
	}
	trustActions = []string{"sts:AssumeRole", "sts:AssumeRoleWithSAML", "sts:AssumeRoleWithWebIdentity", "sts:TagSession", "sts:*"}
	resources    = []string{
		"*", "arn:aws:s3:::app1-dev", "arn:aws:s3:::app1-dev/*", "arn:aws:s3:::app1-dev/shared/*", "arn:aws:s3:::*",
		"arn:aws:s3:::${aws:username}/*", "arn:aws:s3:::home/${aws:PrincipalTag/team, 'none'}/${*}x",
		"arn:aws:ec2:*:*:instance/*", "arn:aws:ec2:eu-west-1:123456789012:instance/i-0123456789abcdef0", "arn:aws:ec2:*:*:*/*",
		"arn:aws:iam::123456789012:role/app1_dev", "arn:aws:iam::*:role/app?_*", "arn:aws-cn:s3:::bucket", "arn:*:s3:::bucket",
		"arn:aws:rds:*", "arn:aws:dynamodb:eu-west-1:123456789012:table/a:b:c", "not an arn", "arn:aws:s3:::b\u00fc\u00e9/\u0085\u001b<&>\"\\",
	}
	principals = []policy.Principal{
		{Type: "AWS", Value: "*"},
		{Type: "AWS", Value: "123456789012"},
		{Type: "AWS", Value: "arn:aws:iam::123456789012:root"},
		{Type: "AWS", Value: "arn:aws:iam::210987654321:role/ci"},
		{Type: "AWS", Value: "AROA0123456789ABCDEFG"},
		{Type: "Service", Value: "ec2.amazonaws.com"},
		{Type: "Service", Value: "lambda.amazonaws.com"},
		{Type: "Federated", Value: "arn:aws:iam::123456789012:saml-provider/idp"},
		{Type: "Federated", Value: "cognito-identity.amazonaws.com"},
		{Type: "CanonicalUser", Value: "79a59df900b949e55d96a1e698fbacedfd6e09d98eacf8f8d5218e7cd47ef2be"},
	}
	keys = []string{
		"aws:SourceIp", "aws:MultiFactorAuthPresent", "aws:PrincipalTag/Team", "aws:RequestTag/team", "aws:TagKeys",
		"s3:prefix", "sts:ExternalId", "aws:SourceArn", "aws:CurrentTime", "kms:GrantIsForAWSResource",
	}
	values = []string{
		"true", "False", "10.0.0.0/8", "10.1.2.3", "2001:db8::1/32", "not an address", "app1-dev/*", "app1-dev/x", "*", "a?c",
		"arn:aws:s3:::app1-dev", "arn:aws:sns:*:123456789012:*", "2026-01-01T00:00:00Z", "3600", "1.50", "-2e3", "${aws:username}", "Team Red", "",
	}
)

// Document generates legal documents: identity policies and trust policies of
// every kind of element, that Parse reads from their String without a problem.
func Document() *rapid.Generator[*policy.Document] {
	return rapid.OneOf(Identity(), Trust())
}

// Identity generates documents of identity policies: statements with actions
// and resources, or the Not- form of either.
func Identity() *rapid.Generator[*policy.Document] {
	return documentOf(rapid.Custom(func(t *rapid.T) policy.Statement {
		s := statement(t)
		actionList, resourceList := some(t, actions, "actions"), some(t, resources, "resources")
		if rarely(t, "NotAction") {
			s.NotAction = actionList
		} else {
			s.Action = actionList
		}
		if rarely(t, "NotResource") {
			s.NotResource = resourceList
		} else {
			s.Resource = resourceList
		}
		return s
	}))
}

// Trust generates documents of trust policies: statements with actions and
// principals, without resources.
func Trust() *rapid.Generator[*policy.Document] {
	return documentOf(rapid.Custom(func(t *rapid.T) policy.Statement {
		s := statement(t)
		s.Action = some(t, trustActions, "actions")
		list := []policy.Principal{{Type: "*", Value: "*"}}
		if !rarely(t, "everyone") {
			list = principalList(t)
		}
		if rarely(t, "NotPrincipal") {
			s.NotPrincipal = list
		} else {
			s.Principal = list
		}
		return s
	}))
}

func documentOf(statements *rapid.Generator[policy.Statement]) *rapid.Generator[*policy.Document] {
	return rapid.Custom(func(t *rapid.T) *policy.Document {
		return &policy.Document{
			Version:    rapid.SampledFrom([]string{"2012-10-17", "2012-10-17", "2012-10-17", "2008-10-17", ""}).Draw(t, "version"),
			ID:         rapid.SampledFrom([]string{"", "", "an-id"}).Draw(t, "id"),
			Statements: rapid.SliceOfN(statements, 1, 4).Draw(t, "statements"),
		}
	})
}

func statement(t *rapid.T) policy.Statement {
	return policy.Statement{
		Sid:       rapid.SampledFrom([]string{"", "", "One", "Two"}).Draw(t, "sid"),
		Effect:    rapid.SampledFrom([]string{"Allow", "Allow", "Deny"}).Draw(t, "effect"),
		Condition: conditions(t),
	}
}

func principalList(t *rapid.T) []policy.Principal {
	drawn := rapid.SliceOfNDistinct(rapid.SampledFrom(principals), 1, 4, rapid.ID[policy.Principal]).Draw(t, "principals")
	var list []policy.Principal
	for len(drawn) > 0 { // together by type, as Parse has them
		var rest []policy.Principal
		for _, p := range drawn {
			if p.Type == drawn[0].Type {
				list = append(list, p)
			} else {
				rest = append(rest, p)
			}
		}
		drawn = rest
	}
	return list
}

// conditions draws conditions with distinct operators, so that no two of them
// are the same in another spelling.
func conditions(t *rapid.T) []policy.Condition {
	if !rapid.Bool().Draw(t, "conditional") {
		return nil
	}
	var list []policy.Condition
	for _, op := range rapid.SliceOfNDistinct(operator(), 1, 3, base).Draw(t, "operators") {
		for _, key := range some(t, keys, "keys") {
			list = append(list, policy.Condition{Operator: op, Key: key, Values: some(t, values, "values")})
		}
	}
	return list
}

// base returns what two operators of one statement must not share.
func base(op string) string {
	o, _ := policy.ParseOperator(op)
	switch o.Base {
	case "ArnEquals":
		return "ArnLike"
	case "ArnNotEquals":
		return "ArnNotLike"
	}
	return o.Base
}

func operator() *rapid.Generator[string] {
	return rapid.Custom(func(t *rapid.T) string {
		op := rapid.SampledFrom([]string{"", "", "ForAllValues:", "ForAnyValue:"}).Draw(t, "qualifier") +
			rapid.SampledFrom(policy.Operators()).Draw(t, "operator")
		if withIfExists := op + "IfExists"; rarely(t, "IfExists") {
			if _, ok := policy.ParseOperator(withIfExists); ok {
				return withIfExists
			}
		}
		return op
	})
}

func some(t *rapid.T, from []string, label string) []string {
	return rapid.SliceOfNDistinct(rapid.SampledFrom(from), 1, 4, rapid.ID[string]).Draw(t, label)
}

func rarely(t *rapid.T, label string) bool { return rapid.IntRange(0, 9).Draw(t, label) == 9 }
