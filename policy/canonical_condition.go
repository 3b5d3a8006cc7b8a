package policy

import (
	"cmp"
	"slices"
	"strings"
)

// spelledCondition is a condition in the ways in which the canonical form may
// write it, the most canonical first.
type spelledCondition struct{ exact, folded, written Condition }

// canonicalConditions folds operators and keys, and writes patterns without a
// wildcard as exact text. Conditions that become one thereby, but have
// different values, must both hold and cannot be written as one: they stay
// patterns and, if that does not tell them apart, keep their spelling.
func canonicalConditions(list []Condition, text func(string) string, drop bool) []Condition {
	if len(list) == 0 {
		return nil
	}
	all := make([]spelledCondition, len(list))
	for i, c := range list {
		folded := canonicalCondition(c, text, drop)
		all[i] = spelledCondition{exactCondition(folded), folded, Condition{c.Operator, c.Key, folded.Values}}
	}
	slices.SortFunc(all, func(a, b spelledCondition) int {
		return cmp.Or(
			compareConditions(a.exact, b.exact),
			compareConditions(a.folded, b.folded),
			compareConditions(a.written, b.written),
		)
	})
	all = slices.CompactFunc(all, func(a, b spelledCondition) bool { return compareConditions(a.exact, b.exact) == 0 })
	out := make([]Condition, len(all))
	for i, c := range all {
		out[i] = c.exact
	}
	replaceSame(out, func(i int) Condition { return all[i].folded })
	replaceSame(out, func(i int) Condition { return all[i].written })
	slices.SortFunc(out, compareConditions)
	return out
}

// replaceSame replaces the conditions that share operator and key with another.
func replaceSame(list []Condition, by func(int) Condition) {
	var names nameIndex[conditionName]
	same := map[conditionName]bool{}
	for _, c := range list {
		name := conditionName{c.Operator, c.Key}
		if _, old := names.add(name); old {
			same[name] = true
		}
	}
	if len(same) == 0 {
		return
	}
	for i, c := range list {
		if same[conditionName{c.Operator, c.Key}] {
			list[i] = by(i)
		}
	}
}

// exactCondition writes patterns that are all plain text as what they are.
func exactCondition(c Condition) Condition {
	op, known := ParseOperator(c.Operator)
	pattern := func(v string) bool { return strings.ContainsAny(v, "*?$") }
	if known && op.Kind == StringLikeOperator && len(c.Values) > 0 && !slices.ContainsFunc(c.Values, pattern) {
		c.Operator = strings.Replace(c.Operator, "Like", "Equals", 1)
	}
	return c
}

func canonicalCondition(c Condition, text func(string) string, drop bool) Condition {
	op, known := ParseOperator(c.Operator)
	out := Condition{c.Operator, Fold(c.Key), make([]string, len(c.Values))}
	if known {
		out.Operator = canonicalOperator(op)
	}
	for i, v := range c.Values {
		v = text(v)
		if known {
			v = canonicalValue(op.Kind, v)
		}
		out.Values[i] = v
	}
	out.Values = sortedSet(out.Values)
	if known && drop {
		out.Values = dropRedundant(op.Kind, out.Values)
	}
	return out
}

// dropRedundant takes the values out of a sorted set that another one covers.
// Whether one matches decides, for negated operators too.
func dropRedundant(kind OperatorKind, values []string) []string {
	switch kind {
	case StringLikeOperator:
		return dropCovered(values, conditionCoverage)
	case ARNOperator:
		return dropCovered(values, arnCoverage)
	case IPOperator:
		return dropContained(values)
	}
	return values
}

// canonicalOperator returns the name as AWS spells it, of two operators that
// behave identically (IAM User Guide, "Amazon Resource Name (ARN) condition
// operators") the one that says that its values are patterns.
func canonicalOperator(o Operator) string {
	switch o.Base {
	case "ArnEquals", "ArnNotEquals":
		return strings.Replace(o.Name, "Equals", "Like", 1)
	}
	return o.Name
}

func canonicalValue(kind OperatorKind, v string) string {
	switch kind {
	case BoolOperator, NullOperator, StringIgnoreCaseOperator:
		return Fold(v)
	case StringOperator:
		return foldVariables(v)
	case StringLikeOperator, ARNOperator:
		return canonicalGlob(foldVariables(v))
	case IPOperator:
		return canonicalCIDR(v)
	case NumericOperator:
		return canonicalDecimal(v)
	case DateOperator:
		return canonicalInstant(v)
	}
	return v
}
