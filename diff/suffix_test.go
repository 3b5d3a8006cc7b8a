package diff_test

import (
	"strings"
	"testing"

	"iamctl/diff"
	"iamctl/inventory"
)

func TestPairingWithoutAWSSuffixes(t *testing.T) {
	const sso = "/aws-reserved/sso.amazonaws.com/eu-west-1/"
	role := func(path, name string) inventory.Role {
		return inventory.Role{Name: name, Path: path, Trust: `{"Statement":[{"Effect":"Allow","Principal":"*","Action":"sts:AssumeRole"}]}`}
	}
	for _, tt := range []struct {
		reason string
		a, b   []inventory.Role
		// want is the pair's reason, "" if nothing is to pair; note must be
		// among the notes.
		want, note string
	}{
		{
			"Identity Center",
			[]inventory.Role{role(sso, "AWSReservedSSO_Admin_0123456789abcdef")},
			[]inventory.Role{role(sso, "AWSReservedSSO_Admin_fedcba9876543210")},
			"Identity Center", "",
		},
		{
			"another permission set",
			[]inventory.Role{role(sso, "AWSReservedSSO_Admin_0123456789abcdef")},
			[]inventory.Role{role(sso, "AWSReservedSSO_Audit_fedcba9876543210")},
			"", "",
		},
		{
			"a name like Identity Center's on a path of one's own",
			[]inventory.Role{role("/", "AWSReservedSSO_Admin_0123456789abcdef")},
			[]inventory.Role{role("/", "AWSReservedSSO_Admin_fedcba9876543210")},
			"", "",
		},
		{
			"sixteen digits are a number, a time for one",
			[]inventory.Role{role(sso, "AWSReservedSSO_Admin_2026010100000000")},
			[]inventory.Role{role(sso, "AWSReservedSSO_Admin_2026123123595999")},
			"", "",
		},
		{
			"sixteen letters are a word",
			[]inventory.Role{role(sso, "AWSReservedSSO_Admin_deadfeedfacadeed")},
			[]inventory.Role{role(sso, "AWSReservedSSO_Admin_fadedbeefcafedad")},
			"", "",
		},
		{
			"one letter among the digits is enough",
			[]inventory.Role{role(sso, "AWSReservedSSO_Admin_a123456789012345")},
			[]inventory.Role{role(sso, "AWSReservedSSO_Admin_098765432109876f")},
			"Identity Center", "",
		},
		{
			"one digit among the letters is enough",
			[]inventory.Role{role(sso, "AWSReservedSSO_Admin_deadfeedfacade0d")},
			[]inventory.Role{role(sso, "AWSReservedSSO_Admin_fadedbeef1afedad")},
			"Identity Center", "",
		},
		{
			"a name that is nothing but the suffix",
			[]inventory.Role{role("/", "-1AB2DEF3HIJKL")},
			[]inventory.Role{role("/", "-ZYX9WU7SRQPO")},
			"", "",
		},
		{
			"digits are no suffix of CloudFormation's",
			[]inventory.Role{role("/", "app-Role-123456789012")},
			[]inventory.Role{role("/", "app-Role-210987654321")},
			"", "",
		},
		{
			"CloudFormation",
			[]inventory.Role{role("/", "app-Role-1AB2DEF3HIJKL")},
			[]inventory.Role{role("/", "app-Role-ZYX9WU7SRQPO")},
			"CloudFormation", "",
		},
		{
			"the CDK, with another hash",
			[]inventory.Role{role("/", "app-Role1A2B3C4D-1AB2DEF3HIJKL")},
			[]inventory.Role{role("/", "app-RoleFFFF0000-ZYX9WU7SRQPO")},
			"CDK", "",
		},
		{
			"lower case is no suffix",
			[]inventory.Role{role("/", "app-Role-1abcdefghijkl")},
			[]inventory.Role{role("/", "app-Role-zyxwvutsrqpo")},
			"", "",
		},
		{
			"words in capitals are no suffix",
			[]inventory.Role{role("/", "team-INTEGRATIONS")},
			[]inventory.Role{role("/", "team-SUBSCRIPTION")},
			"", "",
		},
		{
			"a word and a number are no suffix",
			[]inventory.Role{role("/", "tenant-CUSTOMER0001")},
			[]inventory.Role{role("/", "tenant-CUSTOMER0002")},
			"", "",
		},
		{
			"nor are words in humps",
			[]inventory.Role{role("/", "app-BackupRole12")},
			[]inventory.Role{role("/", "app-DeployRole34")},
			"", "",
		},
		{
			"CloudFormation, of either case",
			[]inventory.Role{role("/", "MyStack-FuncServiceRole675BB04A-8fXpQ9zr1GYd")},
			[]inventory.Role{role("/", "MyStack-FuncServiceRole675BB04A-Lk2JiHg7FeDc")},
			"CloudFormation", "were paired by the name without",
		},
		{
			"CloudFormation, turning twice",
			[]inventory.Role{role("/", "app-Role-AAAAAA9ZZZZZZ")},
			[]inventory.Role{role("/", "app-Role-CCCCCC0DDDDDD")},
			"CloudFormation", "",
		},
		{
			"CloudFormation, of either case, turning five times",
			[]inventory.Role{role("/", "app-Role-z1a2z3333333")},
			[]inventory.Role{role("/", "app-Role-b9c8d7777777")},
			"CloudFormation", "",
		},
		{
			"the CDK, turning three times",
			[]inventory.Role{role("/", "app-RoleAAAAAAA0-AAAAAA9ZZZZZZ")},
			[]inventory.Role{role("/", "app-RoleBBBBBBB1-CCCCCC8DDDDDD")},
			"CDK", "",
		},
		{
			"the CDK, turning twice, as its own part does not",
			[]inventory.Role{role("/", "app-RoleAAAAAAAA-AAAAAA9ZZZZZZ")},
			[]inventory.Role{role("/", "app-RoleBBBBBBBB-CCCCCC8DDDDDD")},
			"", "",
		},
		{
			"the CDK, of either case, turning six times",
			[]inventory.Role{role("/", "app-RoleAAAAAAA0-z1a2z3333333")},
			[]inventory.Role{role("/", "app-RoleBBBBBBB1-b9c8d7777777")},
			"CDK", "",
		},
		{
			"the CDK, of either case, turning five times",
			[]inventory.Role{role("/", "app-RoleAAAAAAAA-z1a2z3333333")},
			[]inventory.Role{role("/", "app-RoleBBBBBBBB-b9c8d7777777")},
			"", "",
		},
		{
			"two candidates are not guessed",
			[]inventory.Role{role("/", "app-Role-1AB2DEF3HIJKL"), role("/", "app-Role-2AB3DEF4HIJKL")},
			[]inventory.Role{role("/", "app-Role-ZYX9WU7SRQPO")},
			"", "several roles have the same name: app-Role-1AB2DEF3HIJKL, app-Role-2AB3DEF4HIJKL, app-Role-ZYX9WU7SRQPO",
		},
		{
			"the same name goes first",
			[]inventory.Role{role("/", "app-Role-1AB2DEF3HIJKL")},
			[]inventory.Role{role("/", "app-Role-1AB2DEF3HIJKL"), role("/", "app-Role-2AB3DEF4HIJKL")},
			"", "",
		},
	} {
		t.Run(tt.reason, func(t *testing.T) {
			a := normalized(t, "x", &inventory.Account{Roles: tt.a})
			b := normalized(t, "y", &inventory.Account{Roles: tt.b})
			for _, c := range []*diff.Changes{diff.Compare(a, b, diff.Options{}), diff.Compare(b, a, diff.Options{})} {
				got := ""
				for _, p := range c.Common {
					got += p.Reason
					if p.Differs() {
						t.Errorf("differs: %+v", p)
					}
				}
				if tt.want == "" && got != "" || !strings.Contains(got, tt.want) {
					t.Errorf("pairs %q, want %q", got, tt.want)
				}
			}
			notes := strings.Join(diff.Compare(a, b, diff.Options{}).Notes, "\n")
			if !strings.Contains(notes, tt.note) {
				t.Errorf("notes %q, want %q", notes, tt.note)
			}
		})
	}
}

