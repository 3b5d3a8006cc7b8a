package condition

import (
	"encoding/base64"
	"slices"
	"strings"

	"iamctl/policy"
	"iamctl/verdict/internal/example"
	"iamctl/verdict/internal/glob"
)

// textTest compares text with a pattern.
type textTest struct {
	pattern glob.Pattern
	// text and reading are what the pattern is made of.
	text    string
	reading glob.Reading
	// shaped is what the value must look like for an answer, nil for any text.
	shaped *glob.Pattern
	// vague says that a match is no answer.
	vague bool
}

func newTextTest(text string, r glob.Reading) textTest {
	return textTest{pattern: glob.Parse(text, r), text: text, reading: r}
}

// constant returns the only text that matches.
func (t textTest) constant() (string, bool) {
	s, ok := t.pattern.Exact()
	return s, ok && !t.reading.Fold
}

func (t textTest) of(value string) truth {
	switch {
	case t.shaped != nil && !anyOf(shapes(t.shaped), value):
		return improper
	case !t.pattern.Match(value):
		return no
	case t.vague:
		return unclear
	}
	return yes
}

func shapes(p *glob.Pattern) []glob.Pattern {
	if p == &isTrue {
		return []glob.Pattern{isTrue, isFalse}
	}
	return []glob.Pattern{*p}
}

func anyOf(list []glob.Pattern, s string) bool {
	return slices.ContainsFunc(list, func(p glob.Pattern) bool { return p.Match(s) })
}

var (
	isTrue  = glob.Parse("true", glob.Reading{Fold: true})
	isFalse = glob.Parse("false", glob.Reading{Fold: true})
	isARN   = glob.Parse("arn:*:*:*:*:*", glob.Reading{Wildcards: true})
)

func newText(k policy.OperatorKind, v string) test {
	if hasVariable(v) && k != policy.BinaryOperator {
		return newAtom(k, v)
	}
	switch k {
	case policy.StringIgnoreCaseOperator:
		return newTextTest(v, glob.Reading{Fold: true})
	case policy.StringLikeOperator:
		return newTextTest(v, glob.Reading{Wildcards: true})
	case policy.ARNOperator:
		return newARN(v)
	case policy.BoolOperator:
		if f := policy.Fold(v); f == "true" || f == "false" {
			t := newTextTest(f, glob.Reading{Fold: true})
			t.shaped = &isTrue
			return t
		}
		return never{}
	case policy.BinaryOperator:
		if _, err := base64.StdEncoding.Strict().DecodeString(v); err != nil {
			return never{}
		}
		return newTextTest(strings.ReplaceAll(v, "${", "${$}{"), glob.Reading{})
	}
	return newTextTest(v, glob.Reading{})
}

// newARN is the test of an ARN. What one with fewer than six parts matches AWS
// does not say, other than a mere `*`.
func newARN(v string) test {
	t := newTextTest(v, glob.Reading{Wildcards: true})
	switch {
	case t.pattern.Any():
	case strings.Count(v, ":") >= 5:
		t = newTextTest(v, glob.Reading{Wildcards: true, ARN: true})
	default:
		t.vague = true
	}
	t.shaped = &isARN
	return t
}

// hasVariable reports whether there is a variable other than ${*}, ${?}, ${$}.
func hasVariable(s string) bool {
	for {
		i, j, ok := policy.NextVariable(s)
		if !ok {
			return false
		}
		if j-i != len("${*}") || !strings.Contains("*?$", s[i+2:i+3]) {
			return true
		}
		s = s[j:]
	}
}

// textValues returns a value of each kind that the matchers tell apart.
func textValues(matchers []*matcher, names example.Names, budget *int) ([]string, error) {
	q := glob.Query{Prefer: []string{"x"}}
	arns, bools, others, extras := false, false, false, false
	for _, m := range matchers {
		switch {
		case m.extra:
			extras = true
		case m.kind == policy.ARNOperator:
			arns = true
		case m.kind == policy.BoolOperator:
			bools = true
		case m.kind == policy.BinaryOperator:
			q.Prefer = []string{"eHh4", "x"}
			others = true
		default:
			others = true
		}
		for _, t := range m.tests {
			switch t := t.(type) {
			case textTest:
				q.Patterns = append(q.Patterns, t.pattern)
			case *atom:
				q.Patterns = append(q.Patterns, t.wide)
			}
		}
	}
	if bools {
		if !arns && !others && !extras {
			return []string{"true", "false"}, nil
		}
		q.Patterns = append(q.Patterns, isTrue, isFalse)
	}
	if arns {
		if !bools && !others { // what is no ARN is of no condition's business
			q.Must = []int{len(q.Patterns)}
		}
		q.Patterns = append(q.Patterns, isARN)
		q.Prefer = append(q.Prefer, names.Of("arn:*:iam::*:role/*"))
	}
	q.Prefer = append(q.Prefer, examples(matchers, names)...)
	classes, err := q.Classes(budget)
	if err != nil {
		return nil, err
	}
	out := make([]string, len(classes))
	for i, c := range classes {
		out[i] = c.Text
	}
	return out, nil
}

// examples returns texts that the patterns of matchers match.
func examples(matchers []*matcher, names example.Names) []string {
	var out []string
	for _, m := range matchers {
		for _, t := range m.tests {
			if t, ok := t.(textTest); ok && t.reading.Wildcards && !m.extra {
				if s := names.Of(t.text); s != "" && !slices.Contains(out, s) {
					out = append(out, s)
				}
			}
		}
	}
	return out
}
