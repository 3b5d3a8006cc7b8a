package inventory

import "fmt"

// NoRoles returns the gap of an account without any role, and false if it has
// one, or has others that are not asked about. Every account has roles: AWS makes service-linked ones by itself (IAM
// User Guide, "Service-linked roles"), so the source did not carry them, and two
// accounts of which nothing was compared are not in sync.
func (a *Account) NoRoles() (Gap, bool) {
	return Gap{
		Kind: GapRead, Entity: EntityAccount, Blind: true,
		Reason: "the source has no role at all, and every account has some: nothing was compared; take it again, with its roles (no --filter but Role)",
	}, len(a.Roles) == 0 && !a.Chosen
}

// RoleGaps returns those of the account's gaps that may concern a role, and how
// many concern none: those of users and groups, and of managed policies that no
// role refers to. If it is not known which policies a role has, every one counts.
func (a *Account) RoleGaps() (gaps []Gap, others int) {
	var of map[string]bool
	for _, g := range a.Gaps {
		switch g.Entity {
		case EntityUser, EntityGroup:
			others++
			continue
		case EntityPolicy:
			if of == nil {
				of = a.policiesOfRoles()
			}
			if g.Name != "" && !of[g.Name] && !of[anyPolicy] {
				others++
				continue
			}
		}
		gaps = append(gaps, g)
	}
	return gaps, others
}

// OtherGaps returns the note on gaps that concern no role, "" for none.
func OtherGaps(n int) string {
	switch n {
	case 0:
		return ""
	case 1:
		return "1 gap concerns a user, a group or a policy that no role has: nothing that is compared"
	}
	return fmt.Sprintf("%d gaps concern users, groups or policies that no role has: nothing that is compared", n)
}

// anyPolicy is a key for every policy. No ARN is that.
const anyPolicy = "*"

// policiesOfRoles returns the ARNs of all policies that a role has attached or as
// its boundary, and anyPolicy if those of a role could not be read.
func (a *Account) policiesOfRoles() map[string]bool {
	of := map[string]bool{}
	for i := range a.Roles {
		r := &a.Roles[i]
		for _, p := range r.Attached {
			of[p.ARN] = true
		}
		if r.Boundary != nil {
			of[r.Boundary.ARN] = true
		}
	}
	for _, g := range a.Gaps {
		if !g.Blind || g.Entity != EntityRole && g.Entity != EntityAccount {
			continue
		}
		if g.Part == "" || g.Part == PartManaged || g.Part == PartBoundary {
			of[anyPolicy] = true
		}
	}
	return of
}
