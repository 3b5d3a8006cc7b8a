package escalation_test

import (
	"strconv"
	"testing"

	"iamctl/audit/audittest"
	"iamctl/audit/config"
	"iamctl/audit/escalation"
	"iamctl/inventory"
)

// Somebody whom a holder becomes may give permissions to the holder itself.
func TestGiversOfOneself(t *testing.T) {
	const attach, put, write, add = "iam:AttachUserPolicy", "iam:PutRolePolicy", "iam:PutGroupPolicy", "iam:AddUserToGroup"
	assume := func(name string) statement { return on(allow("sts:AssumeRole"), arn("role/"+name)) }
	self, ops := arn("user/ann"), arn("group/ops")
	// ann is a user in a group who may assume the role low.
	ann := func(low ...statement) *audittest.Builder {
		return audittest.New().Policy("limit", document(allow("s3:*", "sts:*"))).Policy("hers", document(allow("s3:List*"))).
			User("ann", []string{"ops"}, document(assume("low"))).User("bob", nil).Group("ops").Group("admins", document(allow("*"))).Role("/", "low", trust(""), document(low...))
	}
	denied := func(list ...statement) func(*inventory.Account) {
		return func(a *inventory.Account) {
			for i := range a.Users {
				if a.Users[i].Name == "ann" {
					a.Users[i].Inline = append(a.Users[i].Inline, inventory.InlinePolicy{Name: "denied", Document: inventory.Document(document(list...))})
				}
			}
		}
	}
	// the role ann may assume the role low.
	role := func(low ...statement) *audittest.Builder {
		return audittest.New().Policy("limit", document(allow("s3:*", "sts:*"))).Role("/", "ann", trust("ec2.amazonaws.com"), document(assume("low"))).Role("/", "low", trust(""), document(low...))
	}
	const yes = "in 2 steps: it may assume the role low by sts:AssumeRole (sts-001), then "
	check(t, []row{
		{ann(on(allow(attach), self)), yes + "attach any policy to the user ann by iam:AttachUserPolicy", false, "it may attach a policy to her"},
		{ann(on(allow("iam:PutUserPolicy"), self)), yes + "write any policy for the user ann", false, "it may write one for her"},
		{ann(allow(attach)), yes, false, "to any user"},
		{ann(on(allow(attach), arn("user/bob"))), "", false, "to another user, whom she cannot become"},
		{ann(on(allow("iam:AttachRolePolicy"), arn("role/ann"))), "", false, "to a role of her name"},
		{ann(on(allow(attach), self), deny(attach)), "", false, "it is denied"},
		{ann(on(allow(attach), self), on(deny(attach), self)), "", false, "it is denied for her"},
		{ann(never(on(allow(attach), self))), "", false, "under a condition that cannot hold"},
		{ann(under(on(allow(attach), self), "ArnEquals", "iam:PolicyARN", "arn:aws:iam::aws:policy/ReadOnlyAccess")), "", false, "a policy that lifts nobody"},
		{ann(on(allow(attach), self)).With(audittest.Bounded("low", "limit")), "", false, "its boundary keeps it from that"},
		{ann(on(allow(attach), self)).With(audittest.Bounded("ann", "limit")), "", false, "her boundary stays in force"},
		{ann(on(allow(attach, "iam:DeleteUserPermissionsBoundary"), self)).With(audittest.Bounded("ann", "limit")), yes, false, "her boundary it may take off too"},
		{ann(on(allow(attach), self)).With(denied(deny("iam:*", "ec2:*"))), "", false, "what she is denied stays denied"},
		{ann(on(allow(attach), self)).With(denied(deny("s3:Delete*"))), yes, false, "what she is denied leaves her an administrator"},
		{ann(on(allow(attach), self)).With(denied(deny("sts:AssumeRole"))), "", false, "she is denied to become it"},
		{ann(on(allow(attach), self)).With(denied(deny("lambda:*"), deny("iam:Put*", "iam:Attach*User*"))), yes, false, "what she is denied leaves roles to her"},
		{audittest.New().User("ann", nil).Role("/", "low", trust(arn("user/ann")), document(on(allow(attach), self))), "in 2 steps: it may assume the role low, whose trust policy names it, then attach any policy", false, "its trust policy names her"},
		{audittest.New().User("ann", nil).User("bob", nil).Role("/", "low", trust(arn("user/bob")), document(on(allow(attach), self))), "", false, "its trust policy names another"},
		{ann(allow(add)), yes + "add the user ann to the group admins by iam:AddUserToGroup", false, "it may add her to a group"},
		{ann(on(allow(add), ops)), "", false, "to her own"},
		{ann(on(allow(add), arn("group/admins"))), yes, false, "to just the group of administrators"},
		{ann(on(allow(add), arn("group/admins"))).With(audittest.Bounded("ann", "limit")), "", false, "to a group, under a boundary"},
		{ann(on(allow(add), arn("group/admins"))).With(denied(deny("iam:*", "ec2:*"))), "", false, "to a group, and what she is denied stays denied"},
		{ann(on(allow(write), ops)), yes + "write any policy for the group ops by iam:PutGroupPolicy", false, "it may write a policy for her group"},
		{ann(on(allow("iam:AttachGroupPolicy"), ops)), yes + "attach any policy to the group ops", false, "it may attach a policy to her group"},
		{ann(on(allow(write), ops)).With(audittest.Bounded("ann", "limit")), "", false, "for her group, under a boundary"},
		{ann(on(allow(write), ops)).With(denied(deny("iam:*", "ec2:*"))), "", false, "for her group, and what she is denied stays denied"},
		{ann(on(allow(write), arn("group/other"))).Group("other"), "", false, "for another group"},
		{ann(allow("iam:CreatePolicyVersion")).With(attaching("ann", "hers")), yes + "change a policy of the user ann (hers)", false, "it may change a policy of hers"},
		{ann(allow("iam:CreatePolicyVersion")).With(attaching("ops", "hers")), yes + "change a policy of the user ann (hers)", false, "it may change one of her group's"},
		{ann(allow("iam:CreatePolicyVersion")).With(attaching("bob", "hers")), "", false, "it may change one of another's"},
		{ann(allow("iam:CreatePolicyVersion")).With(attaching("ann", "hers")).With(audittest.Bounded("ann", "limit")), yes + "change a policy of the user ann (hers)", false, "a policy of hers and her boundary"},
		{ann(on(allow("iam:CreatePolicyVersion"), audittest.PolicyARN("hers"))).With(attaching("ann", "hers")).With(audittest.Bounded("ann", "limit")), "", false, "a policy of hers, under a boundary"},
		{role(on(allow(put), arn("role/ann"))), yes + "write any policy for the role ann by iam:PutRolePolicy", false, "a role that assumes another"},
		{role(on(allow("iam:AttachRolePolicy"), arn("role/ann"))), yes + "attach any policy to the role ann", false, "which may attach a policy to it"},
		{role(on(allow(put), arn("role/other"))).Role("/", "other", trust("ec2.amazonaws.com")), "", false, "for another role"},
		{role(on(allow(put), arn("role/ann"))).With(audittest.Bounded("ann", "limit")), "", false, "and the boundary of the first stays in force"},
		{role(under(on(allow(put), arn("role/ann")), "StringEquals", "iam:PermissionsBoundary", audittest.PolicyARN("limit"))), "", false, "under a condition on its boundary, which it does not have"},
	})
}

