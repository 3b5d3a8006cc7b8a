package main

import (
	"context"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"iamctl/extract/ledger"
	"iamctl/extract/orgfolder"
	"iamctl/internal/fakeorg"
	"iamctl/inventory"
	"iamctl/result"
)

// inOrganization runs iamctl in a new folder with the served organisation as the profile mgmt.
func inOrganization(t *testing.T, s *fakeorg.Server) func(args ...string) (code int, out string) {
	t.Helper()
	t.Cleanup(s.Close)
	t.Chdir(t.TempDir())
	if err := os.WriteFile("config", []byte(s.Profile("mgmt")), 0o600); err != nil {
		t.Fatal(err)
	}
	home, err := filepath.Abs(".")
	if err != nil {
		t.Fatal(err)
	}
	return func(args ...string) (int, string) {
		var out strings.Builder
		e := &env{stdout: &out, stderr: &out, rawStderr: &out, now: time.Now, home: home, getenv: func(name string) string {
			return map[string]string{"AWS_CONFIG_FILE": "config", "AWS_SHARED_CREDENTIALS_FILE": "none"}[name]
		}}
		code := exitCode(e, run(context.Background(), e, append([]string{"iamctl"}, args...)))
		return code, out.String()
	}
}

// TestSuspendedAccounts: an account that is suspended is not read, and the ledger says so,
// also of one that was read before; once it is active again it is read.
func TestSuspendedAccounts(t *testing.T) {
	org, accounts := fakeorg.Sample(3)
	org.Members[2].Status = "SUSPENDED" // app-2
	s := fakeorg.New(org, accounts, fakeorg.Options{})
	iamctl := inOrganization(t, s)
	status := func() *ledger.Entry {
		t.Helper()
		f, err := ledger.Read(t.Context(), "fleet")
		if err != nil {
			t.Fatal(err)
		}
		return f.Entry("200000000002")
	}
	code, out := iamctl("snapshot", "org:mgmt", "--dir", "fleet")
	if code != int(result.ExitInSync) || !strings.Contains(out, "1 account is suspended or closed and left out: 200000000002") || !strings.Contains(out, "fleet: 3 accounts whole") {
		t.Errorf("exit %d\n%s", code, out)
	}
	if e := status(); e == nil || e.Status != ledger.Suspended || e.Reason != "the account is suspended" || e.Name != "app-2" || e.Calls != 0 || !e.Read.IsZero() {
		t.Errorf("suspended from the beginning: %+v", e)
	}
	for _, a := range s.Assumed() {
		if strings.Contains(a.RoleARN, "200000000002") {
			t.Errorf("%s was assumed", a.RoleARN)
		}
	}
	if _, err := os.Stat("fleet/200000000002"); err == nil {
		t.Error("there is a snapshot of it")
	}

	org.Members[2].Status = "ACTIVE"
	if code, out := iamctl("snapshot", "org:mgmt", "--dir", "fleet", "--resume"); code != int(result.ExitInSync) {
		t.Errorf("exit %d\n%s", code, out)
	}
	read := status()
	if read.Status != ledger.OK || read.Reason != "" || read.Read.IsZero() {
		t.Errorf("active again: %+v", read)
	}

	org.Members[2].Status = "PENDING_CLOSURE"
	if code, out := iamctl("snapshot", "org:mgmt", "--dir", "fleet", "--resume"); code != int(result.ExitInSync) {
		t.Errorf("exit %d\n%s", code, out)
	}
	if e := status(); e.Status != ledger.Suspended || e.Reason != "the account is pending closure" || !e.Read.Equal(read.Read) {
		t.Errorf("suspended later: %+v, read %v", e, read.Read)
	}
	if _, err := os.Stat("fleet/200000000002/account.json"); err != nil {
		t.Errorf("what was read before is gone: %v", err)
	}
}

