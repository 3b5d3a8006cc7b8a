package policy_test

import (
	"fmt"
	"slices"
	"testing"

	"iamctl/policy"

	"pgregory.net/rapid"
)

// TestResourceCover holds the index against asking for every two.
func TestResourceCover(t *testing.T) {
	part := rapid.SampledFrom([]string{"a", "b", "*", "?", ":", "/", "${x}", "arn:aws:s3:::", "${*}"})
	resource := rapid.Custom(func(t *rapid.T) string {
		s := ""
		for _, p := range rapid.SliceOfN(part, 0, 5).Draw(t, "parts") {
			s += p
		}
		return s
	})
	rapid.Check(t, func(t *rapid.T) {
		list := rapid.SliceOfN(resource, 0, 6).Draw(t, "list")
		q := resource.Draw(t, "resource")
		c := policy.NewResourceCover(list)
		var want []int
		for i, p := range list {
			if q != "" && canonical(p) != canonical(q) && wild(p) && policy.CoversResource(p, q) {
				want = append(want, i)
			}
		}
		if got := c.Of(q); !slices.Equal(got, want) || c.Over() {
			t.Errorf("%q are covered by %v of %q, want %v", q, got, list, want)
		}
	})
}

func canonical(resource string) string {
	s := policy.CanonicalStatement(&policy.Statement{Resource: []string{resource}}, "2012-10-17", "")
	return s.Resource[0]
}

// wild reports whether a resource has a wildcard, or one within a variable.
func wild(s string) bool {
	return slices.ContainsFunc([]byte(s), func(c byte) bool { return c == '*' || c == '?' })
}

// TestResourceCoverIsBounded: patterns that all begin alike are not compared each
// with each.
func TestResourceCoverIsBounded(t *testing.T) {
	var list []string
	for i := range 5000 {
		list = append(list, fmt.Sprintf("arn:aws:s3:::*%04d*", i))
	}
	c := policy.NewResourceCover(list)
	for _, r := range list {
		c.Of(r)
	}
	if !c.Over() || c.Of("arn:aws:s3:::x0001x") != nil {
		t.Error("the work is not bounded")
	}
}
