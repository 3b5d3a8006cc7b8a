package condition

import (
	"strings"

	"iamctl/policy"
	"iamctl/verdict/internal/glob"
	"iamctl/verdict/internal/variable"
)

// atom is a comparison of a value with a text that has policy variables. It is
// open whether it holds; what is known of it are the relations of a space.
type atom struct {
	*variable.Text
	kind policy.OperatorKind
	// wide matches whatever the text may match.
	wide glob.Pattern
	// text is the same for the same texts, whatever the kind.
	text string
}

// newAtom returns the test of a text that has variables.
func newAtom(k policy.OperatorKind, v string) test {
	text, ok := variable.Parse(v, k == policy.StringLikeOperator || k == policy.ARNOperator)
	if !ok {
		return never{}
	}
	if k == policy.StringLikeOperator && text.Plain() {
		k = policy.StringOperator
	}
	a := &atom{Text: text, kind: k, text: text.String()}
	a.wide = glob.Parse(text.Widened(), glob.Reading{Wildcards: true, Fold: k == policy.StringIgnoreCaseOperator || k == policy.BoolOperator})
	return a
}

func (a *atom) of(value string) truth {
	switch {
	case a.kind == policy.ARNOperator && !isARN.Match(value), a.kind == policy.BoolOperator && !anyOf(shapes(&isTrue), value):
		return improper
	case !a.wide.Match(value):
		return no
	}
	return unclear
}

// implies reports whether the atom holds only where the other one does.
func (a *atom) implies(b *atom) bool {
	switch {
	case a.kind == b.kind:
	case a.kind == policy.ARNOperator && b.kind == policy.StringLikeOperator:
		return b.Covers(a.Text)
	case a.kind == policy.StringOperator && (b.kind == policy.StringLikeOperator || b.kind == policy.StringIgnoreCaseOperator):
	default:
		return false
	}
	if a.kind == policy.StringOperator || a.kind == policy.StringLikeOperator {
		return b.Covers(a.Text)
	}
	return a.text == b.text
}

// with returns the test that the atom is once its variables have values.
func (a *atom) with(value func(key string) (string, bool)) (textTest, bool) {
	p, ok := a.Pattern(value)
	if !ok || a.kind == policy.BoolOperator || a.kind == policy.ARNOperator && strings.Count(p, ":") < 5 {
		return textTest{}, false
	}
	return newTextTest(p, glob.Reading{Wildcards: true, Fold: a.kind == policy.StringIgnoreCaseOperator, ARN: a.kind == policy.ARNOperator}), true
}
