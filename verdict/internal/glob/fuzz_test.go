package glob_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"iamctl/verdict/internal/glob"
)

// FuzzClasses ends within a budget, and finds classes that are what they say.
func FuzzClasses(f *testing.F) {
	f.Add("a*\n*b\na?b", "ab", uint8(0))
	f.Add("arn:aws:s3:::*\narn:*:s3:*:*:b", "arn:aws:s3:::b", uint8(2))
	f.Add("*a*b*\n*b*a*\n*c*\n${*}", "abc", uint8(1))
	f.Fuzz(func(t *testing.T, patterns, s string, reading uint8) {
		if len(patterns) > 500 || !utf8.ValidString(patterns) {
			return // no document has such text: bytes of two patterns may make a character
		}
		q := glob.Query{}
		r := glob.Reading{Wildcards: reading&1 == 0, Fold: reading&2 != 0, ARN: reading&4 != 0}
		for _, p := range strings.Split(patterns, "\n") {
			q.Patterns = append(q.Patterns, glob.Parse(p, r))
		}
		budget := 200_000
		classes, err := q.Classes(&budget)
		if err != nil {
			return
		}
		want, found := signature(&q, s), false
		for _, c := range classes {
			got := signature(&q, c.Text)
			if strings.Count(got, "1") != c.Match.Count() {
				t.Fatalf("%q matches %s", c.Text, got)
			}
			found = found || got == want
		}
		if !found {
			t.Fatalf("no class for %q, which matches %s", s, want)
		}
	})
}
