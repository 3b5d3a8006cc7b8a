package verdict

import (
	"slices"
	"strings"

	"iamctl/policy"
)

// caller is a principal that asks, and stands for those that the policies do
// not tell from it.
type caller struct {
	policy.Principal
	arn  policy.ARN
	home string // the usual partition
	keys []callerKey
}

// callerKey is a condition key, in lower case, that follows from who asks; "" is
// absent (IAM User Guide, "AWS global condition context keys").
type callerKey struct{ name, value string }

const (
	principalARN     = "aws:principalarn"
	principalAccount = "aws:principalaccount"
	userName         = "aws:username"
)

// newCaller returns a caller with its aws:PrincipalArn, "" if that is not known.
func newCaller(who policy.Principal, arn string) caller {
	c := caller{Principal: who}
	c.arn, _ = policy.ParseARN(who.Value)
	if who.Type != "AWS" {
		c.keys = []callerKey{{principalARN, ""}, {principalAccount, ""}, {userName, ""}}
		return c
	}
	of, ok := policy.ParseARN(arn)
	if !ok {
		of = c.arn
	}
	if of.Resource != "" {
		c.keys = append(c.keys, callerKey{userName, userOf(of)})
	}
	if ok {
		c.keys = append(c.keys, callerKey{principalARN, arn})
	}
	c.keys = append(c.keys, callerKey{principalAccount, of.Account})
	return c
}

// userOf returns the name of a user, "" for others: a path is no part of it.
func userOf(arn policy.ARN) string {
	path, ok := strings.CutPrefix(arn.Resource, "user/")
	if !ok {
		return ""
	}
	return path[strings.LastIndexByte(path, '/')+1:]
}

// ofAnyName returns the caller with a name that is not known.
func (c caller) ofAnyName() caller {
	c.keys = slices.DeleteFunc(slices.Clone(c.keys), func(k callerKey) bool { return k.name == userName })
	return c
}

// saysWho reports whether a condition key, in lower case, follows from who asks.
func saysWho(key string) bool {
	return key == principalARN || key == principalAccount || key == userName
}

// certainty is whether a principal of a policy is who asks.
type certainty int

const (
	another certainty = iota
	unsure
	certain
)

// is reports whether the principal of a policy is who asks.
func (c *caller) is(p policy.Principal) certainty {
	kind := typeOf(p.Type)
	switch {
	case p.Type == "*" && p.Value == "*":
		return certain
	case kind == "" || kind == "CanonicalUser" && c.Type == "AWS":
		return unsure
	case kind == "AWS" && p.Value == "*" && c.Type != "AWS":
		return unsure
	case kind != c.Type:
		return another
	case kind == "AWS":
		return c.isAWS(p.Value)
	case strings.Contains(p.Value, "*"):
		return unsure
	}
	return sameName(p.Value, c.Value)
}

func (c *caller) isAWS(value string) certainty {
	if value == "*" {
		return certain
	}
	if strings.ContainsAny(value, "*?") {
		if policy.Match(value, c.Value) {
			return unsure
		}
		return another
	}
	if account, ok := accountOf(value); ok {
		return c.isOf(account)
	}
	if noAccount(value) {
		return unsure
	}
	return max(sameName(value, c.Value), sessionOf(value, c.Value), min(sessionOf(c.Value, value), unsure))
}

// isOf reports whether who asks is of an account. One that is written without a
// partition is of the usual one: whether it is of another one too nobody says.
func (c *caller) isOf(account string) certainty {
	partition, id, _ := strings.Cut(account, ":")
	switch {
	case c.arn.Account != id:
		return another
	case partition == "" && c.arn.Partition != c.home:
		return unsure
	case partition == "" || partition == c.arn.Partition:
		return certain
	}
	return another
}

// noAccount reports whether a principal is a number that is no account's. AWS
// refuses a policy with one.
func noAccount(value string) bool {
	return !policy.IsAccountID(value) && strings.Trim(value, "0123456789") == ""
}

func typeOf(written string) string {
	for _, t := range []string{"AWS", "Service", "Federated", "CanonicalUser"} {
		if policy.Fold(t) == policy.Fold(written) {
			return t
		}
	}
	return ""
}

// sessionOf reports whether an ARN is a session of the role.
func sessionOf(role, session string) certainty {
	r, isRole := policy.ParseARN(role)
	s, isSession := policy.ParseARN(session)
	path, ok1 := strings.CutPrefix(r.Resource, "role/")
	name, ok2 := strings.CutPrefix(s.Resource, "assumed-role/")
	if !isRole || !isSession || !ok1 || !ok2 || r.Partition != s.Partition || r.Account != s.Account {
		return another
	}
	name, _, _ = strings.Cut(name, "/")
	return sameName(path[strings.LastIndexByte(path, '/')+1:], name)
}

func sameName(a, b string) certainty {
	switch {
	case a == b:
		return certain
	case strings.EqualFold(a, b):
		return unsure
	}
	return another
}
