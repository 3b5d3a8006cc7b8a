package policy

import (
	"slices"
	"strings"
)

// Shape is an ARN format as a pattern, with what distinguishes its resources
// from those that lie behind them.
type Shape struct {
	// Pattern has a `*` for each part that varies.
	Pattern string
	// Longer are the patterns of other resources that continue with a slash
	// where Pattern ends: S3's objects, after their bucket. If there are
	// any, no part of Pattern that varies has a slash in it.
	Longer []string
}

// Intersects reports whether a resource of a statement can match an ARN of the
// shape, as IntersectsARN does. A resource with more slashes than the pattern
// belongs to one of the longer patterns if it matches one; otherwise it is
// unknown, and may belong to this one.
func (s Shape) Intersects(resource string) bool {
	if !IntersectsARN(resource, s.Pattern) {
		return false
	}
	// In an ARN, slashes are in the last part only.
	if len(s.Longer) == 0 || strings.Count(resource, "/") <= strings.Count(s.Pattern, "/") {
		return true
	}
	return !slices.ContainsFunc(s.Longer, func(longer string) bool { return IntersectsARN(resource, longer) })
}
