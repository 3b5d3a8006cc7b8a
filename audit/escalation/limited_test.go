package escalation_test

import (
	"testing"

	"iamctl/audit/audittest"
	"iamctl/inventory"
)

// What a holder may give to somebody else whom it becomes counts, also if that is no
// administrator by it.
func TestLimited(t *testing.T) {
	const attach, create = "iam:AttachRolePolicy", "iam:CreateRole"
	only := func(s statement, names ...string) statement {
		var list []string
		for _, n := range names {
			list = append(list, audittest.PolicyARN(n))
		}
		s["Condition"] = map[string]any{"ArnEquals": map[string]any{"iam:PolicyARN": list}}
		return s
	}
	ann := func(list ...statement) *audittest.Builder {
		return audittest.New().Policy("buckets", document(allow("s3:*"))).Policy("people", document(allow("iam:*"))).Policy("tables", document(allow("dynamodb:*"))).
			User("ann", nil, document(list...)).User("bob", nil).Role("/", "weak", trust("")).Role("/", "shut", trust("ec2.amazonaws.com"))
	}
	enter := func() statement { return on(allow("sts:AssumeRole"), arn("role/weak")) }
	managed := func(a *inventory.Account) {
		a.Policies = append(a.Policies, inventory.Policy{Name: "PowerUserAccess", ARN: "arn:aws:iam::aws:policy/PowerUserAccess", Path: "/", Document: inventory.Document(document(statement{"Effect": "Allow", "NotAction": "iam:*"}))})
	}
	has := func(name string, list ...statement) func(*inventory.Account) {
		return func(a *inventory.Account) {
			for i := range a.Roles {
				if a.Roles[i].Name == name {
					a.Roles[i].Inline = append(a.Roles[i].Inline, inventory.InlinePolicy{Name: "x", Document: inventory.Document(document(list...))})
				}
			}
		}
	}
	version := func(document string) func(*inventory.Account) {
		return func(a *inventory.Account) {
			a.Policies[2].Others = []inventory.PolicyVersion{{ID: "v2", Document: inventory.Document(document)}}
		}
	}
	const gain, chain = "it gains permissions in one step: it may ", "it becomes an administrator in 2 steps: it may "
	check(t, []row{
		{ann(only(allow(attach), "buckets"), enter()), gain + "attach a policy to the role weak (buckets) and then assume it", false, "a policy for a role that it may assume"},
		{ann(only(allow(attach), "buckets")), "", false, "it may assume none"},
		{ann(only(allow(attach), "buckets"), on(allow("sts:AssumeRole"), arn("role/shut"))), "", false, "the role does not trust it"},
		{ann(only(allow(attach), "buckets"), enter(), allow("s3:*")), "", false, "it may do as much itself"},
		{ann(only(allow(attach), "buckets"), deny(attach), enter()), "", false, "it is denied"},
		{ann(only(on(allow(attach), arn("role/shut")), "buckets"), enter()), "", false, "for another role"},
		{ann(only(allow(attach), "buckets"), enter()).With(attaching("weak", "buckets")), "", false, "the role has the policy"},
		{ann(only(allow(attach), "buckets"), enter(), allow("s3:*")).With(has("weak", allow("dynamodb:*"))), "", false, "what the role has besides is meant"},
		{ann(only(allow(attach), "buckets"), enter()).With(has("weak", allow("s3:*"), allow("dynamodb:*"))), "", false, "the role may do as much"},
		{ann(only(allow(attach), "buckets", "tables"), enter(), allow("s3:*")), gain + "attach a policy to the role weak", false, "the second of two is more"},
		{ann(only(allow(attach), "buckets", "none"), enter()).Policy("none", document(deny("*"))), gain, false, "the second of two denies"},
		{ann(only(allow(attach), "some"), enter()).Policy("some", document(allow("s3:*"), deny("s3:Delete*"))), gain, false, "one that denies something"},
		{ann(only(allow(attach), "people"), enter()), chain + "attach a policy to the role weak (people) and then assume it by iam:AttachRolePolicy with sts:AssumeRole (iam-014), then attach any policy to itself", false, "a policy that leads on"},
		{ann(only(allow(attach), "buckets", "people"), enter()), chain, false, "the second of two leads on"},
		{ann(under(allow(attach), "ArnLike", "iam:PolicyARN", "arn:aws:iam::aws:policy/Power*"), enter()).With(managed), gain, false, "a policy of AWS's that was read"},
		{ann(under(allow(attach), "ArnLike", "iam:PolicyARN", "arn:aws:iam::aws:policy/Power*"), enter()), "", false, "one that was not read"},
		{ann(only(on(allow("iam:AttachUserPolicy"), arn("user/bob")), "buckets"), on(allow("iam:CreateAccessKey"), arn("user/bob"))), gain + "attach a policy to the user bob (buckets) and then make", false, "a policy for a user whose keys it may make"},
		{ann(only(allow("iam:AttachUserPolicy"), "buckets"), on(deny("iam:AttachUserPolicy"), arn("user/ann")), on(allow("iam:CreateAccessKey"), arn("user/carl"))), "", false, "the keys are of another user"},
		{ann(allow(create), only(allow(attach), "buckets")), gain + "make a role, attach a policy to it (buckets) and assume it", false, "a policy for a role that it makes"},
		{ann(allow(create), only(allow(attach), "buckets"), allow("s3:*")), "", false, "a policy for a role that it makes, and it may do as much"},
		{ann(allow(create), only(allow(attach), "people")), chain + "make a role, attach a policy to it (people) and assume it", false, "a policy for a role that it makes, and that leads on"},
		{ann(allow(create, "iam:CreatePolicy"), only(allow(attach), "x*")), "in one step: it may make a role, write a policy and attach it to it and assume it", false, "a policy that it writes for a role that it makes"},
		{ann(on(allow("iam:SetDefaultPolicyVersion"), audittest.PolicyARN("tables")), enter()).With(attaching("weak", "tables")).With(version(document(allow("s3:*")))), gain + "put another version in force of a policy of the role weak (tables to v2) and then assume it", false, "a version for a role that it may assume"},
		{ann(on(allow("iam:SetDefaultPolicyVersion"), audittest.PolicyARN("tables")), enter()).With(attaching("weak", "tables")).With(version(document(allow("dynamodb:Get*")))), "", false, "a version that is less"},
		{ann(allow("iam:PutRolePolicy"), enter()).With(audittest.Bounded("weak", "buckets")), "", false, "what a boundary leaves is meant"},
		{ann(allow("iam:PutRolePolicy"), enter()).With(audittest.Bounded("weak", "people")), chain + "write any policy for the role weak and then assume it", false, "what a boundary leaves leads on"},
	})
}
