package escalation_test

import (
	"encoding/json"
	"slices"
	"strconv"
	"strings"
	"testing"

	"iamctl/audit/audittest"
	"iamctl/audit/config"
	"iamctl/audit/escalation"
	"iamctl/audit/rule"
	"iamctl/inventory"
	sets "iamctl/verdict/escalation"
	"iamctl/verdict/severity"
)

type statement map[string]any

// document is one of statements, on everything if they do not say on what.
func document(list ...statement) string {
	for _, s := range list {
		if s["Resource"] == nil && s["Principal"] == nil {
			s["Resource"] = "*"
		}
	}
	text, err := json.Marshal(map[string]any{"Version": "2012-10-17", "Statement": list})
	if err != nil {
		panic(err)
	}
	return string(text)
}

func allow(actions ...string) statement { return statement{"Effect": "Allow", "Action": actions} }
func deny(actions ...string) statement  { return statement{"Effect": "Deny", "Action": actions} }

func on(s statement, r string) statement { s["Resource"] = r; return s }

func under(s statement, operator, key, value string) statement {
	s["Condition"] = map[string]any{operator: map[string]any{key: value}}
	return s
}

func never(s statement) statement {
	s["Condition"] = map[string]any{"StringEquals": map[string]any{"aws:RequestedRegion": "x"}, "StringNotEquals": map[string]any{"aws:RequestedRegion": "x"}}
	return s
}

func arn(resource string) string { return "arn:aws:iam::" + audittest.ID + ":" + resource }

// trust lets in a service, an identity provider, a principal, or for "" the account.
func trust(who string) string {
	s := statement{"Effect": "Allow", "Principal": map[string]any{"Service": who}, "Action": "sts:AssumeRole"}
	switch {
	case who == "":
		s["Principal"] = map[string]any{"AWS": arn("root")}
	case strings.HasPrefix(who, "arn:"):
		s["Principal"] = map[string]any{"AWS": who}
	case sets.Federated(who):
		s["Principal"], s["Action"] = map[string]any{"Federated": who}, "sts:AssumeRoleWithWebIdentity"
	}
	return document(s)
}

// minimal is the account where a set should lift its holder and does nothing else: who
// holds it, and an administrator if it is about becoming one.
type minimal struct {
	set    sets.Set
	allow  statement
	more   []statement
	limit  string // the boundary
	passed string // the service that the role trusts
}

func minimalOf(s sets.Set) minimal {
	m := minimal{set: s, allow: allow(s.Actions...)}
	for _, service := range slices.Concat(s.PassedTo, s.RunsAs) {
		m.passed = service
		break
	}
	return m
}

func (m *minimal) has(part string) bool {
	return slices.ContainsFunc(m.set.Actions, func(a string) bool { return strings.Contains(a, part) })
}

// kind is who can be lifted by the set.
func (m *minimal) kind() inventory.Entity {
	if m.has("AttachRole") || m.has("PutRole") || m.has("DeleteRole") {
		return inventory.EntityRole
	}
	return inventory.EntityUser
}

func (m *minimal) account() *audittest.Builder {
	admin := document(allow("*"))
	b := audittest.New().Policy("hers", document(append([]statement{m.allow}, m.more...)...))
	have := func(attached *[]inventory.PolicyRef, boundary **inventory.PolicyRef) {
		*attached = []inventory.PolicyRef{{Name: "hers", ARN: audittest.PolicyARN("hers")}}
		limit := m.limit
		if limit == "" && m.has("PermissionsBoundary") {
			*attached = append(*attached, inventory.PolicyRef{Name: "full", ARN: audittest.PolicyARN("full")})
			b.Policy("full", document(statement{"Effect": "Allow", "NotAction": []string{"iam:Delete*", "sts:AssumeRole"}}))
			limit = document(allow("iam:Delete*", "sts:AssumeRole"))
		}
		if limit != "" {
			b.Policy("limit", limit)
			*boundary = &inventory.PolicyRef{Name: "limit", ARN: audittest.PolicyARN("limit")}
		}
	}
	if m.kind() == inventory.EntityRole {
		b.Role("/", "ann", trust("")).With(func(a *inventory.Account) { have(&a.Roles[0].Attached, &a.Roles[0].Boundary) })
	} else {
		b.User("ann", []string{"team"}).Group("team").With(func(a *inventory.Account) { have(&a.Users[0].Attached, &a.Users[0].Boundary) })
	}
	switch {
	case m.passed != "":
		b.Role("/", "root", trust(m.passed), admin)
	case m.has("UpdateAssumeRole"):
		b.Role("/", "root", trust("ec2.amazonaws.com"), admin)
	case m.has("AssumeRole"):
		b.Role("/", "root", trust(""), admin)
	case m.has("AccessKey"), m.has("LoginProfile"):
		b.User("root", nil, admin)
	case m.has("AddUser"):
		b.Group("root", admin)
	}
	return b
}

// about returns what was found about ann.
func about(t *testing.T, b *audittest.Builder, r *rule.Rule) []string {
	t.Helper()
	return slices.DeleteFunc(audittest.Messages(b.Check(t, r, config.Config{})), func(m string) bool { return !strings.HasPrefix(m, "ann: ") })
}

// Each of the sets is found in a minimal account, and none if a Deny, a condition that
// cannot hold, a boundary, or a role that does not trust the service is against it.
func TestSets(t *testing.T) {
	r := &escalation.Rules[0]
	found, against, wrong := 0, 0, 0
	for _, s := range sets.All() {
		m := minimalOf(s)
		if got := about(t, m.account(), r); len(got) != 1 {
			t.Errorf("%v: found %q", s, got)
		} else {
			found++
		}
		rows := map[string]func(*minimal){
			"a condition that cannot hold": func(m *minimal) { never(m.allow) },
			"a Deny on all of it":          func(m *minimal) { m.more = []statement{deny(s.Actions...)} },
			"a tag that it has not":        func(m *minimal) { under(m.allow, "StringEquals", "aws:PrincipalTag/a", "b") },
			"a variable of such a tag":     func(m *minimal) { m.allow["Resource"] = "arn:aws:*:*:*:${aws:PrincipalTag/a}" },
			"a boundary":                   func(m *minimal) { m.limit = document(allow("s3:ListAllMyBuckets")) },
		}
		if len(s.PassedTo) > 0 {
			rows["a Deny on passing roles"] = func(m *minimal) { m.more = []statement{deny(sets.PassRole)} }
		}
		if m.passed != "" {
			rows["a role that does not trust the service"] = func(m *minimal) { m.passed = "zz.amazonaws.com" }
		}
		for reason, change := range rows {
			m := minimalOf(s)
			change(&m)
			against++
			got := about(t, m.account(), r)
			part := slices.ContainsFunc(sets.All(), func(p sets.Set) bool {
				return len(p.RunsAs) > 0 && !slices.ContainsFunc(p.Actions, func(a string) bool { return !slices.Contains(s.Actions, a) })
			})
			if len(got) > 0 && !(part && reason == "a Deny on passing roles") { // what runs already needs no role to be passed
				wrong++
				t.Errorf("%v with %s: found %q", s, reason, got)
			}
		}
	}
	t.Logf("%d of %d sets found; %d rows against them, %d found nevertheless", found, len(sets.All()), against, wrong)
}

