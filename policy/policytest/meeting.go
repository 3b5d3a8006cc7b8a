package policytest

import (
	"iamctl/policy"

	"pgregory.net/rapid"
)

// What meeting documents are made of: few words.
var (
	meetingActions   = []string{"s3:GetObject", "s3:PutObject", "s3:Get*", "S3:*", "*", "s?s:SendMessage", "*:Get*"}
	meetingResources = []string{
		"*", "arn:aws:s3:::a/*", "arn:aws:s3:::a/b", "arn:aws:s3:::*", "arn:aws:s3:::?/b", "arn:aws:s3:::${aws:PrincipalTag/team}/*",
		"arn:aws:sqs:*:111111111111:q", "arn:aws:sqs:*",
	}
	// meetingKeys are for each kind of operator a key and its values.
	meetingKeys = map[policy.OperatorKind]struct {
		key    string
		values []string
	}{
		policy.StringOperator:           {"aws:PrincipalTag/team", []string{"a", "b", "${aws:PrincipalTag/other}"}},
		policy.StringIgnoreCaseOperator: {"aws:principaltag/TEAM", []string{"A", "b"}},
		policy.StringLikeOperator:       {"aws:PrincipalTag/team", []string{"a*", "*b", "?", "${*}"}},
		policy.ARNOperator:              {"aws:SourceArn", []string{"arn:aws:s3:::*", "arn:aws:s3:::a", "arn:aws:*:*:111111111111:*", "*"}},
		policy.NumericOperator:          {"s3:max-keys", []string{"1", "10", "10.5", "-1"}},
		policy.DateOperator:             {"aws:CurrentTime", []string{"2030-01-01T00:00:00Z", "2030-06-01", "1900000000"}},
		policy.BoolOperator:             {"aws:SecureTransport", []string{"true", "false"}},
		policy.BinaryOperator:           {"s3:binary", []string{"YWJj", "eHl6"}},
		policy.IPOperator:               {"aws:SourceIp", []string{"10.0.0.0/8", "10.1.0.0/16", "192.0.2.1", "2001:db8::/32"}},
		policy.NullOperator:             {"aws:PrincipalTag/team", []string{"true", "false"}},
	}
	meetingSetKey = "aws:TagKeys"
)

func meetingCondition(t *rapid.T) policy.Condition {
	name := rapid.SampledFrom(policy.Operators()).Draw(t, "operator")
	op, _ := policy.ParseOperator(name)
	k := meetingKeys[op.Kind]
	c := policy.Condition{Operator: name, Key: k.key, Values: few(t, k.values, 2, "values")}
	if op.Kind == policy.NullOperator {
		c.Values = c.Values[:1]
		return c
	}
	switch rapid.IntRange(0, 7).Draw(t, "form") {
	case 0:
		c.Operator += "IfExists"
	case 1:
		c.Operator, c.Key = "ForAllValues:"+name, meetingSetKey+string(rune('a'+op.Kind))
	case 2:
		c.Operator, c.Key = "ForAnyValue:"+name, meetingSetKey+string(rune('a'+op.Kind))
	}
	return c
}

func meetingStatement(t *rapid.T) policy.Statement {
	s := policy.Statement{Effect: rapid.SampledFrom([]string{"Allow", "Allow", "Deny"}).Draw(t, "effect")}
	actions, resources := few(t, meetingActions, 2, "actions"), few(t, meetingResources, 3, "resources")
	if rapid.IntRange(0, 7).Draw(t, "NotAction") == 0 {
		s.NotAction = actions
	} else {
		s.Action = actions
	}
	if rapid.IntRange(0, 7).Draw(t, "NotResource") == 0 {
		s.NotResource = resources
	} else {
		s.Resource = resources
	}
	seen := map[string]bool{}
	for range rapid.IntRange(0, 2).Draw(t, "conditions") {
		c := meetingCondition(t)
		if id := policy.Fold(c.Operator + " " + c.Key); !seen[id] {
			seen[id] = true
			s.Condition = append(s.Condition, c)
		}
	}
	return s
}

func few(t *rapid.T, from []string, most int, label string) []string {
	return rapid.SliceOfNDistinct(rapid.SampledFrom(from), 1, most, rapid.ID[string]).Draw(t, label)
}

// MeetingStatement generates statements of identity policies from few words, with
// every operator, so that any two of them are likely about the same requests. A
// condition key has values of one kind.
func MeetingStatement() *rapid.Generator[policy.Statement] { return rapid.Custom(meetingStatement) }

// Meeting generates documents of one to three MeetingStatements.
func Meeting() *rapid.Generator[*policy.Document] {
	return rapid.Custom(func(t *rapid.T) *policy.Document {
		d := &policy.Document{Version: "2012-10-17"}
		if rapid.IntRange(0, 7).Draw(t, "version") == 0 {
			d.Version = ""
		}
		for range rapid.IntRange(1, 3).Draw(t, "statements") {
			d.Statements = append(d.Statements, meetingStatement(t))
		}
		return d
	})
}
