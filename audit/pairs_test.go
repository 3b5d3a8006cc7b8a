package audit_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"iamctl/audit"
	"iamctl/audit/audittest"
	"iamctl/audit/config"
	"iamctl/audit/rule"
	"iamctl/inventory"
)

const (
	ownRole  = "arn:aws:iam::111111111111:role/"
	pass     = `"Effect": "Allow", "Action": "iam:PassRole", "Resource": `
	onlyEC2  = `, "Condition": {"StringEquals": {"iam:PassedToService": "ec2.amazonaws.com"}}`
	github   = "arn:aws:iam::111111111111:oidc-provider/token.actions.githubusercontent.com"
	sso      = "arn:aws:iam::111111111111:saml-provider/sso"
	vendor   = `"Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::222222222222:root"}, "Action": "sts:AssumeRole"`
	asUser   = `"Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::222222222222:user/ann"}, "Action": "sts:AssumeRole"`
	byToken  = `"Effect": "Allow", "Principal": {"Federated": "` + github + `"}, "Action": "sts:AssumeRoleWithWebIdentity", "Condition": {"StringLike": {"token.actions.githubusercontent.com:sub": `
	bySAML   = `"Effect": "Allow", "Principal": {"Federated": "` + sso + `"}, "Action": "sts:AssumeRoleWithSAML"`
	deploys  = `"Effect": "Allow", "Action": "iam:AttachUserPolicy", "Resource": "arn:aws:iam::111111111111:user/ann"`
	becomes  = `"Effect": "Allow", "Action": "sts:AssumeRole", "Resource": "` + ownRole + `ops"`
	attaches = `"Effect": "Allow", "Action": "iam:AttachRolePolicy", "Resource": "*"`
)

// duties are the statements of IAM Master and IAM Manager.
var duties = [2]string{
	`"Effect": "Allow", "Action": ["` + strings.Join(slices.Concat(making, reading), `", "`) + `"], "Resource": "*"`,
	`"Effect": "Allow", "Action": ["` + strings.Join(slices.Concat(giving, reading), `", "`) + `"], "Resource": "*"`,
}

var (
	making  = actions("AttachRolePolicy CreateGroup CreatePolicy CreatePolicyVersion CreateRole CreateUser DeleteGroup DeletePolicy DeletePolicyVersion DeleteRole DeleteRolePolicy DeleteUser PutRolePolicy")
	reading = actions("GetPolicy GetPolicyVersion GetRole GetRolePolicy GetUser GetUserPolicy ListEntitiesForPolicy ListGroupPolicies ListGroups ListGroupsForUser ListPolicies " +
		"ListPoliciesGrantingServiceAccess ListPolicyVersions ListRolePolicies ListAttachedGroupPolicies ListAttachedRolePolicies ListAttachedUserPolicies ListRoles ListUsers")
	giving = actions("AddUserToGroup AttachGroupPolicy DeleteGroupPolicy DeleteUserPolicy DetachGroupPolicy DetachRolePolicy DetachUserPolicy PutGroupPolicy PutUserPolicy " +
		"RemoveUserFromGroup UpdateGroup UpdateAssumeRolePolicy UpdateUser")
)

func actions(names string) []string {
	out := strings.Fields(names)
	for i := range out {
		out[i] = "iam:" + out[i]
	}
	return out
}

// trusting is an account with a role r of a trust policy of some statements.
func trusting(statements ...string) *audittest.Builder {
	return audittest.New().Role("/", "r", text(statements)[0])
}

// doing is an account with a role r that EC2 may assume and that may do what statements say.
func doing(statements ...string) *audittest.Builder {
	return audittest.New().Role("/", "r", "", text(statements)...)
}

// user is an account with a user ann in the group people.
func user(statements ...string) *audittest.Builder {
	return audittest.New().Group("people").User("ann", []string{"people"}, text(statements)...)
}

func token(subject, more string) string { return byToken + `"` + subject + `"}` + more + `}` }

// used is an account with a role that was last used on a day.
func used(day string) *audittest.Builder {
	return doing().With(func(a *inventory.Account) {
		at, _ := time.Parse(time.DateOnly, day)
		a.Roles[0].Created, a.Roles[0].LastUsed = at, &inventory.LastUse{At: at, Region: "eu-west-1"}
	})
}

// attached is an account with a role that has a managed policy.
func attached(arn string) *audittest.Builder {
	return doing().With(func(a *inventory.Account) {
		a.Policies = append(a.Policies, inventory.Policy{Name: "AWSSupportAccess", ARN: arn, Path: "/", Document: inventory.Document(text([]string{permissions[11]})[0])})
		a.Roles[0].Attached = []inventory.PolicyRef{{Name: "AWSSupportAccess", ARN: arn}}
	})
}

