package gate

import (
	"slices"

	"iamctl/policy"
)

// Asks reports whether each Allow statement has a condition that holds only where its key
// is there and has one of the values, all of which are good. Then nobody gets in with
// another value, and there is nothing to search for.
func (g Gate) Asks(keys []string, good func(c policy.Condition, value string) bool) bool {
	asks := func(c policy.Condition) bool {
		op, ok := policy.ParseOperator(c.Operator)
		return ok && !op.Negated && !op.IfExists && op.Qualifier == "" && len(c.Values) > 0 &&
			(op.Kind == policy.StringOperator || op.Kind == policy.StringLikeOperator) &&
			slices.ContainsFunc(keys, func(key string) bool { return policy.CompareFold(c.Key, key) == 0 }) &&
			!slices.ContainsFunc(c.Values, func(v string) bool { return !good(c, v) })
	}
	return g.d != nil && !slices.ContainsFunc(g.d.Statements, func(s policy.Statement) bool {
		return s.Effect == "Allow" && !slices.ContainsFunc(s.Condition, asks)
	})
}

// Guarded reports whether each Allow statement asks for a condition key that does not
// follow from who asks: nobody gets in by the gate that Unguarded returns.
func (g Gate) Guarded() bool {
	return g.Asks(slices.DeleteFunc(g.Keys(), given), func(policy.Condition, string) bool { return true })
}
