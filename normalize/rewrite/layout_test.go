package rewrite_test

import (
	"testing"

	"iamctl/equivalency"
	"iamctl/normalize/normalizetest"
	"iamctl/normalize/rewrite"
)

// The layouts of texts that are equal after rewriting differ where something
// was put in at another place, and the multisets also where more became one.
func TestLayout(t *testing.T) {
	r := rewriterOf(t, `{"P": ["dev", "qa", "prod"]}`)
	other := rewrite.New(normalizetest.Rules(t, `{"P": ["dev", "qa", "prod"]}`, normalizetest.QA, normalizetest.Dev))
	for _, tt := range []struct {
		reason          string
		field           rewrite.Field
		text, another   string
		sets, multisets bool // equal
	}{
		{"each its own", equivalency.ARN, "x-dev", "x-qa", true, true},
		{"a placeholder as it is", equivalency.ARN, "dev", "P", false, false},
		{"nothing put in", equivalency.ARN, "P", "P", true, true},
		{"at another place", equivalency.ARN, "dev-P", "P-qa", false, false},
		{"values of a list", equivalency.Condition, `{"S":{"k":["dev"]}}`, `{"S":{"k":["qa"]}}`, true, true},
		{"more values of a list", equivalency.Condition, `{"S":{"k":["dev","prod"]}}`, `{"S":{"k":["qa"]}}`, true, false},
		{"a placeholder in a list besides", equivalency.Condition, `{"S":{"k":["dev","P"]}}`, `{"S":{"k":["qa"]}}`, false, false},
		{"nothing put into a list", equivalency.Condition, `{"S":{"k":["P"]}}`, `{"S":{"k":["P"]}}`, true, true},
		{"a condition that is not JSON", equivalency.Condition, `{dev`, `{P`, false, false},
		{"a statement that is not JSON", rewrite.Statement, `{dev`, `{qa`, true, true},
	} {
		t.Run(tt.reason, func(t *testing.T) {
			x, y := r.Layout(tt.field, tt.text), other.Layout(tt.field, tt.another)
			if (x.Set == y.Set) != tt.sets || (x.Multiset == y.Multiset) != tt.multisets {
				t.Errorf("%+v and %+v", x, y)
			}
		})
	}
}
