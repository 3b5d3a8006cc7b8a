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
