package variable_test

import (
	"testing"

	"pgregory.net/rapid"

	"iamctl/policy"
	"iamctl/verdict/internal/glob"
	"iamctl/verdict/internal/variable"
)

func TestNormal(t *testing.T) {
	for _, c := range []struct{ reason, text, want string }{
		{"letter case", "a/${aws:PrincipalTag/Team}", "a/${aws:principaltag/team}"},
		{"spaces before a default", "${aws:x,   'A b'}", "${aws:x, 'A b'}"},
		{"no space before a default", "${aws:X,'a'}", "${aws:x, 'a'}"},
		{"a literal", "${*}${?}${$}", "${*}${?}${$}"},
		{"spaces in the key, of which AWS says nothing", "${ aws:X }", "${ aws:X }"},
		{"nothing closes it", "${aws:X", "${aws:X"},
	} {
		if got := variable.Normal(c.text); got != c.want {
			t.Errorf("%s: %s, want %s", c.reason, got, c.want)
		}
	}
}

func TestValue(t *testing.T) {
	for _, c := range []struct {
		reason, text, s, value string
		ok                     bool
	}{
		{"all of it", "${k}", "abc", "abc", true},
		{"between", "a-${k}-b", "a-x-b", "x", true},
		{"nothing between", "a${k}b", "ab", "", true},
		{"the ends overlap", "ab${k}ba", "aba", "", false},
		{"two variables", "${k}${l}", "ab", "", false},
		{"nothing for a star", "${k}*", "ab", "ab", true},
		{"a character", "${k}?", "ab", "", false},
		{"stars between", "a*b${k}*d*", "abcd", "c", true},
	} {
		text, _ := variable.Parse(c.text, true)
		if _, value, ok := text.Value(c.s); ok != c.ok || value != c.value {
			t.Errorf("%s: %q, %v", c.reason, value, ok)
		}
	}
}

func TestParse(t *testing.T) {
	for _, c := range []struct {
		reason, text string
		ok           bool
	}{
		{"a variable", "${k}", true},
		{"none", "k", false},
		{"characters", "${*}${?}", false},
		{"a space in the key", "${ k}", false},
		{"a default with a wildcard", "${k, '*'}", false},
		{"no key", "${}", false},
	} {
		if _, ok := variable.Parse(c.text, true); ok != c.ok {
			t.Errorf("%s: %v", c.reason, ok)
		}
	}
}

// TestCovers holds what is covered against texts: with every value of the
// variables, what the one matches the other matches too. Widened covers both.
func TestCovers(t *testing.T) {
	covered := 0
	rapid.Check(t, func(t *rapid.T) {
		draw := func(label string) *variable.Text {
			text, ok := variable.Parse(rapid.StringMatching(`([ab*?]|\$\{k\}|\$\{l, 'a'\}){0,2}\$\{k(, 'b')?\}([ab*?]|\$\{k\}){0,2}`).Draw(t, label), true)
			if !ok {
				t.Fatal("no variable")
			}
			return text
		}
		p, o := draw("p"), draw("o")
		if !p.Covers(p) {
			t.Fatal("does not cover itself")
		}
		covers := p.Covers(o)
		if covers {
			covered++
		}
		for range 20 {
			s := rapid.StringMatching(`[ab*]{0,6}`).Draw(t, "s")
			values := map[string]string{}
			for _, key := range rapid.SliceOfDistinct(rapid.SampledFrom([]string{"k", "l"}), rapid.ID[string]).Draw(t, "keys") {
				values[key] = rapid.StringMatching(`[ab*]{0,2}`).Draw(t, key)
			}
			matches := func(x *variable.Text) bool {
				text, ok := x.Pattern(func(key string) (string, bool) { v, ok := values[policy.Fold(key)]; return v, ok })
				g := glob.Parse(text, glob.Reading{Wildcards: true})
				return ok && g.Match(s)
			}
			wide := glob.Parse(o.Widened(), glob.Reading{Wildcards: true})
			if matches(o) && (covers && !matches(p) || !wide.Match(s)) {
				t.Fatalf("%s is not covered with %v", s, values)
			}
		}
	})
	if covered == 0 {
		t.Error("nothing is covered")
	}
}
