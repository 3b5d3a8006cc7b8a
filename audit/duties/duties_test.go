package duties_test

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"iamctl/audit/audittest"
	"iamctl/audit/config"
	"iamctl/audit/duties"
	"iamctl/audit/rule"
	"iamctl/inventory"
	"iamctl/verdict"
)

const (
	masterARN  = "arn:aws:iam::" + audittest.ID + ":role/iam-master"
	managerARN = "arn:aws:iam::" + audittest.ID + ":role/iam-manager"
)

// The lists of the published rule.
var (
	making = strings.Fields(`AttachRolePolicy CreateGroup CreatePolicy CreatePolicyVersion CreateRole CreateUser DeleteGroup DeletePolicy
		DeletePolicyVersion DeleteRole DeleteRolePolicy DeleteUser PutRolePolicy`)
	reading = strings.Fields(`GetPolicy GetPolicyVersion GetRole GetRolePolicy GetUser GetUserPolicy ListEntitiesForPolicy ListGroupPolicies ListGroups
		ListGroupsForUser ListPolicies ListPoliciesGrantingServiceAccess ListPolicyVersions ListRolePolicies ListAttachedGroupPolicies
		ListAttachedRolePolicies ListAttachedUserPolicies ListRoles ListUsers`)
	giving = strings.Fields(`AddUserToGroup AttachGroupPolicy DeleteGroupPolicy DeleteUserPolicy DetachGroupPolicy DetachRolePolicy DetachUserPolicy
		PutGroupPolicy PutUserPolicy RemoveUserFromGroup UpdateGroup UpdateAssumeRolePolicy UpdateUser`)
)

type statement map[string]any

func document(list ...statement) string {
	text, err := json.Marshal(map[string]any{"Version": "2012-10-17", "Statement": list})
	if err != nil {
		panic(err)
	}
	return string(text)
}

func on(effect string, names []string, resource string) statement {
	actions := make([]string, len(names))
	for i, n := range names {
		actions[i] = "iam:" + n
	}
	return statement{"Effect": effect, "Action": actions, "Resource": resource}
}

func without(list []string, name string) []string {
	return slices.DeleteFunc(slices.Clone(list), func(n string) bool { return n == name })
}

// trust lets in a principal under a condition.
func trust(principal string, condition any) string {
	s := statement{"Effect": "Allow", "Action": "sts:AssumeRole", "Principal": statement{"AWS": principal}}
	if condition != nil {
		s["Condition"] = condition
	}
	return document(s)
}

func assume(effect string, resources ...string) string {
	return document(statement{"Effect": effect, "Action": "sts:AssumeRole", "Resource": resources})
}

const root = "arn:aws:iam::" + audittest.ID + ":root"

var (
	master  = document(on("Allow", slices.Concat(making, reading), "*"), on("Deny", giving, "*"))
	manager = document(on("Allow", slices.Concat(giving, reading), "*"), on("Deny", making, "*"))
	mfa     = statement{"Bool": statement{"aws:MultiFactorAuthPresent": "true"}}
	// remedied is an account as the rule's remediation makes it: both roles, a group for
	// each, and their members.
	remedied = func() *audittest.Builder {
		return audittest.New().Role("/", "iam-master", trust(root, mfa), master).Role("/", "iam-manager", trust(root, mfa), manager).
			Group("iam-masters", assume("Allow", masterARN)).Group("iam-managers", assume("Allow", managerARN)).
			User("ann", []string{"iam-masters"}).User("bob", []string{"iam-managers"})
	}
)