func TestDirect(t *testing.T) {
	full := document(allow("*"))
	limit := document(allow("s3:*", "iam:*"))
	base := func(policy string) *audittest.Builder {
		return audittest.New().Policy("hers", policy).Policy("full", full).Policy("limit", limit).
			User("ann", []string{"own"}).User("root", nil, full).Group("own").Group("admins", full).
			Role("/", "admin", trust("ec2.amazonaws.com"), full).Role("/", "weak", trust("")).Role("/", "reader", trust("ec2.amazonaws.com"), document(allow("s3:GetObject"))).
			With(func(a *inventory.Account) {
				a.Users[0].Attached = []inventory.PolicyRef{{Name: "hers", ARN: audittest.PolicyARN("hers")}}
			})
	}
	entry := func(effect, who string) statement {
		return statement{"Effect": effect, "Action": "sts:AssumeRole", "Principal": map[string]any{"AWS": who}}
	}
	allowIn := func() statement { return entry("Allow", arn("root")) }
	denyIn := func() statement { return entry("Deny", "*") }
	opened := func(trust ...statement) *audittest.Builder {
		return base(document(on(allow("sts:AssumeRole"), arn("role/open")))).Role("/", "open", document(trust...), document(allow("*"))).
			With(func(a *inventory.Account) { a.Users[0].ID = "AIDAANN" })
	}
	tagged := func(value string) func(*inventory.Account) {
		return func(a *inventory.Account) {
			for i := range a.Users {
				a.Users[i].Tags = []inventory.Tag{{Key: "a", Value: value}}
			}
			for i := range a.Roles {
				a.Roles[i].Tags = []inventory.Tag{{Key: "a", Value: value}}
			}
		}
	}
	const delegated = "iam:PermissionsBoundary"
	for _, tt := range []struct {
		account      *audittest.Builder
		want, reason string
	}{
		{base(full), "", "an administrator has nothing to gain"},
		{base(document(allow("*"), deny("organizations:*"))), "", "nor has one who may not do all"},
		{base(document(allow("*"), deny("iam:*"))), "what runs", "one who may do nothing in IAM may take over what runs"},
		{base(document(on(allow("iam:CreateAccessKey"), arn("user/ann")))), "", "keys of her own"},
		{base(document(on(allow("iam:CreateAccessKey"), arn("user/${aws:username}")))), "", "keys of her own by a variable"},
		{base(document(under(on(allow("iam:PutUserPolicy"), arn("user/${aws:username}")), "Bool", "aws:MultiFactorAuthPresent", "true"))), "write any policy for itself", "a policy of her own by a variable, with MFA"},
		{base(document(under(allow("iam:PutUserPolicy"), "StringEquals", "aws:username", "ann"), under(deny("*"), "BoolIfExists", "aws:MultiFactorAuthPresent", "false"))), "write any policy for itself", "by her name, and only with MFA"},
		{base(document(under(allow("iam:PutUserPolicy"), "StringEquals", "aws:username", "bob"), under(deny("*"), "BoolIfExists", "aws:MultiFactorAuthPresent", "false"))), "", "by the name of somebody else"},
		{base(document(allow("iam:PutUserPolicy"), under(deny("*"), "StringEquals", "aws:username", "ann"))), "", "her name is denied"},
		{base(document(on(allow("iam:CreateAccessKey"), arn("user/root")))), "user root", "keys of an administrator"},
		{base(document(on(allow("iam:AttachUserPolicy"), arn("user/root")))), "", "to others"},
		{base(document(on(allow("iam:AddUserToGroup"), arn("group/own")))), "", "a group that she is in"},
		{base(document(on(allow("iam:AddUserToGroup"), arn("group/admins")))), "join the group admins", "a stronger group"},
		{base(document(on(allow("iam:PutGroupPolicy"), arn("group/own")))), "its group own", "a group of hers"},
		{base(document(on(allow("iam:CreatePolicyVersion"), audittest.PolicyARN("full")))), "", "a policy that she does not have"},
		{base(document(on(allow("iam:CreatePolicyVersion"), audittest.PolicyARN("hers")))), "(hers)", "her own policy"},
		{base(document(on(allow("iam:CreatePolicyVersion"), "arn:aws:iam::aws:policy/*"))), "", "nobody changes AWS's policies"},
		{base(document(under(allow("iam:AttachRolePolicy", "iam:CreateRole"), "StringEquals", delegated, audittest.PolicyARN("limit")), on(allow("sts:AssumeRole"), arn("role/weak")))), "", "the delegation pattern"},
		{base(document(allow("iam:AttachRolePolicy"), on(allow("sts:AssumeRole"), arn("role/weak")))), "and then assume it", "a role without a boundary that she may assume"},
		{base(document(under(allow("iam:AttachUserPolicy"), "ArnEquals", "iam:PolicyARN", "arn:aws:iam::aws:policy/ReadOnlyAccess"))), "", "a policy that lifts nobody"},
		{base(document(under(allow("iam:AttachUserPolicy"), "ArnEquals", "iam:PolicyARN", audittest.PolicyARN("full")))), "attach any policy", "a policy of the account's own that does"},
		{base(document(under(allow("iam:AttachUserPolicy"), "DateLessThan", "aws:CurrentTime", "2026-01-31T00:00:00Z"))), "", "until the day before the audit"},
		{base(document(under(allow("iam:AttachUserPolicy"), "DateLessThan", "aws:CurrentTime", "2026-01-31T00:00:01Z"))), "attach any policy", "until the day of the audit"},
		{base(document(under(allow("iam:AttachUserPolicy"), "DateGreaterThan", "aws:CurrentTime", "2030-01-01T00:00:00Z"))), "attach any policy", "from a later day on"},
		{base(document(under(allow("iam:AttachUserPolicy"), "NumericLessThan", "aws:EpochTime", "1735689600"))), "", "until a day before in seconds"},
		{base(document(under(allow("iam:AttachUserPolicy"), "DateLessThan", "aws:EpochTime", "1735689600"))), "", "until a day before in seconds as a date"},
		{base(document(under(allow("iam:AttachUserPolicy"), "NumericGreaterThan", "aws:EpochTime", "1735689600"))), "attach any policy", "from a day before on"},
		{base(document(allow("iam:AttachUserPolicy"), under(deny("*"), "DateGreaterThanEquals", "aws:CurrentTime", "2026-01-01T00:00:00Z"))), "", "denied from a day before on"},
		{base(document(allow("iam:AttachUserPolicy"), under(deny("*"), "DateGreaterThanEquals", "aws:CurrentTime", "2026-02-01T00:00:00Z"))), "attach any policy", "denied from a later day on"},
		{base(document(allow("iam:AttachUserPolicy"), under(deny("*"), "DateLessThan", "aws:CurrentTime", "2026-02-01T00:00:00Z"))), "attach any policy", "denied until a later day"},
		{base(document(allow("iam:AttachUserPolicy"), under(deny("*"), "Null", "aws:CurrentTime", "false"))), "", "denied at any time"},
		{base(document(under(on(allow("sts:AssumeRole"), arn("role/open")), "DateLessThan", "aws:CurrentTime", "2026-01-01T00:00:00Z"))).Role("/", "open", trust(""), document(allow("*"))), "", "a role that she might assume until a day before"},
		{base(document(on(allow("sts:AssumeRole"), arn("role/open")))).Role("/", "open", trust(""), document(allow("*"))), "assume the role open", "a role that she may assume"},
		{base(document(under(allow("iam:AttachUserPolicy"), "StringEquals", "aws:PrincipalAccount", "999999999999"))), "", "as one of another account"},
		{base(document(under(allow("iam:AttachUserPolicy"), "StringEquals", "aws:PrincipalAccount", "111111111111"))), "attach any policy", "as one of her account"},
		{base(document(allow("iam:AttachUserPolicy"), under(deny("*"), "StringNotEquals", "aws:PrincipalAccount", "111111111111"))), "attach any policy", "denied to those of other accounts"},
		{base(document(allow("iam:AttachUserPolicy"), under(deny("*"), "StringEquals", "aws:PrincipalAccount", "111111111111"))), "", "denied to those of her account"},
		{base(document(under(allow("iam:AttachUserPolicy"), "StringEquals", "aws:PrincipalType", "AssumedRole"))), "", "as a role"},
		{base(document(under(allow("iam:AttachUserPolicy"), "StringEquals", "aws:PrincipalType", "User"))), "attach any policy", "as a user"},
		{base(document(allow("iam:AttachUserPolicy"), under(deny("*"), "StringEquals", "aws:PrincipalType", "User"))), "", "denied to users"},
		{base(document(under(allow("iam:AttachUserPolicy"), "StringEquals", "aws:PrincipalServiceName", "x.amazonaws.com"))), "", "as a service"},
		{base(document(under(allow("iam:AttachUserPolicy"), "Bool", "aws:PrincipalIsAWSService", "true"))), "", "as some service"},
		{base(document(under(allow("iam:AttachUserPolicy"), "Bool", "aws:PrincipalIsAWSService", "false"))), "attach any policy", "as no service"},
		{base(document(allow("iam:AttachUserPolicy"), under(deny("*"), "Bool", "aws:PrincipalIsAWSService", "false"))), "", "denied to all but services"},
		{opened(under(allowIn(), "StringEquals", "aws:username", "bob")), "", "a role for another user"},
		{opened(under(allowIn(), "StringEquals", "aws:username", "ann")), "assume the role open", "a role for her by name"},
		{opened(under(allowIn(), "StringEquals", "aws:PrincipalType", "AssumedRole")), "", "a role for roles"},
		{opened(under(allowIn(), "StringEquals", "aws:PrincipalType", "User")), "assume the role open", "a role for users"},
		{opened(under(allowIn(), "StringEquals", "aws:userid", "AIDAOTHER")), "", "a role for another unique id"},
		{opened(under(allowIn(), "StringEquals", "aws:userid", "AIDAANN")), "assume the role open", "a role for her unique id"},
		{opened(under(allowIn(), "StringEquals", "aws:PrincipalTag/a", "b")), "", "a role for those with a tag, which she has not"},
		{opened(under(allowIn(), "StringEquals", "aws:PrincipalTag/a", "b")).With(tagged("b")), "assume the role open", "a role for those with a tag, which she has"},
		{opened(under(allowIn(), "StringEquals", "aws:PrincipalTag/a", "b")).With(tagged("c")), "", "a role for those with a tag, of which she has another value"},
		{base(document(under(allow("iam:AttachUserPolicy"), "StringEquals", "aws:PrincipalTag/a", "b"))).With(tagged("c")), "", "by a tag of hers that is another"},
		{base(document(under(allow("iam:AttachUserPolicy"), "StringEquals", "aws:PrincipalTag/A", "b"))).With(tagged("b")), "attach any policy", "by a tag of hers"},
		{base(document(under(allow("iam:AttachUserPolicy"), "StringEquals", "aws:PrincipalTag/a", "b"), on(allow("iam:TagUser"), arn("user/${aws:username}")))).With(tagged("c")), "attach any policy", "by a tag that she may give herself"},
		{base(document(under(allow("iam:AttachUserPolicy"), "StringNotEquals", "aws:PrincipalTag/a", "b"))).With(tagged("b")), "", "not with a tag that she has"},
		{base(document(under(allow("iam:AttachUserPolicy"), "StringEquals", "aws:PrincipalTag/a", "b"))).With(tagged("c")).With(func(a *inventory.Account) {
			a.Gaps = append(a.Gaps, inventory.Gap{Kind: inventory.GapRead, Entity: inventory.EntityUser, Name: "ann", Part: inventory.PartTag, Blind: true})
		}), "attach any policy", "by a tag of hers where they could not be read"},
		{base(document(under(on(allow("sts:AssumeRole"), arn("role/open")), "StringEquals", "aws:ResourceTag/a", "b"))).Role("/", "open", trust(""), full), "", "a role with a tag, which it has not"},
		{base(document(under(on(allow("sts:AssumeRole"), arn("role/open")), "StringEquals", "aws:ResourceTag/a", "b"))).Role("/", "open", trust(""), full).With(tagged("b")), "assume the role open", "a role with a tag, which it has"},
		{base(document(under(allow("sts:AssumeRole"), "StringNotEquals", "aws:ResourceTag/a", "b"))).Role("/", "open", trust(""), full).With(tagged("b")), "", "a role without a tag, which it has"},
		{base(document(under(on(allow("iam:CreateAccessKey"), arn("user/root")), "StringEquals", "iam:ResourceTag/a", "b"))).With(tagged("c")), "", "keys of a user with another tag"},
		{base(document(under(on(allow("iam:CreateAccessKey"), arn("user/root")), "StringEquals", "iam:ResourceTag/a", "b"), on(allow("iam:TagUser"), arn("user/root")))).With(tagged("c")), "make itself a key", "keys of a user whom she may give the tag"},
		{opened(under(allowIn(), "StringEquals", "sts:ExternalId", "x")), "assume the role open", "a role for those who know a text"},
		{opened(allowIn(), under(denyIn(), "StringNotEquals", "aws:username", "bob")), "", "a role that is denied to all but another"},
		{base(document(allow("iam:AttachUserPolicy"), under(deny("*"), "Null", "aws:username", "false"))), "", "denied to whoever has a name"},
		{base(document(under(allow("iam:AttachUserPolicy"), "Null", "aws:username", "true"))), "", "as one without a name"},
		{base(document(under(allow("iam:AttachUserPolicy"), "Null", "aws:username", "false"))), "attach any policy", "as one with a name"},
		{base(document(allow("iam:AttachUserPolicy"), under(deny("*"), "ArnLike", "aws:PrincipalArn", arn("user/a*")))), "", "denied by a pattern of her ARN"},
		{base(document(under(allow("iam:AttachUserPolicy"), "ArnNotLike", "aws:PrincipalArn", arn("user/*")))), "", "as one who is no user by the ARN"},
		{base(document(under(allow("iam:AttachUserPolicy"), "ArnLike", "aws:PrincipalArn", arn("user/a*")))), "attach any policy", "as one with her ARN"},
		{base(document(allow("s3:ListAllMyBuckets"))).Role("/", "open", document(under(entry("Allow", "*"), "StringEquals", "aws:PrincipalAccount", "111111111111")), full), "assume the role open, whose trust policy names it", "and who has no permission to assume it"},
		{base(document(allow("s3:ListAllMyBuckets"))).Role("/", "open", document(under(entry("Allow", "*"), "StringEquals", "aws:PrincipalAccount", "222222222222")), full), "", "a role for everybody of another account"},
		{base(document(allow("s3:ListAllMyBuckets"))).Role("/", "open", document(entry("Allow", arn("root"))), full), "", "a role for the account, which she has no permission to assume"},
		{base(document(on(allow("iam:PassRole", "ec2:RunInstances"), arn("role/admin")))), "", "instances are no roles"},
		{base(document(on(allow("iam:PassRole"), arn("role/admin")), on(allow("ec2:RunInstances"), "arn:aws:ec2:*:*:*"))), "pass the role admin", "instances are resources of EC2"},
		{base(document(on(allow("iam:PassRole"), arn("role/grant")), allow("ec2:RunInstances"))).Role("/", "grant", trust("ec2.amazonaws.com"), document(under(allow("s3:GetObject"), "DateLessThan", "aws:CurrentTime", "2026-01-01T00:00:00Z"))), "", "a role of which the grant is over"},
		{base(document(on(allow("iam:PassRole"), arn("role/grant")), allow("ec2:RunInstances"))).Role("/", "grant", trust("ec2.amazonaws.com"), document(under(allow("s3:GetObject"), "DateLessThan", "aws:CurrentTime", "2027-01-01T00:00:00Z"))), "pass the role grant", "a role of which the grant is not over"},
		{base(document(on(allow("iam:PassRole"), arn("role/grant")), allow("ec2:RunInstances"))).Role("/", "grant", trust("ec2.amazonaws.com"), document(under(allow("s3:GetObject"), "StringEquals", "aws:PrincipalType", "User"))), "", "a role with a grant for users"},
		{base(document(on(allow("iam:PassRole"), arn("role/reader")), allow("ec2:RunInstances"), under(allow("s3:GetObject"), "StringEquals", "aws:username", "ann"))), "", "a role that may do what she may by her name"},
		{base(document(on(allow("iam:PassRole"), arn("role/reader")), allow("ec2:RunInstances"), under(allow("s3:GetObject"), "StringEquals", "aws:username", "bob"))), "pass the role reader", "a role that may do what another may by its name"},
		{base(document(on(allow("iam:CreateRole", "iam:AttachRolePolicy"), arn("role/new-*")))), "make a role, give it any policy and assume it by iam:AttachRolePolicy with iam:CreateRole", "a role that she makes"},
		{base(document(on(allow("iam:CreateRole", "iam:PutRolePolicy"), arn("role/new-*")))), "make a role", "a role that she makes, by a policy that she writes"},
		{base(document(on(allow("iam:CreateRole"), arn("role/new-*")), on(allow("iam:PutRolePolicy"), arn("role/*-x")))), "make a role", "of two patterns that have names in common"},
		{base(document(on(allow("iam:CreateRole"), arn("role/new-*")), on(allow("iam:PutRolePolicy"), arn("role/old-*")))), "", "of two patterns that have none"},
		{base(document(on(allow("iam:CreateRole", "iam:PutRolePolicy"), arn("role/weak")))), "", "a role that is there already"},
		{base(document(allow("iam:CreateRole"))), "", "a role without policies"},
		{base(document(allow("iam:CreateRole", "iam:PutRolePolicy"), deny("sts:AssumeRole"))), "", "a role that she is denied to assume"},
		{base(document(under(allow("iam:CreateRole"), "StringEquals", delegated, audittest.PolicyARN("limit")), allow("iam:PutRolePolicy"))), "", "a role that has a boundary"},
		{base(document(allow("iam:CreateRole"), under(allow("iam:PutRolePolicy"), "StringEquals", delegated, audittest.PolicyARN("limit")))), "", "policies of roles that have a boundary"},
		{base(document(allow("iam:CreateRole"), under(allow("iam:AttachRolePolicy"), "ArnEquals", "iam:PolicyARN", "arn:aws:iam::aws:policy/ReadOnlyAccess"))), "", "a policy that lifts nobody for a new role"},
		{base(document(on(allow("iam:CreateUser", "iam:CreateAccessKey", "iam:AttachUserPolicy"), arn("user/new-*")))), "make a user", "a user that she makes"},
		{base(document(on(allow("iam:CreateUser", "iam:CreateLoginProfile", "iam:PutUserPolicy"), arn("user/new-*")))), "make a user", "a user that she makes, with a password"},
		{base(document(on(allow("iam:CreateUser", "iam:AttachUserPolicy"), arn("user/new-*")))), "", "a user without credentials"},
		{base(document(on(allow("iam:CreateGroup", "iam:AttachGroupPolicy", "iam:AddUserToGroup"), arn("group/new-*")))), "make a group", "a group that she makes"},
		{base(document(on(allow("iam:CreateGroup", "iam:AttachGroupPolicy", "iam:AddUserToGroup"), arn("group/new-*")))).With(audittest.Bounded("ann", "limit")), "", "a group that she makes, under a boundary"},
		{base(document(allow("iam:PutRolePolicy"))), "", "a role that she cannot assume"},
		{base(document(allow("iam:PutRolePolicy"), on(allow("iam:UpdateAssumeRolePolicy"), arn("role/weak")))), "and then let itself into it", "a role that she may let herself into"},
		{base(document(on(allow("sts:AssumeRole"), arn("role/admin")))), "", "the trust policy lets in EC2 alone"},
		{base(document(under(allow("iam:PassRole"), "StringEquals", "iam:PassedToService", "lambda.amazonaws.com"), allow("ec2:RunInstances"))), "", "a role passed to another service"},
		{base(document(on(allow("iam:PassRole"), arn("role/reader")), allow("ec2:RunInstances"))), "it gains permissions in one step: it may pass the role reader", "a role that may do what she may not"},
		{base(document(on(allow("iam:PassRole"), arn("role/reader")), allow("ec2:RunInstances", "s3:GetObject"))), "", "a role that may do no more than she"},
		{base(document(allow("iam:AttachUserPolicy"))).With(audittest.Bounded("ann", "limit")), "", "her boundary limits what is attached"},
		{base(document(allow("iam:AttachUserPolicy", "iam:CreatePolicyVersion"))).With(audittest.Bounded("ann", "limit")), "itself", "her boundary is a policy that she may change"},
		{base(document(allow("iam:DeleteUserPermissionsBoundary"))).With(audittest.Bounded("ann", "limit")), "", "without the boundary she may do no more"},
		{base(document(allow("iam:DeleteUserPermissionsBoundary", "ec2:RunInstances"))).With(audittest.Bounded("ann", "limit")), "it gains permissions in one step: it may take the boundary off itself", "without it she may"},
	} {
		got := about(t, tt.account, &escalation.Rules[0])
		if tt.want == "" && len(got) > 0 || tt.want != "" && (len(got) != 1 || !strings.Contains(got[0], tt.want)) && tt.want != "what runs" || tt.want == "what runs" && len(got) != 1 {
			t.Errorf("%s: found %q, want %q", tt.reason, got, tt.want)
		}
	}
}

