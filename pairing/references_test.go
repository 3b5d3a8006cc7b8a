package pairing_test

import (
	"fmt"
	"strings"
	"testing"

	"iamctl/diff"
	"iamctl/inventory"
)

// withText returns an account that has, besides a role called app-Role-SUFFIX, users and
// the role "subject", with text in its trust or its inline policy. ID and SUFFIX in a
// text are the account's, UNIQUE is the unique id of the role with the suffix.
func withText(digit, suffix, principal, resource, condition string) *inventory.Account {
	a := roles(digit, "/", "app-Role-"+suffix, "subject")
	unique := "AROA" + strings.ToUpper(suffix) + "XAMPLE" + digit
	a.Roles[0].ID = unique
	a.Users = []inventory.User{{Name: "joe", ID: "AIDAJOE" + strings.Repeat(digit, 14), ARN: "arn:aws:iam::" + a.ID + ":user/joe", Path: "/"}}
	fill := strings.NewReplacer("ID", a.ID, "SUFFIX", suffix, "UNIQUE", unique, "JOE", a.Users[0].ID).Replace
	r := &a.Roles[1]
	r.Trust = inventory.Document(fmt.Sprintf(`{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":[%s]},"Action":"sts:AssumeRole","Condition":%s}]}`,
		fill(principal), fill(condition)))
	r.Inline = []inventory.InlinePolicy{{Name: "p", Document: inventory.Document(fmt.Sprintf(
		`{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"iam:PassRole","Resource":[%s],"Condition":%s}]}`, fill(resource), fill(condition)))}}
	return a
}

