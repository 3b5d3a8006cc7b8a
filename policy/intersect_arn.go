package policy

import "strings"

// arnSegments is the number of parts of an ARN: arn, partition, service,
// region, account and resource.
const arnSegments = 6

// IntersectsARN reports whether a resource of a statement can match an ARN of
// the format, in which each part that varies is a `*`. In a resource with all
// six segments, a `*` stays within its segment, except in the last one; in a
// shorter resource, such as arn:aws:rds:*, a `*` that ends a segment also
// matches the colons that are missing.
func IntersectsARN(resource, format string) bool {
	missing := arnSegments - 1 - strings.Count(resource, ":")
	return intersectsSegments(resource, strings.SplitN(format, ":", arnSegments), missing > 0)
}

func intersectsSegments(resource string, format []string, short bool) bool {
	if len(format) == 1 {
		return Intersects(resource, format[0])
	}
	segment, rest, more := strings.Cut(resource, ":")
	if !Intersects(segment, format[0]) {
		return false
	}
	if more && intersectsSegments(rest, format[1:], short) {
		return true
	}
	// The star that ends the segment goes on into the next one.
	return short && strings.HasSuffix(segment, "*") && intersectsSegments(resource[len(segment)-1:], format[1:], short)
}
