package benchmark_test

import (
	"strings"
	"testing"

	"iamctl/audit/audittest"
	"iamctl/audit/benchmark"
	"iamctl/audit/config"
	"iamctl/audit/rule"
	"iamctl/inventory"
)

const (
	allowAll  = `"Effect": "Allow", "Action": "*", "Resource": "*"`
	iamAlone  = `"Effect": "Allow", "Action": "iam:*", "Resource": "*"`
	butIAM    = `"Effect": "Allow", "NotAction": "iam:*", "Resource": "*"`
	noLeave   = `"Effect": "Deny", "Action": "organizations:LeaveOrganization", "Resource": "*"`
	denyIAM   = `"Effect": "Deny", "Action": "iam:*", "Resource": "*"`
	denyUsers = `"Effect": "Deny", "Action": ["iam:*User*"], "Resource": "*"`
)

func document(statements ...string) string {
	return `{"Version": "2012-10-17", "Statement": [{` + strings.Join(statements, "}, {") + `}]}`
}

func find(t *testing.T, b *audittest.Builder, id string) []rule.Finding {
	t.Helper()
	for i := range benchmark.Rules {
		if benchmark.Rules[i].ID == id {
			return b.Check(t, &benchmark.Rules[i], config.Config{})
		}
	}
	t.Fatalf("there is no rule %s", id)
	return nil
}

func TestAdministrator(t *testing.T) {
	for _, tt := range []struct {
		statements []string
		want       string // the end of the message, "" for no finding
		reason     string
	}{
		{[]string{allowAll}, "it may do anything on anything", "AdministratorAccess by another name"},
		{[]string{`"Effect": "Allow", "NotAction": "zz:none", "Resource": "*"`}, "NotAction names", "everything but nothing"},
		{[]string{butIAM, iamAlone}, "it may do anything on anything", "in two statements, of which none is all"},
		{[]string{`"Effect": "Allow", "Action": ["*:*"], "Resource": ["arn:aws:*:*:*:*", "*"]`}, "it may do anything on anything", "other wildcards"},
		{[]string{allowAll + `, "Condition": {"Bool": {"aws:MultiFactorAuthPresent": "true"}}`}, "names", "with MFA alone"},
		{[]string{allowAll + `, "Condition": {"DateLessThan": {"aws:CurrentTime": "2026-01-01T00:00:00Z"}}`}, "", "until a day before the audit"},
		{[]string{allowAll + `, "Condition": {"DateGreaterThan": {"aws:CurrentTime": "2026-01-01T00:00:00Z"}}`}, "names", "from a day before the audit on"},
		{[]string{allowAll + `, "Condition": {"StringEquals": {"aws:RequestedRegion": "eu-west-1"}}`}, "", "in a Region that is not IAM's: no permissions are lifted there"},
		{[]string{allowAll + `, "Condition": {"StringEquals": {"aws:RequestedRegion": ["eu-west-1", "us-east-1"]}}`}, "names", "in two, of which one is IAM's"},
		{[]string{allowAll, noLeave}, "names", "all but one action"},
		{[]string{allowAll, denyUsers}, "names", "no users, but roles"},
		{[]string{butIAM}, "", "AWS's PowerUserAccess"},
		{[]string{iamAlone}, "", "IAM alone: a way to become administrator, and none yet"},
		{[]string{allowAll, denyIAM}, "", "a Deny on IAM"},
		{[]string{allowAll, `"Effect": "Deny", "Action": "*", "Resource": "*"`}, "", "a Deny on everything"},
		{[]string{`"Effect": "Allow", "Action": "*", "Resource": "arn:aws:s3:::logs/*"`}, "", "anything on one bucket"},
		{[]string{allowAll + `, "Condition": {"StringEquals": {"aws:PrincipalTag/x": "a"}, "StringNotEquals": {"aws:PrincipalTag/x": "a"}}`}, "", "conditions that can never hold together"},
		{[]string{`"Effect": "Allow", "Action": ["s3:*", "iam:*", "ec2:*"], "Resource": "*"`}, "", "services by their names"},
		{[]string{allowAll, `"Effect": "Deny", "Action": ["iam:AttachRolePolicy", "iam:PutRolePolicy", "iam:AttachUserPolicy", "iam:PutUserPolicy"], "Resource": "*", "Condition": {"StringNotEquals": {"iam:PermissionsBoundary": "arn:aws:iam::111111111111:policy/b"}}`}, "", "only things under a boundary may be given permissions"},
	} {
		found := find(t, audittest.New().Role("/", "r", "", document(tt.statements...)), "ADMIN")
		if tt.want == "" && len(found) > 0 || tt.want != "" && (len(found) != 1 || !strings.HasSuffix(found[0].Message, tt.want) || found[0].Witness == nil) {
			t.Errorf("%s: found %v", tt.reason, audittest.Messages(found))
		}
	}
}