// What one action of a set makes is what another uses.
func TestTogether(t *testing.T) {
	function := func(place, name string) string { return "arn:aws:lambda:" + place + ":function:" + name }
	const own, other = "eu-west-1:" + audittest.ID, "eu-west-1:222222222222"
	const create, invoke, pass = "lambda:CreateFunction", "lambda:InvokeFunction", "iam:PassRole"
	fromBy := func(operator, key, value string) string {
		return document(under(statement{"Effect": "Allow", "Principal": map[string]any{"Service": "lambda.amazonaws.com"}, "Action": "sts:AssumeRole"}, operator, key, value))
	}
	from := func(key, value string) string { return fromBy("StringEquals", key, value) }
	fromLike := func(key, value string) string { return fromBy("ArnLike", key, value) }
	fromText := func(key, value string) string { return fromBy("StringLike", key, value) }
	in := func(list ...inventory.InstanceProfile) func(*inventory.Account) {
		return func(a *inventory.Account) {
			a.Roles[0].InstanceProfiles = append([]inventory.InstanceProfile{}, list...)
		}
	}
	run := []statement{allow(pass, "ec2:RunInstances")}
	for _, tt := range []struct {
		trust  string
		list   []statement
		change func(*inventory.Account)
		want   bool
		reason string
	}{
		{trust("lambda.amazonaws.com"), []statement{allow(pass), on(allow(create, invoke), function(own, "x-*"))}, nil, true, "the same functions"},
		{trust("lambda.amazonaws.com"), []statement{allow(pass), on(allow(create), function(own, "x-*")), on(allow(invoke), function(own, "*-y"))}, nil, true, "functions that have names in common"},
		{trust("lambda.amazonaws.com"), []statement{allow(pass), on(allow(create), function(own, "x-*")), on(allow(invoke), function(own, "y-*"))}, nil, false, "other functions"},
		{trust("lambda.amazonaws.com"), []statement{allow(pass), on(allow(create), function(own, "x-*")), on(allow(invoke), function("us-east-1:"+audittest.ID, "*"))}, nil, false, "functions of another Region"},
		{trust("lambda.amazonaws.com"), []statement{allow(pass), on(allow(create, invoke), function(other, "*"))}, nil, false, "functions of another account"},
		{trust("lambda.amazonaws.com"), []statement{allow(pass), on(allow(create, invoke), "*"), on(deny(invoke), function(other, "*"))}, nil, true, "functions of another account are denied"},
		{trust("ecs-tasks.amazonaws.com"), []statement{allow(pass), on(allow("ecs:CreateService"), "arn:aws:ecs:*:*:service/*"), on(allow("ecs:RegisterTaskDefinition"), "*"), on(allow("ecs:CreateCluster"), "arn:aws:ecs:*:*:cluster/x")}, nil, true, "things of other types"},
		{from("aws:SourceAccount", audittest.ID), []statement{allow(pass, create, invoke)}, nil, true, "for this account alone"},
		{from("aws:SourceAccount", "222222222222"), []statement{allow(pass, create, invoke)}, nil, false, "for another account alone"},
		{from("aws:SourceArn", function(own, "x")), []statement{allow(pass, create, invoke)}, nil, true, "for a function of this account"},
		{from("aws:SourceArn", function(other, "x")), []statement{allow(pass, create, invoke)}, nil, false, "for a function of another account"},
		{fromLike("aws:SourceArn", function("*:"+audittest.ID, "*")), []statement{allow(pass, create, invoke)}, nil, true, "for the functions of this account"},
		{fromLike("aws:SourceArn", function("*:222222222222", "*")), []statement{allow(pass, create, invoke)}, nil, false, "for the functions of another account"},
		{fromLike("aws:SourceArn", "arn:aws:lambda:*:222222222222:*"), []statement{allow(pass, create, invoke)}, nil, false, "for anything of another account"},
		{fromLike("aws:SourceArn", "arn:aws:*:*:222222222222:*"), []statement{allow(pass, create, invoke)}, nil, false, "for any service of another account"},
		{fromLike("aws:SourceArn", "arn:aws:lambda:*:*:function:*"), []statement{allow(pass, create, invoke)}, nil, true, "for the functions of any account"},
		{fromText("aws:SourceArn", function("*:"+audittest.ID, "*")), []statement{allow(pass, create, invoke)}, nil, true, "for those of this account, as a text"},
		{fromText("aws:SourceAccount", "2222*"), []statement{allow(pass, create, invoke)}, nil, false, "for accounts of other ids"},
		{fromText("aws:SourceAccount", "1111*"), []statement{allow(pass, create, invoke)}, nil, true, "for accounts of ids such as this one"},
		{document(statement{"Effect": "Allow", "Principal": map[string]any{"Service": "lambda.amazonaws.com"}, "Action": "sts:AssumeRole"},
			statement{"Effect": "Deny", "Principal": "*", "Action": "sts:AssumeRole", "Condition": map[string]any{"ArnNotLike": map[string]any{"aws:SourceArn": function("*:222222222222", "*")}}}), []statement{allow(pass, create, invoke)}, nil, false, "denied but to the functions of another account"},
		{trust("ec2.amazonaws.com"), run, nil, true, "whether there is an instance profile is not known"},
		{trust("ec2.amazonaws.com"), run, in(), false, "there is no instance profile"},
		{trust("ec2.amazonaws.com"), run, in(inventory.InstanceProfile{Name: "root"}), true, "there is one"},
		{trust("ec2.amazonaws.com"), append(run, allow("iam:AddRoleToInstanceProfile")), in(), true, "there is none, and she may put the role into one"},
	} {
		b := audittest.New().User("ann", nil, document(tt.list...)).Role("/", "root", tt.trust, document(allow("*")))
		if tt.change != nil {
			b.With(tt.change)
		}
		if got := about(t, b, &escalation.Rules[0]); (len(got) == 1) != tt.want {
			t.Errorf("%s: found %q, want one: %v", tt.reason, got, tt.want)
		}
	}
}

