package gate

import (
	"slices"
	"strings"

	"iamctl/policy"
)

// possible returns a trust policy without what its Allow statements can never let in:
// operators that know no wildcards, on keys whose values have no such characters.
func possible(d *policy.Document) *policy.Document {
	if d == nil {
		return nil
	}
	out := *d
	out.Statements = nil
	for _, s := range d.Statements {
		if s.Effect != "Allow" || satisfiable(&s) {
			out.Statements = append(out.Statements, s)
		}
	}
	return &out
}

// satisfiable takes out of the conditions of a statement the values that a key never
// has. It is false where that leaves a condition without any.
func satisfiable(s *policy.Statement) bool {
	if !slices.ContainsFunc(s.Condition, func(c policy.Condition) bool { return slices.ContainsFunc(c.Values, starred) }) {
		return true
	}
	s.Condition = slices.Clone(s.Condition)
	for i := range s.Condition {
		c := &s.Condition[i]
		op, exact := literal(c)
		if !exact {
			continue
		}
		values := slices.DeleteFunc(slices.Clone(c.Values), starred)
		switch {
		case len(values) > 0:
			c.Values = values
		case len(c.Values) == 0:
		case op.IfExists || op.Qualifier == "ForAllValues":
			*c = policy.Condition{Operator: "Null", Key: c.Key, Values: []string{"true"}}
		default:
			return false
		}
	}
	return true
}

// literal reports whether a condition takes a star in its values for one, and its key has
// none.
func literal(c *policy.Condition) (op policy.Operator, ok bool) {
	op, ok = policy.ParseOperator(c.Operator)
	exact := ok && !op.Negated && (op.Kind == policy.StringOperator || op.Kind == policy.StringIgnoreCaseOperator)
	return op, exact && starless(policy.Fold(c.Key))
}

// LiteralStar returns the first value of a statement's conditions with a star that the
// operator takes for one, and that so is never the key's; "" if there is none.
func LiteralStar(s *policy.Statement) (operator, value string) {
	for i := range s.Condition {
		c := &s.Condition[i]
		if _, ok := literal(c); !ok {
			continue
		}
		if at := slices.IndexFunc(c.Values, starred); at >= 0 {
			return c.Operator, c.Values[at]
		}
	}
	return "", ""
}

// starred reports whether a value has a wildcard; `?` is one too, but is in URLs.
func starred(value string) bool {
	return strings.Contains(value, "*") && !strings.Contains(value, "${")
}

// starless reports whether the values of a key, in lower case, never have a star: ids,
// ARNs and names of AWS, tags (IAM User Guide, "IAM and AWS STS quotas" and "Tags for
// IAM resources"), and what identity providers claim, of whom none is known that would.
func starless(key string) bool {
	if from, _, ok := policy.KeyName(key); ok && from == 0 {
		return true
	}
	switch key {
	case "aws:principalaccount", "aws:principalarn", "aws:principalorgid", "aws:principalorgpaths",
		"aws:sourceaccount", "aws:sourcearn", "aws:sourceorgid", "aws:sourceorgpaths", "aws:userid", "aws:username",
		"sts:externalid", "sts:rolesessionname", "sts:sourceidentity", "saml:aud", "saml:iss":
		return true
	}
	return strings.HasPrefix(key, "aws:principaltag/") || strings.HasPrefix(key, "aws:requesttag/")
}