func TestAdministratorBoundary(t *testing.T) {
	for _, tt := range []struct {
		boundary string
		want     int
		reason   string
	}{
		{document(allowAll), 1, "a boundary that bounds nothing"},
		{document(`"Effect": "Allow", "Action": ["s3:*", "ec2:*"], "Resource": "*"`), 0, "a boundary of two services"},
		{document(allowAll, denyIAM), 0, "a boundary without IAM"},
	} {
		b := audittest.New().Policy("b", tt.boundary).Role("/", "r", "", document(allowAll)).With(audittest.Bounded("r", "b"))
		found := find(t, b, "ADMIN")
		if len(found) != tt.want {
			t.Errorf("%s: found %v", tt.reason, audittest.Messages(found))
		}
	}
}

// Who would be an administrator but for a boundary that could not be read is one perhaps.
func TestAdministratorUnread(t *testing.T) {
	unread := func(a *inventory.Account) {
		a.Users[0].Boundary = &inventory.PolicyRef{Name: "lost", ARN: audittest.PolicyARN("lost")}
		a.Gaps = append(a.Gaps, inventory.Gap{Kind: inventory.GapRead, Entity: inventory.EntityUser, Name: "ann", Part: inventory.Part(inventory.Boundary), PolicyName: "lost", Blind: true})
	}
	found := find(t, audittest.New().User("ann", nil, document(allowAll)).With(unread), "ADMIN")
	if len(found) != 1 || found[0].Unknown != "the boundary lost of the user ann could not be read" {
		t.Errorf("found %+v", found)
	}
	if found := find(t, audittest.New().User("ann", nil, document(butIAM)).With(unread), "ADMIN"); len(found) > 0 {
		t.Errorf("who is none whatever the boundary: found %+v", found)
	}
}

func TestAdministratorHolders(t *testing.T) {
	const byTag = allowAll + `, "Condition": {"StringEquals": {"aws:PrincipalTag/x": "a"}}`
	const tagging = `"Effect": "Allow", "Action": "iam:TagUser", "Resource": "*", "Condition": {"StringEquals": {"aws:RequestTag/x": "a"}}`
	tagged := func(b *audittest.Builder, value string) *audittest.Builder {
		return b.With(func(a *inventory.Account) {
			for i := range a.Users {
				a.Users[i].Tags = []inventory.Tag{{Key: "x", Value: value}}
			}
			for i := range a.Roles {
				a.Roles[i].Tags = []inventory.Tag{{Key: "x", Value: value}}
			}
		})
	}
	for _, tt := range []struct {
		account *audittest.Builder
		want    string
		reason  string
	}{
		{audittest.New().User("ann", []string{"admins"}).Group("admins", document(allowAll)), "admins", "the group, once, and not each of its users"},
		{audittest.New().User("ann", []string{"half"}, document(iamAlone)).Group("half", document(butIAM)), "ann", "a user of two halves"},
		{audittest.New().Role("/aws-service-role/x.amazonaws.com/", "r", "", document(allowAll)), "", "a service-linked role is AWS's"},
		{audittest.New().Role("/aws-reserved/sso.amazonaws.com/", "AWSReservedSSO_a_0123456789abcdef", "", document(allowAll)), "AWSReservedSSO_a_0123456789abcdef", "a permission set is the owner's"},
		{tagged(audittest.New().User("ann", nil, document(byTag)), "a"), "ann", "a user with the tag that is asked for"},
		{tagged(audittest.New().User("ann", nil, document(byTag)), "b"), "", "a user with another value of it, who could set it only if it had it"},
		{audittest.New().User("ann", nil, document(byTag)), "", "a user without it"},
		{tagged(audittest.New().User("ann", nil, document(byTag), document(tagging)), "b"), "ann", "a user who may give itself the value"},
		{audittest.New().Group("admins", document(byTag)), "admins", "a group, of which some member may have it"},
		{tagged(audittest.New().Role("/", "r", "", document(byTag)), "b"), "", "a role with another value of it"},
		{tagged(audittest.New().Role("/", "r", "", document(byTag)), "a"), "r", "a role with the value"},
		{audittest.New().Policy("all", document(allowAll)), audittest.PolicyARN("all"), "a policy that nobody has yet"},
	} {
		var names []string
		for _, f := range find(t, tt.account, "ADMIN") {
			names = append(names, f.Entity.Name)
		}
		if got := strings.Join(names, " "); got != tt.want {
			t.Errorf("%s: found %q", tt.reason, got)
		}
	}
}

