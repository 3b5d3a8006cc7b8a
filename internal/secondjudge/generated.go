package main

import (
	"math/rand/v2"
	"slices"
	"strings"

	"iamctl/policy"
	"iamctl/policy/eval"
	"iamctl/policy/eval/evaltest"
)

// What generated documents are made of: values of the kind that an operator
// wants, for what is malformed is undecided and no question for the judge.
var (
	actions   = []string{"*", "s3:*", "s3:Get*", "S3:getobject", "s3:Put?bject", "ec2:Run*", "*:Get*", "s?:List*", "iam:PassRole"}
	resources = []string{
		"*", "arn:aws:s3:::app1/*", "arn:aws:s3:::app1", "arn:aws:s3:::${aws:PrincipalTag/Team}/*", "arn:aws:s3:::${team, 'none'}/a*",
		"arn:aws:s3:::a${*}b*", "arn:aws:ec2:*:*:instance/*", "arn:aws:ec2:*:*:*/*", "arn:aws:ec2:eu-*:123456789012:vol?me/x", "arn:aws:rds:*",
		"arn:aws:sqs:*:*:q-*-${team}", "arn:*:s3:::app?/x/*", "arn:aws:logs:*:*:log-group:/aws/*:log-stream:*",
	}
	trustActions = []string{"sts:AssumeRole", "sts:*", "sts:TagSession", "*"}
	principals   = [][]policy.Principal{
		{{Type: "*", Value: "*"}},
		{{Type: "AWS", Value: "*"}},
		{{Type: "AWS", Value: "123456789012"}, {Type: "Service", Value: "ec2.amazonaws.com"}},
		{{Type: "AWS", Value: "arn:aws:iam::123456789012:root"}},
		{{Type: "AWS", Value: "arn:aws:iam::210987654321:role/ci"}, {Type: "AWS", Value: "arn:aws:iam::123456789012:user/ann"}},
		{{Type: "AWS", Value: "arn:aws:sts::123456789012:assumed-role/ops/s"}},
		{{Type: "Service", Value: "lambda.amazonaws.com"}, {Type: "Service", Value: "ec2.amazonaws.com"}},
	}
	// keys are by what their values are.
	keys = map[policy.OperatorKind][]string{
		policy.StringOperator: {"team", "aws:PrincipalTag/Team", "sts:ExternalId"}, policy.ARNOperator: {"aws:SourceArn", "aws:PrincipalArn"},
		policy.NumericOperator: {"s3:max-keys"}, policy.DateOperator: {"aws:CurrentTime"}, policy.BoolOperator: {"aws:SecureTransport"},
		policy.BinaryOperator: {"bytes"}, policy.IPOperator: {"aws:SourceIp", "aws:VpcSourceIp"},
	}
	wanted = map[policy.OperatorKind][]string{
		policy.StringOperator:     {"red", "blue*", "a?c", "${team}", "${aws:PrincipalTag/Team}-x", "r${*}", "${$}{x}", "${nobody}", "${nobody, 'red'}", "x.y+z"},
		policy.StringLikeOperator: {"red*", "*", "b?ue", "${team}*", "*${*}", "r${?}d", "${nobody}*", "a*c*e", "Red", "(x|y)*"},
		policy.ARNOperator:        {"arn:aws:iam::123456789012:role/*", "arn:*:s3:::app?", "arn:aws:sns:*:*:*", "arn:aws:iam::*:role/${team}", "arn:aws:sns:eu-west-1:123456789012:a:b*"},
		policy.NumericOperator:    {"10", "10.0", "-2.5", "0", "100", "99.999"},
		policy.DateOperator:       {"2026-01-01T00:00:00Z", "2026-01-01", "2026-01-01T02:00:00+02:00", "1767225600", "2025-12-31T23:59:59.5Z", "2026-02"},
		policy.BoolOperator:       {"true", "false", "True", "${secure}"},
		policy.BinaryOperator:     {"QmluYXJ5", "b3RoZXI="},
		policy.IPOperator:         {"10.0.0.0/8", "10.1.2.3", "0.0.0.0/0", "192.0.2.7/24", "2001:db8::/32", "::/0", "2001:db8::5", "203.0.113.9/32"},
		policy.NullOperator:       {"true", "false"},
	}
)

// generator draws documents.
type generator struct{ *rand.Rand }

func pick[T any](g generator, list []T) T { return list[g.IntN(len(list))] }

func (g generator) some(list []string) []string {
	out := make([]string, 1+g.IntN(3))
	for i := range out {
		out[i] = pick(g, list)
	}
	return out
}

func (g generator) rarely() bool { return g.IntN(8) == 0 }

// question draws a role's documents, or a trust policy, and a request.
func (g generator) question() *question {
	if g.IntN(4) == 0 {
		d := g.document(true)
		q := &question{request: *evaltest.Request(g.Rand, d), trust: d}
		q.request.Resource = ""
		if !strings.HasPrefix(q.request.Action, "sts:") {
			q.request.Action = "sts:AssumeRole" // the judge asks a role's policy about these alone
		}
		return q
	}
	documents := []*policy.Document{g.document(false), g.document(false)}
	q := &question{request: *evaltest.Request(g.Rand, documents...)}
	if q.Identity = documents; g.IntN(3) == 0 {
		q.Permissions = eval.Permissions{Identity: documents[:1], Boundary: documents[1:]}
	}
	return q
}

func (g generator) document(trust bool) *policy.Document {
	d := &policy.Document{Version: pick(g, []string{"2012-10-17", "2012-10-17", "2012-10-17", "2008-10-17", ""})}
	for range 1 + g.IntN(3) {
		s := policy.Statement{Effect: pick(g, []string{"Allow", "Allow", "Deny"}), Condition: g.conditions()}
		switch {
		case trust:
			s.Action, s.Principal = g.some(trustActions), pick(g, principals)
		case g.rarely():
			s.NotAction = g.some(actions[1:])
		default:
			s.Action = g.some(actions)
		}
		switch {
		case trust:
		case g.rarely():
			s.NotResource = g.some(resources[1:])
		default:
			s.Resource = g.some(resources)
		}
		d.Statements = append(d.Statements, s)
	}
	return d
}

func (g generator) conditions() []policy.Condition {
	var list []policy.Condition
	for range g.IntN(3) {
		op, _ := policy.ParseOperator(pick(g, policy.Operators()))
		name := pick(g, []string{"", "", "ForAllValues:", "ForAnyValue:"}) + op.Base
		if g.rarely() {
			name += "IfExists"
		}
		if c := g.condition(name, op.Kind); !slices.ContainsFunc(list, func(o policy.Condition) bool { return o.Operator == c.Operator }) {
			list = append(list, c) // an operator twice would be one in JSON
		}
	}
	return list
}

func (g generator) condition(name string, kind policy.OperatorKind) policy.Condition {
	likes := kind
	switch kind {
	case policy.StringLikeOperator:
		kind = policy.StringOperator
	case policy.StringIgnoreCaseOperator:
		kind, likes = policy.StringOperator, policy.StringOperator
	case policy.NullOperator:
		return policy.Condition{Operator: "Null", Key: pick(g, keys[policy.StringOperator]), Values: g.some(wanted[likes])}
	}
	return policy.Condition{Operator: name, Key: pick(g, keys[kind]), Values: g.some(wanted[likes])}
}
