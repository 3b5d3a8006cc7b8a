package audit_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"iamctl/audit"
	"iamctl/audit/account"
	"iamctl/audit/audittest"
	"iamctl/audit/config"
	_ "iamctl/internal/raced"
)

// trusts and permissions are what the documents of drawn accounts are made of. The names
// alpha, beta and gamma are those of roles, of users and of groups.
var (
	trusts = []string{
		`"Effect": "Allow", "Principal": {"Service": "ec2.amazonaws.com"}, "Action": "sts:AssumeRole"`,
		`"Effect": "Allow", "Principal": {"Service": ["lambda.amazonaws.com", "scheduler.amazonaws.com"]}, "Action": "sts:AssumeRole"`,
		`"Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::111111111111:root"}, "Action": "sts:AssumeRole"`,
		`"Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::111111111111:user/beta"}, "Action": "sts:AssumeRole"`,
		`"Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::111111111111:role/alpha"}, "Action": ["sts:AssumeRole", "sts:TagSession"]`,
		`"Effect": "Allow", "Principal": {"AWS": "222222222222"}, "Action": "sts:AssumeRole", "Condition": {"StringEquals": {"sts:ExternalId": "x"}}`,
		`"Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::222222222222:root"}, "Action": "sts:*"`,
		`"Effect": "Allow", "Principal": "*", "Action": "sts:AssumeRole", "Condition": {"StringEquals": {"aws:PrincipalOrgID": "o-1"}}`,
		`"Effect": "Allow", "Principal": "*", "Action": "sts:AssumeRole"`,
		`"Effect": "Allow", "Principal": {"Federated": "arn:aws:iam::111111111111:oidc-provider/token.actions.githubusercontent.com"}, "Action": "sts:AssumeRoleWithWebIdentity", "Condition": {"StringLike": {"token.actions.githubusercontent.com:sub": "repo:acme*"}}`,
	}
	permissions = []string{
		`"Effect": "Allow", "Action": "*", "Resource": "*"`,
		`"Effect": "Allow", "Action": "iam:*", "Resource": "*"`,
		`"Effect": "Allow", "NotAction": "iam:*", "Resource": "*"`,
		`"Effect": "Allow", "Action": ["iam:PassRole", "lambda:CreateFunction", "lambda:InvokeFunction"], "Resource": "*"`,
		`"Effect": "Allow", "Action": "iam:PassRole", "Resource": "arn:aws:iam::111111111111:role/alpha"`,
		`"Effect": "Allow", "Action": "iam:PassRole", "Resource": "*", "Condition": {"StringEquals": {"iam:PassedToService": "lambda.amazonaws.com"}}`,
		`"Effect": "Allow", "Action": ["ec2:RunInstances", "scheduler:CreateSchedule"], "Resource": "*"`,
		`"Effect": "Allow", "Action": "sts:AssumeRole", "Resource": "arn:aws:iam::111111111111:role/*"`,
		`"Effect": "Allow", "Action": "iam:AttachUserPolicy", "Resource": "arn:aws:iam::111111111111:user/beta"`,
		`"Effect": "Allow", "Action": ["iam:AttachRolePolicy", "iam:CreateRole"], "Resource": "*", "Condition": {"StringEquals": {"iam:PermissionsBoundary": "arn:aws:iam::111111111111:policy/limit"}}`,
		`"Effect": "Allow", "Action": "iam:UpdateAssumeRolePolicy", "Resource": "*", "Condition": {"Bool": {"aws:MultiFactorAuthPresent": "true"}}`,
		`"Effect": "Allow", "Action": "s3:Get*", "Resource": "*"`,
	}
	taken = []string{
		`"Effect": "Deny", "Action": "*", "Resource": "*"`,
		`"Effect": "Deny", "Action": "iam:*", "Resource": "*"`,
		`"Effect": "Deny", "Action": "iam:PassRole", "NotResource": "arn:aws:iam::111111111111:role/alpha"`,
		`"Effect": "Deny", "NotAction": "s3:*", "Resource": "*", "Condition": {"Bool": {"aws:MultiFactorAuthPresent": "false"}}`,
		`"Effect": "Deny", "Action": "sts:AssumeRole", "Resource": "*", "Condition": {"StringNotLike": {"aws:PrincipalArn": "*beta*"}}`,
	}
	keptOut = []string{
		`"Effect": "Deny", "Principal": "*", "Action": "sts:*"`,
		`"Effect": "Deny", "Principal": {"AWS": "222222222222"}, "Action": "sts:AssumeRole"`,
		`"Effect": "Deny", "Principal": "*", "Action": "sts:TagSession"`,
		`"Effect": "Deny", "Principal": "*", "Action": "sts:AssumeRole", "Condition": {"StringNotEquals": {"aws:PrincipalAccount": "111111111111"}}`,
	}
)

// sketch is a drawn account: statements of documents by holder.
type sketch struct {
	trust, role, user, group [][]string
	bounded                  bool
}

func sketched(rt *rapid.T) *sketch {
	draw := func(from []string, what string, least int) [][]string {
		return rapid.SliceOfN(rapid.SliceOfN(rapid.SampledFrom(from), least, 2), 2, 2).Draw(rt, what)
	}
	return &sketch{
		draw(trusts, "trust", 1), draw(permissions, "role", 1), draw(permissions, "user", 0), draw(permissions, "group", 0),
		rapid.Bool().Draw(rt, "bounded"),
	}
}

func text(statements []string) []string {
	if len(statements) == 0 {
		return nil
	}
	return []string{`{"Version": "2012-10-17", "Statement": [{` + strings.Join(statements, "}, {") + `}]}`}
}

