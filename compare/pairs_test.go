package compare_test

import (
	"strings"
	"testing"

	"iamctl/compare"
	"iamctl/inventory"
)

// TestPairsAndKnownIDs: what two accounts, or one at two times, have for one entity is
// equal, and nothing else is.
func TestPairsAndKnownIDs(t *testing.T) {
	const (
		saml = `"Principal":{"Federated":"arn:aws:iam::ID:saml-provider/AWSSSO_HEX_DO_NOT_DELETE"},"Action":"sts:AssumeRoleWithSAML"`
		when = `"Principal":{"AWS":"arn:aws:iam::ID:root"},"Action":"sts:AssumeRole","Condition":`
		role = `"Principal":{"AWS":"arn:aws:iam::ID:role/cdk-hnb659fds-deploy-role-ID-REGION"},"Action":"sts:AssumeRole"`
	)
	hex := func(s, digits string) string { return strings.ReplaceAll(s, "HEX", digits) }
	for _, tt := range []struct {
		reason string
		a, b   string // trust; ID is the account's id, UNIQUE its role's
		one    bool   // both are one account
		drift  bool
	}{
		{"an account may trust two SAML providers of Identity Center's", hex(saml, "0123456789abcdef"), hex(saml, "fedcba9876543210"), true, true},
		{"each of two accounts has its own", hex(saml, "0123456789abcdef"), hex(saml, "fedcba9876543210"), false, false},
		{"an account has a CDK bootstrap in each region", strings.ReplaceAll(role, "REGION", "eu-west-1"), strings.ReplaceAll(role, "REGION", "us-east-1"), true, true},
		{"an id is equal to the id of the same role", when + `{"StringLike":{"aws:userid":"UNIQUE:*"}}`, when + `{"StringLike":{"aws:userid":"UNIQUE:*"}}`, false, false},
		{"no principal's ARN is an id", when + `{"StringEquals":{"aws:PrincipalArn":"UNIQUE"}}`, when + `{"StringEquals":{"aws:PrincipalArn":"arn:aws:iam::ID:role/app1"}}`, false, true},
		{"no user id is an ARN", when + `{"StringLike":{"aws:userid":"UNIQUE:*"}}`, when + `{"StringLike":{"aws:userid":"arn:aws:iam::ID:role/app1:*"}}`, false, true},
		{"as a principal the id is the ARN", `"Principal":{"AWS":"UNIQUE"},"Action":"sts:AssumeRole"`, `"Principal":{"AWS":"arn:aws:iam::ID:role/app1"},"Action":"sts:AssumeRole"`, false, false},
	} {
		t.Run(tt.reason, func(t *testing.T) {
			side := func(tag, id, unique, trust string) compare.Side {
				a := &inventory.Account{ID: id, Partition: "aws"}
				names := []string{"app1", "trusting"}
				for _, region := range []string{"eu-west-1", "us-east-1"} {
					if strings.Contains(trust, region) {
						names = append(names, "cdk-hnb659fds-deploy-role-"+id+"-"+region)
					}
				}
				for _, name := range names {
					a.Roles = append(a.Roles, inventory.Role{
						Name: name, Path: "/", ARN: "arn:aws:iam::" + id + ":role/" + name,
						Trust: allow(`"Principal":{"Service":"ec2.amazonaws.com"},"Action":"sts:AssumeRole"`),
					})
				}
				a.Roles[0].ID = unique
				a.Roles[1].Trust = allow(strings.NewReplacer("UNIQUE", unique, "ID", id).Replace(trust))
				return sideIn(t, tag, a)
			}
			qa, unique := qaID, "AROAQA01234567890ABC"
			if tt.one {
				qa, unique = devID, "AROADEV1234567890ABC"
			}
			out := run(t, [2]compare.Side{side("dev", devID, "AROADEV1234567890ABC", tt.a), side("qa", qa, unique, tt.b)}, options(t))
			if out.Result.Drift != tt.drift {
				t.Errorf("drift %t, want %t:\n%s", out.Result.Drift, tt.drift, strings.Join(found(out.Result), "\n"))
			}
		})
	}
}
