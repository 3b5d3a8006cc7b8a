package diff

import (
	"slices"
	"strings"

	"iamctl/inventory"
	"iamctl/normalize"
)

// Exclusion is a rule that leaves roles out of the comparison. All rules are by
// paths that AWS keeps for itself: nobody can make a role there.
type Exclusion string

const (
	// ServiceLinked leaves out the roles of services, which AWS makes and changes
	// (IAM User Guide, "Create a service-linked role").
	ServiceLinked Exclusion = "service-linked"
	// IdentityCenter leaves out the roles that IAM Identity Center makes of its
	// permission sets (IAM Identity Center User Guide, "Referencing permission
	// sets in resource policies").
	IdentityCenter Exclusion = "identity-center"
)

// Exclusions returns all rules in their order.
func Exclusions() []Exclusion { return []Exclusion{ServiceLinked, IdentityCenter} }

// Excludes reports whether the rule leaves out a role.
func (x Exclusion) Excludes(r *inventory.Role) bool {
	switch x {
	case ServiceLinked:
		return r.ServiceLinked()
	case IdentityCenter:
		return strings.HasPrefix(r.Path, "/aws-reserved/sso.amazonaws.com/")
	}
	return false
}

// Excluded is what a rule left out.
type Excluded struct {
	Rule Exclusion
	// Roles are the names of the roles of A and B before rewriting, sorted.
	Roles [2][]string
}

// exclude returns two accounts without the roles that rules leave out and without
// the gaps in those, and which roles they are: an entry for each rule, also where
// it left out none.
func exclude(accounts [2]*normalize.Account, rules []Exclusion) (kept [2]*normalize.Account, out []Excluded) {
	for _, x := range Exclusions() {
		if slices.Contains(rules, x) {
			out = append(out, Excluded{Rule: x})
		}
	}
	for side, a := range accounts {
		if kept[side] = a; len(out) == 0 {
			continue
		}
		account, flat := *a, *a.Flat
		gone := map[string]bool{}
		account.Roles = slices.DeleteFunc(slices.Clone(a.Roles), func(r normalize.Role) bool {
			i := slices.IndexFunc(out, func(x Excluded) bool { return x.Rule.Excludes(r.Raw.Role) })
			if i >= 0 {
				out[i].Roles[side] = append(out[i].Roles[side], r.Raw.Name)
				gone[r.Raw.Name] = true
			}
			return i >= 0
		})
		flat.Gaps = slices.DeleteFunc(slices.Clone(a.Flat.Gaps), func(g inventory.Gap) bool {
			return g.Entity == inventory.EntityRole && gone[g.Name]
		})
		account.Flat = &flat
		kept[side] = &account
		for i := range out {
			slices.Sort(out[i].Roles[side])
		}
	}
	return kept, out
}

// nothingLeft returns a gap where rules leave out every role of both accounts:
// nothing compared is not in sync.
func (c *comparer) nothingLeft() []inventory.Gap {
	n := 0
	for _, x := range c.changes.Excluded {
		n += len(x.Roles[0]) + len(x.Roles[1])
	}
	if n == 0 || len(c.changes.A.Roles)+len(c.changes.B.Roles) > 0 {
		return nil
	}
	return []inventory.Gap{{
		Account: c.changes.A.Tag, Kind: inventory.GapRead, Entity: inventory.EntityAccount,
		Reason: "no role was compared: every role of both accounts is excluded",
	}}
}
