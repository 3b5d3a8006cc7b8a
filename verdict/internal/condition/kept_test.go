package condition

import (
	"reflect"
	"testing"

	"iamctl/policy"
	"iamctl/verdict/internal/example"
)

// TestKeptKeys: a key that is known has the cells that it has when it is not, and takes as
// many steps. One that is compared with a variable is not kept, for its cells rest
// on other keys too.
func TestKeptKeys(t *testing.T) {
	kept := NewKept(1 << 20)
	for _, row := range []struct {
		reason string
		list   []policy.Condition
	}{
		{"one condition", []policy.Condition{{Operator: "StringLike", Key: "aws:PrincipalTag/a", Values: []string{"a*", "b"}}}},
		{"the same, and another one", []policy.Condition{
			{Operator: "StringLike", Key: "aws:PrincipalTag/a", Values: []string{"a*", "b"}},
			{Operator: "Null", Key: "aws:PrincipalTag/a", Values: []string{"false"}},
		}},
		{"a key with the value of another one", []policy.Condition{
			{Operator: "StringEquals", Key: "aws:PrincipalTag/a", Values: []string{"${aws:PrincipalTag/b}"}},
			{Operator: "StringEquals", Key: "aws:PrincipalTag/b", Values: []string{"x"}},
		}},
	} {
		q := Query{Single: func(string) bool { return true }, Examples: example.Names{Partition: "aws", Account: "123456789012"}}
		for _, c := range row.list {
			q.Conditions = append(q.Conditions, Parse(c, true))
		}
		fresh, steps := spaceOf(t, q)
		q.Kept = kept
		for range 2 {
			got, taken := spaceOf(t, q)
			if taken != steps || !reflect.DeepEqual(got.full, fresh.full) || !reflect.DeepEqual(got.Impossible, fresh.Impossible) {
				t.Errorf("%s: %d steps, want %d; %v, want %v", row.reason, taken, steps, got.full, fresh.full)
			}
			for i := range got.keys {
				if !reflect.DeepEqual(got.keys[i].holds, fresh.keys[i].holds) || !reflect.DeepEqual(got.keys[i].may, fresh.keys[i].may) {
					t.Errorf("%s: the conditions on %s hold elsewhere", row.reason, got.keys[i].name)
				}
			}
		}
		one, _ := spaceOf(t, q)
		other, _ := spaceOf(t, q)
		if same := one.keys[0] == other.keys[0]; same == q.Conditions[0].Variable {
			t.Errorf("%s: the first key is kept: %t", row.reason, same)
		}
		short := steps - 1
		if _, err := q.Space(&short); err == nil {
			t.Errorf("%s: done with a step too few", row.reason)
		}
	}
}

func spaceOf(t *testing.T, q Query) (*Space, int) {
	t.Helper()
	budget := 10_000
	s, err := q.Space(&budget)
	if err != nil {
		t.Fatal(err)
	}
	return s, 10_000 - budget
}
