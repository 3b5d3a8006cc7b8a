// Package condition reduces the conditions on a key to a few cells: kinds of
// values, being absent among them, that no condition tells apart. All operators
// of a key are decided together, for `StringEquals` with a value also says that
// the key is there.
package condition

import (
	"slices"
	"strings"

	"iamctl/policy"
	"iamctl/verdict/internal/variable"
)

// Condition is one condition of a statement, prepared.
type Condition struct {
	Operator policy.Operator
	Known    bool   // the language has the operator
	Key      string // in lower case; the time has but one
	Written  string // the key as it is written, in lower case
	Values   []string
	// Variable says that values have policy variables.
	Variable bool
	// ID is the same for conditions that mean the same in every request.
	ID string
}

// Parse prepares a condition. variables says that the document has a version
// with policy variables.
func Parse(c policy.Condition, variables bool) *Condition {
	op, known := policy.ParseOperator(c.Operator)
	out := &Condition{Operator: op, Known: known, Written: policy.Fold(c.Key), Values: slices.Clone(c.Values)}
	out.Key = out.Written
	if known && out.Key == EpochTime {
		out.setTime()
	}
	if known && takesVariables(op.Kind) {
		for i, v := range out.Values {
			if variables {
				out.Values[i] = variable.Normal(v)
				out.Variable = out.Variable || strings.Contains(v, "${")
			} else {
				out.Values[i] = strings.ReplaceAll(v, "${", "${$}{")
			}
		}
	}
	slices.Sort(out.Values)
	out.Values = slices.Compact(out.Values)
	name := out.Operator.Name
	if !known {
		name = policy.Fold(c.Operator)
	}
	out.ID = name + "\x00" + out.Key + "\x00" + strings.Join(out.Values, "\x00")
	return out
}

// takesVariables reports whether the values of an operator may have policy
// variables (IAM User Guide, "IAM policy elements: Variables and tags").
func takesVariables(k policy.OperatorKind) bool {
	switch k {
	case policy.NumericOperator, policy.DateOperator, policy.IPOperator, policy.BinaryOperator, policy.NullOperator:
		return false
	}
	return true
}

// family is what values are compared as.
type family int

const (
	text family = iota
	number
	date
	address
	families
)

func familyOf(k policy.OperatorKind) family {
	switch k {
	case policy.NumericOperator:
		return number
	case policy.DateOperator:
		return date
	case policy.IPOperator:
		return address
	}
	return text
}

// truth is what is known of a value and a condition.
type truth int8

const (
	no truth = iota
	// improper is what nobody can say of a request that AWS would hardly make,
	// such as one with an address that is none.
	improper
	// unclear is what nobody can say of the condition.
	unclear
	yes
)

func (t truth) not() truth {
	if t == improper || t == unclear {
		return t
	}
	return yes - t
}

func truthOf(b bool) truth {
	if b {
		return yes
	}
	return no
}

// matcher is how conditions on a key compare one value of a request, without
// qualifier, negation and IfExists.
type matcher struct {
	kind       policy.OperatorKind
	comparison string
	values     []string
	tests      []test // of each value
	// extra says that no condition has it: it is there to tell more values apart.
	extra bool
}

// test compares with one value; nil is what nobody can say.
type test interface{ of(value string) truth }

type never struct{}

func (never) of(string) truth { return unclear }

// of returns whether one of the values fits.
func (m *matcher) of(value string) truth { return m.given(value, nil) }

// given is of with what is assumed of atoms.
func (m *matcher) given(value string, assumed map[*atom]truth) truth {
	out := no
	for _, t := range m.tests {
		now := t.of(value)
		if a, ok := t.(*atom); ok && now == unclear {
			if is, ok := assumed[a]; ok {
				now = is
			}
		}
		out = max(out, now)
		if out == yes {
			break
		}
	}
	return out
}

func sameMatcher(m *matcher, c *Condition) bool {
	return !m.extra && m.kind == c.Operator.Kind && m.comparison == c.Operator.Comparison && slices.Equal(m.values, c.Values)
}

func newMatcher(c *Condition) *matcher {
	m := &matcher{kind: c.Operator.Kind, comparison: c.Operator.Comparison, values: c.Values}
	for _, v := range c.Values {
		m.tests = append(m.tests, newTest(c.Operator, v))
	}
	return m
}

func newTest(op policy.Operator, v string) test {
	switch familyOf(op.Kind) {
	case number:
		if n, ok := parseNumber(v); ok {
			return comparing{n, op.Comparison, parseNumber}
		}
		return never{}
	case date:
		if n, ok := parseDate(v); ok {
			return comparing{n, op.Comparison, parseDate}
		}
		return never{}
	case address:
		return newBlock(v)
	}
	return newText(op.Kind, v)
}
