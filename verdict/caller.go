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
	keys []callerKey
}

// callerKey is a condition key, in lower case, that follows from who asks; "" is
// absent (IAM User Guide, "AWS global condition context keys").
type callerKey struct{ name, value string }

const (
	principalARN     = "aws:principalarn"
	principalAccount = "aws:principalaccount"
)

// findCallers returns the kinds of principals that the policies of both sides
// tell apart: strangers first, then others of the accounts that are named, then
// those that are named.
func (p *problem) findCallers() ([]caller, error) {
	var named []policy.Principal
	for _, i := range p.bodies {
		named = append(named, p.comparison.bodies[i].principals...)
	}
	accounts, err := p.accounts(named)
	if err != nil {
		return nil, err
	}
	out := make([]caller, 0, len(named)+8)
	add := func(kind, value string) {
		who := policy.Principal{Type: kind, Value: value}
		if !slices.ContainsFunc(out, func(c caller) bool { return c.Principal == who }) {
			out = append(out, p.newCaller(who))
		}
	}
	for _, account := range accounts {
		for _, kind := range []string{"role/", "user/"} {
			list, err := p.unnamed(account, kind, named)
			if err != nil {
				return nil, err
			}
			for _, r := range list {
				add("AWS", r)
			}
		}
	}
	add("Service", "x.amazonaws.com")
	add("Federated", "x.example.com")
	for _, n := range named {
		kind := typeOf(n.Type)
		if _, isAccount := accountOf(n.Value); kind == "" || n.Value == "" || kind == "AWS" && isAccount || strings.ContainsAny(n.Value, "*?") {
			continue
		}
		add(kind, n.Value)
	}
	return out, nil
}

func typeOf(written string) string {
	for _, t := range []string{"AWS", "Service", "Federated", "CanonicalUser"} {
		if policy.Fold(t) == policy.Fold(written) {
			return t
		}
	}
	return ""
}

// unnamed returns the roles or the users of an account that conditions on
// aws:PrincipalArn tell apart, none of them named as a principal. Others that have
// credentials cannot assume a role (AWS STS API Reference, "AssumeRole").
func (p *problem) unnamed(account, kind string, named []policy.Principal) ([]string, error) {
	partition, id, _ := strings.Cut(account, ":")
	base := "arn:" + partition + ":iam::" + id + ":" + kind
	free := base + "x"
	for slices.ContainsFunc(named, func(n policy.Principal) bool { return n.Value == free }) {
		free += "x"
	}
	return p.space.Kinds(principalARN, base+"?*", []string{free}, &p.budget)
}

func (p *problem) newCaller(who policy.Principal) caller {
	c := caller{Principal: who}
	if who.Type != "AWS" {
		c.keys = []callerKey{{principalARN, ""}, {principalAccount, ""}}
		return c
	}
	var ok bool
	if c.arn, ok = policy.ParseARN(who.Value); !ok {
		return c
	}
	c.keys = []callerKey{{principalAccount, c.arn.Account}}
	if c.arn.Service == "iam" {
		c.keys = append(c.keys, callerKey{principalARN, who.Value})
	}
	return c
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
		partition, id, _ := strings.Cut(account, ":")
		if c.arn.Account == id && (partition == "" || partition == c.arn.Partition) {
			return certain
		}
		return another
	}
	return max(sameName(value, c.Value), sessionOf(value, c.Value), min(sessionOf(c.Value, value), unsure))
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
