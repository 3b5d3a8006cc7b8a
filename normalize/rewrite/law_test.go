package rewrite_test

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"iamctl/equivalency"
	"iamctl/normalize/normalizetest"
	"iamctl/normalize/rewrite"
	"iamctl/policy"
)

// shortText is text in which tokens, humps and overlaps are frequent.
var shortText = rapid.StringMatching(`[abAB12\-]{1,5}`)

// drawDictionary draws a dictionary that Check accepts; ok is false if it
// has not found one.
func drawDictionary(t *rapid.T) (d *equivalency.Dictionary, ok bool) {
	d = &equivalency.Dictionary{Form: equivalency.FormIAMCTL}
	substrings := rapid.Bool().Draw(t, "substrings")
	if rapid.Bool().Draw(t, "scoped") {
		d.Form = equivalency.FormScoped
		d.Shared = rapid.SliceOfN(shortText, 0, 2).Draw(t, "shared")
	}
	for range rapid.IntRange(1, 3).Draw(t, "entries") {
		e := equivalency.Entry{Placeholder: rapid.OneOf(shortText, rapid.StringMatching(`[abP<>1-]{1,3}`)).Draw(t, "placeholder")}
		accounts := []string{""}
		if d.Form == equivalency.FormScoped {
			accounts = []string{"dev", "qa"}
			e.Substring = substrings && rapid.Bool().Draw(t, "substring")
			e.Fields = rapid.SampledFrom([][]equivalency.Field{nil, nil, {"arn"}, {"tag", "arn"}}).Draw(t, "fields")
		}
		for _, a := range accounts {
			for _, v := range rapid.SliceOfNDistinct(shortText, 1, 2, rapid.ID).Draw(t, "values") {
				e.Values = append(e.Values, equivalency.Value{Account: a, Text: v})
			}
		}
		d.Entries = append(d.Entries, e)
		if d.Check() != nil {
			d.Entries = d.Entries[:len(d.Entries)-1]
		}
	}
	return d, d.Check() == nil
}

func drawRules(t *rapid.T) *equivalency.Rules {
	for range 20 {
		if d, ok := drawDictionary(t); ok {
			if rules, err := d.Rules(normalizetest.Dev, normalizetest.QA); err == nil {
				return rules
			}
		}
	}
	t.Skip("no sound dictionary")
	return nil
}

func drawText(t *rapid.T, rules *equivalency.Rules) string {
	parts := []string{"-", "1", "a", "b", "A", "a-", ":", "é", "${", "}", ".", ".amazonaws.com", "arn:"}
	for _, r := range rules.Rewrites {
		parts = append(parts, r.Value, r.Value, r.Placeholder)
	}
	parts = append(parts, rules.Shared...)
	begins := rapid.SampledFrom([]string{"", "", "", "arn:", "arn:a:b:", "a.", "b."}).Draw(t, "begins")
	ends := rapid.SampledFrom([]string{"", "", "", ".amazonaws.com"}).Draw(t, "ends")
	return begins + strings.Join(rapid.SliceOfN(rapid.SampledFrom(parts), 0, 8).Draw(t, "parts"), "") + ends
}

func TestRewritingTwiceChangesNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		rules := drawRules(t)
		r := rewrite.New(rules)
		text := drawText(t, rules)
		for _, f := range []rewrite.Field{equivalency.ARN, equivalency.RoleName} {
			once, _ := r.Rewrite(f, text)
			twice, used := r.Rewrite(f, once)
			if once != twice {
				t.Fatalf("%+v\n%q becomes %q and then %q by %+v", rules, text, once, twice, used)
			}
		}
		// Conditions come with their keys in lower case.
		key := "aws:resourcetag/" + policy.Fold(text)
		once, _ := r.Rewrite(equivalency.ConditionKey, key)
		if twice, used := r.Rewrite(equivalency.ConditionKey, once); once != twice {
			t.Fatalf("%+v\nthe key %q becomes %q and then %q by %+v", rules, key, once, twice, used)
		}
	})
}

