package severity

import (
	"slices"
	"strings"

	"iamctl/policy"
)

// values returns the principals of a type that Allow statements name, sorted.
func values(kind string, list ...*policy.Document) []string {
	var out []string
	eachAllow(func(s *policy.Statement) {
		for _, p := range s.Principal {
			if p.Type == kind && p.Value != "*" {
				out = append(out, p.Value)
			}
		}
	}, list...)
	slices.Sort(out)
	return slices.Compact(out)
}

func eachAllow(f func(*policy.Statement), list ...*policy.Document) {
	eachStatement(func(s *policy.Statement) {
		if s.Effect == "Allow" {
			f(s)
		}
	}, list...)
}

func eachStatement(f func(*policy.Statement), list ...*policy.Document) {
	for _, d := range list {
		if d == nil {
			continue
		}
		for i := range d.Statements {
			f(&d.Statements[i])
		}
	}
}

// accounts are those that a document's Allow statements name, as principals or in
// conditions on them.
func accounts(d *policy.Document) []string {
	var out []string
	add := func(p policy.Principal) {
		if a := accountOf(p); a != "" && !strings.ContainsAny(a, "*?") {
			out = append(out, a)
		}
	}
	eachAllow(func(s *policy.Statement) {
		for _, p := range s.Principal {
			add(p)
		}
		for _, c := range s.Condition {
			if key := policy.Fold(c.Key); key != principalARN && key != principalAccount {
				continue
			}
			for _, v := range c.Values {
				add(policy.Principal{Type: "AWS", Value: v})
			}
		}
	}, d)
	return out
}

// The condition keys that follow from who asks.
const (
	principalARN     = "aws:principalarn"
	principalAccount = "aws:principalaccount"
)

// accountOf returns the account of a principal: an id, or what a dictionary has in its
// place. It is "" for services, providers, `*` and the ids of deleted principals.
func accountOf(p policy.Principal) string {
	if p.Type != "AWS" {
		return ""
	}
	if arn, ok := policy.ParseARN(p.Value); ok {
		return arn.Account
	}
	deleted := len(p.Value) > 15 && p.Value[0] == 'A' && strings.Trim(p.Value, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789") == ""
	if deleted || strings.ContainsAny(p.Value, ":*?") {
		return ""
	}
	return p.Value
}