// Whether a wildcard in a text about aws:SourceArn reaches this account is not decided.
func TestSourceAsText(t *testing.T) {
	for _, tt := range []struct {
		value   string
		found   int
		unknown bool
	}{
		{"arn:aws:lambda:*:222222222222:function:*", 1, true},
		{"arn:aws:lambda:*:" + audittest.ID + ":function:*", 1, false},
		{"arn:aws:lambda:*", 1, false},
		{"arn:aws:lambda:eu-west-1:222222222222:function:*", 0, false},
	} {
		from := document(under(statement{"Effect": "Allow", "Principal": map[string]any{"Service": "lambda.amazonaws.com"}, "Action": "sts:AssumeRole"}, "StringLike", "aws:SourceArn", tt.value))
		b := audittest.New().User("ann", nil, document(allow("iam:PassRole", "lambda:CreateFunction", "lambda:InvokeFunction"))).Role("/", "root", from, document(allow("*")))
		found := slices.DeleteFunc(b.Check(t, &escalation.Rules[0], config.Config{}), func(f rule.Finding) bool { return f.Entity.Name != "ann" })
		if len(found) != tt.found || tt.found == 1 && (found[0].Unknown != "") != tt.unknown {
			t.Errorf("%s: found %+v, want %d, undecided %v", tt.value, found, tt.found, tt.unknown)
		}
	}
}

