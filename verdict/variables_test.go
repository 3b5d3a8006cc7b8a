package verdict_test

import (
	"maps"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"iamctl/policy"
	"iamctl/policy/eval"
	"iamctl/verdict"
)

// The universe of variables: keys whose values are compared with one another.
var (
	variableValues = []string{
		"a", "b", "${aws:PrincipalTag/u}", "${aws:principaltag/U}", "${aws:PrincipalTag/v}", "${aws:PrincipalTag/u, 'a'}",
		"${aws:PrincipalTag/u,'a'}", "${aws:PrincipalTag/u, 'b'}", "p-${aws:PrincipalTag/u}", "p-a",
	}
	variablePatterns  = append([]string{"*", "a*", "${aws:PrincipalTag/u}*", "*${aws:PrincipalTag/u}", "p-*"}, variableValues...)
	variableResources = []string{
		"*", "arn:aws:s3:::b/*", "arn:aws:s3:::b/a", "arn:aws:s3:::b/${aws:PrincipalTag/u}", "arn:aws:s3:::b/${aws:principaltag/u}",
		"arn:aws:s3:::b/${aws:PrincipalTag/u, 'a'}", "arn:aws:s3:::b/${aws:PrincipalTag/u, 'b'}", "arn:aws:s3:::b/${aws:PrincipalTag/u}/*",
		"arn:aws:s3:::b/${aws:PrincipalTag/u}*", "arn:aws:s3:::b/${aws:PrincipalTag/v}/*",
	}
	variableRequests = []string{"b/a", "b/b", "b/x", "b/y", "b/a/x", "b/ax", "b/x/x", "b/y/x", "b/p-a", "b/", "c/a"}
	variableContext  = []string{"a", "b", "x", "y", "ax", "A", "p-a", "p-x", "xa"}
	variableKeys     = []string{"aws:PrincipalTag/t", "aws:PrincipalTag/u", "aws:PrincipalTag/v"}
)

func variableCondition(t *rapid.T) policy.Condition {
	key := variableKeys[0]
	switch rapid.IntRange(0, 10).Draw(t, "condition") {
	case 10:
		return policy.Condition{Operator: "StringEquals", Key: variableKeys[1], Values: some(t, []string{"a", "b", "${aws:PrincipalTag/t}"}, 2, "values")}
	case 0:
		return policy.Condition{Operator: "Null", Key: variableKeys[1], Values: some(t, []string{"true", "false"}, 1, "values")}
	case 1, 2, 3:
		return policy.Condition{Operator: "StringLike", Key: key, Values: some(t, variablePatterns, 2, "values")}
	case 4:
		return policy.Condition{Operator: "StringEqualsIgnoreCase", Key: key, Values: some(t, variableValues, 2, "values")}
	case 5:
		return policy.Condition{Operator: "StringNotEquals", Key: key, Values: some(t, variableValues, 2, "values")}
	case 6:
		return policy.Condition{Operator: "StringEqualsIfExists", Key: key, Values: some(t, variableValues, 2, "values")}
	}
	return policy.Condition{Operator: "StringEquals", Key: key, Values: some(t, variableValues, 2, "values")}
}

func variableDocument(t *rapid.T) *policy.Document {
	d := &policy.Document{Version: "2012-10-17"}
	for range rapid.IntRange(1, 2).Draw(t, "statements") {
		s := policy.Statement{Effect: rapid.SampledFrom([]string{"Allow", "Allow", "Allow", "Deny"}).Draw(t, "effect"), Action: []string{"s3:GetObject"}, Resource: []string{"*"}}
		if rapid.Bool().Draw(t, "resource") {
			s.Resource = some(t, variableResources, 2, "resources")
		}
		for range rapid.IntRange(0, 2).Draw(t, "conditions") {
			c := variableCondition(t)
			if !slices.ContainsFunc(s.Condition, func(o policy.Condition) bool { return o.Operator == c.Operator && o.Key == c.Key }) {
				s.Condition = append(s.Condition, c)
			}
		}
		d.Statements = append(d.Statements, s)
	}
	return d
}

// TestVariables holds verdicts on documents with variables against requests with
// all combinations of a few values: none contradicts them, and a verdict is
// mostly reached.
func TestVariables(t *testing.T) {
	n, unknown := tally{}, map[string]int{}
	law(t, func(t *rapid.T) {
		p := permissions(variableDocument(t))
		q := permissions(variableDocument(t))
		if rapid.Bool().Draw(t, "one more") {
			q = with(p, q.Identity[0])
		}
		r := compare(t, n, p, q)
		if r.Verdict == verdict.Unknown {
			unknown[r.Reason]++
		}
		gained, lost := variableDifference(p, q)
		switch {
		case r.Verdict == verdict.Unknown:
		case gained && r.Verdict != verdict.More && r.Verdict != verdict.Different, lost && r.Verdict != verdict.Less && r.Verdict != verdict.Different:
			t.Fatalf("%s, but gained is %v, lost is %v:\n%s", r.Verdict, gained, lost, shown(p, q, r))
		}
		if back := lawComparer.Identity(q, p); back.Verdict != flipped(r.Verdict) {
			t.Fatalf("%s, and swapped %s:\n%s", r.Verdict, back.Verdict, shown(p, q, r))
		}
	})
	n.log(t, false)
	for _, why := range slices.Sorted(maps.Keys(unknown)) {
		t.Logf("%d unknown: %s", unknown[why], why)
	}
}

func variableDifference(p, q *verdict.Permissions) (gained, lost bool) {
	r := eval.Request{Action: "s3:GetObject", Context: map[string][]string{}}
	var each func(keys []string)
	each = func(keys []string) {
		if len(keys) == 0 {
			for _, path := range variableRequests {
				r.Resource = "arn:aws:s3:::" + path
				old, new := p.Decide(&r).Outcome == eval.Allowed, q.Decide(&r).Outcome == eval.Allowed
				gained, lost = gained || new && !old, lost || old && !new
			}
			return
		}
		delete(r.Context, keys[0])
		each(keys[1:])
		values := variableContext
		if len(keys) == 1 {
			values = []string{"a", "x"}
		}
		for _, v := range values {
			r.Context[keys[0]] = []string{v}
			each(keys[1:])
		}
	}
	each(variableKeys)
	return gained, lost
}
