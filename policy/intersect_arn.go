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
	if strings.Count(resource, ":") < arnSegments-1 {
		return intersectsSegments(resource, strings.SplitN(format, ":", arnSegments))
	}
	for range arnSegments - 1 {
		i := strings.IndexByte(format, ':')
		if i < 0 {
			break
		}
		j := strings.IndexByte(resource, ':')
		if segment := resource[:j]; segment != format[:i] && format[:i] != "*" && !Intersects(segment, format[:i]) {
			return false
		}
		resource, format = resource[j+1:], format[i+1:]
	}
	return Intersects(resource, format)
}

// intersectsSegments is IntersectsARN for a resource that is short of segments.
func intersectsSegments(resource string, format []string) bool {
	if len(format) == 1 {
		return Intersects(resource, format[0])
	}
	segment, rest, more := strings.Cut(resource, ":")
	if !Intersects(segment, format[0]) {
		return false
	}
	if more && intersectsSegments(rest, format[1:]) {
		return true
	}
	// The star that ends the segment goes on into the next one.
	return strings.HasSuffix(segment, "*") && intersectsSegments(resource[len(segment)-1:], format[1:])
}