// What a giver leaves somebody may be all that it needs for the next step, and it may be
// become in several.
func TestGiversFurther(t *testing.T) {
	const attach = "iam:AttachUserPolicy"
	assume := func(name string) statement { return on(allow("sts:AssumeRole"), arn("role/"+name)) }
	only := func(name string) statement {
		return under(on(allow(attach), arn("user/ann")), "ArnEquals", "iam:PolicyARN", audittest.PolicyARN(name))
	}
	ann := func(low ...statement) *audittest.Builder {
		return audittest.New().Policy("people", document(allow("iam:*"))).Policy("buckets", document(allow("s3:*"))).
			User("ann", nil, document(assume("low"))).Role("/", "low", trust(""), document(low...))
	}
	far := func(mid ...statement) *audittest.Builder {
		return audittest.New().User("ann", nil, document(assume("mid"))).Role("/", "mid", trust(""), document(mid...)).Role("/", "low", trust(""), document(on(allow(attach), arn("user/ann"))))
	}
	check(t, []row{
		{ann(only("people")), "in 3 steps: it may assume the role low by sts:AssumeRole (sts-001), then attach a policy to the user ann (people) by iam:AttachUserPolicy (iam-008), then ", false, "a policy that leads on"},
		{ann(only("buckets")), "", false, "a policy that leads nowhere"},
		{far(assume("low")), "in 3 steps: it may assume the role mid by sts:AssumeRole (sts-001), then assume the role low by sts:AssumeRole (sts-001), then attach any policy to the user ann", false, "over a role between"},
		{far(assume("other")), "", false, "the role between assumes another"},
		{far(assume("low"), deny("sts:AssumeRole")), "", false, "the role between is denied it"},
	})
	// Of some it is not known.
	version := on(allow("iam:SetDefaultPolicyVersion"), audittest.PolicyARN("buckets"))
	versions := func(list ...inventory.PolicyVersion) func(*inventory.Account) {
		return func(a *inventory.Account) { a.Policies[1].Others = list }
	}
	running := func(low statement) *audittest.Builder {
		return audittest.New().User("ann", nil, document(allow("ssm:SendCommand"))).User("bob", nil).Role("/", "low", trust("ec2.amazonaws.com"), document(low))
	}
	const again = "in 2 steps: it may assume the role low by sts:AssumeRole (sts-001), then put another version in force of a policy of the user ann (buckets"
	check(t, []row{
		{ann(version).With(attaching("ann", "buckets")), again, true, "a policy of which the versions are not known"},
		{ann(version).With(attaching("ann", "buckets")).With(versions(inventory.PolicyVersion{ID: "v2", Document: inventory.Document(document(allow("*")))})), again, false, "one of which a version is wide"},
		{ann(version).With(attaching("ann", "buckets")).With(versions([]inventory.PolicyVersion{}...)), "", false, "one that has no other version"},
		{ann(version).With(attaching("ann", "buckets")).With(versions(inventory.PolicyVersion{ID: "v2", Document: inventory.Document(document(allow("s3:Get*")))})), "", false, "one of which all are narrow"},
		{running(on(allow(attach), arn("user/ann"))), "in 2 steps: it may run code as the role low by ssm:SendCommand (ssm-002), then attach any policy to the user ann", true, "what runs as the giver is not known"},
		{running(on(allow(attach), arn("user/bob"))), "it gains permissions in one step: it may run code as the role low", true, "and it gives to another"},
	})
	// Who becomes her has a step more.
	check(t, []row{{audittest.New().User("ann", nil, document(on(allow("iam:CreateAccessKey"), arn("user/eve")))).User("eve", nil, document(assume("low"))).
		Role("/", "low", trust(""), document(on(allow(attach), arn("user/eve")))), "in 3 steps: it may make itself a key or a password of the user eve", false, "she becomes one who becomes the giver"}})
	// A group of which somebody becomes the giver.
	check(t, []row{
		{audittest.New().User("bob", []string{"ann"}).Group("ann", document(assume("low"))).Role("/", "low", trust(""), document(on(allow("iam:PutGroupPolicy"), arn("group/ann")))), "in 2 steps: it may assume the role low by sts:AssumeRole (sts-001), then write any policy for the group ann", false, "a group as a whole"},
		{audittest.New().User("ann", []string{"ops"}).Group("ops", document(assume("low"))).Role("/", "low", trust(""), document(on(allow(attach), arn("user/ann")))), "in 2 steps: it may assume the role low", false, "a user by its group"},
	})
}

