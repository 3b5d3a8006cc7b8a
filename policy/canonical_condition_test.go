package policy_test

import (
	"slices"
	"testing"

	_ "iamctl/internal/raced"
	"iamctl/policy"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// request is the values of one key, nil if it is absent.
type request []string

var requests = []request{nil, {}, {""}, {"a"}, {"b"}, {"ab"}, {"A"}, {"a", "b"}, {"a", "ab"}, {"", "b"}}

// TestStringConditionsKeepTheirMeaning evaluates conditions on one key before
// and after, over all requests of a few values.
func TestStringConditionsKeepTheirMeaning(t *testing.T) {
	condition := rapid.Custom(func(t *rapid.T) policy.Condition {
		qualifier := rapid.SampledFrom([]string{"", "", "", "ForAllValues:", "ForAnyValue:"}).Draw(t, "qualifier")
		base := rapid.SampledFrom([]string{"StringLike", "stringLIKE", "StringEquals", "StringNotLike", "StringNotEquals", "STRINGEQUALS"}).Draw(t, "operator")
		ifExists := rapid.SampledFrom([]string{"", "", "IfExists"}).Draw(t, "suffix")
		key := rapid.SampledFrom([]string{"k", "K"}).Draw(t, "key")
		values := rapid.SliceOfN(rapid.SampledFrom([]string{"a", "b", "ab", "", "a*", "?", "*"}), 0, 3).Draw(t, "values")
		return policy.Condition{Operator: qualifier + base + ifExists, Key: key, Values: values}
	})
	name := func(c policy.Condition) string { return c.Operator + " " + c.Key }
	canonical := func(list []policy.Condition) []policy.Condition {
		return policy.CanonicalStatement(&policy.Statement{Condition: list}, "2012-10-17", "").Condition
	}
	rapid.Check(t, func(t *rapid.T) {
		list := rapid.SliceOfNDistinct(condition, 1, 5, name).Draw(t, "conditions")
		got := canonical(list)
		if diff := cmp.Diff(got, canonical(rapid.Permutation(list).Draw(t, "permuted"))); diff != "" {
			t.Errorf("%v permuted: -want +got:\n%s", list, diff)
		}
		if diff := cmp.Diff(got, canonical(got)); diff != "" {
			t.Errorf("%v: not idempotent: -first +second:\n%s", list, diff)
		}
		if diff := cmp.Diff(got, canonical(append(list, got...))); diff != "" && len(got) == 1 {
			t.Errorf("%v: not the same with its canonical form beside it: -want +got:\n%s", list, diff)
		}
		// As printed: two of one operator and key would become one there.
		document := policy.Document{Version: "2012-10-17", Statements: []policy.Statement{{Condition: got}}}
		printed, _, err := policy.Parse(document.String())
		if err != nil {
			t.Fatal(err)
		}
		got = printed.Statements[0].Condition
		for _, r := range requests {
			if want := allHold(list, r); allHold(got, r) != want {
				t.Errorf("%q: %v became %v", []string(r), list, got)
			}
		}
	})
}

func allHold(list []policy.Condition, r request) bool {
	return !slices.ContainsFunc(list, func(c policy.Condition) bool { return !holds(c, r) })
}

// holds is an interpreter of its own of the string operators.
func holds(c policy.Condition, r request) bool {
	o, _ := policy.ParseOperator(c.Operator)
	passes := func(v string) bool {
		matched := slices.ContainsFunc(c.Values, func(p string) bool {
			return p == v || o.Kind == policy.StringLikeOperator && policy.Match(p, v)
		})
		return matched != o.Negated
	}
	switch {
	case r == nil && o.IfExists, o.Qualifier == "ForAllValues":
		return !slices.ContainsFunc(r, func(v string) bool { return !passes(v) })
	case o.Qualifier == "" && len(r) == 0:
		return o.Negated
	case o.Qualifier == "" && o.Negated: // of a key with several values: none may match
		return !slices.ContainsFunc(r, func(v string) bool { return !passes(v) })
	}
	return slices.ContainsFunc(r, passes)
}
