package resource_test

import (
	"testing"

	"iamctl/verdict/internal/resource"
)

// TestKind takes two formats for one kind only where every pattern matches ARNs of one
// as it does those of the other.
func TestKind(t *testing.T) {
	for _, test := range []struct {
		reason   string
		patterns []string
		a, b     string // formats
		same     bool
		placed   string // of b, for arn:aws-cn:a:r:1:t/x
	}{
		{"an account is told from others in all formats", []string{"arn:aws:*:*:1:*"}, "arn:*:a:*:*:t/*", "arn:*:b:*:*:u/*", true, "arn:aws-cn:b:R:1:u/y"},
		{"no account is none", []string{"arn:aws:*:*:1:*"}, "arn:*:a:*:*:t/*", "arn:*:b:*::u/*", false, ""},
		{"a name is told from others of its service", []string{"arn:*:a:*:*:t/n*"}, "arn:*:a:*:*:t/*", "arn:*:a:*:*:u/*", false, ""},
		{"and not from those of another", []string{"arn:*:a:*:*:t/n*"}, "arn:*:b:*:*:t/*", "arn:*:c:*:*:u/*", true, "arn:aws:b:R:A:u/y"},
		{"what matches all and what matches nothing", []string{"arn:aws:a:*"}, "arn:aws:a:*:*:t/*", "arn:aws:b:*:*:t/*", false, ""},
		{"a variable may be anything", []string{"arn:*:*:*:*:${aws:userid}*"}, "arn:*:a:*:*:t/*", "arn:*:b:*:*:t/*", false, ""},
	} {
		t.Run(test.reason, func(t *testing.T) {
			var list []*resource.Pattern
			for _, p := range test.patterns {
				list = append(list, resource.Parse(p))
			}
			a, b := resource.KindOf(resource.Format(test.a), list), resource.KindOf(resource.Format(test.b), list)
			if got := a.Key == b.Key; got != test.same {
				t.Errorf("the same kind: %t", got)
			}
			if got := b.Place("arn:aws-cn:a:r:1:t/x", "arn:aws:b:R:A:u/y"); test.same && got != test.placed {
				t.Errorf("placed at %s, want %s", got, test.placed)
			}
		})
	}
}
