package asking_test

import (
	"slices"
	"testing"

	"iamctl/audit/asking"
)

// A tag that two may change has each value that either may give it.
func TestOr(t *testing.T) {
	tags := []asking.Tag{
		{},
		{Value: "a", Set: true},
		{Value: "a", Set: true, Gone: true},
		{Value: "a", Set: true, Others: []string{"b"}},
		{Value: "a", Set: true, Others: []string{"c"}},
		{Value: "a", Set: true, Any: true},
		{Value: "a", Set: true, Any: true, Not: []string{"b"}},
		{Value: "a", Set: true, Any: true, Not: []string{"b", "c"}},
	}
	may := func(t asking.Tag, v string) bool {
		return t.Set && t.Value == v || t.Any && !slices.Contains(t.Not, v) || slices.Contains(t.Others, v)
	}
	for _, x := range tags[1:] {
		for _, y := range tags[1:] {
			both := x.Or(y)
			for _, v := range []string{"a", "b", "c", "d"} {
				if want := may(x, v) || may(y, v); may(both, v) != want {
					t.Errorf("%+v or %+v: %+v, may be %s: %v, want %v", x, y, both, v, !want, want)
				}
			}
			if both.Gone != (x.Gone || y.Gone) {
				t.Errorf("%+v or %+v: %+v", x, y, both)
			}
		}
	}
}
