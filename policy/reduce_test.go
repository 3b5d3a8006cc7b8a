package policy_test

import (
	"testing"

	"pgregory.net/rapid"

	"iamctl/policy"
	"iamctl/policy/policytest"
)

func TestReduceCondition(t *testing.T) {
	for _, tt := range []struct{ text, want, reason string }{
		{`{"StringLike":{"k":["a*","ab","b"]}}`, `{"StringLike":{"k":["a*","b"]}}`, "a pattern"},
		{`{"ArnLike":{"k":["arn:aws:s3:::a*","arn:aws:s3:::ab"]},"Bool":{"k":["true"]}}`, `{"ArnLike":{"k":["arn:aws:s3:::a*"]},"Bool":{"k":["true"]}}`, "an ARN, beside another operator"},
		{`{"NotIpAddress":{"k":["10.0.0.0/8","10.1.0.0/16"]}}`, `{"NotIpAddress":{"k":["10.0.0.0/8"]}}`, "a block of addresses"},
		{`{"StringEquals":{"k":["*","a"]}}`, `{"StringEquals":{"k":["*","a"]}}`, "stars are plain text here"},
		{`{"StringLike":{"k":["a*","ab"],"k":["c"]}}`, `{"StringLike":{"k":["a*","ab"],"k":["c"]}}`, "a key that stands twice"},
		{`{"StringLike":{"k":["b","a*","ab"]}}`, `{"StringLike":{"k":["b","a*","ab"]}}`, "not sorted, so of another hand"},
		{"{\"StringLike\":{\"k\":[\"a*\",\"a\xff\"]}}", "{\"StringLike\":{\"k\":[\"a*\",\"a\xff\"]}}", "bytes that are not UTF-8"},
		{`"StringLike"`, `"StringLike"`, "no object"},
		{"", "", "none"},
	} {
		if got := policy.ReduceCondition(tt.text); got != tt.want {
			t.Errorf("%s: %s, want %s", tt.reason, got, tt.want)
		}
	}
}

func TestReduceStatement(t *testing.T) {
	for _, tt := range []struct{ text, want, reason string }{
		{`{"NotResource":["b/*","b/x","c"]}`, `{"NotResource":["b/*","c"]}`, "a covered resource"},
		{`{"Foo":[{"NotResource":["b/*","b/x"]}],"NotAction":["a"],"NotResource":["b/*","b/x"]}`, `{"Foo":[{"NotResource":["b/*","b/x"]}],"NotAction":["a"],"NotResource":["b/*"]}`, "not what an unknown element holds"},
		{`{"Foo":["NotResource"]}`, `{"Foo":["NotResource"]}`, "no such element"},
		{`{"NotResource":[1]}`, `{"NotResource":[1]}`, "no texts"},
		{`NotResource`, `NotResource`, "no JSON"},
		{"", "", "none"},
	} {
		if got := policy.ReduceStatement(tt.text); got != tt.want {
			t.Errorf("%s: %s, want %s", tt.reason, got, tt.want)
		}
	}
}

// TestReducingIsCanonical: what CanonicalStatement leaves, reducing takes out.
func TestReducingIsCanonical(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := policytest.Document().Draw(t, "document")
		for i := range d.Statements {
			one := &policy.Document{Version: d.Version, Statements: d.Statements[i : i+1]}
			s := policy.CanonicalStatement(&one.Statements[0], one.Version, "")
			want := policy.ConditionJSON(policy.Canonical(one, "").Statements[0].Condition)
			if got := policy.ReduceCondition(policy.ConditionJSON(s.Condition)); got != want {
				t.Errorf("%s, want %s", got, want)
			}
		}
	})
}
