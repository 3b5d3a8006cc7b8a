package verdict_test

import (
	"testing"

	"pgregory.net/rapid"

	"iamctl/policy"
	"iamctl/policy/eval"
	"iamctl/verdict"
)

// The universe of the brute force has a request of every kind that its policies
// tell apart.
var (
	bruteActions   = []string{"s3:GetObject", "s3:GetBucketAcl", "s3:PutObject", "sqs:SendMessage", "iam:PassRole"}
	bruteResources = []string{"*", "arn:aws:s3:::a/b", "arn:aws:s3:::a/x", "arn:aws:s3:::x/b", "arn:aws:s3:::x/x", "arn:aws:s3:::a/x/b", "arn:aws:sqs:us-east-1:111111111111:q"}
	bruteTeams     = [][]string{nil, {"a"}, {"ab"}, {"b"}, {"x"}}
	bruteTags      = [][]string{nil, {"k"}, {"l"}, {"x"}, {"k", "l"}, {"k", "x"}, {"l", "x"}, {"k", "l", "x"}}
	bruteAddresses = [][]string{nil, {"10.0.0.1"}, {"10.1.0.1"}, {"192.0.2.1"}}
)

func bruteCondition(t *rapid.T) policy.Condition {
	negated := rapid.SampledFrom([]string{"", "Not"}).Draw(t, "negated")
	exists := rapid.SampledFrom([]string{"", "", "IfExists"}).Draw(t, "IfExists")
	switch rapid.IntRange(0, 4).Draw(t, "condition") {
	case 0:
		return policy.Condition{Operator: "String" + negated + "Equals" + exists, Key: "aws:PrincipalTag/team", Values: some(t, []string{"a", "b"}, 2, "values")}
	case 1:
		return policy.Condition{Operator: "String" + negated + "Like" + exists, Key: "aws:principaltag/team", Values: some(t, []string{"a*", "*b"}, 2, "values")}
	case 2:
		return policy.Condition{Operator: "Null", Key: "aws:PrincipalTag/team", Values: some(t, []string{"true", "false"}, 1, "values")}
	case 3:
		set := rapid.SampledFrom([]string{"ForAllValues:", "ForAnyValue:"}).Draw(t, "set")
		return policy.Condition{Operator: set + "String" + negated + "Equals", Key: "aws:TagKeys", Values: some(t, []string{"k", "l"}, 2, "values")}
	}
	operator := "IpAddress"
	if negated != "" {
		operator = "NotIpAddress"
	}
	return policy.Condition{Operator: operator + exists, Key: "aws:SourceIp", Values: some(t, []string{"10.0.0.0/8", "10.1.0.0/16"}, 1, "values")}
}

func bruteDocument(t *rapid.T) *policy.Document {
	d := &policy.Document{Version: "2012-10-17"}
	for range rapid.IntRange(1, 3).Draw(t, "statements") {
		s := policy.Statement{Effect: rapid.SampledFrom([]string{"Allow", "Allow", "Deny"}).Draw(t, "effect")}
		actions := some(t, []string{"s3:Get*", "s3:GetObject", "s3:*", "*", "sqs:*"}, 2, "actions")
		if rapid.IntRange(0, 5).Draw(t, "NotAction") == 0 {
			s.NotAction = actions
		} else {
			s.Action = actions
		}
		resources := some(t, []string{"*", "arn:aws:s3:::a/*", "arn:aws:s3:::*/b", "arn:aws:s3:::a/b", "arn:aws:sqs:*"}, 2, "resources")
		if rapid.IntRange(0, 5).Draw(t, "NotResource") == 0 {
			s.NotResource = resources
		} else {
			s.Resource = resources
		}
		if rapid.Bool().Draw(t, "conditioned") {
			s.Condition = append(s.Condition, bruteCondition(t))
		}
		d.Statements = append(d.Statements, s)
	}
	return d
}

// TestBruteForce asks every request of the universe.
func TestBruteForce(t *testing.T) {
	n := tally{}
	law(t, func(t *rapid.T) {
		p, q := permissions(bruteDocument(t)), permissions(bruteDocument(t))
		for _, side := range []*verdict.Permissions{p, q} {
			if rapid.IntRange(0, 4).Draw(t, "boundary") == 0 {
				side.Boundary = []*policy.Document{bruteDocument(t)}
			}
		}
		if rapid.Bool().Draw(t, "in an organisation") {
			p.Control, q.Control = bruteLevels(t), bruteLevels(t)
			if rapid.Bool().Draw(t, "same role") {
				q.Identity, q.Boundary = p.Identity, p.Boundary
			}
		}
		want := byBruteForce(p, q)
		if r := compare(t, n, p, q); r.Verdict != want {
			t.Fatalf("%s, want %s:\n%s", r.Verdict, want, shown(p, q, r))
		}
	})
	n.log(t, false)
}

func byBruteForce(p, q *verdict.Permissions) verdict.Verdict {
	gained, lost := false, false
	for _, action := range bruteActions {
		p, q := p.Asked(action), q.Asked(action)
		for _, resource := range bruteResources {
			for _, team := range bruteTeams {
				for _, tags := range bruteTags {
					for _, address := range bruteAddresses {
						r := eval.Request{Action: action, Resource: resource, Context: map[string][]string{}}
						for key, values := range map[string][]string{"aws:PrincipalTag/team": team, "aws:TagKeys": tags, "aws:SourceIp": address} {
							if values != nil {
								r.Context[key] = values
							}
						}
						old, new := p.Decide(&r).Outcome == eval.Allowed, q.Decide(&r).Outcome == eval.Allowed
						gained, lost = gained || new && !old, lost || old && !new
					}
				}
			}
		}
	}
	switch {
	case gained && lost:
		return verdict.Different
	case gained:
		return verdict.More
	case lost:
		return verdict.Less
	}
	return verdict.Equal
}

func some(t *rapid.T, from []string, most int, label string) []string {
	return rapid.SliceOfNDistinct(rapid.SampledFrom(from), 1, most, rapid.ID[string]).Draw(t, label)
}
