package eval_test

import (
	"regexp"
	"strings"
	"testing"

	"iamctl/policy"
	"iamctl/policy/eval"
)

// words are all words of the letters up to a length.
func words(length int, letters ...string) []string {
	all := []string{""}
	for last := all; length > 0; length-- {
		var next []string
		for _, w := range last {
			for _, l := range letters {
				next = append(next, w+l)
			}
		}
		all, last = append(all, next...), next
	}
	return all
}

// asExpression is a pattern as a regular expression; star and one are what its
// wildcards are.
func asExpression(pattern, star, one string) *regexp.Regexp {
	r := strings.NewReplacer(`\*`, star, `\?`, one)
	return regexp.MustCompile("^" + r.Replace(regexp.QuoteMeta(pattern)) + "$")
}

// TestPatternsAgainstExpressions asks every short pattern about every short text.
func TestPatternsAgainstExpressions(t *testing.T) {
	texts := words(5, "a", "b")
	for _, pattern := range words(5, "a", "b", "*", "?") {
		want := asExpression(pattern, ".*", ".")
		d := one(policy.Statement{
			Effect: "Allow", Action: []string{"*"}, Resource: []string{"*"},
			Condition: []policy.Condition{{Operator: "StringLike", Key: "k", Values: []string{pattern}}},
		})
		p := eval.Permissions{Identity: []*policy.Document{d}}
		for _, text := range texts {
			got := p.Decide(&eval.Request{Action: "s3:Get", Resource: "*", Context: k(text)}).Outcome == eval.Allowed
			if got != want.MatchString(text) {
				t.Fatalf("%q matches %q: %t", pattern, text, got)
			}
		}
	}
}

// TestARNsAgainstExpressions asks every ARN of short segments about every
// pattern of six, and the short ones that end in a star.
func TestARNsAgainstExpressions(t *testing.T) {
	var arns []string
	for _, w := range words(5, ":a", ":b", ":") {
		if strings.Count(w, ":") == 5 {
			arns = append(arns, "arn"+w, "arn"+w+":b")
		}
	}
	for _, w := range words(5, ":a", ":*", ":?") {
		pattern := "arn" + w
		want := asExpression(pattern, "[^:]*", "[^:]")
		switch short := strings.Count(w, ":") < 5; {
		case short && strings.HasSuffix(w, "*"):
			want = asExpression(strings.TrimSuffix(pattern, "*"), "[^:]*", "[^:]")
			want = regexp.MustCompile(strings.TrimSuffix(want.String(), "$"))
		case !short:
			i := strings.LastIndexByte(pattern, ':')
			want = regexp.MustCompile(strings.TrimSuffix(asExpression(pattern[:i], "[^:]*", "[^:]").String(), "$") +
				strings.TrimPrefix(asExpression(pattern[i:], ".*", ".").String(), "^"))
		}
		d := one(policy.Statement{Effect: "Allow", Action: []string{"*"}, Resource: []string{pattern}})
		p := eval.Permissions{Identity: []*policy.Document{d}}
		for _, arn := range arns {
			got := p.Decide(&eval.Request{Action: "s3:Get", Resource: arn}).Outcome == eval.Allowed
			if got != want.MatchString(arn) {
				t.Fatalf("%q matches %q: %t", pattern, arn, got)
			}
		}
	}
}
