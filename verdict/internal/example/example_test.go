package example_test

import (
	"testing"

	"pgregory.net/rapid"

	"iamctl/policy"
	"iamctl/verdict/internal/example"
)

var names = example.Names{Partition: "aws", Account: "123456789012"}

func TestOf(t *testing.T) {
	for _, c := range []struct{ reason, pattern, want string }{
		{"an object of a bucket", "arn:aws:s3:::app/*", "arn:aws:s3:::app/x"},
		{"a bucket with a beginning", "arn:aws:s3:::app*", "arn:aws:s3:::app"},
		{"anything that an ARN may leave open", "arn:*:sns:*:*:t-*", "arn:aws:sns:us-east-1:123456789012:t-x"},
		{"an account in question marks", "arn:aws:iam::????????????:role/*", "arn:aws:iam::123456789012:role/x"},
		{"a subject of a token", "repo:acme/app:*", "repo:acme/app:x"},
		{"anything", "*", "x"},
		{"a variable", "home/${aws:username}", ""},
	} {
		if got := names.Of(c.pattern); got != c.want {
			t.Errorf("%s: %q, want %q", c.reason, got, c.want)
		}
	}
}

// TestExamplesMatch: a pattern matches its example.
func TestExamplesMatch(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		pattern := rapid.StringMatching(`(arn:[a*]:[s?]?:\*:[1*]?:)?[ab/:*?]{0,6}`).Draw(t, "pattern")
		if s := names.Of(pattern); !policy.Match(pattern, s) {
			t.Fatalf("%q does not match %q", pattern, s)
		}
	})
}