// TestUnreadablePolicies: control policies that cannot be read stop no account. The folder of
// the organisation has all of them or is left alone.
func TestUnreadablePolicies(t *testing.T) {
	org, accounts := fakeorg.Sample(3)
	code := "InvalidInputException"
	iamctl := inOrganization(t, fakeorg.New(org, accounts, fakeorg.Options{Fault: func(c fakeorg.Call) string {
		if c.Action == "ListTargetsForPolicy" {
			return code
		}
		return ""
	}}))
	got, out := iamctl("snapshot", "org:mgmt", "--dir", "fleet")
	if got != int(result.ExitIncomplete) || !strings.Contains(out, "control policies were neither read nor written") || !strings.Contains(out, "fleet: 4 accounts whole") {
		t.Errorf("exit %d\n%s", got, out)
	}
	if _, err := os.Stat("fleet/organization"); !os.IsNotExist(err) {
		t.Errorf("half an organisation was written: %v", err)
	}
	code = ""
	if got, out := iamctl("snapshot", "org:mgmt", "--dir", "fleet", "--resume"); got != int(result.ExitInSync) {
		t.Errorf("exit %d\n%s", got, out)
	}
	o, err := orgfolder.Read(t.Context(), "fleet/organization")
	if err != nil || len(o.Policies) != 3 || len(o.Members) != 4 || len(o.Members[1].Policies) != 1 {
		t.Errorf("%+v, %v", o, err)
	}
	code = "InvalidInputException"
	before := everyFile(t, "fleet/organization")
	if got, out := iamctl("snapshot", "org:mgmt", "--dir", "fleet"); got != int(result.ExitIncomplete) {
		t.Errorf("exit %d\n%s", got, out)
	}
	if after := everyFile(t, "fleet/organization"); after != before {
		t.Errorf("what was read before was changed:\n%s", after)
	}
}