// stays marks the bytes of an ARN text that are never rewritten.
func stays(text string) []bool {
	fixed := make([]bool, len(text)+1)
	mark := func(pattern string) {
		if at := regexp.MustCompile(pattern).FindStringSubmatchIndex(text); at != nil {
			for i := at[2]; i < at[3]; i++ {
				fixed[i] = true
			}
		}
	}
	mark(`^(arn:[^:]*:[^:]*:)`)
	mark(`^(arn:[^:]*:?[^:]*)$`)
	mark(`(\.amazonaws\.com)$`)
	if host := regexp.MustCompile(`^([-\w*?.]*)\.amazonaws\.com$`).FindStringSubmatch(text); host != nil {
		at := 0
		for _, label := range strings.SplitAfter(host[1]+".", ".") {
			// An account's id and a region are names.
			name := regexp.MustCompile(`(?i)^([0-9]{12}|[a-z]{2,4}(-[a-z]+)+-[0-9]+)\.$`).MatchString(label)
			for i := at; i < at+len(label) && !name; i++ {
				fixed[i] = true
			}
			at += len(label)
		}
	}
	for _, at := range regexp.MustCompile(`\$\{[^}]*\}`).FindAllStringIndex(text, -1) {
		for i := at[0]; i < at[1]; i++ {
			fixed[i] = true
		}
	}
	return fixed
}

// slowRewrite is the rule of design.md written down anew: at each place from
// left to right the longest whole token is rewritten.
func slowRewrite(rules *equivalency.Rules, f rewrite.Field, text string) string {
	var out strings.Builder
	fixed := stays(text)
	for i := 0; i < len(text); {
		best := -1
		for n, r := range rules.Rewrites {
			whole := r.Substring || equivalency.Boundary(text, i) && equivalency.Boundary(text, i+len(r.Value))
			holds := r.Fields == nil
			for _, x := range r.Fields {
				holds = holds || x == f
			}
			if holds && whole && strings.HasPrefix(text[i:], r.Value) && !slices.Contains(fixed[i:i+len(r.Value)], true) && (best < 0 || len(r.Value) > len(rules.Rewrites[best].Value)) {
				best = n
			}
		}
		if best < 0 {
			out.WriteByte(text[i])
			i++
			continue
		}
		out.WriteString(rules.Rewrites[best].Placeholder)
		i += len(rules.Rewrites[best].Value)
	}
	return out.String()
}

func TestRewriteAgainstASlowOne(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		rules := drawRules(t)
		rules.Shared = nil
		text := drawText(t, rules)
		if regexp.MustCompile(`\$\{[^}]*:[^}]*\}`).MatchString(text) {
			return // may name an issuer or a tag
		}
		got, used := rewrite.New(rules).Rewrite(equivalency.ARN, text)
		if want := slowRewrite(rules, equivalency.ARN, text); got != want {
			t.Fatalf("%+v\n%q becomes %q, want %q", rules, text, got, want)
		}
		if (got == text) != (len(used) == 0) {
			t.Fatalf("%+v\n%q becomes %q by %v", rules, text, got, used)
		}
	})
}

func TestSharedLiteralsStay(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		rules := drawRules(t)
		if len(rules.Shared) == 0 {
			t.Skip("nothing shared")
		}
		r := rewrite.New(rules)
		text := drawText(t, rules)
		after, _ := r.Rewrite(equivalency.ARN, text)
		for _, s := range rules.Shared {
			if before, now := tokens(text, s), tokens(after, s); now < before {
				t.Fatalf("%+v\n%q has %q %d times, and %q %d times", rules, text, s, before, after, now)
			}
		}
	})
}

// tokens counts the whole tokens s of text.
func tokens(text, s string) int {
	n := 0
	for i := range len(text) {
		if strings.HasPrefix(text[i:], s) && equivalency.Token(text, i, i+len(s)) {
			n++
		}
	}
	return n
}