// Which versions a policy has decides what it is worth to put another in force.
func TestVersions(t *testing.T) {
	hers := document(allow("iam:SetDefaultPolicyVersion"))
	for _, tt := range []struct {
		others  []inventory.PolicyVersion
		want    string
		unknown bool
		reason  string
	}{
		{nil, "an administrator in one step", true, "the versions were not read"},
		{[]inventory.PolicyVersion{}, "", false, "there is none"},
		{[]inventory.PolicyVersion{{ID: "v2", Document: inventory.Document(document(allow("iam:SetDefaultPolicyVersion"), deny("s3:*")))}}, "", false, "one that is no stronger"},
		{[]inventory.PolicyVersion{{ID: "v2", Document: inventory.Document(document(allow("s3:GetObject")))}}, "it gains permissions in one step", false, "one that allows something else"},
		{[]inventory.PolicyVersion{{ID: "v2", Document: inventory.Document(document(allow("*")))}}, "(hers to v2)", false, "an administrator's"},
		{[]inventory.PolicyVersion{{ID: "v2", Document: inventory.Document(document(under(allow("s3:GetObject"), "DateLessThan", "aws:CurrentTime", "2026-01-01T00:00:00Z")))}}, "", false, "one that allowed something else until a day before"},
		{[]inventory.PolicyVersion{{ID: "v2", Document: inventory.Document(document(under(allow("s3:GetObject"), "DateLessThan", "aws:CurrentTime", "2027-01-01T00:00:00Z")))}}, "it gains permissions in one step", false, "one that allows something else until a later day"},
		{[]inventory.PolicyVersion{{ID: "v2", Document: inventory.Document(document(under(allow("s3:GetObject"), "StringEquals", "aws:username", "bob")))}}, "", false, "one that allows something else to another"},
		{[]inventory.PolicyVersion{{ID: "v2", Document: inventory.Document(document(under(allow("s3:GetObject"), "ArnEquals", "aws:PrincipalArn", arn("user/bob"))))}}, "", false, "one that allows something else to another by its ARN"},
		{[]inventory.PolicyVersion{{ID: "v2", Document: inventory.Document(document(under(allow("s3:GetObject"), "StringEquals", "aws:username", "ann")))}}, "it gains permissions in one step", false, "one that allows something else to her"},
	} {
		b := audittest.New().Policy("hers", hers).User("ann", nil).With(func(a *inventory.Account) {
			a.Policies[0].Others = tt.others
			a.Users[0].Attached = []inventory.PolicyRef{{Name: "hers", ARN: audittest.PolicyARN("hers")}}
		})
		found := b.Check(t, &escalation.Rules[0], config.Config{})
		got := audittest.Messages(found)
		if tt.want == "" && len(got) > 0 || tt.want != "" && (len(got) != 1 || !strings.Contains(got[0], tt.want) || (found[0].Unknown != "") != tt.unknown) {
			t.Errorf("%s: found %+v, want %q", tt.reason, found, tt.want)
		}
	}
}

