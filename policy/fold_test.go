package policy_test

import (
	"cmp"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"iamctl/policy"
)

func TestFold(t *testing.T) {
	for _, tt := range []struct{ in, want, reason string }{
		{"", "", "nothing"},
		{"s3:get*", "s3:get*", "lower case already"},
		{"S3:GetObject", "s3:getobject", "ASCII letters"},
		{"@[`{", "@[`{", "the neighbours of the letters"},
		{"ÄÉ\u212a", "ÄÉ\u212a", "no other letters: IAM's names have none"},
		{"A\xffB", "a\xffb", "bytes that are not UTF-8 stay"},
	} {
		if got := policy.Fold(tt.in); got != tt.want {
			t.Errorf("%s: Fold(%q) = %q, want %q", tt.reason, tt.in, got, tt.want)
		}
	}
}

func TestCompareFoldLaw(t *testing.T) {
	text := rapid.OneOf(rapid.String(), rapid.StringMatching(`[@aAbB_zZ{]{0,4}`))
	rapid.Check(t, func(t *rapid.T) {
		a, b := text.Draw(t, "a"), text.Draw(t, "b")
		want := strings.Compare(policy.Fold(a), policy.Fold(b))
		if got := cmp.Compare(policy.CompareFold(a, b), 0); got != want {
			t.Errorf("CompareFold(%q, %q) is %d, want %d", a, b, got, want)
		}
	})
}
