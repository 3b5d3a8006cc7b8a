package grant

import (
	"testing"

	"iamctl/policy"
	"iamctl/policy/eval"
	"iamctl/verdict"
)

// What both lists let through is what their conjunction does, and no more.
func TestConjoin(t *testing.T) {
	lists := [][]policy.Condition{
		nil,
		{{Operator: "StringEquals", Key: "k", Values: []string{"a"}}},
		{{Operator: "StringEquals", Key: "k", Values: []string{"a", "b"}}},
		{{Operator: "stringequals", Key: "K", Values: []string{"b"}}},
		{{Operator: "StringLike", Key: "k", Values: []string{"a*"}}},
		{{Operator: "StringLike", Key: "k", Values: []string{"*b"}}},
		{{Operator: "StringNotEquals", Key: "k", Values: []string{"a"}}},
		{{Operator: "StringNotEquals", Key: "k", Values: []string{"b"}}},
		{{Operator: "StringNotEqualsIfExists", Key: "k", Values: []string{"b"}}},
		{{Operator: "StringEqualsIfExists", Key: "k", Values: []string{"a"}}},
		{{Operator: "Null", Key: "k", Values: []string{"true"}}},
		{{Operator: "Null", Key: "k", Values: []string{"false"}}, {Operator: "StringEquals", Key: "j", Values: []string{"x"}}},
	}
	decide := func(list []policy.Condition, context map[string][]string) bool {
		p := verdict.Permissions{Identity: []*policy.Document{{Version: languageVersion, Statements: []policy.Statement{{Effect: "Allow", Action: []string{"*"}, Resource: []string{"*"}, Condition: list}}}}}
		d := p.Decide(&eval.Request{Action: "sts:AssumeRole", Resource: "*", Context: context})
		if d.Outcome == eval.Undecided {
			t.Fatalf("%+v of %v is undecided", list, context)
		}
		return d.Outcome == eval.Allowed
	}
	asked := 0
	for _, a := range lists {
		for _, b := range lists {
			both, holds, ok := conjoin(a, b)
			if !ok {
				t.Errorf("%+v and %+v are not asked", a, b)
				continue
			}
			for _, context := range []map[string][]string{{}, {"k": {"a"}}, {"k": {"b"}}, {"k": {"ab"}}, {"k": {"c"}}, {"k": {"a"}, "j": {"x"}}, {"j": {"x"}}, {"k": {"b"}, "j": {"y"}}} {
				asked++
				if got, want := holds && decide(both, context), decide(a, context) && decide(b, context); got != want {
					t.Errorf("%+v and %+v of %v: %v, want %v", a, b, context, got, want)
				}
			}
		}
	}
	if _, _, ok := conjoin(lists[9], []policy.Condition{{Operator: "StringEqualsIfExists", Key: "k", Values: []string{"b"}}}); ok || asked < 1000 {
		t.Errorf("asked %d; two of one operator with IfExists are one: %v", asked, ok)
	}
}