// everyFile returns the files of a folder.
func everyFile(t *testing.T, dir string) string {
	t.Helper()
	var all strings.Builder
	err := fs.WalkDir(os.DirFS(dir), ".", func(path string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		data, err := os.ReadFile(filepath.Join(dir, path))
		all.WriteString(path + "\n" + string(data))
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return all.String()
}

// TestOrganizationFromAWS: --organization org:PROFILE reads the organisation of accounts that
// lie in folders. One of them may make users, and a policy of its unit denies that.
func TestOrganizationFromAWS(t *testing.T) {
	org, accounts := fakeorg.Sample(2)
	accounts["200000000002"].Roles[0].Inline[0].Document = `{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":["s3:GetObject"],"Resource":"arn:aws:s3:::bucket-00000/*"},{"Effect":"Allow","Action":"iam:CreateUser","Resource":"*"}]}`
	s := fakeorg.New(org, accounts, fakeorg.Options{})
	iamctl := inOrganization(t, s)
	if code, out := iamctl("snapshot", "org:mgmt", "--dir", "fleet"); code != int(result.ExitInSync) {
		t.Fatalf("exit %d\n%s", code, out)
	}
	if err := os.Rename("fleet/200000000001", "one"); err != nil {
		t.Fatal(err)
	}
	if err := os.Rename("fleet/200000000002", "two"); err != nil {
		t.Fatal(err)
	}
	calls := s.Calls("DescribePolicy")
	code, out := iamctl("diff", "./one", "./two", "--effective", "--organization", "org:mgmt", "--output", "out")
	verdicts, err := os.ReadFile("out/verdicts.csv")
	if err != nil {
		t.Fatal(err)
	}
	if code != int(result.ExitDrift) || !strings.Contains(out, "Organisation: org:mgmt") ||
		!strings.Contains(string(verdicts), `,effective,EQUAL,EQUAL,"no effective difference, the SCP NoUsers (p-nousers00) of Prod (ou-ab12-prod0000) denies it"`) {
		t.Errorf("exit %d\n%s\n%s", code, out, verdicts)
	}
	if s.Calls("DescribePolicy") != calls+3 {
		t.Errorf("%d policies were read, want 3", s.Calls("DescribePolicy")-calls)
	}
	// That of accounts of the organisation itself need not be named.
	for _, command := range []string{"diff", "matrix"} {
		code, out := iamctl(command, "org:mgmt/200000000001", "org:mgmt/200000000002", "--effective", "--output", command)
		if file := map[string]string{"diff": "verdicts.csv", "matrix": "outliers.csv"}[command]; code != int(result.ExitDrift) || !strings.Contains(readText(t, filepath.Join(command, file)), "no effective difference, the SCP NoUsers (p-nousers00)") {
			t.Errorf("%s: exit %d\n%s", command, code, out)
		}
	}
}

// TestMatrixFromAWS: accounts that are read from AWS are compared as those in folders are, and
// each is read once, though few of them stay in memory.
func TestMatrixFromAWS(t *testing.T) {
	org, accounts := fakeorg.Sample(30)
	role := func(n int) *inventory.Role { return &accounts[org.Members[n].ID].Roles[0] }
	wide := inventory.Document(`{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"iam:*","Resource":"*"}]}`)
	for _, n := range []int{2, 9, 20} { // the same in three
		role(n).Inline[0].Document = wide
	}
	role(5).Inline = nil
	more := *role(7)
	more.Name, more.ARN, more.ID = "more", strings.Replace(more.ARN, more.Name, "more", 1), "AROAMORE"
	accounts[org.Members[7].ID].Roles = append(accounts[org.Members[7].ID].Roles, more)
	for _, n := range []int{11, 12} { // one role less
		a := accounts[org.Members[n].ID]
		a.Roles = a.Roles[1:]
	}
	s := fakeorg.New(org, accounts, fakeorg.Options{})
	iamctl := inOrganization(t, s)
	if code, out := iamctl("matrix", "org:mgmt", "--output", "live"); code != int(result.ExitDrift) {
		t.Fatalf("exit %d\n%s", code, out)
	}
	if n := len(s.Assumed()); n != 30 {
		t.Errorf("%d roles were assumed for 30 accounts", n)
	}
	if code, out := iamctl("snapshot", "org:mgmt", "--dir", "fleet", "-q"); code != int(result.ExitInSync) {
		t.Fatalf("exit %d\n%s", code, out)
	}
	if code, out := iamctl("matrix", "fleet/*", "--output", "folders"); code != int(result.ExitDrift) {
		t.Fatalf("exit %d\n%s", code, out)
	}
	for _, name := range []string{"matrix.csv", "outliers.csv"} {
		live, err := os.ReadFile(filepath.Join("live", name))
		if err != nil {
			t.Fatal(err)
		}
		folders, err := os.ReadFile(filepath.Join("folders", name))
		if err != nil {
			t.Fatal(err)
		}
		if d := cmp.Diff(string(folders), string(live)); d != "" {
			t.Errorf("%s (-folders +AWS):\n%s", name, d)
		}
		if n := strings.Count(string(live), "\n"); n < 5 {
			t.Errorf("%s has %d lines:\n%s", name, n, live)
		}
	}
}

// TestMatrixAgainst: the account that all are held against is named by its tag, its name in
// the organisation or its source.
func TestMatrixAgainst(t *testing.T) {
	org, accounts := fakeorg.Sample(4)
	org.Members[4].Name = org.Members[3].Name
	accounts[org.Members[2].ID].Roles[0].Inline = nil
	iamctl := inOrganization(t, fakeorg.New(org, accounts, fakeorg.Options{}))
	if code, out := iamctl("snapshot", "org:mgmt", "--dir", "fleet", "-q"); code != int(result.ExitInSync) {
		t.Fatalf("exit %d\n%s", code, out)
	}
	id, name := org.Members[2].ID, org.Members[2].Name
	for sources, source := range map[string]string{"org:mgmt": "org:mgmt/" + id, "fleet/*": "fleet/" + id} {
		for _, one := range []string{id, name, source} {
			code, out := iamctl("matrix", sources, "--against", one, "-o", "out", "--json")
			if code != int(result.ExitDrift) || !strings.Contains(out, `"against": "`+id+`"`) || strings.Count(out, `"source": `) != 5 {
				t.Errorf("%s --against %s: exit %d\n%s", sources, one, code, out)
			}
		}
		if code, out := iamctl("matrix", sources, "--against", org.Members[3].Name, "-o", "out"); code != exitFailure || !strings.Contains(out, "several accounts are that") {
			t.Errorf("%s --against a name of two: exit %d\n%s", sources, code, out)
		}
	}
}

// readText returns the text of a file.
func readText(t *testing.T, path string) string {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}