// Somebody whom a holder becomes may give permissions to another whom it may become anyway.
func TestGiversOfOthers(t *testing.T) {
	const attach, put, key = "iam:AttachUserPolicy", "iam:PutRolePolicy", "iam:CreateAccessKey"
	assume := func(name string) statement { return on(allow("sts:AssumeRole"), arn("role/"+name)) }
	// ann may assume the roles giver and low.
	ann := func(giver ...statement) *audittest.Builder {
		return audittest.New().Policy("limit", document(allow("s3:*", "sts:*"))).User("ann", nil, document(assume("giver"), assume("low"))).
			Role("/", "giver", trust(""), document(giver...)).Role("/", "low", trust(""), document(allow("s3:List*"))).Role("/", "other", trust(""))
	}
	// she may assume the role giver and make keys of bob, who is in a group.
	keys := func(giver ...statement) *audittest.Builder {
		return audittest.New().Policy("limit", document(allow("s3:*", "sts:*"))).User("ann", nil, document(assume("giver"), on(allow(key), arn("user/bob")))).
			User("bob", []string{"ops"}).User("carl", nil).Group("ops").Group("admins", document(allow("*"))).Role("/", "giver", trust(""), document(giver...))
	}
	const yes = "in 3 steps: it may assume the role giver by sts:AssumeRole (sts-001), then "
	const keyed = ", then make itself a key or a password of the user bob by iam:CreateAccessKey"
	check(t, []row{
		{ann(on(allow(put), arn("role/low"))), yes + "write any policy for the role low by iam:PutRolePolicy (iam-005), then assume the role low by sts:AssumeRole (sts-001)", false, "a policy for a role that she may assume"},
		{ann(allow(put), on(deny(put), arn("role/giver"))), yes, false, "for any role but itself"},
		{ann(on(allow(put), arn("role/other"))), "", false, "for a role that she may not assume"},
		{ann(on(allow(put), arn("role/low")), deny(put)), "", false, "it is denied"},
		{ann(on(allow(put), arn("role/low"))).With(audittest.Bounded("low", "limit")), "", false, "the boundary of the role stays in force"},
		{ann(on(allow(put), arn("role/low"))).With(audittest.Bounded("giver", "limit")), "", false, "the boundary of the giver keeps it from that"},
		{ann(never(on(allow(put), arn("role/low")))), "", false, "under a condition that cannot hold"},
		{ann(on(allow("iam:UpdateAssumeRolePolicy"), arn("role/other"))), "", false, "it may be let into a weak role"},
		{keys(on(allow(attach), arn("user/bob"))), yes + "attach any policy to the user bob by iam:AttachUserPolicy (iam-008)" + keyed, false, "a policy for a user of whom she may make keys"},
		{keys(on(allow(attach), arn("user/carl"))), "", false, "for another user"},
		{keys(on(allow(attach), arn("user/bob"))).With(audittest.Bounded("bob", "limit")), "", false, "the boundary of the user stays in force"},
		{keys(on(allow("iam:PutGroupPolicy"), arn("group/ops"))), yes + "write any policy for the group ops by iam:PutGroupPolicy (iam-011)" + keyed, false, "a policy for the group of one of whom she may make keys"},
		{keys(on(allow("iam:PutGroupPolicy"), arn("group/ops"))).With(audittest.Bounded("bob", "limit")), "", false, "for the group, and the boundary of the user stays in force"},
		{keys(on(allow("iam:PutGroupPolicy", "iam:AddUserToGroup"), arn("group/others"))).Group("others"), "in 2 steps: it may assume the role giver by sts:AssumeRole (sts-001), then write any policy for the group others and then add the user ann to it by iam:AddUserToGroup with iam:PutGroupPolicy", false, "for another group, to which it may add her"},
		{keys(on(allow("iam:PutGroupPolicy"), arn("group/others")), on(allow("iam:AddUserToGroup"), arn("group/ops"))).Group("others"), "", false, "for another group than that to which it may add her"},
		{keys(on(allow("iam:PutGroupPolicy"), arn("group/others"))).Group("others"), "", false, "for another group"},
		{keys(on(allow("iam:AddUserToGroup"), arn("group/admins")), on(deny("iam:AddUserToGroup"), arn("group/ops"))).With(audittest.Bounded("ann", "limit")), "", false, "her boundary keeps her from the keys"},
		{keys(on(allow("iam:AddUserToGroup"), arn("group/admins"))), "in 2 steps: it may assume the role giver by sts:AssumeRole (sts-001), then add the user ann to the group admins", false, "herself is nearer"},
	})
	// Who may become low alone becomes no giver.
	check(t, []row{{audittest.New().User("ann", nil, document(assume("low"))).User("bob", nil, document(assume("giver"))).
		Role("/", "giver", trust(""), document(on(allow(put), arn("role/low")))).Role("/", "low", trust("")), "", false, "another becomes the giver"}})
}

