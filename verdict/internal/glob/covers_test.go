package glob_test

import (
	"testing"

	"iamctl/verdict/internal/glob"
)

// TestCoversWhatIsWithin has pairs that must be seen.
func TestCoversWhatIsWithin(t *testing.T) {
	for _, c := range []struct{ reason, p, q string }{
		{"a star at both ends", "a/*/b/*", "a/*/b/c/*"},
		{"a character more", "a*", "a?*"},
		{"a star among others", "*b*", "a*b*c"},
		{"a character", "a?c", "abc"},
	} {
		p, q := glob.Parse(c.p, glob.Reading{Wildcards: true}), glob.Parse(c.q, glob.Reading{Wildcards: true})
		if !p.Covers(&q) {
			t.Errorf("%s: %s does not cover %s", c.reason, c.p, c.q)
		}
	}
}
