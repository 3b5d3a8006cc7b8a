package rewrite_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"iamctl/equivalency"
	"iamctl/normalize/rewrite"
)

func TestStrings(t *testing.T) {
	type found struct {
		Field rewrite.Field
		Text  string
	}
	for _, tt := range []struct {
		reason string
		field  rewrite.Field
		text   string
		want   []found
	}{
		{"a text is its only string", equivalency.ARN, `{"a":"b"}`, []found{{equivalency.ARN, `{"a":"b"}`}}},
		{"no condition", equivalency.Condition, "", nil},
		{"the keys and the values of a condition", equivalency.Condition, `{"S":{"k":["a","\u0062"]}}`, []found{{equivalency.ConditionKey, "k"}, {equivalency.Condition, "a"}, {equivalency.Condition, "b"}}},
		{
			"the elements of a statement but for its actions", rewrite.Statement, `{"NotAction":["a"],"NotPrincipal":{"AWS":["b"]},"NotResource":["c"]}`,
			[]found{{equivalency.Principal, "b"}, {equivalency.ARN, "c"}},
		},
		{"a statement that is not JSON", rewrite.Statement, `{`, []found{{equivalency.ARN, "{"}}},
	} {
		t.Run(tt.reason, func(t *testing.T) {
			var got []found
			for f, s := range rewrite.Strings(tt.field, tt.text) {
				got = append(got, found{f, s})
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("-want +got:\n%s", diff)
			}
			n := 0
			for range rewrite.Strings(tt.field, tt.text) {
				n++
				break
			}
			if n != min(1, len(tt.want)) {
				t.Errorf("%d strings before the first break", n)
			}
		})
	}
}
