package asking

import (
	"slices"
	"strings"

	"iamctl/policy"
)

// Keys are the condition keys, in lower case, that follow from who asks, but for the ARN
// and a user's name.
var Keys = []string{
	"aws:principalaccount", "aws:principalisawsservice", "aws:principalservicename", "aws:principalservicenameslist", "aws:principaltype", "aws:userid",
}

// Personal reports whether a condition key, in lower case, is one of Keys.
func Personal(key string) bool { return slices.Contains(Keys, key) }

// Principal is a user or a role of an account that asks.
type Principal struct {
	Role bool
	// Name, ID and Account are "" where they are not known. ID is the unique one.
	Name, ID, Account string
	// Tags returns what is known of a tag with a key; nil is that nothing is, or that a
	// session may have others.
	Tags func(key string) Tag
}

// tagKey is what the condition keys of a principal's tags, in lower case, begin with.
const tagKey = "aws:principaltag/"

// Tagged reports whether a condition key, in lower case, is of a tag of who asks.
func Tagged(key string) bool { return strings.HasPrefix(key, tagKey) }

// session is the name of a role's session that stands for any.
const session = "zz-any-session"

// Value returns a value that a condition key, in lower case, has in requests of the
// principal, "" if it has none or none is known.
func (p Principal) Value(key string) string {
	v, _ := p.value(key)
	if key == "aws:userid" && p.Role && v != "" {
		v += ":" + session
	}
	return v
}

// Settled returns the value that a condition key, in lower case, has in all requests of the
// principal, "" for none; ok is false where that is not known.
func (p Principal) Settled(key string) (value string, ok bool) {
	if key == "aws:userid" && p.Role {
		return "", false // each session's is another
	}
	if t, ok := p.tag(key); ok {
		return t.Value, t.Fixed() && (!t.Set || t.Value != "")
	}
	return p.value(key)
}

// tag returns the tag that a condition key is of.
func (p Principal) tag(key string) (t Tag, ok bool) {
	if !Tagged(key) || p.Tags == nil {
		return Tag{}, false
	}
	return p.Tags(key[len(tagKey):]), true
}

// value returns the value that a condition key has in all requests of the principal, ""
// for none, or of a role's aws:userid the one that it begins with. It is not known of
// other keys (IAM User Guide, "AWS global condition context keys").
func (p Principal) value(key string) (value string, known bool) {
	switch key {
	case "aws:principaltype":
		if p.Role {
			return "AssumedRole", true
		}
		return "User", true
	case "aws:principalaccount":
		return p.Account, p.Account != ""
	case "aws:userid":
		return p.ID, p.ID != ""
	case "aws:username":
		if p.Role {
			return "", true
		}
		return p.Name, p.Name != ""
	case "aws:principalisawsservice":
		return "false", true
	case "aws:principalservicename", "aws:principalservicenameslist":
		return "", true
	}
	t, ok := p.tag(key)
	return t.Value, ok
}

// Never returns lists of conditions on a key, of which one holds together for each request
// that is not the principal's, and none for those that are: each is to be denied.
func (p Principal) Never(key string) [][]policy.Condition {
	if t, ok := p.tag(key); ok {
		return t.Never(key)
	}
	value, known := p.value(key)
	null := policy.Condition{Operator: "Null", Key: key, Values: []string{"true"}}
	other := policy.Condition{Operator: "StringNotEquals", Key: key, Values: []string{policy.Escape(value)}}
	switch {
	case key == "aws:username" && !p.Role && !known:
		return [][]policy.Condition{{null}} // every user has a name
	case !known:
		return nil
	case value == "":
		null.Values[0] = "false"
		return [][]policy.Condition{{null}}
	case key == "aws:userid" && p.Role:
		other.Operator, other.Values[0] = "StringNotLike", policy.Escape(value)+":*"
	}
	return [][]policy.Condition{{null}, {other}}
}

// WithMFA returns the conditions on a key, in lower case, of which one holds for each
// request with MFA, if the principal makes none: the session of a role has no MFA, whoever
// assumed the role with it (IAM User Guide, "Secure API access with MFA").
func (p Principal) WithMFA(key string) []policy.Condition {
	switch {
	case p.Role && key == "aws:multifactorauthpresent":
		return []policy.Condition{{Operator: "Bool", Key: key, Values: []string{"true"}}}
	case p.Role && key == "aws:multifactorauthage":
		return []policy.Condition{{Operator: "Null", Key: key, Values: []string{"false"}}}
	}
	return nil
}
