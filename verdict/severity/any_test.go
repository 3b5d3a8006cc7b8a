package severity_test

import (
	"slices"
	"testing"

	"pgregory.net/rapid"

	_ "iamctl/internal/raced"
	"iamctl/policy"
	"iamctl/policy/eval"
	"iamctl/policy/policytest"
	"iamctl/verdict"
	"iamctl/verdict/severity"
)

// TestAny: whatever documents there are, there is a level and a kind, none where nothing
// changed alone, and a witness is one.
func TestAny(t *testing.T) {
	c := verdict.NewComparer(verdict.Options{})
	holds := func(t *rapid.T, r *verdict.Result, j severity.Judgement, old, new func(*eval.Request) eval.Decision) {
		if !slices.Contains(severity.Levels(), j.Level) || j.Kind == "" || (j.Level == severity.None) != (r.Verdict == verdict.Equal && r.Future == verdict.Equal) {
			t.Fatalf("%s is %q: %q", r.Verdict, j.Level, j.Kind)
		}
		if r.Verdict == verdict.Less && j.Level != severity.Low {
			t.Fatalf("less is %q: %q", j.Level, j.Kind)
		}
		if w := j.Witness; w != nil && (w.AllowedBy != 2 || new(&w.Request).Outcome != eval.Allowed || old(&w.Request).Outcome == eval.Allowed) {
			t.Fatalf("%q is not shown by %+v", j.Kind, w)
		}
	}
	trust := func(t *rapid.T) *policy.Document {
		if rapid.IntRange(0, 5).Draw(t, "none") == 0 {
			return nil
		}
		return policytest.Trust().Draw(t, "trust")
	}
	rapid.Check(t, func(t *rapid.T) {
		p, q := trust(t), trust(t)
		r := c.Trust(p, q)
		asked := func(d *policy.Document) func(*eval.Request) eval.Decision {
			return func(r *eval.Request) eval.Decision { return eval.Trust(d, r) }
		}
		holds(t, r, severity.Trust(c, p, q, r), asked(p), asked(q))
	})
	rapid.Check(t, func(t *rapid.T) {
		side := func() *verdict.Permissions {
			return &verdict.Permissions{Identity: rapid.SliceOfN(policytest.Identity(), 0, 2).Draw(t, "identity"), Boundary: boundary(t)}
		}
		p, q := side(), side()
		r := c.Identity(p, q)
		holds(t, r, severity.Identity(c, p, q, r), p.Decide, q.Decide)
	})
}

// boundary draws a boundary, nil for none.
func boundary(t *rapid.T) []*policy.Document {
	if rapid.IntRange(0, 3).Draw(t, "bounded") > 0 {
		return nil
	}
	return rapid.SliceOfN(policytest.Identity(), 0, 1).Draw(t, "boundary")
}
