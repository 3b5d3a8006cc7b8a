package pairing

import (
	"maps"
	"slices"
	"strings"

	"iamctl/equivalency"
	"iamctl/inventory"
	"iamctl/pairing/randomname"
	"iamctl/policy"
)

// newKnown returns what an account says of its unique ids.
func newKnown(a *inventory.Account) *equivalency.Known {
	k := &equivalency.Known{
		Account: a.ID, Names: map[equivalency.EntityKind]map[string][]equivalency.Span{}, Attached: map[string]map[string][]equivalency.Span{},
		IDs: map[string]string{}, Reasons: map[string]string{},
	}
	ambiguous := map[string]bool{}
	add := func(id, arn string) {
		if !isUniqueID(id) || arn == "" {
			return
		}
		if have, ok := k.IDs[id]; ok && have != arn {
			ambiguous[id] = true
		}
		k.IDs[id] = arn
	}
	for i := range a.Roles {
		add(a.Roles[i].ID, a.Roles[i].ARN)
	}
	for i := range a.Users {
		add(a.Users[i].ID, a.Users[i].ARN)
	}
	for i := range a.Groups {
		add(a.Groups[i].ID, a.Groups[i].ARN)
	}
	for i := range a.Policies {
		add(a.Policies[i].ID, a.Policies[i].ARN)
	}
	maps.DeleteFunc(k.IDs, func(id, _ string) bool { return ambiguous[id] })
	return k
}

// isUniqueID reports whether a text looks like the unique id of a role, user, group or
// policy (IAM User Guide, "IAM identifiers").
func isUniqueID(id string) bool {
	return len(id) >= 16 && len(id) <= 128 && slices.Contains([]string{"AROA", "AIDA", "AGPA", "ANPA"}, id[:4]) &&
		!strings.ContainsFunc(id, func(r rune) bool { return (r < '0' || r > '9') && (r < 'A' || r > 'Z') && (r < 'a' || r > 'z') })
}

// named is the name and path of an entity.
type named struct{ name, path string }

// policies returns the account's own managed policies, each once.
func policies(a *inventory.Account) []named {
	s := nameSet{account: a.ID, kind: equivalency.ManagedPolicy}
	for i := range a.Policies {
		s.add(a.Policies[i].ARN)
	}
	for i := range a.Roles {
		r := &a.Roles[i]
		for _, p := range r.Attached {
			s.add(p.ARN)
		}
		if r.Boundary != nil {
			s.add(r.Boundary.ARN)
		}
	}
	return s.names
}

// instanceProfiles returns the instance profiles of the account's roles, each once.
func instanceProfiles(a *inventory.Account) []named {
	s := nameSet{account: a.ID, kind: equivalency.InstanceProfile}
	for i := range a.Roles {
		for _, p := range a.Roles[i].InstanceProfiles {
			s.add(p.ARN)
		}
	}
	return s.names
}

// samlProviders returns the SAML providers that the account's roles trust: those that
// Identity Center's own roles do, if there are any, because others may trust one that
// is gone.
func samlProviders(a *inventory.Account) []named {
	own := nameSet{account: a.ID, kind: equivalency.SAMLProvider}
	all := own
	for i := range a.Roles {
		r := &a.Roles[i]
		if !strings.Contains(string(r.Trust), "AWSSSO_") {
			continue
		}
		doc, _, err := policy.Parse(string(r.Trust))
		if err != nil {
			continue // a gap
		}
		for _, s := range doc.Statements {
			for _, p := range s.Principal {
				all.add(p.Value)
				if strings.HasPrefix(r.Path, randomname.IdentityCenterPath) {
					own.add(p.Value)
				}
			}
		}
	}
	if len(own.names) > 0 {
		return own.names
	}
	return all.names
}

// nameSet gathers the names in ARNs of entities of a kind of an account, each once.
type nameSet struct {
	account string
	kind    equivalency.EntityKind
	seen    map[string]bool
	names   []named
}

func (s *nameSet) add(text string) {
	if s.seen[text] {
		return
	}
	if s.seen == nil {
		s.seen = map[string]bool{}
	}
	s.seen[text] = true
	arn, ok := policy.ParseARN(text)
	if !ok || arn.Service != "iam" || arn.Account != s.account {
		return
	}
	rest, ok := strings.CutPrefix(arn.Resource, string(s.kind))
	if at := strings.LastIndexByte(rest, '/'); ok && at >= 0 {
		s.names = append(s.names, named{rest[at+1:], rest[:at+1]})
	}
}