// account makes the account. The names of roles, users and groups are changed by rename,
// in documents too.
func (s *sketch) account(rename *strings.Replacer) *account.Account {
	b := audittest.New().Policy("limit", `{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": ["s3:*", "iam:*", "lambda:*"], "Resource": "*"}}`)
	said := func(statements []string) []string {
		out := text(statements)
		for i := range out {
			out[i] = rename.Replace(out[i])
		}
		return out
	}
	for i, name := range []string{rename.Replace("alpha"), rename.Replace("beta")} {
		b.Role("/", name, said(s.trust[i])[0], said(s.role[i])...)
		b.User(name, []string{rename.Replace("gamma")}, said(s.user[i])...)
	}
	b.Group(rename.Replace("gamma"), said(s.group[0])...)
	if s.bounded {
		b.With(audittest.Bounded(rename.Replace("alpha"), "limit"))
	}
	return b.Account()
}

func run(a *account.Account) []audit.Finding {
	return audit.Run([]*account.Account{a}, audit.Options{Rules: audit.Rules(), Config: &config.Config{}, Day: time.Date(2026, 1, 31, 0, 0, 0, 0, time.UTC)})
}

// byDeny are the rules of which more is never found because of a Deny: each finding is of
// something that is allowed.
var byDeny = []string{
	"IAM-057", "ADMIN", "ESCALATION", "ESCALATION-CHAIN", "PASSROLE-ANY", "PASSROLE-MIXED", "PASSROLE-NO-SERVICE", "ROLE-MANY-SERVICES", "TRUST-ANYONE",
	"TRUST-ROOT", "TRUST-DEPUTY", "TRUST-SESSION", "TRUST-OIDC-TENANT", "TRUST-OIDC-AUD", "TRUST-SAML-AUD", "TRUST-FOREIGN-PROVIDER",
}

// strong are the rules of which one finds who has all permissions or comes to more: an
// administrator whom a Deny takes some away may still come to all, and one who came to all
// to some. A user is not found for what its group is found for.
var strong = []string{"ADMIN", "ESCALATION", "ESCALATION-CHAIN"}

func lifted(found map[string]bool, who string) bool {
	return slices.ContainsFunc(strong, func(id string) bool {
		return found[id+" "+who] || strings.HasPrefix(who, "user ") && found[id+" group gamma"]
	})
}

// A Deny, wherever it is, makes no finding of what is allowed.
func TestDenyFindsNoMore(t *testing.T) {
	found, gone := 0, 0
	rapid.Check(t, func(rt *rapid.T) {
		s := sketched(rt)
		was := about(run(s.account(none)))
		at := rapid.IntRange(0, 1).Draw(rt, "at")
		where := rapid.SampledFrom([]*[][]string{&s.trust, &s.role, &s.user, &s.group}).Draw(rt, "where")
		from := taken
		if where == &s.trust {
			from = keptOut
		}
		deny := rapid.SampledFrom(from).Draw(rt, "deny")
		(*where)[at] = append(slices.Clone((*where)[at]), deny)
		now := about(run(s.account(none)))
		for name := range now {
			id, who, _ := strings.Cut(name, " ")
			if slices.Contains(byDeny, id) && !was[name] && !(slices.Contains(strong, id) && lifted(was, who)) {
				rt.Errorf("with {%s}: found %s", deny, name)
			}
		}
		found += len(was)
		for name := range was {
			if !now[name] {
				gone++
			}
		}
	})
	t.Logf("%d findings, of which a Deny took %d away", found, gone)
	if gone == 0 {
		t.Error("no Deny took a finding away")
	}
}

// none changes no name.
var none = strings.NewReplacer()

// about returns what findings are about: the rule and the entity.
func about(found []audit.Finding) map[string]bool {
	out := map[string]bool{}
	for _, f := range found {
		out[fmt.Sprintf("%s %s %s", f.Rule.ID, f.Entity.Kind, f.Entity.Name)] = true
	}
	return out
}

// Names have no part in what is found, but that the first of several alike is named.
func TestRename(t *testing.T) {
	there, back := strings.NewReplacer("alpha", "app-Deploy", "beta", "x.prod", "gamma", "ops+team"), strings.NewReplacer("app-Deploy", "alpha", "x.prod", "beta", "ops+team", "gamma")
	rapid.Check(t, func(rt *rapid.T) {
		s := sketched(rt)
		was, now := run(s.account(none)), run(s.account(there))
		if len(was) != len(now) {
			rt.Fatalf("%d findings, %d under other names", len(was), len(now))
		}
		say := func(f audit.Finding) string {
			return fmt.Sprintf("%s %s %s %s: %s", f.Severity, f.Rule.ID, f.Entity.Kind, f.Entity.Name, f.Message)
		}
		var a, b []string
		for i := range was {
			a = append(a, say(was[i]))
			b = append(b, back.Replace(say(now[i])))
		}
		slices.Sort(a)
		slices.Sort(b)
		for i := range a {
			if a[i] != b[i] {
				rt.Errorf("found %q, under other names %q", a[i], b[i])
			}
		}
	})
}

// The evaluator lets in each witness.
func TestWitnesses(t *testing.T) {
	asked := 0
	rapid.Check(t, func(rt *rapid.T) {
		a := sketched(rt).account(none)
		for _, f := range run(a) {
			audittest.Replay(rt, a, &f.Finding)
			if f.Witness != nil {
				asked++
			}
		}
	})
	t.Logf("%d witnesses", asked)
	if asked == 0 {
		t.Error("no finding has a witness")
	}
}