func TestPoliciesPairWithoutCloudFormationsSuffix(t *testing.T) {
	const document = `{"Statement":[{"Effect":"Allow","Action":"s3:*","Resource":"*"}]}`
	account := func(path string, names ...string) *inventory.Account {
		a := &inventory.Account{}
		r := inventory.Role{Name: "r", Path: "/", Trust: document}
		for _, name := range names {
			arn := "arn:aws:iam::1:policy" + path + name
			r.Attached = append(r.Attached, inventory.PolicyRef{Name: name, ARN: arn})
			a.Policies = append(a.Policies, inventory.Policy{Name: name, ARN: arn, Document: document})
		}
		a.Roles = []inventory.Role{r}
		a.Sort()
		return a
	}
	for _, tt := range []struct {
		reason         string
		a, b           *inventory.Account
		items, changes int
	}{
		{"one each", account("/", "app-Policy-1AB2DEF3HIJKL"), account("/", "app-Policy-ZYX9WU7SRQPO"), 0, 0},
		{"another path is a difference", account("/", "app-Policy-1AB2DEF3HIJKL"), account("/x/", "app-Policy-ZYX9WU7SRQPO"), 0, 2},
		{"another name", account("/", "app-Policy-1AB2DEF3HIJKL"), account("/", "app-Other-ZYX9WU7SRQPO"), 2, 2},
		{"two candidates", account("/", "p-1AB2DEF3HIJKL", "p-2AB3DEF4HIJKL"), account("/", "p-3AB4DEF5HIJKL"), 3, 3},
	} {
		t.Run(tt.reason, func(t *testing.T) {
			a, b := normalized(t, "x", tt.a), normalized(t, "y", tt.b)
			for _, c := range []*diff.Changes{diff.Compare(a, b, diff.Options{}), diff.Compare(b, a, diff.Options{})} {
				p := c.Common[0]
				if n := len(p.OnlyA) + len(p.OnlyB); n != tt.items || len(p.Attributes) != tt.changes {
					t.Errorf("%d items and %d attributes differ, want %d and %d", n, len(p.Attributes), tt.items, tt.changes)
				}
			}
		})
	}
}
