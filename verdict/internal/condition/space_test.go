package condition

import (
	"fmt"
	"testing"

	"pgregory.net/rapid"

	"iamctl/policy"
	"iamctl/policy/eval"
	"iamctl/verdict/internal/bits"
	"iamctl/verdict/internal/example"
	"iamctl/verdict/internal/search"
)

// kinds have for each kind of operator some values of conditions and of requests.
var kinds = map[policy.OperatorKind]struct{ values, requests []string }{
	policy.StringOperator:           {[]string{"a", "b", "*"}, []string{"a", "b", "x", "*", "A"}},
	policy.StringIgnoreCaseOperator: {[]string{"a", "B"}, []string{"a", "b", "x", "A", "B"}},
	policy.StringLikeOperator:       {[]string{"a*", "*b", "?", "*"}, []string{"a", "ab", "b", "x", "xb", "xx"}},
	policy.ARNOperator:              {[]string{"arn:aws:s3:::a*", "arn:aws:s3:::a", "arn:*:s3:::*", "*"}, []string{"arn:aws:s3:::a", "arn:aws:s3:::ab", "arn:aws:s3:::b", "arn:aws-cn:s3:::a", "arn:aws:sns:::a"}},
	policy.NumericOperator:          {[]string{"1", "10", "10.5", "-1"}, []string{"-2", "-1", "0", "1", "5", "10", "10.2", "10.5", "11"}},
	policy.DateOperator:             {[]string{"2030-01-01T00:00:00Z", "2030-06-01", "1900000000"}, []string{"2029-12-31T00:00:00Z", "2030-01-01T00:00:00Z", "2030-02-01", "1900000000", "2040-01-01"}},
	policy.BoolOperator:             {[]string{"true", "false"}, []string{"true", "false", "True"}},
	policy.BinaryOperator:           {[]string{"YWJj", "eHl6"}, []string{"YWJj", "eHl6", "eHh4"}},
	policy.IPOperator:               {[]string{"10.0.0.0/8", "10.1.0.0/16", "192.0.2.1", "2001:db8::/32"}, []string{"10.0.0.1", "10.1.2.3", "192.0.2.1", "192.0.2.2", "2001:db8::1", "::1", "9.255.255.255", "11.0.0.0"}},
	policy.NullOperator:             {[]string{"true", "false"}, []string{"x"}},
}

func drawCondition(t *rapid.T, base, key string, values []string) policy.Condition {
	c := policy.Condition{Operator: base, Key: key}
	c.Values = rapid.SliceOfNDistinct(rapid.SampledFrom(values), 1, 2, rapid.ID[string]).Draw(t, "values")
	if base == "Null" {
		c.Values = c.Values[:1]
		return c
	}
	if rapid.IntRange(0, 3).Draw(t, "IfExists") == 0 {
		c.Operator += "IfExists"
	}
	return c
}

// holds answers by the evaluator whether a condition holds in a context.
func holds(c policy.Condition, context map[string][]string) eval.Outcome {
	d := &policy.Document{Version: "2012-10-17", Statements: []policy.Statement{
		{Effect: "Allow", Action: []string{"*"}, Resource: []string{"*"}, Condition: []policy.Condition{c}},
	}}
	p := eval.Permissions{Identity: []*policy.Document{d}}
	return p.Decide(&eval.Request{Action: "s3:GetObject", Resource: "*", Context: context}).Outcome
}

func space(t *rapid.T, list []policy.Condition, single bool) (*Space, []*Condition) {
	q := Query{Single: func(string) bool { return single }, Examples: example.Names{Partition: "aws", Account: "123456789012"}}
	for _, c := range list {
		q.Conditions = append(q.Conditions, Parse(c, true))
	}
	budget := 10_000_000
	s, err := q.Space(&budget)
	if err != nil {
		t.Fatal(err)
	}
	return s, q.Conditions
}

// has reports whether a condition holds in a cell of its key.
func (s *Space) has(c *Condition, cell int) bool {
	at := s.at[c.ID]
	return s.keys[at[0]].holds[at[1]].Has(cell)
}

// TestCellsPartitionValues: every value, every set of values and an absent key are in
// a cell in which the conditions hold as the evaluator says, and so are the examples
// of the cells.
func TestCellsPartitionValues(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		base := rapid.SampledFrom(policy.Operators()).Draw(t, "operator")
		op, _ := policy.ParseOperator(base)
		single := rapid.Bool().Draw(t, "single")
		var list []policy.Condition
		for range rapid.IntRange(1, 4).Draw(t, "conditions") {
			other := rapid.SampledFrom(policy.Operators()).Draw(t, "operator")
			if o, _ := policy.ParseOperator(other); o.Kind != op.Kind && o.Kind != policy.NullOperator {
				other = base
			}
			o, _ := policy.ParseOperator(other)
			c := drawCondition(t, other, "k", kinds[o.Kind].values)
			if !single && other != "Null" {
				c.Operator = rapid.SampledFrom([]string{"ForAllValues:", "ForAnyValue:"}).Draw(t, "set") + c.Operator
			}
			list = append(list, c)
		}
		s, parsed := space(t, list, single)
		k := s.keys[0]
		agrees := func(cell int, context map[string][]string) bool {
			for i, c := range list {
				want := holds(c, context)
				if want != eval.Undecided && s.has(parsed[i], cell) != (want == eval.Allowed) {
					return false
				}
			}
			return true
		}
		for _, values := range requests(kinds[op.Kind].requests, single) {
			context, found := contextOf(values), 0
			for n := range k.Cells {
				if agrees(n, context) {
					found++
				}
			}
			if found == 0 {
				t.Fatalf("no cell for %q among %+v", values, k.Cells)
			}
			if len(values) == 1 {
				if cells := k.cellsOf(values[0]); cells.Count() != 1 || !agrees(cells.First(), context) {
					t.Fatalf("%q is in the cells %v", values, cells)
				}
			}
		}
		for n, c := range k.Cells {
			if values := c.Values; !agrees(n, contextOf(values)) {
				t.Fatalf("the cell %+v is not of %q", c, values)
			}
		}
	})
}

