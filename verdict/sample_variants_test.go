package verdict_test

import (
	"os"
	"slices"
	"strings"
	"testing"

	"iamctl/policy"
	"iamctl/verdict"
)

// eachStatement returns the document with statements in the place of each.
func eachStatement(d *policy.Document, f func(policy.Statement) []policy.Statement) *policy.Document {
	out := *d
	out.Statements = nil
	for _, s := range d.Statements {
		out.Statements = append(out.Statements, f(s)...)
	}
	return &out
}

func eachCondition(s policy.Statement, f func(policy.Condition) []policy.Condition) policy.Statement {
	list := s.Condition
	s.Condition = nil
	for _, c := range list {
		s.Condition = append(s.Condition, f(c)...)
	}
	return s
}

// plainValues reports whether no value has a wildcard or a variable.
func plainValues(c policy.Condition) bool {
	return !slices.ContainsFunc(c.Values, func(v string) bool { return strings.ContainsAny(v, "*?$") })
}

// respellings write the same permissions in another way.
var respellings = []struct {
	reason string
	of     func(*policy.Document) *policy.Document
}{
	{"an action a statement", func(d *policy.Document) *policy.Document {
		return eachStatement(d, func(s policy.Statement) []policy.Statement {
			var out []policy.Statement
			for _, a := range s.Action {
				one := s
				one.Action = []string{a}
				out = append(out, one)
			}
			if out == nil {
				out = append(out, s)
			}
			return out
		})
	}},
	{"the last statement first, and twice", func(d *policy.Document) *policy.Document {
		out := *d
		out.Statements = slices.Concat(d.Statements[len(d.Statements)-1:], d.Statements)
		return &out
	}},
	{"actions, operators and keys in other letter case", func(d *policy.Document) *policy.Document {
		return eachStatement(d, func(s policy.Statement) []policy.Statement {
			s = eachCondition(s, func(c policy.Condition) []policy.Condition {
				return []policy.Condition{{Operator: strings.ToLower(c.Operator), Key: strings.ToUpper(c.Key), Values: c.Values}}
			})
			for _, list := range []*[]string{&s.Action, &s.NotAction} {
				upper := slices.Clone(*list)
				for i := range upper {
					upper[i] = strings.ToUpper(upper[i])
				}
				*list = upper
			}
			return []policy.Statement{s}
		})
	}},
	{"exact text as a pattern", func(d *policy.Document) *policy.Document {
		return eachStatement(d, func(s policy.Statement) []policy.Statement {
			have := func(operator, key string) bool {
				return slices.ContainsFunc(s.Condition, func(c policy.Condition) bool {
					return strings.EqualFold(c.Operator, operator) && strings.EqualFold(c.Key, key)
				})
			}
			return []policy.Statement{eachCondition(s, func(c policy.Condition) []policy.Condition {
				like := strings.Replace(c.Operator, "Equals", "Like", 1)
				if op, ok := policy.ParseOperator(c.Operator); ok && op.Kind == policy.StringOperator && plainValues(c) && !have(like, c.Key) {
					c.Operator = like
				}
				return []policy.Condition{c}
			})}
		})
	}},
	{"a key that must have a value is there", func(d *policy.Document) *policy.Document {
		return eachStatement(d, func(s policy.Statement) []policy.Statement {
			null := slices.ContainsFunc(s.Condition, func(c policy.Condition) bool { return strings.EqualFold(c.Operator, "Null") })
			return []policy.Statement{eachCondition(s, func(c policy.Condition) []policy.Condition {
				op, ok := policy.ParseOperator(c.Operator)
				if !ok || null || op.Negated || op.IfExists || op.Qualifier != "" {
					return []policy.Condition{c}
				}
				return []policy.Condition{c, {Operator: "Null", Key: c.Key, Values: []string{"false"}}}
			})}
		})
	}},
}

// TestVariantsOfSamples writes AWS's samples in other ways, on one side or both: the
// answer stays the same. It also asks what has one answer whatever the sample is.
func TestVariantsOfSamples(t *testing.T) {
	c := verdict.NewComparer(verdict.Options{})
	asked, answered := 0, 0
	for i, s := range readSamples(t) {
		if s.Resource && !s.Trust {
			continue
		}
		ask := func(reason string, old, new *policy.Document, want verdict.Verdict) {
			if asked++; asked%20 != 0 && os.Getenv("IAMCTL_LONG") == "" {
				return // a part of all is enough for every day
			}
			answered++
			r := c.Identity(permissions(old), permissions(new))
			if s.Trust {
				r = c.Trust(old, new)
			}
			checkResult(t, r)
			if r.Verdict != want {
				t.Errorf("question %d of %s, %s: %s (%s), want %s\n%s\n%s", i, s.File, reason, r.Verdict, r.Reason, want, old, new)
			}
		}
		old, new := parse(t, string(s.Reference)), parse(t, string(s.Candidate))
		r := c.Identity(permissions(old), permissions(new))
		if s.Trust {
			r = c.Trust(old, new)
		}
		for _, v := range respellings {
			ask(v.reason+", as both sides", old, v.of(old), verdict.Equal)
			ask(v.reason+", as the candidate's two sides", v.of(new), new, verdict.Equal)
			ask(v.reason+", in the candidate", old, v.of(new), r.Verdict)
			ask(v.reason+", in both", v.of(old), v.of(new), r.Verdict)
		}
		ask("the other way round", new, old, flipped(r.Verdict))
		nothing := eachStatement(new, func(s policy.Statement) []policy.Statement { return nil })
		ask("nothing and nothing", nothing, nothing, verdict.Equal)
		denies := func(s policy.Statement) bool { return s.Effect == "Deny" }
		if !slices.ContainsFunc(old.Statements, denies) && !slices.ContainsFunc(new.Statements, denies) && old.Version == new.Version {
			both := *old
			both.Statements = slices.Concat(old.Statements, new.Statements)
			want := map[verdict.Verdict]verdict.Verdict{verdict.Different: verdict.More, verdict.Less: verdict.Equal}[r.Verdict]
			if want == "" {
				want = r.Verdict
			}
			ask("the candidate beside the reference", old, &both, want)
		}
	}
	t.Logf("asked %d of %d questions", answered, asked)
}
