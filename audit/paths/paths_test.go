package paths_test

import (
	"slices"
	"strings"
	"testing"

	"iamctl/audit/audittest"
	"iamctl/audit/config"
	"iamctl/audit/paths"
	"iamctl/audit/rule"
	"iamctl/inventory"
)

const (
	people = `{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::111111111111:root"}, "Action": "sts:AssumeRole"}]}`
	roles  = `arn:aws:iam::111111111111:role/`
	read   = `{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*"}]}`
)

// conventions are what the tests' accounts are held to.
var conventions = config.Config{PathConventions: []config.PathConvention{
	{Name: "app-db-*", Path: "/app/db/"},
	{Name: "app-*", Path: "/app/", Boundary: "arn:aws:iam::999999999999:policy/b"},
	{Name: "root-*", Path: "/"},
}}

func statement(effect, action, resource string) string {
	return `{"Version": "2012-10-17", "Statement": [{"Effect": "` + effect + `", "Action": "` + action + `", "Resource": "` + resource + `"}]}`
}

// TestRules: each account violates the rules that are named, and no others.
func TestRules(t *testing.T) {
	bounded := func(path, name, boundary string) *audittest.Builder {
		return audittest.New().Policy(boundary, read).Role(path, name, "").With(audittest.Bounded(name, boundary))
	}
	protect := statement("Deny", "iam:*", roles+"app/*")
	long := strings.Repeat("x", 60)
	for _, tt := range []struct {
		account *audittest.Builder
		want    string
		reason  string
	}{
		{bounded("/app/", "app-web", "b"), "", "path and boundary of the convention, which is for every account"},
		{bounded("/app/team/", "app-web", "b"), "", "below the path"},
		{bounded("/app/", "App-Web", "b"), "", "names are one in every letter case"},
		{bounded("/app/", "app-web", "other"), "NO-BOUNDARY", "another boundary"},
		{audittest.New().Role("/app/", "app-web", ""), "NO-BOUNDARY", "no boundary"},
		{bounded("/", "app-web", "b"), "PATH-CONVENTION", "no path"},
		{bounded("/apps/", "app-web", "b"), "PATH-CONVENTION", "a path that begins alike"},
		{bounded("/team/app/", "app-web", "b"), "PATH-CONVENTION", "the path below another"},
		{audittest.New().Role("/app/db/", "app-db-x", ""), "", "the first convention that matches is the role's"},
		{bounded("/app/", "app-db-x", "b"), "PATH-CONVENTION", "the path of a later convention"},
		{audittest.New().Role("/", "root-x", ""), "", "no path, as it is to be"},
		{audittest.New().Role("/x/", "root-x", ""), "PATH-CONVENTION", "a path where none is to be"},
		{audittest.New().Role("/app/", "web", ""), "PATH-CONVENTION", "a name of no convention on the path of one"},
		{audittest.New().Role("/other/", "web", ""), "", "name and path of no convention"},
		{audittest.New().Role("/aws-service-role/x.amazonaws.com/", "app-web", ""), "", "a service-linked role"},
		{audittest.New().Role("/aws-reserved/sso.amazonaws.com/eu-west-1/", "app-web", people), "", "a role of Identity Center"},

		{bounded("/", "app-web", "b").Role("/app/", "app-db-x", "", protect), "PATH-CONVENTION PATH-CONVENTION PATH-UNPROTECTED", "the Deny does not reach the role"},
		{bounded("/", "app-web", "b").Role("/app/db/", "app-db-x", "", statement("Deny", "iam:*", roles+"*")), "PATH-CONVENTION", "the Deny reaches every role"},
		{bounded("/", "app-web", "b").Role("/app/db/", "app-db-x", "", statement("Allow", "iam:*", roles+"app/*")), "PATH-CONVENTION", "an Allow protects nothing"},
		{bounded("/", "app-web", "b").Role("/app/db/", "app-db-x", "", statement("Deny", "s3:*", roles+"app/*")), "PATH-CONVENTION", "a Deny of what is not done to roles"},
		{bounded("/app/", "app-web", "b").Role("/app/db/", "app-db-x", "", protect), "", "the Deny reaches the role"},
		{bounded("/", "app-web", "b").Role("/app/db/", "app-db-x", "").Policy("b", protect), "PATH-CONVENTION PATH-UNPROTECTED", "the Deny of the boundary does not reach the role"},
		{bounded("/app/", "app-web", "b").Role("/app/db/", "app-db-x", "").Policy("b", protect), "", "the Deny of the boundary reaches the role"},
		{bounded("/", "app-web", "b").Role("/app/db/", "app-db-x", "").Policy("unused", protect), "PATH-CONVENTION", "a policy that nobody has protects nothing"},
		{bounded("/app/", "app-web", "b").Policy("b", statement("Deny", "iam:*", roles+"aps/*")), "PATH-EMPTY", "a misspelt path in a boundary"},

		{audittest.New().Role("/x/", long+"x", people), "", "3 and 61 are 64"},
		{audittest.New().Role("/x/", long+"xx", people), "PATH-LENGTH", "65"},
		{audittest.New().Role("/x/", long+"xx", ""), "", "65, but only a service assumes it"},
		{audittest.New().Role("/", long+"xxxx", people), "", "a name of 64 without a path"},
		{audittest.New().Role("/"+strings.Repeat("p", 511)+"/", "r", ""), "PATH-LENGTH", "a path of 513"},
		{audittest.New().Role("/"+strings.Repeat("p", 510)+"/", "r", ""), "", "a path of 512"},

		{audittest.New().Role("/", "r", "", statement("Deny", "iam:*", roles+"aps/*")), "PATH-EMPTY", "a misspelt path"},
		{audittest.New().Role("/", "r", "", statement("Deny", "iam:DeleteRole", roles+"aps/*")), "PATH-EMPTY", "a misspelt path, of one action"},
		{audittest.New().Role("/", "r", "", statement("Deny", "s3:*", roles+"aps/*")), "", "a Deny of what is not done to roles"},
		{audittest.New().Role("/", "r", "", statement("Allow", "iam:PassRole", roles+"aps/web-*")), "PATH-EMPTY", "passes what is not there"},
		{audittest.New().Role("/", "r", "", statement("Allow", "iam:PassRole", "arn:aws:iam::222222222222:role/aps/*")), "", "roles of another account are not known"},
		{audittest.New().Role("/", "r", "", statement("Allow", "iam:GetRole", roles+"aps/*")), "", "reads, neither protects nor passes"},
		{audittest.New().Role("/aps/team/", "r", "", statement("Deny", "iam:*", roles+"aps/*")), "", "a role below the path"},
		{audittest.New().Role("/aps/x/", "r", "", statement("Deny", "iam:*", roles+"aps/${aws:PrincipalTag/team}/*")), "", "a variable may be any team"},
		{audittest.New().Role("/", "r", "", statement("Deny", "iam:*", roles+"aws-service-role/*")), "", "service-linked roles come when AWS needs them"},
		{audittest.New().Role("/", "r", "", statement("Deny", "iam:*", roles+"web-*")), "", "names, no path"},
	} {
		if got := strings.Join(violated(t, tt.account), " "); got != tt.want {
			t.Errorf("%s: violates %q, want %q", tt.reason, got, tt.want)
		}
	}
}

