package compare_test

import (
	"fmt"
	"strings"
	"testing"

	"iamctl/inventory"
)

// permissionSet is an account with a role of Identity Center's, whose home is in a
// region, and a role that names it in its trust, a resource and a condition.
func permissionSet(id, home, hex, named string) *inventory.Account {
	arn := func(home, name string) string {
		return "arn:aws:iam::" + id + ":role/aws-reserved/sso.amazonaws.com/" + home + "/" + name
	}
	name := "AWSReservedSSO_Admin_" + hex
	return &inventory.Account{ID: id, Partition: "aws", Roles: []inventory.Role{
		{
			Name: name, Path: "/aws-reserved/sso.amazonaws.com/" + home + "/", ARN: arn(home, name),
			Trust: allow(`"Principal":{"Federated":"arn:aws:iam::` + id + `:saml-provider/AWSSSO_` + hex + `_DO_NOT_DELETE"},"Action":"sts:AssumeRoleWithSAML"`),
		},
		{
			Name: "app", Path: "/", ARN: "arn:aws:iam::" + id + ":role/app",
			Trust: allow(fmt.Sprintf(`"Principal":{"AWS":%q},"Action":"sts:AssumeRole"`, arn(named, name))),
			Inline: []inventory.InlinePolicy{{Name: "x", Document: allow(fmt.Sprintf(
				`"Action":"iam:PassRole","Resource":[%q,%q],"Condition":{"ArnLike":{"aws:PrincipalArn":%q}}`,
				arn(named, name), arn(named, "AWSReservedSSO_*"), arn(named, name)))}},
		},
	}}
}

// TestIdentityCenterHomes: accounts of two organisations have their permission sets'
// roles below two regions, and an entry for these may say so.
func TestIdentityCenterHomes(t *testing.T) {
	for _, tt := range []struct {
		reason     string
		dictionary string
		named      [2]string
		// roles are those that differ.
		roles string
	}{
		{"an entry for the regions", `{"REGION": ["eu-west-1", "us-east-2"], "accountname": ["dev", "qa"]}`, [2]string{"eu-west-1", "us-east-2"}, ""},
		{"of each account", `{"version": 2, "equivalencies": [{"placeholder": "HOME", "values": {"dev": "eu-west-1", "qa": "us-east-2"}}]}`, [2]string{"eu-west-1", "us-east-2"}, ""},
		{"of the other account each", `{"version": 2, "equivalencies": [{"placeholder": "HOME", "values": {"qa": "eu-west-1", "dev": "us-east-2"}}]}`, [2]string{"eu-west-1", "us-east-2"}, "app AWSReservedSSO_Admin_<random>"},
		{"a role in dev's region named in both", `{"version": 2, "equivalencies": [{"placeholder": "HOME", "values": {"dev": "eu-west-1", "qa": "us-east-2"}}]}`, [2]string{"eu-west-1", "eu-west-1"}, "app"},
		{"no entry", `{}`, [2]string{"eu-west-1", "us-east-2"}, "app AWSReservedSSO_Admin_<random>"},
		{"entries for parts of them", `{"A": ["eu", "us"], "B": ["west", "east"], "C": ["1", "2"]}`, [2]string{"eu-west-1", "us-east-2"}, "app AWSReservedSSO_Admin_<random>"},
		{"entries for what is AWS's around them", `{"A": ["sso", "x"], "B": ["reserved", "y"], "C": ["eu-west-1", "us-east-2"]}`, [2]string{"eu-west-1", "us-east-2"}, ""},
	} {
		t.Run(tt.reason, func(t *testing.T) {
			dev := permissionSet(devID, "eu-west-1", "0123456789abcdef", tt.named[0])
			qa := permissionSet(qaID, "us-east-2", "fedcba9876543210", tt.named[1])
			c := compareStories(t, tt.dictionary, dev, qa)
			if got := strings.Join(roleNames(c), " "); got != tt.roles || c.Incomplete {
				t.Errorf("%q differ, want %q\n%s", got, tt.roles, strings.Join(found(c), "\n"))
			}
			if len(c.UniqueRoles.A)+len(c.UniqueRoles.B) > 0 {
				t.Errorf("roles that do not pair: %+v", c.UniqueRoles)
			}
			for _, e := range c.Entries {
				if tt.roles == "" && (e.Placeholder == "REGION" || e.Placeholder == "HOME") && (e.Items < 3 || e.Attributes < 1) {
					t.Errorf("the entry counts for too little: %+v", e)
				}
			}
		})
	}
}
