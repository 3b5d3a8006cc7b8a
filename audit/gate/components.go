package gate

import (
	"slices"
	"strings"

	"iamctl/policy"
)

// ByComponents returns the gate with patterns of ARNs for a condition key, in lower case,
// that are compared as texts compared part by part, as ArnLike does.
func (g Gate) ByComponents(key string) Gate {
	return g.edited(func(s *policy.Statement) bool {
		s.Condition = slices.Clone(s.Condition)
		for i := range s.Condition {
			c := &s.Condition[i]
			op, ok := policy.ParseOperator(c.Operator)
			if ok && op.Kind == policy.StringLikeOperator && policy.Fold(c.Key) == key && !slices.ContainsFunc(c.Values, noARN) {
				c.Operator = strings.Replace(op.Name, "String", "Arn", 1)
			}
		}
		return true
	})
}

func noARN(pattern string) bool {
	_, ok := policy.ParseARN(pattern)
	return !ok
}