func violated(t *testing.T, b *audittest.Builder) []string {
	t.Helper()
	var out []string
	for i := range paths.Rules {
		for range b.Check(t, &paths.Rules[i], conventions) {
			out = append(out, paths.Rules[i].ID)
		}
	}
	slices.Sort(out)
	return out
}

func TestBoundaryFix(t *testing.T) {
	i := slices.IndexFunc(paths.Rules, func(r rule.Rule) bool { return r.ID == "NO-BOUNDARY" })
	found := audittest.New().Role("/app/", "app-web", "").Check(t, &paths.Rules[i], conventions)
	const want = "aws iam put-role-permissions-boundary --role-name app-web --permissions-boundary arn:aws:iam::111111111111:policy/b"
	if len(found) != 1 || found[0].Fix != want || found[0].Choice {
		t.Errorf("found %+v, want the fix %s, of the account itself", found, want)
	}
}

// What is wrong in a boundary is mended in its policy.
func TestEmptyInBoundary(t *testing.T) {
	b := audittest.New().Role("/", "r", "").Policy("limit", statement("Deny", "iam:*", roles+"aps/*")).With(audittest.Bounded("r", "limit"))
	i := slices.IndexFunc(paths.Rules, func(r rule.Rule) bool { return r.ID == "PATH-EMPTY" })
	found := b.Check(t, &paths.Rules[i], conventions)
	want := "aws iam create-policy-version --policy-arn " + audittest.PolicyARN("limit") + " --policy-document 'file://<POLICY>.json' --set-as-default"
	if len(found) != 1 || found[0].Fix != want || found[0].Policy.Type != inventory.Boundary {
		t.Errorf("found %+v, want the fix %q", found, want)
	}
}
