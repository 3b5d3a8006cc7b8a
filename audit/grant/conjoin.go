package grant

import (
	"slices"

	"iamctl/policy"
)

// conjoin returns conditions that hold where both lists do. No operator and key is in it
// twice, of which nobody says what it means. Holds is false if that is never, ok if the
// conditions have no such list.
func conjoin(a, b []policy.Condition) (both []policy.Condition, holds, ok bool) {
	both = slices.Clone(a)
	left := slices.Clone(b)
	for len(left) > 0 {
		c := left[0]
		left = left[1:]
		same := slices.IndexFunc(both, func(o policy.Condition) bool {
			return policy.CompareFold(o.Key, c.Key) == 0 && policy.CompareFold(o.Operator, c.Operator) == 0
		})
		if same < 0 {
			both = append(both, c)
			continue
		}
		if equal(both[same].Values, c.Values) {
			continue
		}
		op, known := policy.ParseOperator(c.Operator)
		switch {
		case !known || op.Qualifier != "":
			return nil, true, false
		case op.Kind == policy.NullOperator:
			if present, sure := null(c); !sure {
				return nil, true, false
			} else if other, sure := null(both[same]); !sure || other == present {
				return nil, true, false
			}
			return nil, false, true
		case op.Negated: // no value of either matches
			both[same].Values = slices.Concat(both[same].Values, c.Values)
		case op.IfExists:
			return nil, true, false
		default: // the same in other words
			left = append(left, policy.Condition{Operator: op.Base + "IfExists", Key: c.Key, Values: c.Values}, policy.Condition{Operator: "Null", Key: c.Key, Values: []string{"false"}})
		}
	}
	return both, true, true
}

// null reports whether a condition is that a key is absent; sure is false where its value
// is none.
func null(c policy.Condition) (absent, sure bool) {
	if len(c.Values) != 1 {
		return false, false
	}
	v := policy.Fold(c.Values[0])
	return v == "true", v == "true" || v == "false"
}

func equal(a, b []string) bool {
	return !slices.ContainsFunc(a, func(v string) bool { return !slices.Contains(b, v) }) && !slices.ContainsFunc(b, func(v string) bool { return !slices.Contains(a, v) })
}