func TestSplit(t *testing.T) {
	with := func(m, n string) *audittest.Builder {
		return audittest.New().Role("/", "iam-master", "", m).Role("/", "iam-manager", "", n)
	}
	for _, tt := range []struct {
		account *audittest.Builder
		want    []string // a part of each message
		reason  string
	}{
		{remedied(), nil, "the published remediation"},
		{with(master, manager), nil, "nobody may assume either but a service"},
		{with(document(on("Allow", slices.Concat(making, reading), "*")), manager), nil, "what is allowed nowhere is denied"},
		{audittest.New(), []string{"no role has the duties of an IAM Master, and none", "no role has the duties of an IAM Manager, and none"}, "neither role"},
		{with(document(on("Allow", slices.Concat(without(making, "CreateRole"), reading), "*")), manager), []string{"nearest is iam-master, which does not allow iam:CreateRole"}, "one action is missing"},
		{with(document(on("Allow", append(slices.Concat(making, reading), "UpdateUser"), "*")), manager), []string{"nearest is iam-master, which allows and must not iam:UpdateUser"}, "one action too many"},
		{with(document(statement{"Effect": "Allow", "Action": "iam:*", "Resource": "*"}), manager), []string{"IAM Master; the nearest is iam-master, which allows and must not"}, "iam:* is neither duty"},
		{with(document(statement{"Effect": "Allow", "Action": "iam:*", "Resource": "*"}, on("Deny", giving, "*")), manager), nil, "iam:* but for the other duty is one"},
		{with(document(statement{"Effect": "Allow", "Action": "iam:*", "Resource": "*", "Condition": mfa}, on("Deny", giving, "*")), manager), nil, "with MFA it is allowed"},
		{with(document(on("Allow", slices.Concat(making, reading), "*"), on("Deny", []string{"CreateUser"}, "*")), manager), []string{"does not allow iam:CreateUser"}, "a Deny takes an action away"},
		{remedied().User("eve", []string{"iam-masters", "iam-managers"}), []string{"may assume both iam-master (IAM Master) and iam-manager"}, "a member of both groups"},
		{remedied().User("eve", []string{"iam-masters"}, assume("Allow", managerARN)), []string{"may assume both"}, "one by a group and one by herself"},
		{remedied().User("eve", []string{"iam-masters", "iam-managers"}, assume("Deny", managerARN)), nil, "one of them denied"},
		{remedied().Group("all", assume("Allow", "*")), []string{"may assume both"}, "a group that may assume anything"},
		{audittest.New().Role("/", "iam-master", trust("arn:aws:iam::"+audittest.ID+":user/eve", nil), master).
			Role("/", "iam-manager", trust(root, nil), manager).User("eve", nil, assume("Allow", managerARN)), []string{"may assume both"}, "one of them by her name in the trust policy"},
		{audittest.New().Role("/", "iam-master", trust("arn:aws:iam::"+audittest.ID+":user/ann", nil), master).
			Role("/", "iam-manager", trust(root, nil), manager).User("ann", nil).User("eve", nil, assume("Allow", "*")), nil, "the trust policy of one names somebody else"},
	} {
		got := audittest.Messages(tt.account.Check(t, &duties.Split, config.Config{}))
		ok := len(got) == len(tt.want)
		for i := range tt.want {
			ok = ok && strings.Contains(got[i], tt.want[i])
		}
		if !ok {
			t.Errorf("%s: found %q, want %q", tt.reason, got, tt.want)
		}
	}
}

// What depends on a boundary or a trust policy that could not be read is said to be undecided.
func TestUnread(t *testing.T) {
	unbounded := func(role string) func(*inventory.Account) { return audittest.Bounded(role, "gone") }
	all := assume("Allow", "*")
	for _, tt := range []struct {
		account *audittest.Builder
		want    []string // a part of each message, with why it is undecided
		reason  string
	}{
		{remedied().With(unbounded("iam-master")), []string{"account: no role is known to have the duties of an IAM Master; the nearest is iam-master (the boundary gone of the role iam-master"}, "the boundary may take an action of the duty away"},
		{
			remedied().Role("/", "iam-all", trust(root, nil), document(on("Allow", slices.Concat(making, reading, giving), "*"))).With(unbounded("iam-all")),
			nil, "the boundary may leave a third role the duty, too",
		},
		{
			audittest.New().Role("/", "iam-all", trust(root, nil), document(on("Allow", slices.Concat(making, reading, giving), "*"))).Role("/", "iam-manager", "", manager).With(unbounded("iam-all")),
			[]string{"no role is known to have the duties of an IAM Master; the nearest is iam-all, which allows and must not iam:AddUserToGroup"},
			"the boundary may take away what is too much",
		},
		{
			remedied().Role("/", "near", "", document(on("Allow", slices.Concat(without(making, "CreateRole"), reading), "*"))).With(unbounded("near")),
			nil, "what a role lacks no boundary gives",
		},
		{remedied().With(unbounded("iam-manager")).User("eve", nil, all), []string{"no role is known to have the duties of an IAM Manager", "eve: it may assume both iam-master (IAM Master) and iam-manager (IAM Manager) (the boundary gone of the role iam-manager"}, "she may assume what may be both"},
		{remedied().User("eve", nil, all).With(unbounded("eve")), []string{"eve: it may assume both iam-master (IAM Master) and iam-manager (IAM Manager) (the boundary gone of the user eve"}, "her own boundary"},
		{
			remedied().User("eve", nil, all).With(func(a *inventory.Account) { a.Roles[0].Trust = "{" }),
			[]string{"eve: it may assume both iam-master (IAM Master) and iam-manager (IAM Manager) (the trust policy of the role iam-master"},
			"whom a role trusts is not known",
		},
	} {
		a := tt.account.Account()
		var got []string
		for _, f := range duties.Split.Check(&rule.Input{Account: a, Config: &config.Config{}, Comparer: verdict.NewComparer(verdict.Options{})}) {
			got = append(got, f.Entity.Name+": "+f.Message+" ("+f.Unknown+")")
		}
		ok := len(got) == len(tt.want)
		for i := 0; ok && i < len(got); i++ {
			ok = strings.Contains(got[i], tt.want[i])
		}
		if !ok {
			t.Errorf("%s: found %q, want %q", tt.reason, got, tt.want)
		}
	}
}
