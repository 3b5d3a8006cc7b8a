package severity

import (
	"slices"
	"sort"
	"strings"
	"sync"

	"iamctl/policy"
	"iamctl/policy/eval"
	"iamctl/verdict"
	"iamctl/verdict/escalation"
)

// Role is a role of an account.
type Role struct {
	ARN   string
	Trust *policy.Document
}

// Account is what is known of the account that a role is in. A nil one is not known: any
// role may be there. It is safe for concurrent use.
type Account struct {
	id    string
	roles func() []Role
	once  sync.Once
	// trusting are the ARNs of the roles that trust a service, sorted; "" has all.
	trusting map[string][]string
}

// NewAccount returns the account with an id, "" if it is not known. roles returns all of
// its roles, with ARNs and documents in the names of the permissions that are judged; it
// is called when they are first needed. Without it any role may be there.
func NewAccount(id string, roles func() []Role) *Account { return &Account{id: id, roles: roles} }

// own returns the account's id, "" if it is not known.
func (a *Account) own() string {
	if a == nil {
		return ""
	}
	return a.id
}

// candidates returns the ARNs of the roles that trust a service, sorted; "" is any. The
// partition is the account's.
func (a *Account) candidates(service, partition string) []string {
	a.once.Do(func() {
		a.trusting = map[string][]string{}
		for _, r := range a.roles() {
			for _, service := range append(trusted(r.Trust, partition), "") {
				a.trusting[service] = append(a.trusting[service], r.ARN)
			}
		}
		for _, list := range a.trusting {
			slices.Sort(list)
		}
	})
	return a.trusting[service]
}

// trusted returns the services of escalations that a trust policy in a partition lets in, if
// its conditions are met.
func trusted(d *policy.Document, partition string) []string {
	if d == nil {
		return nil
	}
	d = edited(d, unconditioned(nil))
	var out []string
	for _, service := range escalation.Services() {
		if slices.ContainsFunc(policy.ServiceNames(service, partition), func(name string) bool { return trusts(d, name) }) {
			out = append(out, service)
		}
	}
	return out
}

// trusts reports whether a trust policy lets in what is called as a service.
func trusts(d *policy.Document, service string) bool {
	r := eval.Request{Principal: policy.Principal{Type: "Service", Value: service}, Action: assumeRole}
	if escalation.Federated(service) {
		r.Principal.Type, r.Action = "Federated", assumeRole+"WithWebIdentity"
	}
	return names(d, service) && !refuses(eval.Trust(d, &r))
}

// names reports whether a trust policy names the service, or everybody. It saves asking.
func names(d *policy.Document, service string) bool {
	return slices.ContainsFunc(d.Statements, func(s policy.Statement) bool {
		return s.NotPrincipal != nil || slices.ContainsFunc(s.Principal, func(p policy.Principal) bool {
			return strings.Contains(p.Value, "*") || strings.EqualFold(p.Value, service)
		})
	})
}

// maxRoles is how many roles are asked for before it is taken that one can be passed.
const maxRoles = 256

// passable reports whether permissions may pass on a role that trusts the service, in
// some context. The partition is the account's.
func (a *Account) passable(p *verdict.Permissions, service, partition string) bool {
	if a == nil || a.roles == nil {
		return true
	}
	list, tries := a.candidates(service, partition), 0
	p = with(narrowed(p, []string{passRole}), unconditioned(nil))
	for _, prefix := range prefixes(p.Identity) {
		from := sort.SearchStrings(list, prefix)
		for _, arn := range list[from:] {
			if !strings.HasPrefix(arn, prefix) {
				break
			}
			if tries++; tries > maxRoles {
				return true
			}
			if !refuses(p.Decide(&eval.Request{Action: passRole, Resource: arn})) {
				return true
			}
		}
	}
	return false
}

// prefixes returns with what the resources begin that documents allow something on, up
// to the first wildcard or variable.
func prefixes(list []*policy.Document) []string {
	var out []string
	for _, d := range list {
		if d == nil {
			continue
		}
		for _, s := range d.Statements {
			if s.Effect == "Deny" {
				continue
			}
			if s.NotResource != nil {
				out = append(out, "")
			}
			for _, r := range s.Resource {
				if i := strings.IndexAny(r, "*?$"); i >= 0 {
					r = r[:i]
				}
				out = append(out, r)
			}
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}
