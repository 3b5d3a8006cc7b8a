package result_test

import (
	"testing"

	"iamctl/result"
)

func TestUndone(t *testing.T) {
	for _, tt := range []struct {
		kinds        []string
		want, reason string
	}{
		{nil, "", "no gap"},
		{[]string{"read", "read"}, "read", "one kind is told once"},
		{[]string{"parse"}, "understood", "a document, or an element of unknown meaning"},
		{[]string{"compare"}, "compared", "two roles that become one"},
		{[]string{"limit"}, "compared", "a role that is too large"},
		{[]string{"compare", "read"}, "read or compared", "in the order in which it is done"},
		{[]string{"limit", "parse", "compare", "read"}, "read, understood or compared", "all of them"},
	} {
		var gaps []result.Gap
		for _, k := range tt.kinds {
			gaps = append(gaps, result.Gap{Kind: k})
		}
		if got := result.Undone(gaps); got != tt.want {
			t.Errorf("%s: %q, want %q", tt.reason, got, tt.want)
		}
	}
}