func TestChains(t *testing.T) {
	admin := document(allow("*"))
	assume := func(name string) string { return document(on(allow("sts:AssumeRole"), arn("role/"+name))) }
	for _, tt := range []struct {
		account  *audittest.Builder
		rule     int
		want     string
		severity severity.Level
		reason   string
	}{
		{audittest.New().User("ann", nil, assume("a")).Role("/", "a", trust(""), admin), 0, "in one step: it may assume the role a", severity.Medium, "one step that somebody meant"},
		{audittest.New().User("ann", nil, assume("*")).Role("/", "a", trust(""), admin), 0, "in one step: it may assume the role a", "", "one step that nobody meant"},
		{audittest.New().User("ann", nil).Role("/", "a", trust(arn("user/ann")), admin), 0, "assume the role a, whose trust policy names it", severity.Medium, "named by her ARN"},
		{audittest.New().User("ann", nil, document(on(deny("sts:AssumeRole"), "*"))).Role("/", "a", trust(arn("user/ann")), admin), 0, "", "", "named, and denied"},
		{audittest.New().User("ann", nil, assume("a")).Role("/", "a", trust(""), assume("b")).Role("/", "b", trust(""), admin), 1, "in 2 steps: it may assume the role a by sts:AssumeRole (sts-001), then assume the role b", severity.Medium, "two steps that somebody meant"},
		{audittest.New().User("ann", nil, assume("a")).Role("/", "a", trust(""), assume("b")).Role("/", "b", trust(""), document(allow("iam:AttachRolePolicy"))), 1, "in 3 steps", "", "the last role attaches a policy to itself"},
		{audittest.New().User("ann", nil, assume("a")).Role("/", "a", trust(""), document(on(allow("iam:UpdateAssumeRolePolicy"), arn("role/b")))).
			Role("/", "b", trust("ec2.amazonaws.com"), assume("c")).Role("/", "c", trust(""), admin), 1, "in 3 steps", "", "three steps"},
		{audittest.New().User("ann", nil, assume("a")).Role("/", "a", trust(""), document(allow("lambda:UpdateFunctionCode"))).Role("/", "b", trust("lambda.amazonaws.com"), admin), 1, "in 2 steps", severity.High, "a step of which it is not known whether there is such a function"},
		{audittest.New().User("ann", nil, assume("a")).Role("/", "a", trust(""), assume("b")).Role("/", "b", trust(arn("user/bob")), admin).User("bob", nil), 1, "", "", "the last step is for another"},
		{audittest.New().User("ann", nil, assume("a")).Role("/", "a", trust(""), document(under(allow("iam:AttachRolePolicy"), "Bool", "aws:MultiFactorAuthPresent", "true"))), 1, "", "", "the session of a role has no MFA"},
		{audittest.New().User("ann", nil, assume("a")).Role("/", "a", trust(""), document(under(allow("iam:AttachRolePolicy"), "Bool", "aws:MultiFactorAuthPresent", "false"))), 1, "in 2 steps", "", "the session of a role is asked to have none"},
		{audittest.New().User("ann", nil, assume("a")).Role("/", "a", trust(""), document(under(allow("iam:AttachRolePolicy"), "NumericLessThan", "aws:MultiFactorAuthAge", "300"))), 1, "", "", "nor an age of it"},
		{audittest.New().User("ann", nil, assume("a")).Role("/", "a", trust(""), assume("b")).Role("/", "b", document(statement{"Effect": "Allow", "Principal": map[string]any{"AWS": arn("root")}, "Action": "sts:AssumeRole", "Condition": map[string]any{"Bool": map[string]any{"aws:MultiFactorAuthPresent": "true"}}}), admin), 1, "", "", "a trust policy asks a session for MFA"},
		{audittest.New().User("ann", nil, assume("b")).Role("/", "b", document(statement{"Effect": "Allow", "Principal": map[string]any{"AWS": arn("root")}, "Action": "sts:AssumeRole", "Condition": map[string]any{"Bool": map[string]any{"aws:MultiFactorAuthPresent": "true"}}}), admin), 0, "in one step", severity.Medium, "a trust policy asks a user for MFA"},
		{audittest.New().User("ann", nil, assume("a")).Role("/", "a", trust(""), document(allow("s3:*"))), 1, "", "", "no administrator"},
		{audittest.New().User("ann", nil, assume("a")).Role("/", "a", trust(""), assume("b")).Role("/aws-service-role/x.amazonaws.com/", "b", trust(""), admin), 1, "", "", "a service-linked role is AWS's"},
	} {
		found := slices.DeleteFunc(tt.account.Check(t, &escalation.Rules[tt.rule], config.Config{}), func(f rule.Finding) bool { return f.Entity.Name != "ann" })
		got := audittest.Messages(found)
		if tt.want == "" && len(got) > 0 || tt.want != "" && (len(got) != 1 || !strings.Contains(got[0], tt.want) || found[0].Severity != tt.severity) {
			t.Errorf("%s: found %+v, want %q, %s", tt.reason, found, tt.want, tt.severity)
		}
		for _, f := range found { // each step with what proves it
			if steps := len(f.Steps); steps < tt.rule*2 || tt.rule == 1 && steps != strings.Count(f.Message, ", then ")+1 {
				t.Errorf("%s: %q has %d steps", tt.reason, f.Message, steps)
			}
		}
	}
}

// A user is no finding beside its group's.
func TestGroups(t *testing.T) {
	b := audittest.New().User("ann", []string{"ops"}).User("bob", []string{"ops"}).Group("ops", document(on(allow("iam:PutUserPolicy"), arn("user/${aws:username}"))))
	if found := b.Check(t, &escalation.Rules[0], config.Config{}); len(found) != 1 || found[0].Entity.Name != "ops" {
		t.Errorf("a group whose members are named by a variable: found %v", audittest.Messages(found))
	}
	b = audittest.New().User("ann", []string{"ops"}).User("bob", []string{"ops"}).Group("ops", document(on(allow("iam:PutUserPolicy"), arn("user/ann"))))
	if found := b.Check(t, &escalation.Rules[0], config.Config{}); len(found) != 1 || found[0].Entity.Name != "ann" {
		t.Errorf("a group of which one member may lift itself: found %v", audittest.Messages(found))
	}
	b = audittest.New().User("ann", []string{"ops"}).User("bob", []string{"ops"}).Group("ops", document(allow("iam:PutUserPolicy")))
	found := b.Check(t, &escalation.Rules[0], config.Config{})
	if len(found) != 1 || found[0].Entity.Name != "ops" || !strings.Contains(found[0].Fix, "put-group-policy --group-name ops") {
		t.Errorf("a group: found %+v", found)
	}
}

