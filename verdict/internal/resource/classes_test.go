package resource_test

import (
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"iamctl/policy"
	"iamctl/policy/eval"
	"iamctl/verdict/internal/resource"
)

func TestClassesCoverAllResources(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		q := resource.Query{Partition: "aws", Account: "123456789012"}
		for range rapid.IntRange(1, 5).Draw(t, "patterns") {
			q.Patterns = append(q.Patterns, resource.Parse(rapid.StringMatching(`arn:aws:[ab*?]{0,2}:[a*]{0,1}:[a*?]{0,2}(:[ab:*?]{0,3})?|\*|arn:\*|arn:aws:a\*|a\*:b`).Draw(t, "pattern")))
		}
		found := map[string]bool{}
		budget := 1_000_000
		err := q.Each(&budget, func(c resource.Class) bool {
			found[signature(q.Patterns, c.Text)] = true
			for i, p := range q.Patterns {
				if p.Match(c.Text) != c.Match.Has(i) {
					t.Fatalf("%q matches %q: %v", p.Text, c.Text, p.Match(c.Text))
				}
			}
			return true
		})
		if err != nil {
			t.Fatal(err)
		}
		for range 50 {
			arn := rapid.StringMatching(`arn:aws:[abx]{0,2}:[ax]{0,1}:[ax]{0,2}:[abx:]{0,3}`).Draw(t, "arn")
			if key := signature(q.Patterns, arn); !found[key] {
				t.Fatalf("no class for %s, which matches %s", arn, key)
			}
		}
	})
}

func signature(patterns []*resource.Pattern, arn string) string {
	var b strings.Builder
	for _, p := range patterns {
		fmt.Fprint(&b, p.Match(arn), " ")
	}
	return b.String()
}

// TestMatchAgrees holds Match against the evaluator.
func TestMatchAgrees(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringMatching(`(arn|\*|a\?n):[as*]{0,2}(:[ab*?]{0,2}){0,5}|\*|\?|\*\*|\$\{\*\}|arn:aws:s:::\$\{\?\}`).Draw(t, "pattern")
		arn := rapid.StringMatching(`arn:[as]{0,2}(:[ab?]{0,2}){4,6}|\*`).Draw(t, "arn")
		d := &policy.Document{Version: "2012-10-17", Statements: []policy.Statement{{Effect: "Allow", Action: []string{"*"}, Resource: []string{text}}}}
		p := &eval.Permissions{Identity: []*policy.Document{d}}
		want := p.Decide(&eval.Request{Action: "s3:GetObject", Resource: arn}).Outcome == eval.Allowed
		if got := resource.Parse(text).Match(arn); got != want {
			t.Fatalf("%q matches %q: %v, want %v", text, arn, got, want)
		}
	})
}

func TestMeets(t *testing.T) {
	for _, c := range []struct {
		reason, p, q string
		want         bool
	}{
		{"a star runs on at the end", "arn:aws:s3*", "arn:aws:s3:::b", true},
		{"another service", "arn:aws:s3:::b", "arn:aws:sns:::b", false},
		{"the same bucket", "arn:aws:s3:::b*", "arn:aws:s3:::*x", true},
		{"other beginnings", "arn:aws:s3:::a*", "arn:aws:s3:::b*", false},
	} {
		if got := resource.Parse(c.p).Meets(resource.Parse(c.q)); got != c.want {
			t.Errorf("%s: %v", c.reason, got)
		}
	}
}

// TestCovers: what a pattern covers it matches.
func TestCovers(t *testing.T) {
	covered := 0
	rapid.Check(t, func(t *rapid.T) {
		draw := func(label string) *resource.Pattern {
			return resource.Parse(rapid.StringMatching(`\*|arn:\*|arn:aws:[as*]{0,2}(:[ab*?]{0,2}){0,5}|arn:aws:s:::\$\{x\}[a*]?|\?`).Draw(t, label))
		}
		p, q := draw("p"), draw("q")
		if !p.Covers(q) {
			return
		}
		covered++
		for range 20 {
			arn := rapid.StringMatching(`arn:aws:[as]{0,2}(:[ab]{0,2}){0,5}|\*`).Draw(t, "arn")
			if q.Match(arn) && !p.Match(arn) {
				t.Fatalf("%q covers %q, which matches %s", p.Text, q.Text, arn)
			}
		}
	})
	if covered == 0 {
		t.Error("no pattern covers another one")
	}
}
