package severity

import (
	"slices"
	"strings"

	"iamctl/policy"
	"iamctl/verdict"
)

// caller is a kind of principals: an account's that nothing names, one that is named, a
// service or the users of an identity provider.
type caller struct {
	policy.Principal
	// account is that of an AWS principal.
	account string
	// strange says that it is an account that nothing names.
	strange bool
}

func (w caller) String() string {
	switch {
	case w.strange:
		return "anyone in AWS"
	case w.Type == "AWS":
		return "account " + w.account
	}
	return "service " + w.Value
}

// part returns the part of a trust policy that is about the callers.
func (w caller) part(d *policy.Document) *policy.Document {
	return edited(d, func(s *policy.Statement) bool {
		if s.Effect != "Allow" || len(s.Principal) == 0 {
			return true
		}
		var out []policy.Principal
		for _, p := range s.Principal {
			switch {
			case w.Type == "AWS" && accountOf(p) == w.account && wholeAccount(p) && wholeAccount(w.Principal):
				out = append(out, p)
			case w.isOne(p):
				out = append(out, w.Principal)
			}
		}
		s.Principal = out
		return len(out) > 0
	})
}

// isOne reports whether the callers are all among the principals of a policy.
func (w caller) isOne(p policy.Principal) bool {
	switch {
	case p.Type == "*", p.Type == w.Type && (p.Value == "*" || p.Value == w.Value):
		return true
	}
	return w.Type == "AWS" && accountOf(p) == w.account && wholeAccount(p)
}

// wholeAccount reports whether a principal is an account.
func wholeAccount(p policy.Principal) bool {
	arn, ok := policy.ParseARN(p.Value)
	return !ok || arn.Service == "iam" && arn.Resource == "root"
}

// stranger returns the caller that is an account which nothing names.
func (t *trust) stranger() caller {
	known := append(accounts(t.old), accounts(t.new)...)
	for _, digit := range "9876543210" {
		if id := strings.Repeat(string(digit), 12); !slices.Contains(known, id) {
			return t.accountCaller(id, true)
		}
	}
	return t.accountCaller("123123123123", true)
}

func (t *trust) accountCaller(id string, strange bool) caller {
	return caller{policy.Principal{Type: "AWS", Value: "arn:" + t.c.Partition() + ":iam::" + id + ":root"}, id, strange}
}

// accounts returns the accounts that the policies and a witness name, each with its
// principals: the unnamed ones first.
func (t *trust) accounts(w *verdict.Witness) [][]caller {
	named := append(accounts(t.old), accounts(t.new)...)
	if a := accountOf(w.Request.Principal); a != "" {
		named = append(named, a)
	}
	slices.Sort(named)
	principals := values("AWS", t.old, t.new)
	var out [][]caller
	for _, account := range slices.Compact(named) {
		list := []caller{t.accountCaller(account, false)}
		for _, value := range principals {
			if p := (policy.Principal{Type: "AWS", Value: value}); accountOf(p) == account && !wholeAccount(p) {
				list = append(list, caller{p, account, false})
			}
		}
		out = append(out, list)
	}
	return out
}

// others returns the services and providers that the policies name.
func (t *trust) others() []caller {
	var out []caller
	for _, kind := range []string{"Service", "Federated"} {
		for _, name := range values(kind, t.old, t.new) {
			out = append(out, caller{Principal: policy.Principal{Type: kind, Value: name}})
		}
	}
	return out
}
