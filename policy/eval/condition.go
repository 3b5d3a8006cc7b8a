package eval

import "iamctl/policy"

// conditions answers whether all conditions hold (IAM User Guide, "IAM JSON
// policy elements: Condition").
func (q *question) conditions(list []policy.Condition, variables bool) answer {
	a := allOf(list, func(c policy.Condition) answer { return q.condition(c, variables) })
	if a.truth != yes && repeated(list) {
		return doubt("a condition's operator and key twice in a statement", "")
	}
	return a
}

// repeated reports whether two conditions have the same operator and key, maybe
// in other letter case: AWS does not say whether one of them is enough.
func repeated(list []policy.Condition) bool {
	if len(list) < few {
		for i := range list {
			for j := range i {
				if policy.CompareFold(list[i].Key, list[j].Key) == 0 && policy.CompareFold(list[i].Operator, list[j].Operator) == 0 {
					return true
				}
			}
		}
		return false
	}
	seen := make(map[[2]string]bool, len(list))
	for _, c := range list {
		seen[[2]string{policy.Fold(c.Operator), policy.Fold(c.Key)}] = true
	}
	return len(seen) < len(list)
}

// few is how many conditions are compared one by one.
const few = 10

func (q *question) condition(c policy.Condition, variables bool) answer {
	op, ok := policy.ParseOperator(c.Operator)
	if !ok {
		return doubt("the policy language has no such operator", c.Operator)
	}
	if len(c.Values) == 0 {
		return doubt("a condition without values", c.Key)
	}
	have, n := q.values(c.Key)
	switch {
	case n > 1:
		return doubt("a condition key of the request in two letter cases", c.Key)
	case op.Kind == policy.NullOperator:
		return null(c, op, have, n == 0)
	case n == 0, len(have) == 0 && op.Qualifier != "":
		return missing(c, op)
	}
	one := func(value string) answer { return q.satisfies(op, value, c.Values, variables) }
	switch op.Qualifier {
	case "":
		return single(c, have, one)
	case "ForAllValues":
		return empty(c, have, allOf(have, one), sure(true))
	}
	return empty(c, have, anyOf(have, one), sure(false))
}

// single answers for an operator without a qualifier, which is for keys with
// one value: AWS advises against anything else and does not say what happens.
func single(c policy.Condition, have []string, one func(string) answer) answer {
	if len(have) != 1 {
		return doubt("an operator for one value on a key with none or several", c.Key)
	}
	return one(have[0])
}

// empty passes an answer on unless all values of the request are empty strings:
// AWS says that they are as good as no value ("Set operators for multivalued
// context keys"), but not for which keys.
func empty(c policy.Condition, have []string, a, none answer) answer {
	for _, v := range have {
		if v != "" {
			return a
		}
	}
	if a.truth != none.truth {
		return doubt("a set operator on a key that is empty", c.Key)
	}
	return a
}

// missing answers for a key that the request does not have or, to set operators,
// has no value of.
func missing(c policy.Condition, op policy.Operator) answer {
	switch {
	case op.Qualifier == "ForAllValues":
		return sure(true)
	case op.Qualifier == "ForAnyValue" && op.IfExists:
		return doubt("ForAnyValue with IfExists on a key without a value", c.Key)
	case op.Qualifier == "ForAnyValue":
		return sure(false)
	}
	return sure(op.IfExists || op.Negated)
}

// null answers whether it is true, or false, that the key is absent.
func null(c policy.Condition, op policy.Operator, have []string, absent bool) answer {
	switch {
	case op.Qualifier != "":
		return doubt("Null for a set of values", c.Key)
	case !absent && len(have) == 0:
		return doubt("Null on a key without a value", c.Key)
	}
	return anyOf(c.Values, func(v string) answer {
		want, ok := boolean(v)
		if !ok {
			return doubt("Null with neither true nor false", v)
		}
		return sure(want == absent)
	})
}

// satisfies answers whether one value of the request is what the operator asks
// for: one of the values of the condition, or none if it is negated.
func (q *question) satisfies(op policy.Operator, have string, want []string, variables bool) answer {
	a := anyOf(want, func(w string) answer { return q.compare(op, have, w, variables) })
	if op.Negated {
		return a.not()
	}
	return a
}
