package html

import (
	"strings"
	"testing"
)

// TestPageLeavesOutWithACount: what does not fit is counted at the top and
// where it would be, and the page keeps to its size.
func TestPageLeavesOutWithACount(t *testing.T) {
	run := largeResult(50)
	full := len(pageOf(t, run))
	for _, row := range []struct {
		reason string
		limits limits
		wants  []string
	}{
		{"a little too large: the largest documents go", limits{page: full * 9 / 10, list: 1000}, []string{"comparisons of documents left out", "Left out to keep the page small"}},
		{"much too large: items go too", limits{page: full / 10, list: 1000}, []string{"items and", "more items: diff.json has them all"}},
		{"lists are cut", limits{page: full * 2, list: 7}, []string{"more in diff.json"}},
	} {
		var b strings.Builder
		if err := write(&b, run, row.limits); err != nil {
			t.Fatal(err)
		}
		text := textOf(parse(t, []byte(b.String())).one("body"))
		for _, want := range row.wants {
			if !strings.Contains(text, want) {
				t.Errorf("%s: %q is not said", row.reason, want)
			}
		}
		if b.Len() > row.limits.page+1000 && row.limits.page > full/2 {
			t.Errorf("%s: %d bytes, asked for %d", row.reason, b.Len(), row.limits.page)
		}
		if !strings.Contains(text, "app-0049-accountname") {
			t.Errorf("%s: a role is missing", row.reason)
		}
		t.Logf("%s: %d of %d bytes, limit %d", row.reason, b.Len(), full, row.limits.page)
	}
}