// What a first step gives counts for the steps that follow.
func TestAfterwards(t *testing.T) {
	const attach = "iam:AttachUserPolicy"
	only := func(s statement, which string) statement { return under(s, "ArnLike", "iam:PolicyARN", which) }
	own := audittest.PolicyARN("*")
	limit := func(list ...statement) string { return document(append(list, allow("s3:*"))...) }
	for _, tt := range []struct {
		list   []statement
		other  string // a policy that nobody has
		limit  string // the boundary
		rule   int
		want   string
		reason string
	}{
		{[]statement{only(allow(attach), own)}, document(allow("iam:*")), "", 1, "in 2 steps: it may attach a policy to itself (other) by iam:AttachUserPolicy (iam-008), then attach any policy to itself", "a policy with all of IAM"},
		{[]statement{only(allow(attach), own)}, document(allow("s3:*")), "", 0, "it gains permissions in one step: it may attach a policy to itself (other)", "a policy with more"},
		{[]statement{only(allow(attach), own)}, document(allow("s3:*")), "", 1, "", "a policy that leads to nobody"},
		{[]statement{only(allow(attach), own), allow("s3:*")}, document(allow("s3:Get*")), "", 0, "", "a policy with no more"},
		{[]statement{only(allow(attach), own), allow("iam:CreatePolicyVersion")}, document(allow("s3:*")), "", 0, "change a policy and attach it to itself (other)", "a policy that she may change"},
		{[]statement{only(allow(attach), own), allow("iam:CreatePolicy")}, document(allow("s3:*")), "", 0, "write a policy and attach it to itself by iam:AttachUserPolicy with iam:CreatePolicy", "a policy that she makes"},
		{[]statement{only(allow(attach), audittest.PolicyARN("x-*")), on(allow("iam:CreatePolicy"), audittest.PolicyARN("y-*"))}, document(allow("s3:*")), "", 0, "", "policies that she makes are none that she may attach"},
		{[]statement{allow(attach)}, document(allow("s3:*")), limit(allow("iam:*")), 1, "then take the boundary off itself", "her boundary leaves what takes it off"},
		{[]statement{allow("iam:PutUserPolicy")}, document(allow("s3:*")), limit(allow("iam:*")), 1, "it may write any policy for itself by iam:PutUserPolicy (iam-007), then take the boundary off itself", "the same by a policy that she writes"},
		{[]statement{allow(attach)}, document(allow("s3:*")), limit(allow(attach)), 1, "", "her boundary leaves nothing that leads on"},
		{[]statement{allow(attach)}, document(allow("s3:*")), limit(allow(attach)), 0, "", "what her boundary leaves is meant"},
	} {
		b := audittest.New().Policy("other", tt.other).User("ann", nil, document(tt.list...))
		if tt.limit != "" {
			b.Policy("limit", tt.limit).With(audittest.Bounded("ann", "limit"))
		}
		got := about(t, b, &escalation.Rules[tt.rule])
		if tt.want == "" && len(got) > 0 || tt.want != "" && (len(got) != 1 || !strings.Contains(got[0], tt.want)) {
			t.Errorf("%s: found %q, want %q", tt.reason, got, tt.want)
		}
	}
	// Who may become one of these has one step more.
	b := audittest.New().Policy("hers", document(allow("iam:SetDefaultPolicyVersion"))).Role("/", "r", trust("")).
		User("ann", nil, document(on(allow("sts:AssumeRole"), arn("role/r")))).With(func(a *inventory.Account) {
		a.Policies[0].Others = []inventory.PolicyVersion{{ID: "v2", Document: inventory.Document(document(allow("iam:*")))}}
		a.Roles[0].Attached = []inventory.PolicyRef{{Name: "hers", ARN: audittest.PolicyARN("hers")}}
	})
	if got := about(t, b, &escalation.Rules[1]); len(got) != 1 || !strings.Contains(got[0], "in 3 steps: it may assume the role r") {
		t.Errorf("a role that puts a version in force: found %q", got)
	}
}

// Every member of a group has a name.
func TestMembersHaveNames(t *testing.T) {
	for _, tt := range []struct {
		list   []statement
		want   int
		reason string
	}{
		{[]statement{under(allow("iam:PutUserPolicy"), "Null", "aws:username", "true")}, 0, "as one without a name"},
		{[]statement{allow("iam:PutUserPolicy"), under(deny("*"), "Null", "aws:username", "false")}, 0, "denied to whoever has a name"},
		{[]statement{under(allow("iam:PutUserPolicy"), "Null", "aws:username", "false")}, 1, "as one with a name"},
		{[]statement{under(allow("iam:PutUserPolicy"), "StringLike", "aws:username", "a*")}, 1, "by some of the names"},
	} {
		b := audittest.New().User("ann", []string{"ops"}).Group("ops", document(tt.list...))
		if got := audittest.Messages(b.Check(t, &escalation.Rules[0], config.Config{})); len(got) != tt.want {
			t.Errorf("%s: found %q", tt.reason, got)
		}
	}
}

// Roles with the same documents are each asked, whoever was asked before.
func TestAlike(t *testing.T) {
	pass := document(allow("iam:PassRole", "ec2:RunInstances"))
	b := audittest.New().Role("/", "a", trust(""), pass).Role("/", "b", trust(""), pass).Role("/", "c", trust(""), pass)
	if found := b.Check(t, &escalation.Rules[0], config.Config{}); len(found) > 0 {
		t.Errorf("nobody is stronger: found %v", audittest.Messages(found))
	}
	b.Role("/", "reader", trust("ec2.amazonaws.com"), document(allow("s3:GetObject")))
	if found := b.Check(t, &escalation.Rules[0], config.Config{}); len(found) != 3 {
		t.Errorf("a stronger role: found %v", audittest.Messages(found))
	}
	own := document(on(allow("iam:PutRolePolicy"), arn("role/b")))
	b = audittest.New().Role("/", "a", trust(""), own).Role("/", "b", trust(""), own)
	if found := b.Check(t, &escalation.Rules[0], config.Config{}); len(found) != 1 || found[0].Entity.Name != "b" {
		t.Errorf("one that may lift itself: found %v", audittest.Messages(found))
	}
}

// IAM refuses to change the roles of IAM Identity Center, by whoever it is.
func TestOfAWS(t *testing.T) {
	const path = "/aws-reserved/sso.amazonaws.com/eu-west-1/"
	admin := document(allow("*"))
	shared := func(hers string) *audittest.Builder {
		return audittest.New().Policy("shared", document(allow("s3:GetObject"))).User("ann", nil, hers).Role(path, "a", trust("")).With(func(a *inventory.Account) {
			a.Roles[0].Attached = []inventory.PolicyRef{{Name: "shared", ARN: audittest.PolicyARN("shared")}}
		})
	}
	for _, tt := range []struct {
		account *audittest.Builder
		want    int
		reason  string
	}{
		{audittest.New().User("ann", nil, document(allow("iam:UpdateAssumeRolePolicy"))).Role(path, "a", trust("ec2.amazonaws.com"), admin), 0, "its trust policy"},
		{audittest.New().User("ann", nil, document(allow("iam:UpdateAssumeRolePolicy"))).Role("/", "a", trust("ec2.amazonaws.com"), admin), 1, "that of another role"},
		{audittest.New().Role(path, "a", trust(""), document(allow("iam:AttachRolePolicy", "iam:PutRolePolicy"))), 0, "its own policies"},
		{audittest.New().Role("/", "a", trust(""), document(allow("iam:AttachRolePolicy", "iam:PutRolePolicy"))), 1, "those of another role"},
		{audittest.New().User("ann", nil, document(allow("iam:PutRolePolicy", "sts:AssumeRole"))).Role(path, "a", trust("")), 0, "its policies by who may assume it"},
		{audittest.New().User("ann", nil, document(allow("sts:AssumeRole"))).Role(path, "a", trust(""), admin), 1, "it may be assumed"},
		{shared(document(allow("iam:CreatePolicyVersion", "sts:AssumeRole"))), 1, "a policy of the account's own that it has may be changed"},
	} {
		if got := audittest.Messages(tt.account.Check(t, &escalation.Rules[0], config.Config{})); len(got) != tt.want {
			t.Errorf("%s: found %q, want %d", tt.reason, got, tt.want)
		}
	}
}

