package policy

import (
	"cmp"
	"slices"
	"strings"
)

// canonicalConditions folds operators and keys. Conditions that become one
// thereby, but have different values, must both hold and cannot be written as
// one: they keep their spelling.
func canonicalConditions(list []Condition, text func(string) string) []Condition {
	if len(list) == 0 {
		return nil
	}
	type condition struct{ canonical, written Condition }
	all := make([]condition, len(list))
	for i, c := range list {
		canonical := canonicalCondition(c, text)
		all[i] = condition{canonical, Condition{c.Operator, c.Key, canonical.Values}}
	}
	slices.SortFunc(all, func(a, b condition) int {
		return cmp.Or(compareConditions(a.canonical, b.canonical), compareConditions(a.written, b.written))
	})
	all = slices.CompactFunc(all, func(a, b condition) bool { return compareConditions(a.canonical, b.canonical) == 0 })
	same := func(i, j int) bool {
		return j >= 0 && j < len(all) &&
			all[i].canonical.Operator == all[j].canonical.Operator && all[i].canonical.Key == all[j].canonical.Key
	}
	out := make([]Condition, len(all))
	for i, c := range all {
		out[i] = c.canonical
		if same(i, i-1) || same(i, i+1) {
			out[i] = c.written
		}
	}
	slices.SortFunc(out, compareConditions)
	return out
}

func canonicalCondition(c Condition, text func(string) string) Condition {
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
	if known {
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

// canonicalOperator is the name as AWS spells it, of two operators that behave
// identically (IAM User Guide, "Amazon Resource Name (ARN) condition
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
	case StringLikeOperator, ARNOperator:
		return canonicalGlob(v)
	case IPOperator:
		return canonicalCIDR(v)
	}
	return v
}
