package escalation_test

import (
	"slices"
	"strings"
	"testing"

	"iamctl/audit/audittest"
	"iamctl/audit/escalation"
	"iamctl/inventory"
	sets "iamctl/verdict/escalation"
)

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