// pairs are accounts that violate a rule, and accounts that barely do not.
var pairs = []struct {
	rule      string
	violates  string
	violating *audittest.Builder
	barelyNot string
	keeping   *audittest.Builder
}{
	{"ADMIN", "all actions on all things", doing(permissions[0]), "all but IAM's", doing(permissions[2])},
	{"ESCALATION", "a user attaches policies to itself", user(deploys), "to another user", user(strings.Replace(deploys, "user/ann", "user/bob", 1))},
	{
		"ESCALATION-CHAIN", "a user becomes a role that attaches policies to itself", user(becomes).Role("/", "ops", text(trusts[2:3])[0], text([]string{attaches})...),
		"the role may not to roles of its own name", user(becomes).Role("/", "ops", text(trusts[2:3])[0], text([]string{attaches, `"Effect": "Deny", "Action": "iam:AttachRolePolicy", "Resource": "` + ownRole + `ops"`})...),
	},
	{
		"IAM-047", "the manager lacks one action", audittest.New().Role("/", "master", "", text([]string{duties[0]})...).Role("/", "manager", "", text([]string{strings.Replace(duties[1], `"iam:AddUserToGroup", `, "", 1)})...),
		"both duties, each in a role", audittest.New().Role("/", "master", "", text([]string{duties[0]})...).Role("/", "manager", "", text([]string{duties[1]})...),
	},
	{"IAM-057", "an account that nobody knows", trusting(vendor), "the own account", trusting(strings.Replace(vendor, "222222222222", "111111111111", 1))},
	{"IAM-071", "a user with a policy of its own", user(permissions[11]), "its group has it", audittest.New().Group("people", text(permissions[11:])...).User("ann", []string{"people"})},
	{"INLINE-POLICY", "an inline policy", doing(permissions[11]), "a managed one", attached(audittest.PolicyARN("read"))},
	{
		"NO-BOUNDARY", "no boundary", audittest.New().Role("/app/", "app-web", ""),
		"the boundary of the convention", audittest.New().Policy("limit", text(permissions[11:])[0]).Role("/app/", "app-web", "").With(audittest.Bounded("app-web", "limit")),
	},
	{"PASSROLE-ANY", "every role", doing(pass + `"*"`), "one role", doing(pass + `"` + ownRole + `r"`)},
	{"PASSROLE-MIXED", "with another action", doing(strings.Replace(pass, `"iam:PassRole"`, `["iam:PassRole", "ec2:RunInstances"]`, 1) + `"` + ownRole + `r"`), "in statements of their own", doing(pass+`"`+ownRole+`r"`, `"Effect": "Allow", "Action": "ec2:RunInstances", "Resource": "*"`)},
	{"PASSROLE-NO-SERVICE", "a wildcard, to any service", doing(pass + `"` + ownRole + `r*"`), "to one service", doing(pass + `"` + ownRole + `r*"` + onlyEC2)},
	{"PASSROLE-OTHER-ACCOUNT", "a role of another account", doing(pass + `"arn:aws:iam::222222222222:role/r"`), "of the own", doing(pass + `"` + ownRole + `r"`)},
	{
		"PASSROLE-TAG-CONDITION", "a condition on the role's tag", doing(pass + `"` + ownRole + `r", "Condition": {"StringEquals": {"iam:ResourceTag/team": "a"}}`),
		"on the tag of who passes it", doing(pass + `"` + ownRole + `r", "Condition": {"StringEquals": {"aws:PrincipalTag/team": "a"}}`),
	},
	{"PASSROLE-UNTRUSTED-SERVICE", "to a service that the role does not trust", doing(pass + `"` + ownRole + `r"` + strings.Replace(onlyEC2, "ec2.", "lambda.", 1)), "to one that it does", doing(pass + `"` + ownRole + `r"` + onlyEC2)},
	{"PATH-CONVENTION", "on no path", audittest.New().Role("/", "app-web", ""), "on the path of the convention", audittest.New().Role("/app/", "app-web", "")},
	{"PATH-EMPTY", "a path without roles", doing(`"Effect": "Deny", "Action": "iam:*", "Resource": "` + ownRole + `app/*"`), "one with a role", doing(`"Effect": "Deny", "Action": "iam:*", "Resource": "`+ownRole+`app/*"`).Role("/app/", "app-web", "")},
	{"PATH-LENGTH", "65 characters", audittest.New().Role("/x/", strings.Repeat("r", 62), text(trusts[2:3])[0]), "64", audittest.New().Role("/x/", strings.Repeat("r", 61), text(trusts[2:3])[0])},
	{
		"PATH-UNPROTECTED", "a Deny on the path that the role should be on", doing(`"Effect": "Deny", "Action": "iam:*", "Resource": "`+ownRole+`app/*"`).Role("/", "app-web", ""),
		"the role is on it", doing(`"Effect": "Deny", "Action": "iam:*", "Resource": "`+ownRole+`app/*"`).Role("/app/", "app-web", ""),
	},
	{"ROLE-MANY-SERVICES", "two services", trusting(`"Effect": "Allow", "Principal": {"Service": ["ec2.amazonaws.com", "lambda.amazonaws.com"]}, "Action": "sts:AssumeRole"`), "one", trusting(trusts[0])},
	{"SUPPORT-ROLE", "an own policy of that name", attached(audittest.PolicyARN("AWSSupportAccess")), "AWS's policy", attached("arn:aws:iam::aws:policy/AWSSupportAccess")},
	{"TRUST-ANYONE", "everybody", trusting(trusts[8]), "everybody of one organisation", trusting(trusts[7])},
	{"TRUST-DEAD", "a star that is no pattern", trusting(trusts[0], vendor+`, "Condition": {"StringEquals": {"sts:ExternalId": "x*"}}`), "a star that is one", trusting(trusts[0], vendor+`, "Condition": {"StringLike": {"sts:ExternalId": "x*"}}`)},
	{
		"TRUST-DELETED", "an id that no role has", trusting(strings.Replace(asUser, "arn:aws:iam::222222222222:user/ann", "AROAEXAMPLEID1DELETED", 1)),
		"the id of a role", trusting(strings.Replace(asUser, "arn:aws:iam::222222222222:user/ann", "AROAEXAMPLEID1DELETED", 1)).With(func(a *inventory.Account) { a.Roles[0].ID = "AROAEXAMPLEID1DELETED" }),
	},
	{
		"TRUST-DEPUTY", "a service for any account", trusting(`"Effect": "Allow", "Principal": {"Service": "scheduler.amazonaws.com"}, "Action": "sts:AssumeRole"`),
		"for the own account", trusting(`"Effect": "Allow", "Principal": {"Service": "scheduler.amazonaws.com"}, "Action": "sts:AssumeRole", "Condition": {"StringEquals": {"aws:SourceAccount": "111111111111"}}`),
	},
	{"TRUST-FOREIGN-PROVIDER", "a provider of another account", trusting(strings.Replace(bySAML, "111111111111", "222222222222", 1)), "of the own", trusting(bySAML)},
	{"TRUST-IP-ONLY", "an address alone", trusting(asUser + `, "Condition": {"IpAddress": {"aws:SourceIp": "203.0.113.0/24"}}`), "and an external id", trusting(asUser + `, "Condition": {"IpAddress": {"aws:SourceIp": "203.0.113.0/24"}, "StringEquals": {"sts:ExternalId": "x"}}`)},
	{"TRUST-OIDC-AUD", "no audience", trusting(token("repo:acme/app:*", "")), "one audience", trusting(token("repo:acme/app:*", `, "StringEquals": {"token.actions.githubusercontent.com:aud": "sts.amazonaws.com"}`))},
	{"TRUST-OIDC-TENANT", "an organisation that is not closed", trusting(token("repo:acme*", "")), "one that is", trusting(token("repo:acme/*", ""))},
	{"TRUST-ROOT", "all of another account", trusting(vendor), "with an external id", trusting(vendor + `, "Condition": {"StringEquals": {"sts:ExternalId": "x"}}`)},
	{"TRUST-SAML-AUD", "no audience", trusting(bySAML), "one audience", trusting(bySAML + `, "Condition": {"StringEquals": {"SAML:aud": "https://signin.aws.amazon.com/saml"}}`)},
	{"TRUST-SESSION", "any tags", trusting(strings.Replace(asUser, `"sts:AssumeRole"`, `["sts:AssumeRole", "sts:TagSession"]`, 1)), "no tags", trusting(asUser)},
	{"UNUSED-ROLE", "last used 45 days ago", used("2025-12-17"), "44 days ago", used("2025-12-18")},
}

// Every rule finds something in an account that violates it, and nothing in one that barely
// does not.
func TestPairs(t *testing.T) {
	rules := map[string]rule.Rule{}
	for _, r := range audit.Rules() {
		rules[r.ID] = r
	}
	c := config.Config{PathConventions: []config.PathConvention{{Name: "app-*", Path: "/app/", Boundary: audittest.PolicyARN("limit")}}}
	for _, p := range pairs {
		r, ok := rules[p.rule]
		if !ok {
			t.Errorf("there is no rule %s, or it has two pairs", p.rule)
			continue
		}
		delete(rules, p.rule)
		for _, side := range []struct {
			reason string
			of     *audittest.Builder
			found  bool
		}{{p.violates, p.violating, true}, {p.barelyNot, p.keeping, false}} {
			t.Run(p.rule+": "+side.reason, func(t *testing.T) {
				found := side.of.Check(t, &r, c)
				if (len(found) > 0) != side.found {
					t.Errorf("%s, %s: found %v", p.rule, side.reason, audittest.Messages(found))
				}
			})
		}
	}
	for id := range rules {
		t.Errorf("%s has no accounts that violate it and barely do not", id)
	}
}
