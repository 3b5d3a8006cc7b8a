package equivalency

import (
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// What is looked at around a stretch of a text is what the whole text has there.
func TestRegionsAround(t *testing.T) {
	parts := []string{
		"eu-west-1", "us-gov-east-1", "ap-southeast-12", "eu-isoe-west-1", "us-east-", "eu", "west", "1", "-", ":", ".", "X", "ä", "st-", "north-1",
	}
	rapid.Check(t, func(t *rapid.T) {
		text := strings.Join(rapid.SliceOfN(rapid.SampledFrom(parts), 1, 6).Draw(t, "text"), "")
		from := rapid.IntRange(0, len(text)).Draw(t, "from")
		to := rapid.IntRange(from, len(text)).Draw(t, "to")
		want := false
		for _, at := range regionName.FindAllStringIndex(text, -1) {
			want = want || Token(text, at[0], at[1]) && (Span{at[0], at[1]}).torn(from, to)
		}
		torn := func(w Span) bool { return w.torn(from, to) }
		if got := slices.ContainsFunc(regionsAround(text, from, to), torn); from < to && got != want {
			t.Errorf("%q[%d:%d]: %v, want %v", text, from, to, got, want)
		}
	})
}
