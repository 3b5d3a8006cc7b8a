package verdict

import (
	"slices"
	"strings"

	"iamctl/policy"
)

// findCallers returns the kinds of principals that the policies of both sides
// tell apart: strangers first, then others of the accounts that are named, then
// those that are named.
func (p *problem) findCallers() ([]caller, error) {
	named := p.namedPrincipals()
	accounts, others, err := p.accounts(named)
	if err != nil {
		return nil, err
	}
	out, strangers := make([]caller, 0, len(named)+8), 0
	for i, account := range accounts {
		for _, kind := range []string{"role/", "user/"} {
			list, err := p.unnamed(account, kind, named)
			if err != nil {
				return nil, err
			}
			out = append(out, list...)
		}
		if i < others {
			strangers = len(out)
		}
	}
	out = append(out, newCaller(policy.Principal{Type: "Service", Value: "x.amazonaws.com"}, ""), newCaller(policy.Principal{Type: "Federated", Value: "x.example.com"}, ""))
	for _, n := range named {
		n.Type = typeOf(n.Type)
		_, isAccount := accountOf(n.Value)
		if n.Type == "" || n.Value == "" || n.Type == "AWS" && (isAccount || noAccount(n.Value)) || strings.ContainsAny(n.Value, "*?") ||
			slices.ContainsFunc(out, func(c caller) bool { return c.Principal == n }) {
			continue
		}
		list, err := p.namedCallers(n, named, out[:strangers])
		if err != nil {
			return nil, err
		}
		out = append(out, list...)
	}
	for i := range out {
		out[i].home = p.partition
	}
	return out, nil
}

// namedPrincipals returns the principals of all statements of both sides: who is
// somebody else does not depend on what is compared.
func (p *problem) namedPrincipals() []policy.Principal {
	var named []policy.Principal
	q, _ := p.question.(trustQuestion)
	for _, a := range q.sides {
		d := a.Trust
		if d == nil {
			continue
		}
		for i := range d.Statements {
			for _, n := range d.Statements[i].Principal {
				if !slices.Contains(named, n) {
					named = append(named, n)
				}
			}
		}
	}
	slices.SortFunc(named, func(a, b policy.Principal) int { return strings.Compare(principalName(a), principalName(b)) })
	return named
}

// namedCallers returns a principal that is named with each aws:PrincipalArn that it
// may have: a session has its role's. One without an ARN was deleted, and is taken
// for somebody whom nothing else names.
func (p *problem) namedCallers(n policy.Principal, named []policy.Principal, strangers []caller) ([]caller, error) {
	arn, isARN := policy.ParseARN(n.Value)
	var arns []string
	switch name, isSession := strings.CutPrefix(arn.Resource, "assumed-role/"); {
	case n.Type != "AWS" || isARN && arn.Service == "iam":
		arns = []string{n.Value}
	case !isARN:
		for _, s := range strangers {
			arns = append(arns, s.Value)
		}
	case !isSession:
		arns = []string{""}
	default:
		for _, r := range named {
			if sessionOf(r.Value, n.Value) == certain && !slices.Contains(arns, r.Value) {
				arns = append(arns, r.Value)
			}
		}
		if len(arns) > 0 {
			break
		}
		name, _, _ = strings.Cut(name, "/")
		base := "arn:" + arn.Partition + ":iam::" + arn.Account + ":role/"
		for _, pattern := range []string{base + name, base + "?*/" + name} {
			list, err := p.space.Kinds(principalARN, pattern, nil, &p.budget)
			if err != nil {
				return nil, err
			}
			arns = append(arns, list...)
		}
	}
	out := make([]caller, len(arns))
	for i, a := range arns {
		out[i] = newCaller(n, a)
	}
	return out, nil
}

// unnamed returns the roles or the users of an account that conditions on
// aws:PrincipalArn and aws:username tell apart, none of them named as a principal. Others
// that have credentials cannot assume a role (AWS STS API Reference, "AssumeRole").
func (p *problem) unnamed(account, kind string, named []policy.Principal) ([]caller, error) {
	partition, id, _ := strings.Cut(account, ":")
	base := "arn:" + partition + ":iam::" + id + ":" + kind
	free := base + "x"
	for slices.ContainsFunc(named, func(n policy.Principal) bool { return n.Value == free }) {
		free += "x"
	}
	name := ""
	if kind == "user/" {
		name = userName
	}
	list, all, err := p.space.Named(principalARN, name, base, []string{free}, &p.budget)
	var out []caller
	for _, arn := range list {
		out = append(out, newCaller(policy.Principal{Type: "AWS", Value: arn}, arn))
	}
	for i := range len(out) {
		if !all {
			out = append(out, out[i].ofAnyName())
		}
	}
	return out, err
}
