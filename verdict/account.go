package verdict

import (
	"slices"
	"strings"

	"iamctl/policy"
)

// accounts returns an account that nothing names, those that principals name, and
// one of each kind that conditions tell apart, with the partition. The first of
// them, others, are those that no principal names.
func (p *problem) accounts(named []policy.Principal) (list []string, others int, err error) {
	var out []string
	for _, n := range named {
		account, ok := accountOf(n.Value)
		if arn, isARN := policy.ParseARN(n.Value); !ok && isARN && policy.IsAccountID(arn.Account) {
			account, ok = arn.Partition+":"+arn.Account, true
		}
		if ok && typeOf(n.Type) == "AWS" {
			out = append(out, account)
		}
	}
	slices.Sort(out)
	stranger := p.stranger(out)
	partitions, patterns := p.accountPatterns()
	for _, a := range out {
		patterns = append(patterns, a[strings.IndexByte(a, ':')+1:])
	}
	kinds, err := p.space.Accounts(principalAccount, patterns, []string{stranger}, &p.budget)
	if err != nil {
		return nil, 0, err
	}
	unnamed := []string{":" + stranger}
	for _, id := range kinds {
		if id != stranger && !slices.ContainsFunc(out, func(a string) bool { return strings.HasSuffix(a, ":"+id) }) {
			unnamed = append(unnamed, ":"+id)
		}
	}
	unnamed = within(partitions, unnamed)
	return append(unnamed, within(partitions, out)...), len(unnamed), nil
}

// within returns the accounts, each in every partition if theirs is not named, or in
// the first, usual one if they are named with another, in the order in which they
// first come.
func within(partitions, accounts []string) []string {
	var out []string
	add := func(a string) {
		if !slices.Contains(out, a) {
			out = append(out, a)
		}
	}
	for _, a := range accounts {
		switch {
		case a[0] != ':':
			add(a)
		case !slices.ContainsFunc(accounts, func(b string) bool { return b != a && strings.HasSuffix(b, a) }):
			for _, p := range partitions {
				add(p + a)
			}
		default:
			add(partitions[0] + a)
		}
	}
	return out
}

// accountPatterns returns the partitions that conditions on aws:PrincipalArn name,
// beside the usual one, and what may be patterns of accounts in them.
func (p *problem) accountPatterns() (partitions, patterns []string) {
	partitions = []string{p.partition}
	for _, i := range p.bodies {
		for _, c := range p.comparison.bodies[i].conditions {
			if c.Key != principalARN {
				continue
			}
			for _, v := range c.Values {
				parts := strings.Split(v, ":")
				if len(parts) > 1 && parts[0] == "arn" && !strings.ContainsAny(parts[1], "*?$") && !slices.Contains(partitions, parts[1]) {
					partitions = append(partitions, parts[1])
				}
				for _, part := range parts {
					if part != "" && strings.Trim(part, "0123456789*?") == "" {
						patterns = append(patterns, part)
					}
				}
			}
		}
	}
	slices.Sort(patterns)
	return partitions, slices.Compact(patterns)
}

// accountOf returns PARTITION:ID for a principal that stands for an account, the
// partition being "" if it is not named.
func accountOf(value string) (string, bool) {
	if policy.IsAccountID(value) {
		return ":" + value, true
	}
	arn, ok := policy.ParseARN(value)
	return arn.Partition + ":" + arn.Account, ok && arn.Service == "iam" && arn.Resource == "root"
}

// stranger returns the id of an account that no principal names.
func (p *problem) stranger(accounts []string) string {
	for _, id := range []string{p.account, "999999999999", "888888888888", "777777777777", "666666666666"} {
		if !slices.ContainsFunc(accounts, func(a string) bool { return strings.HasSuffix(a, ":"+id) }) {
			return id
		}
	}
	return "000000000000"
}
