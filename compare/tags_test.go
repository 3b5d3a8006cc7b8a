package compare

import (
	"testing"

	"iamctl/extract"
)

func TestDistinctTags(t *testing.T) {
	for _, tt := range []struct {
		reason, a, b, wantA, wantB string
	}{
		{"different names stay", "dev", "qa", "dev", "qa"},
		{"a baseline against now", "baseline/dev", "dev", "baseline-dev", "dev"},
		{"two moments", "git:HEAD~30:baseline/dev", "baseline/dev", "HEAD-30-dev", "baseline-dev"},
		{"two revisions", "git:v1:baseline/dev", "git:v2:baseline/dev", "v1-dev", "v2-dev"},
		{"one letter case or another", "a/dev", "b/DEV", "a-dev", "b-DEV"},
		{"nothing tells them apart", "x/a/dev", "y/a/dev", "a-dev-1", "a-dev-2"},
		{"the same thing twice is the user's to decide", "dev", "dev", "dev", "dev"},
	} {
		t.Run(tt.reason, func(t *testing.T) {
			var sides [2]Side
			for i, source := range []string{tt.a, tt.b} {
				spec, err := extract.ParseSpec(source)
				if err != nil {
					t.Fatal(err)
				}
				sides[i] = Side{Spec: spec, Tag: spec.DefaultTag()}
			}
			DistinctTags(&sides)
			if sides[0].Tag != tt.wantA || sides[1].Tag != tt.wantB {
				t.Errorf("%q and %q, want %q and %q", sides[0].Tag, sides[1].Tag, tt.wantA, tt.wantB)
			}
			for _, s := range sides {
				if err := extract.ValidTag(s.Tag); err != nil {
					t.Error(err)
				}
			}
		})
	}
}