// Somebody whom a holder becomes may free it of its boundary, or another whom it becomes.
func TestGiversFree(t *testing.T) {
	const off, replace = "iam:DeleteUserPermissionsBoundary", "iam:PutUserPermissionsBoundary"
	assume := func(name string) statement { return on(allow("sts:AssumeRole"), arn("role/"+name)) }
	self := arn("user/ann")
	limit := audittest.PolicyARN("limit")
	// ann may do everything but for her boundary, and assume low.
	ann := func(low ...statement) *audittest.Builder {
		return audittest.New().Policy("limit", document(allow("s3:*"), assume("low"))).Policy("wide", document(allow("*"))).User("ann", nil, document(allow("*"))).
			Role("/", "low", trust(""), document(low...)).With(audittest.Bounded("ann", "limit"))
	}
	own := func(statements ...statement) func(*inventory.Account) {
		return func(a *inventory.Account) {
			a.Users[0].Inline[0].Document = inventory.Document(document(statements...))
		}
	}
	const yes = "in 2 steps: it may assume the role low by sts:AssumeRole (sts-001), then "
	check(t, []row{
		{ann(on(allow(off), self)), yes + "take the boundary off the user ann by iam:DeleteUserPermissionsBoundary", false, "it may take her boundary off"},
		{ann(on(allow(off), arn("user/bob"))).User("bob", nil), "", false, "that of another"},
		{ann(on(allow("iam:DeleteRolePermissionsBoundary"), arn("role/ann"))), "", false, "that of a role"},
		{ann(on(allow(off), self), deny(off)), "", false, "it is denied"},
		{ann(never(on(allow(off), self))), "", false, "under a condition that cannot hold"},
		{ann(under(on(allow(off), self), "StringEquals", "iam:PermissionsBoundary", limit)), yes, false, "just this boundary"},
		{ann(under(on(allow(off), self), "StringEquals", "iam:PermissionsBoundary", audittest.PolicyARN("other"))), "", false, "another boundary"},
		{ann(on(allow(off), self)).With(audittest.Bounded("low", "limit")), "", false, "its boundary keeps it from that"},
		{ann(on(allow(off), self)).With(own(assume("low"), allow("s3:*"))), "", false, "without it she may do no more"},
		{ann(on(allow(off), self)).With(own(assume("low"), allow("iam:*"))), "in 3 steps", false, "without it she has a step"},
		{ann(on(allow(off), self)).With(own(allow("*"), deny("sts:AssumeRole"))), "", false, "she is denied to become it"},
		{ann(on(allow(off), self)).With(own(allow("*"), deny("iam:*", "ec2:*"))), "", false, "what she is denied stays denied"},
		{ann(on(allow(replace), self)), yes + "put another boundary on the user ann", false, "it may put another on her"},
		{ann(under(on(allow(replace), self), "StringEquals", "iam:PermissionsBoundary", limit)), "", false, "the same"},
		{ann(on(allow("iam:CreatePolicyVersion"), limit)), yes + "change the boundary of the user ann (limit)", false, "it may change its policy"},
		{ann(on(allow("iam:CreatePolicyVersion"), audittest.PolicyARN("wide"))), "", false, "it may change another"},
	})
	// The boundary is that of a role that she may assume, which may do everything else.
	role := func(low ...statement) *audittest.Builder {
		return audittest.New().Policy("limit", document(allow("s3:*"))).User("ann", nil, document(assume("low"), assume("held"))).
			Role("/", "low", trust(""), document(low...)).Role("/", "held", trust(""), document(allow("*"))).With(audittest.Bounded("held", "limit"))
	}
	const take = "iam:DeleteRolePermissionsBoundary"
	check(t, []row{
		{role(on(allow(take), arn("role/held"))), "in 3 steps: it may assume the role low by sts:AssumeRole (sts-001), then take the boundary off the role held by iam:DeleteRolePermissionsBoundary, then assume the role held", false, "that of another whom she becomes"},
		{role(on(allow(take), arn("role/other"))), "", false, "that of another role"},
	})
}

// Of many some ways are looked at of each: nobody is left out because others come before.
func TestGiversOfMany(t *testing.T) {
	defer escalation.Aided(5)()
	b := audittest.New().User("bob", nil)
	for i := range 20 {
		name := "u" + strconv.Itoa(i)
		b.User(name, nil, document(on(allow("sts:AssumeRole"), arn("role/"+name+"-*"))))
		for giver, to := range map[string]string{"-a": "bob", "-b": "bob", "-c": name} {
			b.Role("/", name+giver, trust(""), document(on(allow("iam:AttachUserPolicy"), arn("user/"+to))))
		}
	}
	if found := b.Check(t, &escalation.Rules[1], config.Config{}); len(found) != 20 {
		t.Errorf("found %d of 20: %q", len(found), audittest.Messages(found))
	}
}
