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
	accounts := p.accounts(named)
	out := make([]caller, 0, len(named)+8)
	add := func(kind, value string) {
		who := policy.Principal{Type: kind, Value: value}
		if !slices.ContainsFunc(out, func(c caller) bool { return c.Principal == who }) {
			out = append(out, p.newCaller(who))
		}
	}
	for _, account := range append([]string{p.stranger(accounts)}, accounts...) {
		roles, err := p.roles(account, named)
		if err != nil {
			return nil, err
		}
		for _, r := range roles {
			add("AWS", r)
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

// accounts returns the accounts that principals and conditions name, with the
// partition if they name it, sorted.
func (p *problem) accounts(named []policy.Principal) []string {
	var out []string
	for _, n := range named {
		account, ok := accountOf(n.Value)
		if arn, isARN := policy.ParseARN(n.Value); !ok && isARN && isAccount(arn.Account) {
			account, ok = arn.Partition+":"+arn.Account, true
		}
		if ok && typeOf(n.Type) == "AWS" {
			out = append(out, account)
		}
	}
	if kinds, err := p.space.Kinds(principalAccount, "????????????", nil, &p.budget); err == nil {
		for _, k := range kinds {
			if isAccount(k) {
				out = append(out, ":"+k)
			}
		}
	}
	for i, a := range out {
		if a[0] == ':' {
			out[i] = p.partition + a
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// accountOf returns PARTITION:ID for a principal that stands for an account, the
// partition being "" if it is not named.
func accountOf(value string) (string, bool) {
	if isAccount(value) {
		return ":" + value, true
	}
	arn, ok := policy.ParseARN(value)
	return arn.Partition + ":" + arn.Account, ok && arn.Service == "iam" && arn.Resource == "root"
}

func isAccount(s string) bool { return len(s) == 12 && strings.Trim(s, "0123456789") == "" }

// stranger returns an account that nothing names.
func (p *problem) stranger(accounts []string) string {
	for _, id := range []string{p.account, "999999999999", "888888888888", "777777777777", "666666666666"} {
		if !slices.ContainsFunc(accounts, func(a string) bool { return strings.HasSuffix(a, ":"+id) }) {
			return p.partition + ":" + id
		}
	}
	return p.partition + ":000000000000"
}

// roles returns the roles of an account that conditions on aws:PrincipalArn tell
// apart, none of them named as a principal.
func (p *problem) roles(account string, named []policy.Principal) ([]string, error) {
	partition, id, _ := strings.Cut(account, ":")
	base := "arn:" + partition + ":iam::" + id + ":role/"
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
