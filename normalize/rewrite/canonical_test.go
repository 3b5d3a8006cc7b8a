package rewrite_test

import (
	"testing"

	"pgregory.net/rapid"

	"iamctl/equivalency"
	_ "iamctl/internal/raced"
	"iamctl/normalize/normalizetest"
	"iamctl/normalize/rewrite"
	"iamctl/policy"
)

// A condition is canonical after rewriting as it was before: the same bytes
// as if its values had been rewritten before it was printed.
func TestRewrittenConditionsAreCanonical(t *testing.T) {
	rules := &equivalency.Rules{Rewrites: []equivalency.Rule{
		{Value: "dev", Placeholder: "z z\"\\\x01\x7f\u0085\u009f\u00a0é\u2028<&>"}, {Value: "é\u0085", Placeholder: "P"}, {Value: "\"", Placeholder: "Q"},
	}}
	r := rewrite.New(rules)
	part := rapid.OneOf(
		rapid.SampledFrom([]string{"dev", "-", "a", "é\u0085", "\"", "\\", "\u2028", "<&>", "\U0001f600", "\x7f", "\x1f", "/"}),
		rapid.StringN(0, 3, -1),
	)
	value := rapid.Custom(func(t *rapid.T) string {
		s := ""
		for _, p := range rapid.SliceOfN(part, 0, 4).Draw(t, "parts") {
			s += p
		}
		return s
	})
	rapid.Check(t, func(t *rapid.T) {
		var before, after []policy.Condition
		for _, op := range rapid.SliceOfNDistinct(rapid.SampledFrom([]string{"StringEquals", "dev", "ForAnyValue:StringLike"}), 1, 2, rapid.ID).Draw(t, "operators") {
			for _, key := range rapid.SliceOfNDistinct(rapid.SampledFrom([]string{"aws:x", "dev", "k\"é"}), 1, 2, rapid.ID).Draw(t, "keys") {
				c := policy.Condition{Operator: op, Key: key, Values: rapid.SliceOfN(value, 1, 4).Draw(t, "values")}
				d := policy.Condition{Operator: op, Key: key}
				for _, v := range c.Values {
					v, _ = r.Rewrite(equivalency.ARN, v)
					d.Values = append(d.Values, v)
				}
				before, after = append(before, c), append(after, d)
			}
		}
		got, _ := r.Rewrite(equivalency.Condition, policy.ConditionJSON(before))
		if want := policy.ConditionJSON(after); got != want {
			t.Fatalf("%s\nbecomes\n%s\nwant\n%s", policy.ConditionJSON(before), got, want)
		}
	})
}

func FuzzRewrite(f *testing.F) {
	f.Add("arn:aws:iam::123456789012:role/dev", `{"accountname": ["dev", "qa"]}`)
	f.Add(`{"StringEquals":{"k":["dev","\ud83d\ude00\ud800\u0041"]}}`, names)
	f.Add(`{"NotResource":["dev"],"NotPrincipal":{"AWS":["dev"]},"X":[1e9,{"dev":"dev"}]}`, names)
	f.Add(`{"StringEquals":{"aws:resourcetag/dev-\u0064ev":["dev"],"oidc.dev.example/dev:sub":["${aws:principaltag/dev, 'dev'}"]}}`, names)
	fields := append(equivalency.Fields(), rewrite.Statement)
	f.Fuzz(func(t *testing.T, text, dictionary string) {
		d, err := equivalency.Parse("d.json", []byte(dictionary))
		if err != nil {
			return
		}
		rules, err := d.Rules(normalizetest.Dev, normalizetest.QA)
		if err != nil {
			return
		}
		r := rewrite.New(rules)
		for _, field := range fields {
			once, used := r.Rewrite(field, text)
			if len(used) == 0 && once != text {
				t.Errorf("%s: %q becomes %q by nothing", field, text, once)
			}
			if twice, _ := r.Rewrite(field, once); twice != once {
				t.Errorf("%s: %q becomes %q and then %q", field, text, once, twice)
			}
			for _, n := range r.Named(field, text) {
				if n.Value == "" || n.Owner == "" {
					t.Errorf("%s: %q names %+v", field, text, n)
				}
			}
		}
	})
}