func TestReferencesToPairedRoles(t *testing.T) {
	const (
		root   = `"arn:aws:iam::ID:root"`
		all    = `"*"`
		always = `{}`
	)
	for _, tt := range []struct {
		reason                         string
		principal, resource, condition string
		// b is what the other account has in place of the first that is not as
		// usual, "" for the same.
		b      string
		differ bool
	}{
		{"its ARN as principal", `"arn:aws:iam::ID:role/app-Role-SUFFIX"`, all, always, "", false},
		{"its session as principal", `"arn:aws:sts::ID:assumed-role/app-Role-SUFFIX/ci"`, all, always, "", false},
		{"its ARN as resource", root, `"arn:aws:iam::ID:role/app-Role-SUFFIX"`, always, "", false},
		{"its ARN in any account", root, `"arn:aws:iam::*:role/app-Role-SUFFIX"`, always, "", false},
		{"its ARN in a condition", root, all, `{"ArnEquals":{"aws:PrincipalArn":"arn:aws:iam::ID:role/app-Role-SUFFIX"}}`, "", false},
		{"its ARN in a list of a condition", root, all, `{"StringNotEquals":{"aws:PrincipalArn":["arn:aws:iam::ID:role/app-Role-SUFFIX","arn:aws:iam::ID:role/x"]}}`, "", false},
		{"its name in a condition", root, all, `{"StringEquals":{"aws:PrincipalTag/role":"app-Role-SUFFIX"}}`, "", false},
		{"its unique id as principal", `"UNIQUE"`, all, always, "", false},
		{"its unique id and its ARN as principals", `"UNIQUE"`, all, always, `"arn:aws:iam::ID:role/app-Role-SUFFIX"`, false},
		{"its unique id in a condition", root, all, `{"StringLike":{"aws:userid":["UNIQUE:*","x"]}}`, "", false},
		{"the id of one session", root, all, `{"StringEquals":{"aws:userid":"UNIQUE:ci"}}`, "", false},
		{"the id of a user", root, all, `{"StringEquals":{"aws:userid":"JOE"}}`, "", false},
		{"the id of another session", root, all, `{"StringEquals":{"aws:userid":"UNIQUE:ci"}}`, `{"StringEquals":{"aws:userid":"UNIQUE:cd"}}`, true},
		{"the id of nobody", root, all, `{"StringLike":{"aws:userid":"AROANOBODY1234567890A:*"}}`, `{"StringLike":{"aws:userid":"AROANOBODY1234567890B:*"}}`, true},
		{"another's id", root, all, `{"StringLike":{"aws:userid":"UNIQUE:*"}}`, `{"StringLike":{"aws:userid":"JOE:*"}}`, true},
		{"its id is not its ARN, which a condition compares as a text", root, all, `{"StringEquals":{"aws:PrincipalArn":"UNIQUE"}}`, `{"StringEquals":{"aws:PrincipalArn":"arn:aws:iam::ID:role/app-Role-SUFFIX"}}`, true},
		{"nor with a session", root, all, `{"StringLike":{"aws:userid":"JOE:*"}}`, `{"StringLike":{"aws:userid":"arn:aws:iam::ID:user/joe:*"}}`, true},
		{"a user's id is not the user's ARN", root, all, `{"StringEquals":{"aws:userid":"JOE"}}`, `{"StringEquals":{"aws:userid":"arn:aws:iam::ID:user/joe"}}`, true},
		{"an id under a key that holds ARNs matches nothing on either side", root, all, `{"StringEquals":{"aws:PrincipalArn":"UNIQUE"}}`, "", false},
		{"what its id is rewritten to", root, all, `{"StringEquals":{"aws:userid":"JOE"}}`, `{"StringEquals":{"aws:userid":"<id of>arn:aws:iam::ID:user/joe"}}`, true},
		{"nobody's id as principal", `"UNIQUE"`, all, always, `"AROANOBODY1234567890A"`, true},
		{"another role", `"arn:aws:iam::ID:role/app-Role-SUFFIX"`, all, always, `"arn:aws:iam::ID:role/app-Task-SUFFIX"`, true},
		{"a role of its name in another account", `"arn:aws:iam::ID:role/app-Role-SUFFIX"`, all, always, `"arn:aws:iam::333333333333:role/app-Role-SUFFIX"`, true},
		{"on another path", `"arn:aws:iam::ID:role/app-Role-SUFFIX"`, all, always, `"arn:aws:iam::ID:role/x/app-Role-SUFFIX"`, true},
		{"a wildcard after its name", root, `"arn:aws:iam::ID:role/app-Role-SUFFIX"`, always, `"arn:aws:iam::ID:role/app-Role-SUFFIX*"`, true},
		{"a wildcard for its suffix", root, `"arn:aws:iam::ID:role/app-Role-SUFFIX"`, always, `"arn:aws:iam::ID:role/app-Role-*"`, true},
		{"no role's ARN", root, `"arn:aws:s3:::app-Role-SUFFIX"`, always, "", true},
		{"a policy of its name", root, `"arn:aws:iam::ID:policy/app-Role-SUFFIX"`, always, "", true},
		{"what its name is rewritten to", root, `"arn:aws:iam::ID:role/app-Role-SUFFIX"`, always, `"arn:aws:iam::ID:role/app-Role-<random>"`, true},
	} {
		t.Run(tt.reason, func(t *testing.T) {
			x := withText("1", "1AB2DEF3HIJKL", tt.principal, tt.resource, tt.condition)
			p, r, c := tt.principal, tt.resource, tt.condition
			switch {
			case tt.b == "":
			case p != root:
				p = tt.b
			case r != all:
				r = tt.b
			default:
				c = tt.b
			}
			y := withText("2", "Lk2JiHg7FeDc", p, r, c)
			for _, got := range []*diff.Changes{compared(t, `{}`, x, y), compared(t, `{}`, y, x)} {
				if len(got.Common) != 2 || got.Drift() != tt.differ {
					t.Errorf("%d pairs, drift %t, want %t: %+v", len(got.Common), got.Drift(), tt.differ, got.Common)
				}
				for i := range got.Common {
					if n := len(got.Common[i].Masked); n > 0 {
						t.Errorf("%d masked", n)
					}
				}
			}
		})
	}
}

