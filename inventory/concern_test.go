package inventory_test

import (
	"testing"

	"iamctl/inventory"
)

// TestRoleGaps: a gap counts if it may concern a role, however the policy is
// embedded or attached.
func TestRoleGaps(t *testing.T) {
	const arn = "arn:aws:iam::aws:policy/AdministratorAccess"
	ref := []inventory.PolicyRef{{Name: "AdministratorAccess", ARN: arn}}
	ofRole := func(r inventory.Role) *inventory.Account { return &inventory.Account{Roles: []inventory.Role{r}} }
	plain := ofRole(inventory.Role{Name: "r"})
	policy := inventory.Gap{Entity: inventory.EntityPolicy, Name: arn, Blind: true}
	for _, tt := range []struct {
		account *inventory.Account
		gaps    []inventory.Gap
		others  int
		reason  string
	}{
		{plain, []inventory.Gap{{Entity: inventory.EntityAccount}}, 0, "of the account"},
		{plain, []inventory.Gap{{Entity: inventory.EntityRole, Name: "r", Part: inventory.PartInline, Blind: true}}, 0, "of a role"},
		{plain, []inventory.Gap{{Entity: inventory.EntityUser, Name: "r", Part: inventory.PartInline, Blind: true}}, 1, "of a user's inline policy"},
		{plain, []inventory.Gap{{Entity: inventory.EntityGroup, Blind: true}}, 1, "of all groups"},
		{plain, []inventory.Gap{policy}, 1, "of a policy that no role has: a user's, or nobody's"},
		{ofRole(inventory.Role{Attached: ref}), []inventory.Gap{policy}, 0, "of a policy that a role has"},
		{ofRole(inventory.Role{Boundary: &ref[0]}), []inventory.Gap{policy}, 0, "of a policy that is a role's boundary"},
		{plain, []inventory.Gap{{Entity: inventory.EntityPolicy}}, 0, "of policies that are not named"},
		{plain, []inventory.Gap{{Entity: inventory.EntityRole, Part: inventory.PartManaged, Blind: true}, policy}, 0, "of a policy, when it is not known which policies roles have"},
		{plain, []inventory.Gap{{Entity: inventory.EntityRole, Part: inventory.PartTag, Blind: true}, policy}, 1, "of a policy, when roles' tags are not known"},
	} {
		tt.account.Gaps = tt.gaps
		got, others := tt.account.RoleGaps()
		if len(got) != len(tt.gaps)-tt.others || others != tt.others {
			t.Errorf("%s: %v and %d others", tt.reason, got, others)
		}
	}
}

func TestNoRoles(t *testing.T) {
	a := &inventory.Account{Users: []inventory.User{{Name: "u"}}}
	if g, none := a.NoRoles(); !none || !g.Blind || g.Entity != inventory.EntityAccount {
		t.Errorf("%+v, %v", g, none)
	}
	a.Roles = make([]inventory.Role, 1)
	if _, none := a.NoRoles(); none {
		t.Error("an account with a role")
	}
}
