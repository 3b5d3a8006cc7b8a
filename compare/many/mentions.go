package many

import (
	"context"
	"maps"
	"slices"

	"iamctl/inventory"
	"iamctl/policy"
)

// named returns the roles that name an account that is not as the reference, by that account
// and the one that stands for the reference.
func (m *run) named(ctx context.Context, roles map[int][]string) (map[two][]string, error) {
	out := map[two][]string{}
	for _, rep := range slices.Sorted(maps.Keys(roles)) {
		a, err := m.load(ctx, m.members[rep])
		if err != nil {
			return nil, err
		}
		h := &held{}
		if _, err := h.name(m, 0, m.members[rep], a, roles[rep]); err != nil {
			return nil, err
		}
		policies := documentsOf(a)
		for i := range a.Roles {
			key, ok := h.keyOf[0][a.Roles[i].Name]
			if !ok {
				continue
			}
			for account := range m.owned.mentioned(rep, &a.Roles[i], policies) {
				if m.forms[key][account] != m.forms[key][rep] {
					of := two{reference: rep, other: account, own: [2]bool{1: true}}
					out[of] = append(out[of], key)
				}
			}
		}
	}
	return out, nil
}

// documentsOf returns the documents of an account's managed policies, by ARN.
func documentsOf(a *inventory.Account) map[string]string {
	out := map[string]string{}
	for i := range a.Policies {
		out[a.Policies[i].ARN] = string(a.Policies[i].Document)
	}
	return out
}

// mentioned returns the accounts of whose names a role has one anywhere, or what looks like
// one.
func (n *nameIndex) mentioned(account int, r *inventory.Role, policies map[string]string) map[int]bool {
	out := map[int]bool{}
	look := func(text string) {
		for from := 0; from < len(text); from = wordEnd(text, from) {
			for _, o := range n.words[policy.Fold(text[from:wordEnd(text, from)])] {
				if end := from + len(o.text); end <= len(text) && policy.Fold(text[from:end]) == policy.Fold(o.text) && !slices.Contains(o.accounts, account) {
					for _, i := range o.accounts {
						out[i] = true
					}
				}
			}
		}
	}
	for text := range textsOf(r) {
		look(text)
	}
	refs := r.Attached
	if r.Boundary != nil {
		refs = append(slices.Clone(refs), *r.Boundary)
	}
	for _, p := range refs {
		look(p.ARN)
		look(policies[p.ARN])
	}
	return out
}
