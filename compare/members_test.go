package compare_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"iamctl/compare"
	"iamctl/compare/choose"
	"iamctl/extract/connect"
	"iamctl/internal/fakeorg"
	"iamctl/internal/hint"
	"iamctl/inventory"
)

// served is a served organisation and a reader that reaches it by the profile mgmt.
type served struct {
	*fakeorg.Server
	*compare.Reader
	dir   string
	notes []string
}

func serveOrganization(t *testing.T, org *inventory.Organization, accounts map[string]*inventory.Account, o fakeorg.Options) *served {
	t.Helper()
	w := &served{Server: fakeorg.New(org, accounts, o), dir: t.TempDir()}
	t.Cleanup(w.Close)
	config := filepath.Join(w.dir, "config")
	w.write(t, "config", w.Profile("mgmt")+w.Profile("team/mgmt"))
	w.Reader = &compare.Reader{Files: connect.Files{Config: config, Credentials: config + ".none"}, Note: func(text string) { w.notes = append(w.notes, text) }}
	return w
}

func (w *served) write(t *testing.T, name, text string) string {
	t.Helper()
	path := filepath.Join(w.dir, name)
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func (w *served) members(t *testing.T, o compare.MemberOptions, sources ...string) (*compare.Members, error) {
	t.Helper()
	var sides []compare.Side
	for _, source := range sources {
		s, err := compare.NewSide(source, "")
		if err != nil {
			t.Fatal(err)
		}
		sides = append(sides, s)
	}
	return w.Members(t.Context(), sides, o)
}

func choice(t *testing.T, include, exclude string) compare.MemberOptions {
	t.Helper()
	patterns := func(text string) (all []choose.Pattern) {
		for _, f := range strings.Fields(text) {
			p, err := choose.Parse(f)
			if err != nil {
				t.Fatal(err)
			}
			all = append(all, p)
		}
		return all
	}
	return compare.MemberOptions{Choice: choose.Choice{Include: patterns(include), Exclude: patterns(exclude)}}
}

// names returns the names of accounts, in their order.
func names(m *compare.Members) string {
	var all []string
	for _, s := range m.Sides {
		all = append(all, s.Member.Name)
	}
	return strings.Join(all, " ")
}

func TestMembers(t *testing.T) {
	org, accounts := fakeorg.Sample(6)
	org.Members[3].Status = "SUSPENDED" // app-3, in EU
	for _, tt := range []struct{ source, include, exclude, want, reason string }{
		{"org:mgmt", "", "", "management app-1 app-2 app-4 app-5 app-6", "all but the suspended one"},
		{"org:team/mgmt", "", "", "management app-1 app-2 app-4 app-5 app-6", "a profile with a slash"},
		{"org:mgmt/ou-ab12-prod0000", "", "", "app-2 app-5 app-6", "a unit and those below"},
		{"org:mgmt/ou-ab12-eu000000", "", "", "app-6", "the lowest unit"},
		{"org:mgmt/ou-ab12-prod0000 org:mgmt/ou-ab12-eu000000", "", "", "app-2 app-5 app-6", "an account of two units is one"},
		{"org:mgmt", "Root/Workloads/*", "", "app-1 app-2 app-4 app-5 app-6", "by path"},
		{"org:mgmt", "Root/Workloads/*", "app-1 20*6", "app-2 app-4 app-5", "but for some"},
		{"org:mgmt", "tag:env=prod", "", "app-2 app-4 app-6", "by tag"},
		{"org:mgmt", "", "Root/*", "", "none is left"},
	} {
		w := serveOrganization(t, org, accounts, fakeorg.Options{})
		m, err := w.members(t, choice(t, tt.include, tt.exclude), strings.Fields(tt.source)...)
		if tt.want == "" {
			if err == nil || !strings.Contains(err.Error(), "none is left") {
				t.Errorf("%s: %v", tt.reason, err)
			}
			continue
		}
		if err != nil || names(m) != tt.want || len(m.Organizations) != 1 || w.Calls("DescribeOrganization") != 1 {
			t.Errorf("%s: %v, %v; want %s", tt.reason, names(m), err, tt.want)
		}
		if tags := w.Calls("ListTagsForResource"); (tags > 0) != strings.HasPrefix(tt.include, "tag:") {
			t.Errorf("%s: tags were asked for %d times", tt.reason, tags)
		}
	}
}

func TestMembersRemarks(t *testing.T) {
	org, accounts := fakeorg.Sample(8)
	for i := 1; i < 8; i++ {
		org.Members[i].Status = "SUSPENDED"
	}
	w := serveOrganization(t, org, accounts, fakeorg.Options{})
	if _, err := w.members(t, choice(t, "", "sandbox-*"), "org:mgmt"); err != nil {
		t.Fatal(err)
	}
	want := []string{
		"--exclude sandbox-* matches no account; patterns match ids, names, and paths of units such as Root/Workloads/*",
		"7 accounts are suspended or closed and left out: 200000000001, 200000000002, 200000000003, 200000000004, 200000000005 and 2 more",
	}
	if !slices.Equal(w.notes, want) {
		t.Errorf("%q", w.notes)
	}
	for _, tt := range []struct{ source, include, want, hint string }{
		{"org:mgmt", "ap-8", "--include ap-8 matches no account", `did you mean "app-8"?`},
		{"org:mgmt", "tag:Env=prod", "--include tag:Env=prod matches no account", "with the key as it is there"},
		{"org:mgmt/ou-ab12-prod0001", "", "has no unit ou-ab12-prod0001", `did you mean "ou-ab12-prod0000"?`},
	} {
		_, err := w.members(t, choice(t, tt.include, ""), tt.source)
		if err == nil || !strings.Contains(err.Error(), tt.want) || !strings.Contains(hint.Of(err), tt.hint) {
			t.Errorf("%s %s: %v; %s", tt.source, tt.include, err, hint.Of(err))
		}
	}
}

// TestReadMembers: each account is read by the role in it, the profile's own by itself, and
// one that denies it is an error of its own.
func TestReadMembers(t *testing.T) {
	org, accounts := fakeorg.Sample(4)
	denied := "arn:aws:iam::200000000002:role/audit/reader"
	w := serveOrganization(t, org, accounts, fakeorg.Options{Fault: func(c fakeorg.Call) string {
		switch {
		case c.About == denied:
			return "AccessDenied"
		case c.Action == "AssumeRole" && c.Nth <= 1:
			return "Throttling"
		}
		return ""
	}})
	w.Into = compare.Into{Role: "audit/reader", ExternalID: "secret-id", Session: "nightly"}
	m, err := w.members(t, compare.MemberOptions{}, "org:mgmt")
	if err != nil {
		t.Fatal(err)
	}
	read, errs, err := w.Readable(t.Context(), m.Sides)
	if err != nil {
		t.Fatal(err)
	}
	for i, s := range m.Sides {
		switch {
		case s.Tag == "200000000002":
			if errs[i] == nil || !strings.Contains(errs[i].Error(), "sts:AssumeRole of "+denied+": AccessDenied") || !strings.Contains(errs[i].Error(), "--role-name") {
				t.Errorf("denied: %v", errs[i])
			}
		case errs[i] != nil || read[i].ID != s.Tag || len(read[i].Roles) != 2:
			t.Errorf("%s: %v", s.Tag, errs[i])
		}
	}
	for _, a := range w.Assumed() {
		if a.ExternalID != "secret-id" || a.Session != "nightly" || !strings.HasSuffix(a.RoleARN, ":role/audit/reader") || strings.Contains(a.RoleARN, fakeorg.Management) {
			t.Errorf("assumed %+v", a)
		}
	}
}

func TestList(t *testing.T) {
	org, accounts := fakeorg.Sample(4)
	w := serveOrganization(t, org, accounts, fakeorg.Options{})
	w.Into.Profile = "mgmt"
	path := w.write(t, "a.csv", "id,name,role_arn,profile,tags\n"+
		"200000000002,two,arn:aws:iam::200000000002:role/own,,env=prod\n200000000001,one,,,\n"+
		fakeorg.Management+",management,,mgmt,\n200000000003,three,,mgmt,\n")
	m, err := w.members(t, choice(t, "", ""), "accounts:"+path)
	if err != nil || names(m) != "management one two three" || len(m.Organizations) != 0 {
		t.Fatalf("%v, %v", m, err)
	}
	read, errs, err := w.Readable(t.Context(), m.Sides)
	if err != nil {
		t.Fatal(err)
	}
	for i, s := range m.Sides[:3] {
		if errs[i] != nil || read[i].ID != s.Tag {
			t.Errorf("%s: %v", s.Tag, errs[i])
		}
	}
	// The profile alone leads to the management account, which is not what the line says.
	if errs[3] == nil || !strings.Contains(errs[3].Error(), "leads to account "+fakeorg.Management) {
		t.Errorf("%v", errs[3])
	}
	var arns []string
	for _, a := range w.Assumed() {
		arns = append(arns, a.RoleARN)
	}
	slices.Sort(arns)
	if want := []string{"arn:aws:iam::200000000001:role/" + compare.DefaultRole, "arn:aws:iam::200000000002:role/own"}; !slices.Equal(arns, want) {
		t.Errorf("assumed %v, want %v", arns, want)
	}
	if _, err := w.members(t, choice(t, "", ""), "accounts:"+path, "org:mgmt"); err == nil || !strings.Contains(err.Error(), "have the same tag") {
		t.Errorf("an account by two ways: %v", err)
	}
}

// TestRenewed: the credentials of a role that end while its account is read are renewed.
func TestRenewed(t *testing.T) {
	org, accounts := fakeorg.Sample(1)
	w := serveOrganization(t, org, accounts, fakeorg.Options{Lifetime: 1})
	side, err := compare.NewSide("org:mgmt/200000000001", "")
	if err != nil {
		t.Fatal(err)
	}
	if a, err := w.Account(t.Context(), side); err != nil || a.ID != "200000000001" {
		t.Fatal(err)
	}
	if n := len(w.Assumed()); n < 2 {
		t.Errorf("the role was assumed %d times", n)
	}
	if w.Calls("DescribeOrganization") != 0 {
		t.Error("the organisation was read for one account of it")
	}
}

// TestIdentityOfMember: the dictionary knows an account of many by its own names alone.
func TestIdentityOfMember(t *testing.T) {
	s, err := compare.NewSide("org:mgmt/200000000001", "")
	if err != nil {
		t.Fatal(err)
	}
	s.Member = &inventory.Member{ID: "200000000001", Name: "app-1"}
	id := s.Identity(&inventory.Account{ID: "200000000001"})
	for name, want := range map[string]bool{"app-1": true, "200000000001": true, "org:mgmt/200000000001": true, "mgmt": false} {
		if id.AnswersTo(name) != want {
			t.Errorf("%s: %v", name, !want)
		}
	}
}
