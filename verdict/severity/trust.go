package severity

import (
	"slices"
	"strings"

	"iamctl/policy"
	"iamctl/policy/eval"
	"iamctl/verdict"
)

// Trust judges the result of comparing whom two trust policies let in. Nil documents let
// nobody in.
func Trust(c *verdict.Comparer, old, new *policy.Document, r *verdict.Result) Judgement {
	switch {
	case r.Verdict == verdict.Equal:
		return Judgement{Level: None, Kind: "no change in trust"}
	case r.Verdict == verdict.Unknown && r.Gained.Actions == 0:
		return Judgement{Level: High, Kind: "not decided"}
	case r.Verdict == verdict.Unknown:
		return undecided(widened(c, old, new))
	case r.Gained.Actions == 0:
		return Judgement{Level: Low, Kind: "trust narrowed"}
	}
	return widened(c, old, new)
}

// widened judges a new trust policy that lets somebody in whom the old one does not.
func widened(c *verdict.Comparer, old, new *policy.Document) Judgement {
	switch {
	case letsIn(new, stranger) && !letsIn(old, stranger):
		return Judgement{Level: Critical, Kind: "trust opened to everyone in AWS"}
	}
	if account := newcomer(c, old, new); account != "" {
		return Judgement{Level: Critical, Kind: "trust opened to the account " + account}
	}
	if old != nil && gainsNothing(c, edited(old, unconditioned(nil)), new) {
		return Judgement{Level: High, Kind: "trust widened: a condition no longer guards"}
	}
	return Judgement{Level: High, Kind: "trust widened"}
}

// stranger is a principal of an account that nobody has.
var stranger = &eval.Request{Action: "sts:AssumeRole", Principal: policy.Principal{Type: "AWS", Value: "arn:aws:iam::000000000000:role/stranger"}}

func letsIn(d *policy.Document, r *eval.Request) bool {
	return d != nil && eval.Trust(d, r).Outcome == eval.Allowed
}

func gainsNothing(c *verdict.Comparer, old, new *policy.Document) bool {
	v := c.Trust(old, new).Verdict
	return v == verdict.Equal || v == verdict.Less
}

// newcomer returns an account that the new trust policy lets in and whose id the old one
// does not name, "" if there is none.
func newcomer(c *verdict.Comparer, old, new *policy.Document) string {
	known := accounts(old)
	for _, account := range accounts(new) {
		if slices.Contains(known, account) {
			continue
		}
		only := edited(new, func(s *policy.Statement) bool {
			if s.Effect == "Allow" {
				s.Principal = slices.DeleteFunc(slices.Clone(s.Principal), func(p policy.Principal) bool { return accountOf(p) != account })
				return len(s.Principal) > 0
			}
			return true
		})
		if !gainsNothing(c, old, only) {
			return account
		}
	}
	return ""
}

// accounts are those that a document's Allow statements name, sorted.
func accounts(d *policy.Document) []string {
	var out []string
	if d == nil {
		return nil
	}
	for _, s := range d.Statements {
		for _, p := range s.Principal {
			if a := accountOf(p); a != "" && s.Effect == "Allow" {
				out = append(out, a)
			}
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// accountOf returns the account of a principal, "" for services, providers and `*`.
func accountOf(p policy.Principal) string {
	if arn, ok := policy.ParseARN(p.Value); ok && p.Type == "AWS" {
		return arn.Account
	}
	if p.Type == "AWS" && len(p.Value) == 12 && strings.Trim(p.Value, "0123456789") == "" {
		return p.Value
	}
	return ""
}