// Who may lift its own boundary has what its policies allow.
func TestOwnBoundary(t *testing.T) {
	const delegated = "iam:PermissionsBoundary"
	wide := audittest.PolicyARN("wide")
	limit := func(list ...statement) string { return document(append(list, allow("s3:*"))...) }
	for _, tt := range []struct {
		role   bool
		limit  string
		others []inventory.PolicyVersion
		want   string
		reason string
	}{
		{false, limit(), nil, "", "nothing to lift it by"},
		{false, limit(allow("iam:DeleteUserPermissionsBoundary")), nil, "an administrator in one step: it may take the boundary off itself", "a user takes it off"},
		{true, limit(allow("iam:DeleteRolePermissionsBoundary")), nil, "an administrator in one step: it may take the boundary off itself", "a role takes it off, and assumes nothing"},
		{true, limit(on(allow("iam:DeleteRolePermissionsBoundary"), arn("role/other"))), nil, "", "of another role"},
		{false, limit(allow("iam:CreatePolicyVersion")), nil, "an administrator in one step: it may change the boundary of itself", "its policy is changed"},
		{false, limit(on(allow("iam:CreatePolicyVersion"), wide)), nil, "", "that of another policy is"},
		{false, limit(allow("iam:SetDefaultPolicyVersion")), []inventory.PolicyVersion{{ID: "v2", Document: inventory.Document(document(allow("*")))}}, "(limit to v2)", "a wide version is put in force"},
		{false, limit(allow("iam:SetDefaultPolicyVersion")), []inventory.PolicyVersion{{ID: "v2", Document: inventory.Document(document(allow("s3:Get*")))}}, "", "a narrow version is"},
		{false, limit(allow("iam:SetDefaultPolicyVersion")), []inventory.PolicyVersion{}, "", "there is no other version"},
		{false, limit(allow("iam:PutUserPermissionsBoundary")), nil, "an administrator in one step: it may put another boundary on itself", "a user puts another"},
		{true, limit(allow("iam:PutRolePermissionsBoundary")), nil, "an administrator in one step: it may put another boundary on itself", "a role puts another"},
		{true, limit(allow("iam:PutUserPermissionsBoundary")), nil, "", "a role is no user"},
		{false, limit(under(allow("iam:PutUserPermissionsBoundary"), "StringEquals", delegated, audittest.PolicyARN("limit"))), nil, "", "the same again"},
		{false, limit(under(allow("iam:PutUserPermissionsBoundary"), "StringEquals", delegated, audittest.PolicyARN("narrow"))), nil, "", "a narrow one"},
		{false, limit(under(allow("iam:PutUserPermissionsBoundary"), "StringEquals", delegated, wide)), nil, "put another boundary on itself", "a wide one alone"},
		{false, limit(under(allow("iam:PutUserPermissionsBoundary"), "Bool", "aws:MultiFactorAuthPresent", "true")), nil, "put another boundary on itself", "with MFA"},
		{false, limit(on(allow("iam:PutUserPermissionsBoundary"), arn("user/bob"))), nil, "", "on somebody else"},
	} {
		b := audittest.New().Policy("limit", tt.limit).Policy("wide", document(allow("*"))).Policy("narrow", document(allow("s3:Get*")))
		if tt.role {
			b.Role("/", "ann", trust("ec2.amazonaws.com"), document(allow("*")))
		} else {
			b.User("ann", nil, document(allow("*")))
		}
		b.With(func(a *inventory.Account) {
			a.Policies[0].Others = tt.others
			ref := &inventory.PolicyRef{Name: "limit", ARN: audittest.PolicyARN("limit")}
			if tt.role {
				a.Roles[0].Boundary = ref
			} else {
				a.Users[0].Boundary = ref
			}
		})
		got := audittest.Messages(b.Check(t, &escalation.Rules[0], config.Config{}))
		if tt.want == "" && len(got) > 0 || tt.want != "" && (len(got) != 1 || !strings.Contains(got[0], tt.want)) {
			t.Errorf("%s: found %q, want %q", tt.reason, got, tt.want)
		}
	}
}

// Of very many roles that are not alike some are compared, and each of the others is said
// once not to have been.
func TestMany(t *testing.T) {
	const many = 310
	b := audittest.New()
	for i := range many {
		n := strconv.Itoa(i)
		b.Role("/", "r"+n, trust("ec2.amazonaws.com"), document(
			under(allow("iam:PassRole", "ec2:RunInstances"), "StringEquals", "aws:ResourceTag/t", n), on(allow("dynamodb:*"), "arn:aws:dynamodb:eu-west-1:"+audittest.ID+":table/"+n)))
	}
	found := b.Check(t, &escalation.Rules[0], config.Config{})
	unknown := 0
	for _, f := range found {
		if f.Unknown != "" {
			unknown++
		}
	}
	if len(found) != many || unknown != many-300 {
		t.Errorf("found %d of %d, of which %d are undecided", len(found), many, unknown)
	}
}

// What searches that are at an end do not decide is said of whom it is about, and of
// nobody else.
func TestSpent(t *testing.T) {
	b := audittest.New().Role("/", "root", trust("lambda.amazonaws.com"), document(allow("*"))).User("bob", nil, document(allow("s3:*")))
	for i := range 20 {
		n := strconv.Itoa(i)
		b.User("ann"+n, nil, document(under(allow("iam:PassRole", "lambda:CreateFunction", "lambda:InvokeFunction"), "StringEquals", "aws:RequestTag/t", n)))
	}
	sure := func() (sure, unknown int) {
		for _, f := range b.Check(t, &escalation.Rules[0], config.Config{}) {
			switch {
			case f.Entity.Name == "bob":
				t.Errorf("found %q", f.Message)
			case f.Unknown == "":
				sure++
			default:
				unknown++
			}
		}
		return sure, unknown
	}
	if s, u := sure(); s != 20 || u != 0 {
		t.Errorf("with all steps %d are found and %d undecided", s, u)
	}
	defer escalation.Steps(3000)()
	if s, u := sure(); s+u != 20 || u == 0 {
		t.Errorf("with few steps %d are found and %d undecided", s, u)
	}
}

// A policy of many counts for who may change just that.
func TestPolicies(t *testing.T) {
	for _, tt := range []struct {
		on   string
		want int
	}{
		{audittest.PolicyARN("shared"), 1}, {audittest.PolicyARN("shar*"), 1}, {audittest.PolicyARN("other"), 0}, {"*", 1},
	} {
		b := audittest.New().Policy("shared", document(allow("s3:GetObject"))).Policy("other", document(allow("s3:GetObject"))).Role("/", "a", trust("")).
			User("ann", nil, document(on(allow("iam:CreatePolicyVersion"), tt.on), on(allow("sts:AssumeRole"), arn("role/a")))).With(func(a *inventory.Account) {
			a.Roles[0].Attached = []inventory.PolicyRef{{Name: "shared", ARN: audittest.PolicyARN("shared")}}
		})
		if got := about(t, b, &escalation.Rules[0]); len(got) != tt.want {
			t.Errorf("on %s: found %q, want %d", tt.on, got, tt.want)
		}
	}
}
