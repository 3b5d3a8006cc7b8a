package policy

import (
	"strings"
	"testing"
)

func TestShapeIntersects(t *testing.T) {
	bucket := Shape{"arn:*:s3:::*", []string{"arn:*:s3:::*/*"}}
	table := Shape{"arn:*:dynamodb:*:*:table/*", []string{"arn:*:dynamodb:*:*:table/*/backup/*", "arn:*:dynamodb:*:*:table/*/index/*"}}
	for _, tt := range []struct {
		reason   string
		resource string
		shape    Shape
		// crossing is wanted of the same pattern without longer ones.
		crossing, want bool
	}{
		{"a bucket", "arn:aws:s3:::b", bucket, true, true},
		{"any bucket", "arn:aws:s3:::*", bucket, true, true},
		{"buckets by the beginning of their names", "arn:aws:s3:::b*", bucket, true, true},
		{"an object is no bucket", "arn:aws:s3:::b/*", bucket, true, false},
		{"an object of any bucket", "arn:aws:s3:::*/x", bucket, true, false},
		{"a slash at the end", "arn:aws:s3:::b/", bucket, true, false},
		{"a table", "arn:aws:dynamodb:*:*:table/t", table, true, true},
		{"tables by a star over the slash", "arn:aws:dynamodb:*:*:t*", table, true, true},
		{"an index is no table", "arn:aws:dynamodb:*:*:table/t/index/i", table, true, false},
		{"nor is any index", "arn:aws:dynamodb:*:*:table/*/index/*", table, true, false},
		{"nor all that a table has", "arn:aws:dynamodb:*:*:table/t/*", table, true, false},
		{"nor an index by a star over the words before", "arn:aws:dynamodb:*:*:*/index/i", table, true, false},
		{"what AWS does not list may be", "arn:aws:dynamodb:*:*:table/t/unheard/of", table, true, true},
		{"everything", "*", table, true, true},
		{"an ARN that is cut short", "arn:aws:dynamodb:*", table, true, true},
		{"an index by an ARN that is cut short", "arn:aws:dynamodb:*:table/t/index/i", table, true, false},
		{"another service, with fewer slashes", "arn:aws:s3:::b", table, false, false},
		{"another service, with more", "arn:aws:s3:::b/c/d", table, false, false},
	} {
		if got := (Shape{Pattern: tt.shape.Pattern}).Intersects(tt.resource); got != tt.crossing {
			t.Errorf("%s: %q and %q alone: %v", tt.reason, tt.shape.Pattern, tt.resource, got)
		}
		if got := tt.shape.Intersects(tt.resource); got != tt.want {
			t.Errorf("%s: %q and %q: %v", tt.reason, tt.shape.Pattern, tt.resource, got)
		}
	}
}

// TestShapeIntersectsByBruteForce: whatever resource matches an ARN of the
// shape, names being without slashes, is found, over all short ARNs.
func TestShapeIntersectsByBruteForce(t *testing.T) {
	texts := []string{""}
	for from := 0; len(texts[from]) < 4; from++ {
		for _, c := range "a/*" {
			texts = append(texts, texts[from]+string(c))
		}
	}
	arn := func(s string) string { return "arn:aws:s:::" + s }
	for _, pattern := range []string{"*", "a/*", "*/a", "*/*", "a", "aa*"} {
		shape := Shape{arn(pattern), []string{arn(pattern + "/*"), arn(pattern + "/a")}}
		for _, resource := range texts {
			for _, s := range texts {
				name := !strings.Contains(s, "*") && Match(pattern, s) && strings.Count(s, "/") == strings.Count(pattern, "/")
				if name && Match(resource, s) && !shape.Intersects(arn(resource)) {
					t.Errorf("%q and %q both match %q", resource, pattern, s)
				}
			}
		}
	}
}
