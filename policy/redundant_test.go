package policy_test

import (
	"slices"
	"strings"
	"testing"

	"iamctl/policy"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// canonicalValues is what the canonical form leaves of one condition's values.
func canonicalValues(operator string, values []string) []string {
	s := policy.CanonicalStatement(&policy.Statement{Condition: []policy.Condition{{operator, "k", values}}}, "2012-10-17", "")
	return s.Condition[0].Values
}

// checkValues fails unless the canonical values are the same for any order,
// with duplicates, and for the canonical values themselves.
func checkValues(t *rapid.T, operator string, values []string) []string {
	got := canonicalValues(operator, values)
	again := append(rapid.Permutation(values).Draw(t, "permuted"), values[0])
	if diff := cmp.Diff(got, canonicalValues(operator, again)); diff != "" {
		t.Errorf("%s %q permuted: -want +got:\n%s", operator, values, diff)
	}
	if diff := cmp.Diff(got, canonicalValues(operator, got)); diff != "" {
		t.Errorf("%s %q: not idempotent: -first +second:\n%s", operator, values, diff)
	}
	return got
}

// TestCoveredARNs: what is left of a list of ARNs matches what the list did,
// each segment on its own.
func TestCoveredARNs(t *testing.T) {
	var arns [][]string
	for _, first := range []string{"", "a", "ab"} {
		for _, fourth := range []string{"", "a"} {
			for _, last := range []string{"", "a", "b", "ab", "ba", "a:b", "aab", "*"} {
				arns = append(arns, []string{first, "x", "x", fourth, "x", last})
			}
		}
	}
	part := rapid.SampledFrom([]string{"", "a", "*", "?", "a*", "*b"})
	last := rapid.SampledFrom([]string{"", "a", "*", "?", "a*", "*b", "**", "a:*", "*?", "${v}", "${v}*", "a${v}", "*${*}"})
	pattern := rapid.Custom(func(t *rapid.T) string {
		if rapid.IntRange(0, 7).Draw(t, "short") == 0 {
			return rapid.SampledFrom([]string{"*", "a*", "*:x:x:*", "*:x:x:a:*"}).Draw(t, "pattern")
		}
		return part.Draw(t, "first") + ":x:x:" + part.Draw(t, "fourth") + ":x:" + last.Draw(t, "last")
	})
	rapid.Check(t, func(t *rapid.T) {
		list := rapid.SliceOfN(pattern, 1, 8).Draw(t, "patterns")
		got := checkValues(t, "ArnLike", list)
		for _, v := range []string{"a", "*", ""} { // also: no value
			for _, arn := range arns {
				if want := anyARN(list, arn, v); anyARN(got, arn, v) != want {
					t.Errorf("%q, the variable %q: %q became %q", arn, v, list, got)
				}
			}
		}
		for _, p := range list {
			if strings.Count(p, ":") < 5 && !slices.Contains(got, policy.CanonicalPattern(p)) {
				t.Errorf("%q is no whole ARN, but has gone: %q became %q", p, list, got)
			}
		}
	})
}

// anyARN tells whether one of the whole ARNs in the list matches, where the
// variable has the given value, or none if that is empty.
func anyARN(list []string, arn []string, value string) bool {
	return slices.ContainsFunc(list, func(p string) bool {
		if value == "" && strings.Contains(p, "${v}") {
			return false
		}
		segments := strings.SplitN(p, ":", 6)
		if len(segments) != 6 {
			return false
		}
		for i, s := range segments {
			if !matchLiterally(s, arn[i], value) {
				return false
			}
		}
		return true
	})
}

// matchLiterally is Match for a pattern with ${v} and ${*}, both literal text.
// The stars of either become a letter that occurs nowhere else.
func matchLiterally(pattern, s, value string) bool {
	const star = "\x01"
	pattern = strings.ReplaceAll(pattern, "${*}", star)
	pattern = strings.ReplaceAll(pattern, "${v}", strings.ReplaceAll(value, "*", star))
	return policy.Match(pattern, strings.ReplaceAll(s, "*", star))
}