// requests returns no value, every value and, unless there is one at most, pairs.
func requests(values []string, single bool) [][]string {
	out := [][]string{nil}
	for i, v := range values {
		out = append(out, []string{v})
		for _, w := range values[:i] {
			if !single {
				out = append(out, []string{v, w})
			}
		}
	}
	return out
}

func contextOf(values []string) map[string][]string {
	if values == nil {
		return map[string][]string{}
	}
	return map[string][]string{"k": values}
}

// TestNoRequestIsImpossible: what is said to be no request is none. Keys are compared
// with one another, and every combination of a few values is in a point that is not
// excluded.
func TestNoRequestIsImpossible(t *testing.T) {
	texts := []string{"a", "b", "${u}", "${U}", "${u, 'a'}", "${u,'b'}", "p-${u}", "p-a", "${k}"}
	patterns := append([]string{"*", "a*", "${u}*", "*${u}", "p-*", "${u}${v}"}, texts...)
	values := []string{"", "a", "b", "x", "p-a", "p-x", "ax", "A", "aa"}
	rapid.Check(t, func(t *rapid.T) {
		var list []policy.Condition
		for range rapid.IntRange(1, 4).Draw(t, "conditions") {
			key := rapid.SampledFrom([]string{"k", "k", "u"}).Draw(t, "key")
			switch base := rapid.SampledFrom([]string{"StringEquals", "StringLike", "StringNotEquals", "StringEqualsIgnoreCase", "Null"}).Draw(t, "operator"); base {
			case "StringLike":
				list = append(list, drawCondition(t, base, key, patterns))
			case "Null":
				list = append(list, drawCondition(t, base, key, []string{"true", "false"}))
			default:
				list = append(list, drawCondition(t, base, key, texts))
			}
		}
		s, parsed := space(t, list, true)
		for n := range len(values) * len(values) * 2 {
			context := map[string][]string{}
			for key, v := range map[string]string{"k": values[n%len(values)], "u": values[n/len(values)%len(values)], "v": []string{"", "x"}[n/len(values)/len(values)]} {
				if v != "" {
					context[key] = []string{v}
				}
			}
			if !s.mayBe(list, parsed, context) {
				t.Fatalf("%v is said to be impossible with %+v", context, list)
			}
		}
	})
}

// mayBe reports whether a point of the space that is not excluded has the values of
// a context, and each condition holds there as the evaluator says.
func (s *Space) mayBe(list []policy.Condition, parsed []*Condition, context map[string][]string) bool {
	point := make(search.Box, len(s.full))
	for i, k := range s.keys {
		value := ""
		if list := context[k.name]; len(list) == 1 {
			value = list[0]
		}
		point[i] = k.cellsOf(value)
	}
	for i, c := range list {
		at := s.at[parsed[i].ID]
		cells := s.keys[at[0]].holds[at[1]]
		if holds(c, context) != eval.Allowed {
			cells = s.full[at[0]].AndNot(cells)
		}
		point[at[0]] = point[at[0]].And(cells)
	}
	return s.possible(point, 0)
}

// possible reports whether a point of a box is in none that is impossible.
func (s *Space) possible(b search.Box, from int) bool {
	if from == len(b) {
		for _, i := range s.Impossible {
			if _, meets := b.And(i); meets {
				return false
			}
		}
		return true
	}
	for n := b[from].First(); n >= 0; n = b[from].Next(n + 1) {
		one := append(search.Box(nil), b...)
		one[from] = bits.New(64 * len(b[from]))
		one[from].Add(n)
		if s.possible(one, from+1) {
			return true
		}
	}
	return false
}

func TestTimeHasOneKey(t *testing.T) {
	for _, c := range []struct {
		reason string
		given  policy.Condition
		want   string
	}{
		{"a date", policy.Condition{Operator: "DateLessThan", Key: "aws:EpochTime", Values: []string{"2030-01-01"}}, "DateLessThan aws:currenttime"},
		{"seconds", policy.Condition{Operator: "NumericLessThanIfExists", Key: "AWS:EpochTime", Values: []string{"1900000000"}}, "DateLessThanIfExists aws:currenttime"},
		{"a number that is no date", policy.Condition{Operator: "NumericLessThan", Key: "aws:EpochTime", Values: []string{"1.5"}}, "NumericLessThan aws:epochtime"},
		{"text", policy.Condition{Operator: "StringLike", Key: "aws:EpochTime", Values: []string{"1*"}}, "StringLike aws:epochtime"},
		{"another key", policy.Condition{Operator: "NumericLessThan", Key: "aws:MultiFactorAuthAge", Values: []string{"1900000000"}}, "NumericLessThan aws:multifactorauthage"},
	} {
		got := Parse(c.given, true)
		if s := fmt.Sprint(got.Operator.Name, " ", got.Key); s != c.want {
			t.Errorf("%s: %s, want %s", c.reason, s, c.want)
		}
	}
	if s := InSeconds("2030-01-01T00:00:00Z"); s != "1893456000" {
		t.Errorf("in seconds %s", s)
	}
}