// TestPoliciesPair: as wholes, in their ARNs, and role by role.
func TestPoliciesPair(t *testing.T) {
	const document = `{"Statement":[{"Effect":"Allow","Action":"s3:*","Resource":"*"}]}`
	account := func(digit, path string, names ...string) *inventory.Account {
		a := roles(digit, "/", "r")
		for _, name := range names {
			arn := "arn:aws:iam::" + a.ID + ":policy" + path + name
			a.Roles[0].Attached = append(a.Roles[0].Attached, inventory.PolicyRef{Name: name, ARN: arn})
			a.Policies = append(a.Policies, inventory.Policy{Name: name, ARN: arn, Document: document})
		}
		return a
	}
	inline := func(digit, name string) *inventory.Account {
		a := roles(digit, "/", "r")
		a.Roles[0].Inline = []inventory.InlinePolicy{{Name: name, Document: document}}
		return a
	}
	bounded := func(digit, name string) *inventory.Account {
		a := account(digit, "/", name)
		a.Roles[0].Boundary, a.Roles[0].Attached = &a.Roles[0].Attached[0], nil
		return a
	}
	// Two functions, each with a policy of its own.
	functions := func(digit string, ids ...string) *inventory.Account {
		a := roles(digit, "/service-role/", "one-role-"+ids[0], "two-role-"+ids[1])
		for i := range a.Roles {
			name := "AWSLambdaBasicExecutionRole-" + ids[i+2]
			arn := "arn:aws:iam::" + a.ID + ":policy/service-role/" + name
			a.Roles[i].Attached = []inventory.PolicyRef{{Name: name, ARN: arn}}
			a.Policies = append(a.Policies, inventory.Policy{Name: name, ARN: arn, Document: document})
		}
		return a
	}
	for _, tt := range []struct {
		reason         string
		a, b           *inventory.Account
		items, changes int
	}{
		{"one each", account("1", "/", "app-Policy-1AB2DEF3HIJKL"), account("2", "/", "app-Policy-ZYX9WU7SRQPO"), 0, 0},
		{"another path is a difference", account("1", "/", "app-Policy-1AB2DEF3HIJKL"), account("2", "/x/", "app-Policy-ZYX9WU7SRQPO"), 0, 1},
		{"another name", account("1", "/", "app-Policy-1AB2DEF3HIJKL"), account("2", "/", "app-Other-ZYX9WU7SRQPO"), 2, 2},
		{"two candidates", account("1", "/", "a-p-1AB2DEF3HIJKL", "a-p-2AB3DEF4HIJKL"), account("2", "/", "a-p-3AB4DEF5HIJKL"), 3, 3},
		{"inline", inline("1", "app-Policy-1AB2DEF3HIJKL"), inline("2", "app-Policy-ZYX9WU7SRQPO"), 0, 0},
		{"a boundary", bounded("1", "app-Edge-1AB2DEF3HIJKL"), bounded("2", "app-Edge-ZYX9WU7SRQPO"), 0, 0},
		{
			"one of a stem for each role",
			functions("1", "q7x2k9zp", "m3n8v1wd", "8a1f3c5e-7b2d-4f60-9c1e-0a2b4c6d8e0f", "19c3e5a7-2f4b-4d8e-a1c3-5e7092b4d6f8"),
			functions("2", "0wz8pj4t", "h5c9x2rf", "c4d8e0f2-6a1b-4c3d-8e5f-7a9b1c3d5e7f", "2b4d6f80-1a3c-4e5f-9b7d-3c5e7a9b1d3f"), 0, 0,
		},
	} {
		t.Run(tt.reason, func(t *testing.T) {
			for _, c := range []*diff.Changes{compared(t, `{}`, tt.a, tt.b), compared(t, `{}`, tt.b, tt.a)} {
				items, changes := 0, 0
				for _, p := range c.Common {
					items += len(p.OnlyA) + len(p.OnlyB)
					changes += len(p.Attributes)
				}
				if items != tt.items || changes != tt.changes || len(c.OnlyA)+len(c.OnlyB) > 0 {
					t.Errorf("%d items and %d attributes differ, want %d and %d; %d and %d roles are alone", items, changes, tt.items, tt.changes, len(c.OnlyA), len(c.OnlyB))
				}
			}
		})
	}
}

// TestIdentityCentersProvider: the SAML provider that Identity Center's roles trust is
// one, whoever else trusts it.
func TestIdentityCentersProvider(t *testing.T) {
	account := func(digit, hex string, trusts ...string) *inventory.Account {
		a := roles(digit, sso, "AWSReservedSSO_Admin_"+hex)
		a.Roles = append(a.Roles, roles(digit, "/", "own").Roles...)
		for i := range a.Roles {
			trusted := hex
			if len(trusts) > 0 && i == 1 {
				trusted = trusts[0]
			}
			a.Roles[i].Trust = inventory.Document(`{"Statement":[{"Effect":"Allow","Principal":{"Federated":"arn:aws:iam::` + a.ID + `:saml-provider/AWSSSO_` + trusted + `_DO_NOT_DELETE"},"Action":"sts:AssumeRoleWithSAML"}]}`)
		}
		return a
	}
	x := account("1", "0123456789abcdef")
	if c := compared(t, `{}`, x, account("2", "fedcba9876543210")); c.Drift() || len(c.Common) != 2 {
		t.Errorf("differs: %+v %+v", c.Common, c.OnlyA)
	}
	c := compared(t, `{}`, x, account("2", "fedcba9876543210", "00112233445566ab"))
	if len(c.Common) != 2 || !c.Drift() {
		t.Errorf("a role that trusts a provider that is gone is equal to one that does not: %+v", c.Common)
	}
}

