package asking

import (
	"slices"

	"iamctl/policy"
)

// Tag is what is known of one tag of a user or a role, and what may become of it.
type Tag struct {
	// Value is the one that it has, if it is set.
	Value string
	Set   bool
	// Others are patterns of the values that it may be given besides. Any says that it may be
	// given all but those of Not, which are patterns too.
	Others []string
	Any    bool
	Not    []string
	// Gone says that it may be taken off.
	Gone bool
}

// Fixed reports whether the tag stays as it is.
func (t Tag) Fixed() bool { return !t.Any && !t.Gone && len(t.Others) == 0 }

// Or returns what is known of a tag that may become what either says.
func (t Tag) Or(o Tag) Tag {
	out := t
	out.Gone = t.Gone || o.Gone
	switch {
	case t.Any && o.Any:
		out.Not = slices.DeleteFunc(slices.Clone(t.Not), func(v string) bool { return !slices.Contains(o.Not, v) })
	case t.Any || o.Any:
		out.Any, out.Not = true, slices.DeleteFunc(slices.Concat(t.Not, o.Not), func(v string) bool { return slices.Contains(t.Others, v) || slices.Contains(o.Others, v) })
		out.Others = nil
	default:
		out.Others = slices.Concat(t.Others, o.Others)
	}
	return out
}

// Never returns lists of conditions on a key that has the tag's value. Each holds together
// for requests that the tag rules out, and for no other: each is to be denied.
func (t Tag) Never(key string) [][]policy.Condition {
	condition := func(operator string, values ...string) policy.Condition {
		return policy.Condition{Operator: operator, Key: key, Values: values}
	}
	there, value := condition("Null", "false"), policy.Escape(t.Value)
	var out [][]policy.Condition
	if t.Set && !t.Gone {
		out = append(out, []policy.Condition{condition("Null", "true")})
	}
	switch {
	case t.Any && len(t.Not) == 0:
	case t.Any && t.Set:
		out = append(out, []policy.Condition{condition("StringLike", t.Not...), condition("StringNotEquals", value)})
	case t.Any:
		out = append(out, []policy.Condition{condition("StringLike", t.Not...)})
	case len(t.Others) > 0 && t.Set:
		out = append(out, []policy.Condition{there, condition("StringNotLike", append(slices.Clip(t.Others), value)...)})
	case len(t.Others) > 0:
		out = append(out, []policy.Condition{there, condition("StringNotLike", t.Others...)})
	case t.Set:
		out = append(out, []policy.Condition{there, condition("StringNotEquals", value)})
	default:
		out = append(out, []policy.Condition{there})
	}
	return out
}
