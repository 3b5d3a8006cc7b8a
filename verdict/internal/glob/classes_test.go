package glob_test

import (
	"bytes"
	"errors"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"iamctl/policy"
	"iamctl/verdict/internal/glob"
)

var readings = map[string]glob.Reading{
	"exact": {}, "exact, any case": {Fold: true},
	"pattern": {Wildcards: true}, "pattern, any case": {Wildcards: true, Fold: true},
	"arn": {Wildcards: true, ARN: true},
}

// TestEveryClassIsFound holds the classes against all short strings: each is in
// exactly one class, and each class is that of its own text.
func TestEveryClassIsFound(t *testing.T) {
	names := []string{"exact", "exact, any case", "pattern", "pattern, any case", "arn"}
	rapid.Check(t, func(t *rapid.T) {
		q := glob.Query{}
		for range rapid.IntRange(1, 5).Draw(t, "patterns") {
			text := rapid.StringMatching(`[abA:*?]{0,5}`).Draw(t, "pattern")
			q.Patterns = append(q.Patterns, glob.Parse(text, readings[rapid.SampledFrom(names).Draw(t, "reading")]))
		}
		switch rapid.IntRange(0, 2).Draw(t, "kind") {
		case 0:
			q.Must = []int{0}
		case 1:
			for range q.Patterns {
				q.Family = append(q.Family, rapid.IntRange(0, len(q.Patterns)-1).Draw(t, "family"))
			}
		}
		budget := 10_000_000
		classes, err := q.Classes(&budget)
		if err != nil {
			t.Fatal(err)
		}
		found := map[string]bool{}
		for _, c := range classes {
			key := signature(&q, c.Text)
			if found[key] {
				t.Fatalf("two classes match %s", key)
			}
			found[key] = true
			if c.Match.Count() != strings.Count(key, "1") {
				t.Fatalf("%q matches %s and not %v", c.Text, key, c.Match)
			}
		}
		for _, s := range allStrings("abAB:x", 4) {
			key := signature(&q, s)
			if (len(q.Must) == 0 || key[0] == '1') && !found[key] {
				t.Fatalf("no class for %q, which matches %s", s, key)
			}
		}
	})
}

// signature has for each pattern, or family, whether it matches.
func signature(q *glob.Query, s string) string {
	b := bytes.Repeat([]byte("0"), len(q.Patterns))
	for i := range q.Patterns {
		n := i
		if q.Family != nil {
			n = q.Family[i]
		}
		if q.Patterns[i].Match(s) {
			b[n] = '1'
		}
	}
	return string(b)
}

func allStrings(alphabet string, length int) []string {
	out, last := []string{""}, []string{""}
	for range length {
		var next []string
		for _, s := range last {
			for _, c := range alphabet {
				next = append(next, s+string(c))
			}
		}
		out, last = append(out, next...), next
	}
	return out
}

// TestMatchAgrees holds Match against package policy's.
func TestMatchAgrees(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		pattern := rapid.StringMatching(`[abA:é*?]{0,7}`).Draw(t, "pattern")
		s := rapid.StringMatching(`[abA:é]{0,7}`).Draw(t, "text")
		p := glob.Parse(pattern, glob.Reading{Wildcards: true})
		if got, want := p.Match(s), policy.Match(pattern, s); got != want {
			t.Fatalf("%q matches %q: %v, want %v", pattern, s, got, want)
		}
		p = glob.Parse(pattern, glob.Reading{Wildcards: true, Fold: true})
		if got, want := p.Match(s), policy.MatchFold(pattern, s); got != want {
			t.Fatalf("%q matches %q in any case: %v, want %v", pattern, s, got, want)
		}
	})
}

func TestExamples(t *testing.T) {
	for _, c := range []struct {
		reason   string
		patterns []string
		reading  string
		want     []string
	}{
		{"an exact text and all others", []string{"dev"}, "exact", []string{"dev", "x"}},
		{"a literal star is no wildcard", []string{"${*}", "*"}, "pattern", []string{"*", "x"}},
		{"what is preferred is an example where it fits", []string{"x*", "xy"}, "pattern", []string{"x", "xy", "z"}},
		{"what only a wildcard in the middle tells apart", []string{"a*c", "ab*"}, "pattern", []string{"ab", "abc", "ac", "x"}},
		{"a star keeps to its segment", []string{"a*:c"}, "arn", []string{"a:c", "x"}},
		{"any case", []string{"Get*"}, "pattern, any case", []string{"get", "x"}},
	} {
		q := glob.Query{Prefer: []string{"x"}}
		for _, p := range c.patterns {
			q.Patterns = append(q.Patterns, glob.Parse(p, readings[c.reading]))
		}
		budget := 100_000
		classes, err := q.Classes(&budget)
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, c := range classes {
			got = append(got, c.Text)
		}
		slices.Sort(got)
		if !slices.Equal(got, c.want) {
			t.Errorf("%s: %q, want %q", c.reason, got, c.want)
		}
	}
}

// TestBudgetEnds has patterns whose combinations are too many to count.
func TestBudgetEnds(t *testing.T) {
	q := glob.Query{}
	for _, c := range "abcdefghijklmnopqrstuvwxyz" {
		q.Patterns = append(q.Patterns, glob.Parse("*"+string(c)+"*"+string(c)+"*", readings["pattern"]))
	}
	budget := 100_000
	if _, err := q.Classes(&budget); !errors.Is(err, glob.ErrBudget) {
		t.Errorf("the error is %v, want %v", err, glob.ErrBudget)
	}
}

// TestCovers: what a pattern covers it matches.
func TestCovers(t *testing.T) {
	names := []string{"exact", "exact, any case", "pattern", "pattern, any case", "arn"}
	covered := 0
	rapid.Check(t, func(t *rapid.T) {
		draw := func(label string) glob.Pattern {
			text := rapid.StringMatching(`[abA:*?]{0,4}|a\*|ab?\*|\*`).Draw(t, label)
			return glob.Parse(text, readings[rapid.SampledFrom(names).Draw(t, label+" is read as")])
		}
		p, q := draw("p"), draw("q")
		if !p.Covers(&p) {
			t.Fatalf("%+v does not cover itself", p)
		}
		if !p.Covers(&q) {
			return
		}
		covered++
		for _, s := range allStrings("abAB:x", 4) {
			if q.Match(s) && !p.Match(s) {
				t.Fatalf("%+v covers %+v, which matches %q", p, q, s)
			}
		}
	})
	if covered == 0 {
		t.Error("no pattern covers another one")
	}
}

// TestKnownClassesCostTheSame: whether classes are known already is seen neither from
// them nor from the budget.
func TestKnownClassesCostTheSame(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		q := glob.Query{Prefer: []string{"x"}}
		for range rapid.IntRange(1, 3).Draw(t, "patterns") {
			q.Patterns = append(q.Patterns, glob.Parse(rapid.StringMatching(`[ab*?]{1,5}`).Draw(t, "pattern"), readings["pattern"]))
		}
		steps := rapid.SampledFrom([]int{300, 100_000}).Draw(t, "steps")
		first, second := steps, steps
		a, errA := q.Classes(&first)
		b, errB := q.Classes(&second)
		if !errors.Is(errA, errB) || errA == nil && (first != second || len(a) != len(b)) {
			t.Fatalf("first %v, %d left (%v), then %v, %d left (%v)", a, first, errA, b, second, errB)
		}
		for i := range a {
			if a[i].Text != b[i].Text || !slices.Equal(a[i].Match, b[i].Match) {
				t.Fatalf("first %v, then %v", a, b)
			}
		}
	})
}