// TestRecreatedRoles: a role that was made anew is noted in a comparison of one account
// with itself alone.
func TestRecreatedRoles(t *testing.T) {
	account := func(digit, id string) *inventory.Account {
		a := roles(digit, "/", "app")
		a.Roles[0].ID = id
		return a
	}
	for _, tt := range []struct {
		reason string
		a, b   *inventory.Account
		noted  bool
	}{
		{"another id", account("1", "AROA1234567890ABCDEFG"), account("1", "AROA1234567890ABCDEFH"), true},
		{"the same id", account("1", "AROA1234567890ABCDEFG"), account("1", "AROA1234567890ABCDEFG"), false},
		{"an id that is not known", account("1", "AROA1234567890ABCDEFG"), account("1", ""), false},
		{"two accounts", account("1", "AROA1234567890ABCDEFG"), account("2", "AROA1234567890ABCDEFH"), false},
	} {
		c := compared(t, `{}`, tt.a, tt.b)
		if got := strings.Contains(strings.Join(c.Notes, "\n"), "role app was recreated: another RoleId"); got != tt.noted || c.Drift() {
			t.Errorf("%s: noted %t, want %t; drift %t", tt.reason, got, tt.noted, c.Drift())
		}
	}
}

// TestInstanceProfilesPair: an instance profile's name has a suffix of its own.
func TestInstanceProfilesPair(t *testing.T) {
	account := func(digit, role, profile string) *inventory.Account {
		a := roles(digit, "/", role)
		arn := "arn:aws:iam::" + a.ID + ":instance-profile/" + profile
		a.Roles[0].InstanceProfiles = []inventory.InstanceProfile{{Name: profile, ARN: arn, Path: "/"}}
		return a
	}
	for _, tt := range []struct {
		reason, a, b string
		differ       bool
	}{
		{"CloudFormation", "web-Profile-x0TB4mWq9LsE", "web-Profile-1AB2DEF3HIJKL", false},
		{"another", "web-Profile-x0TB4mWq9LsE", "web-Other-1AB2DEF3HIJKL", true},
		{"EKS", "eks-8ac1f3e5-7b2d-4f60-9c1e-0a2b4c6d8e0f", "eks-19c3e5a7-2f4b-4d8e-a1c3-5e7092b4d6f8", false},
		{"a UUID of somebody's", "app-8ac1f3e5-7b2d-4f60-9c1e-0a2b4c6d8e0f", "app-19c3e5a7-2f4b-4d8e-a1c3-5e7092b4d6f8", true},
	} {
		c := compared(t, `{}`, account("1", "web-Role-Nx6jvr7SIftR", tt.a), account("2", "web-Role-utlZfOjUStEk", tt.b))
		if len(c.Common) != 1 || c.Drift() != tt.differ {
			t.Errorf("%s: drift %t, want %t", tt.reason, c.Drift(), tt.differ)
		}
	}
}

// TestDictionaryGoesFirst: names that an entry makes one need nothing else, and what
// both accounts share is left alone.
func TestDictionaryGoesFirst(t *testing.T) {
	x, y := roles("1", "/", "web-Role-Nx6jvr7SIftR"), roles("2", "/", "web-Role-utlZfOjUStEk")
	c := compared(t, `{"version": 2, "equivalencies": [{"placeholder": "S1", "values": {"x": "Nx6jvr7SIftR", "y": "utlZfOjUStEk"}}]}`, x, y)
	if len(c.Common) != 1 || c.Common[0].Reason != "" || c.Common[0].Name != "web-Role-S1" || c.Drift() {
		t.Errorf("%+v", c.Common)
	}
	c = compared(t, `{"version": 2, "equivalencies": [], "shared": ["web-Role-Nx6jvr7SIftR"]}`, x, y)
	if len(c.Common) != 0 || len(c.OnlyA) != 1 {
		t.Errorf("a shared name pairs with another: %+v", c.Common)
	}
}
