package rewrite_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"iamctl/equivalency"
	"iamctl/normalize/normalizetest"
	"iamctl/normalize/rewrite"
)

func TestNamed(t *testing.T) {
	r := rewrite.New(normalizetest.Rules(t, `{"version": 2, "equivalencies": [
		{"placeholder": "accountname", "values": {"dev": ["dev", "dev-eu"], "qa": ["qa", "qa-dev-qa"]}},
		{"placeholder": "P", "values": {"dev": "only-dev-has"}}],
		"shared": ["dev-tools"]}`, normalizetest.QA, normalizetest.Dev))
	const bucket = "arn:aws:s3:::qa-1"
	for _, tt := range []struct {
		reason string
		field  rewrite.Field
		text   string
		want   []rewrite.Named
	}{
		{"its own things", equivalency.ARN, bucket, nil},
		{"the other's bucket", equivalency.ARN, "arn:aws:s3:::dev-1", []rewrite.Named{{Value: "dev", Owner: "dev", Expected: bucket}}},
		{"inside a longer word", equivalency.ARN, "arn:aws:s3:::devops", nil},
		{"inside a shared literal", equivalency.ARN, "arn:aws:s3:::dev-tools", nil},
		{"inside a longer value of its own", equivalency.ARN, "x-qa-dev-qa", nil},
		{
			"more than one, each once, and the whole text that was expected", equivalency.Principal,
			"arn:aws:iam::123456789012:role/dev/dev-eu/dev",
			[]rewrite.Named{
				{Value: "123456789012", Owner: "dev", Expected: "arn:aws:iam::987654321098:role/qa/qa/qa"},
				{Value: "dev", Owner: "dev", Expected: "arn:aws:iam::987654321098:role/qa/qa/qa"},
				{Value: "dev-eu", Owner: "dev", Expected: "arn:aws:iam::987654321098:role/qa/qa/qa"},
			},
		},
		{"without counterpart", equivalency.ARN, "x/only-dev-has", []rewrite.Named{{Value: "only-dev-has", Owner: "dev"}}},
		{
			"in a condition, its keys aside", equivalency.Condition, `{"StringEquals":{"dev":["z","dev"]}}`,
			[]rewrite.Named{{Value: "dev", Owner: "dev", Expected: `{"StringEquals":{"dev":["qa","z"]}}`}},
		},
		{
			"in a statement column, its actions aside", rewrite.Statement, `{"NotAction":["dev:x"],"NotResource":["dev"]}`,
			[]rewrite.Named{{Value: "dev", Owner: "dev", Expected: `{"NotAction":["dev:x"],"NotResource":["qa"]}`}},
		},
	} {
		t.Run(tt.reason, func(t *testing.T) {
			if diff := cmp.Diff(tt.want, r.Named(tt.field, tt.text)); diff != "" {
				t.Errorf("-want +got:\n%s", diff)
			}
		})
	}
}

// TestNamedValue: one value of a condition is no column of conditions, whatever it would be as
// JSON.
func TestNamedValue(t *testing.T) {
	r := rewrite.New(&equivalency.Rules{
		Rewrites: []equivalency.Rule{{Value: "987654321098", Placeholder: "ID", Owned: true, Entry: -1}},
		Foreign:  []equivalency.Foreign{{Value: "123456789012", Owner: "dev", Expected: "987654321098", Entry: -1}},
	})
	for _, tt := range []struct{ value, expected, after, reason string }{
		{"123456789012", "987654321098", "123456789012", "a number"},
		{`"123456789012"`, `"987654321098"`, `"123456789012"`, "a string with quotes"},
		{`{"a":123456789012}`, `{"a":987654321098}`, `{"a":123456789012}`, "an object"},
		{"987654321098", "", "ID", "the account's own"},
		{"arn:aws:sqs:eu-west-1:987654321098:q", "", "arn:aws:sqs:eu-west-1:ID:q", "a text"},
	} {
		var expected string
		for _, n := range r.NamedValue(equivalency.Condition, tt.value) {
			expected = n.Expected
		}
		if after := r.RewriteValue(equivalency.Condition, tt.value); expected != tt.expected || after != tt.after {
			t.Errorf("%s: %s and %s, want %s and %s", tt.reason, expected, after, tt.expected, tt.after)
		}
	}
}

// TestBesideWhatIsMadeUp: a console's word is nobody's name where the console drew what
// follows it, and neither is what it drew.
func TestBesideWhatIsMadeUp(t *testing.T) {
	const drawn, chosen = "fn-role-abc12qa9", "fn-role-frontend"
	for _, tt := range []struct{ text, want, reason string }{
		{drawn, "fn-role-<random>", "the console's"},
		{chosen, "fn-P-frontend", "somebody's"},
	} {
		dictionary := `{"version": 2, "equivalencies": [{"placeholder": "P", "values": {"dev": ["role", "qa"]}}]}`
		known := &equivalency.Known{Names: map[equivalency.EntityKind]map[string][]equivalency.Span{equivalency.Role: {drawn: {{From: 8, To: 16}}}}}
		own := normalizetest.Rules(t, dictionary, normalizetest.Dev, normalizetest.QA)
		other := normalizetest.Rules(t, dictionary, normalizetest.QA, normalizetest.Dev)
		own.Known, other.Known = known, known
		if got, _ := rewrite.New(own).Rewrite(equivalency.RoleName, tt.text); got != tt.want {
			t.Errorf("%s: %s becomes %s, want %s", tt.reason, tt.text, got, tt.want)
		}
		if got := rewrite.New(other).Named(equivalency.RoleName, tt.text); (len(got) > 0) != (tt.text == chosen) {
			t.Errorf("%s: %s names %v", tt.reason, tt.text, got)
		}
	}
}