func TestSupport(t *testing.T) {
	attach := func(arn string) *audittest.Builder {
		return audittest.New().Role("/", "r", "").With(func(a *inventory.Account) {
			a.Policies = append(a.Policies, inventory.Policy{Name: "AWSSupportAccess", ARN: arn, Path: "/", Document: inventory.Document(document(allowAll))})
			a.Roles[0].Attached = []inventory.PolicyRef{{Name: "AWSSupportAccess", ARN: arn}}
		})
	}
	support := []inventory.PolicyRef{{Name: "AWSSupportAccess", ARN: "arn:aws:iam::aws:policy/AWSSupportAccess"}}
	policies := func(a *inventory.Account) {
		a.Policies = append(a.Policies, inventory.Policy{Name: support[0].Name, ARN: support[0].ARN, Path: "/", Document: inventory.Document(document(allowAll))})
	}
	toGroup := func(a *inventory.Account) { a.Groups[0].Attached = support }
	shut := document(`"Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::111111111111:root"}, "Action": "sts:AssumeRole", "Condition": {"StringEquals": {"aws:PrincipalAccount": "222222222222"}}`)
	for _, tt := range []struct {
		account *audittest.Builder
		want    int
		reason  string
	}{
		{audittest.New().Role("/", "r", ""), 1, "nobody"},
		{audittest.New().Group("people").With(policies).With(toGroup), 1, "a group without members"},
		{audittest.New().Group("people").User("ann", []string{"people"}).With(policies).With(toGroup), 0, "a group with one"},
		{audittest.New().User("ann", nil).With(policies).With(func(a *inventory.Account) { a.Users[0].Attached = support }), 0, "a user"},
		{audittest.New().Role("/", "r", shut).With(policies).With(func(a *inventory.Account) { a.Roles[0].Attached = support }), 1, "a role that lets in nobody"},
		{attach("arn:aws:iam::aws:policy/AWSSupportAccess"), 0, "a role"},
		{attach("arn:aws-cn:iam::aws:policy/AWSSupportAccess"), 0, "a role in China"},
		{attach(audittest.PolicyARN("AWSSupportAccess")), 1, "a policy of the account's own with the name"},
	} {
		if found := find(t, tt.account, "SUPPORT-ROLE"); len(found) != tt.want {
			t.Errorf("%s: found %v", tt.reason, audittest.Messages(found))
		}
	}
}

// What was not read may be that somebody has the policy.
func TestSupportUnread(t *testing.T) {
	for _, tt := range []struct {
		gap     inventory.Gap
		unknown bool
		reason  string
	}{
		{inventory.Gap{Kind: inventory.GapRead, Entity: inventory.EntityUser, Name: "ann", Blind: true}, true, "a user"},
		{inventory.Gap{Kind: inventory.GapRead, Entity: inventory.EntityUser, Name: "ann", Part: inventory.PartGroup, Blind: true}, true, "the groups of a user"},
		{inventory.Gap{Kind: inventory.GapRead, Entity: inventory.EntityRole, Name: "r", Part: inventory.PartManaged, Blind: true}, true, "what is attached to a role"},
		{inventory.Gap{Kind: inventory.GapRead, Entity: inventory.EntityRole, Name: "r", Part: inventory.PartTrust, Blind: true}, false, "whom a role trusts"},
		{inventory.Gap{Kind: inventory.GapRead, Entity: inventory.EntityPolicy, Name: "p", Blind: true}, false, "a policy"},
	} {
		found := find(t, audittest.New().With(func(a *inventory.Account) { a.Gaps = append(a.Gaps, tt.gap) }), "SUPPORT-ROLE")
		if len(found) != 1 || found[0].Unknown != "" != tt.unknown {
			t.Errorf("%s: found %+v, undecided is to be %v", tt.reason, found, tt.unknown)
		}
	}
}

func TestInline(t *testing.T) {
	read := document(`"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*"`)
	for _, tt := range []struct {
		account *audittest.Builder
		want    string // of the fix, "" for no finding
		reason  string
	}{
		{audittest.New().Role("/", "r", "", read), "aws iam delete-role-policy --role-name r --policy-name inline-a", "a role"},
		{audittest.New().User("u", nil, read), "aws iam delete-user-policy --user-name u --policy-name inline-a", "a user"},
		{audittest.New().Group("g", read).User("u", []string{"g"}), "aws iam delete-group-policy --group-name g --policy-name inline-a", "a group, once"},
		{audittest.New().Role("/", "r", ""), "", "no policy"},
		{audittest.New().Policy("read", read), "", "a managed policy"},
		{audittest.New().Role("/aws-service-role/x.amazonaws.com/", "r", "", read), "", "a service-linked role"},
	} {
		found := find(t, tt.account, "INLINE-POLICY")
		if tt.want == "" && len(found) > 0 || tt.want != "" && (len(found) != 1 || !strings.HasSuffix(found[0].Fix, tt.want)) {
			t.Errorf("%s: found %+v", tt.reason, found)
		}
	}
}
