package assume

import (
	"fmt"
	"testing"

	"iamctl/audit/account"
	"iamctl/audit/rule"
	"iamctl/inventory"
	"iamctl/verdict"
)

// The door of a trust policy is the same whether a principal that it does not name is
// asked about itself or as one that stands for many.
func TestDoorsOfStrangers(t *testing.T) {
	const id = "111111111111"
	arn := func(resource string) string { return "arn:aws:iam::" + id + ":" + resource }
	var roles []inventory.Role
	for i, statement := range []string{
		`"Effect": "Allow", "Principal": {"AWS": "` + arn("root") + `"}`,
		`"Effect": "Allow", "Principal": {"AWS": "` + id + `"}, "Condition": {"Bool": {"aws:MultiFactorAuthPresent": "true"}}`,
		`"Effect": "Allow", "Principal": "*"`,
		`"Effect": "Allow", "Principal": {"AWS": ["` + arn("user/ann") + `", "` + arn("role/ci") + `"]}`,
		`"Effect": "Allow", "Principal": {"AWS": "arn:aws:sts::` + id + `:assumed-role/ci/session"}`,
		`"Effect": "Allow", "Principal": {"AWS": "` + arn("root") + `"}, "Condition": {"ArnLike": {"aws:PrincipalArn": "` + arn("role/c*") + `"}}`,
		`"Effect": "Allow", "Principal": {"AWS": "` + arn("root") + `"}, "Condition": {"StringNotEquals": {"aws:PrincipalType": "User"}}`,
		`"Effect": "Allow", "Principal": {"AWS": "` + arn("root") + `"}, "Condition": {"StringEquals": {"aws:PrincipalAccount": "222222222222"}}`,
		`"Effect": "Allow", "Principal": {"Service": "ec2.amazonaws.com"}`,
		`"Effect": "Allow", "NotPrincipal": {"AWS": "` + arn("user/ann") + `"}`,
		`"Effect": "Allow", "Principal": {"AWS": "` + arn("root") + `"}}, {"Effect": "Deny", "Action": "sts:AssumeRole", "Principal": {"AWS": "` + arn("user/ann") + `"}`,
		`"Effect": "Deny", "Principal": {"AWS": "` + arn("root") + `"}`,
	} {
		name := fmt.Sprintf("r%02d", i)
		roles = append(roles, inventory.Role{Name: name, ARN: arn("role/" + name), Trust: inventory.Document(`{"Version": "2012-10-17", "Statement": [{"Action": "sts:AssumeRole", ` + statement + `}]}`)})
	}
	a := account.New(&inventory.Account{ID: id, Partition: "aws", Roles: roles}, "")
	in := &rule.Input{Account: a, Comparer: verdict.NewComparer(verdict.Options{})}
	open := 0
	for _, r := range a.Holders {
		for _, h := range []*account.Holder{
			{Kind: inventory.EntityUser, Name: "ann", ARN: arn("user/ann")},
			{Kind: inventory.EntityUser, Name: "bob", ARN: arn("user/bob")},
			{Kind: inventory.EntityRole, Name: "ci", ARN: arn("role/ci")},
			{Kind: inventory.EntityRole, Name: "other", ARN: arn("role/other")},
		} {
			g := Of(in).gate(r.Trust.Document, h, h.ARN)
			d := Of(in).Door(h, r)
			if want, named := g.Anybody().Open(), g.Named().Anybody().Open(); d.Open != want || d.Named != (want && named) {
				t.Errorf("%s at %+v: %+v, asked about itself: open %t, named %t", h.Name, r.Trust.Document.Statements, d, want, named)
			}
			if d.Open {
				open++
			}
		}
	}
	if open == 0 || open == 4*len(roles) {
		t.Errorf("%d doors are open", open)
	}
}
