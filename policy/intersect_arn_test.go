package policy

import (
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestIntersectsARN(t *testing.T) {
	const (
		instance = "arn:*:ec2:*:*:instance/*"
		kafka    = "arn:*:kafka:*:*:cluster/*/*"
		bucket   = "arn:*:s3:::*"
		object   = "arn:*:s3:::*/*"
		queue    = "arn:*:sqs:*:*:*"
	)
	for _, tt := range []struct {
		reason           string
		resource, format string
		want             bool
	}{
		{"segment by segment", "arn:aws:ec2:*:*:instance/*", instance, true},
		{"a star of the format does not run over colons", "arn:aws:ec2:*:*:instance/*", kafka, false},
		{"another service", "arn:aws:s3:::b", queue, false},
		{"another type", "arn:aws:ec2:*:*:volume/*", instance, false},
		{"a star runs over the colons behind it", "arn:aws:ec2:*", instance, true},
		{"and over those before a literal", "arn:aws:ec2:*:instance/i-1", instance, true},
		{"a star within a segment does not end it", "arn:aws:ec*x:instance/i-1", instance, false},
		{"any service", "arn:aws:*:*:*:instance/*", instance, true},
		{"everything", "*", kafka, true},
		{"any ARN", "arn:*", kafka, true},
		{"no ARN", "instance/i-1", instance, false},
		{"too short", "arn:aws:ec2", instance, false},
		{"a bucket is no object", "arn:aws:s3:::b", object, false},
		{"a pattern of buckets may be one of objects", "arn:aws:s3:::b*", object, true},
		{"empty segments stay empty", "arn:aws:s3:eu-west-1::b", bucket, false},
		{"a colon within the resource part", "arn:aws:sqs:r:1:a:b", queue, true},
	} {
		if got := IntersectsARN(tt.resource, tt.format); got != tt.want {
			t.Errorf("%s: IntersectsARN(%q, %q) = %v", tt.reason, tt.resource, tt.format, got)
		}
	}
}

// TestIntersectsARNBySegments: a resource with all six segments matches where each segment does.
func TestIntersectsARNBySegments(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		resource := rapid.StringMatching(`[ab*?]{0,2}(:[ab*?]{0,2}){5}(:[ab*])?`).Draw(t, "resource")
		format := rapid.StringMatching(`[ab*]{0,2}(:[ab*]{0,2}){0,6}`).Draw(t, "format")
		parts := strings.SplitN(format, ":", arnSegments)
		want := true
		for i, segment := range strings.SplitN(resource, ":", len(parts)) {
			want = want && Intersects(segment, parts[i])
		}
		if got := IntersectsARN(resource, format); got != want {
			t.Fatalf("IntersectsARN(%q, %q) = %v, want %v", resource, format, got, want)
		}
	})
}
