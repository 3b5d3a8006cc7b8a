package glob_test

import (
	"testing"

	"iamctl/verdict/internal/glob"
)

// TestTooFewSteps: what could not be found in some steps is not looked for in fewer, and
// is found in more.
func TestTooFewSteps(t *testing.T) {
	q := glob.Query{}
	for _, text := range []string{"*too*few*", "*few*steps*", "*steps*"} {
		q.Patterns = append(q.Patterns, glob.Parse(text, glob.Reading{Wildcards: true}))
	}
	for _, row := range []struct {
		budget int
		found  bool
	}{{1000, false}, {1000, false}, {900, false}, {1_000_000, true}, {1000, false}} {
		budget := row.budget
		classes, err := q.Classes(&budget)
		if found := err == nil && len(classes) > 4; found != row.found || found != (budget >= 0) {
			t.Errorf("%d steps: %d classes, %v, %d steps left", row.budget, len(classes), err, budget)
		}
	}
}
