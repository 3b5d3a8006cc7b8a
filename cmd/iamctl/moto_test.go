package main

import (
	"context"
	"encoding/csv"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"iamctl/result"
)

// moto is two moto servers, an account each, behind the profiles dev and qa.
type moto struct {
	t   *testing.T
	dir string
	now func() time.Time
}

// newMoto starts the servers, or skips where they are not wanted.
func newMoto(t *testing.T) *moto {
	t.Helper()
	if os.Getenv("IAMCTL_MOTO") == "" {
		t.Skip("left out: set IAMCTL_MOTO=1 to run against moto_server and the aws CLI")
	}
	m := &moto{t: t, dir: t.TempDir(), now: time.Now}
	t.Chdir(m.dir)
	m.configure(map[string]string{"dev": startMoto(t, "123456789012"), "qa": startMoto(t, "987654321098")})
	return m
}

// configure writes profiles that lead to the addresses of servers, and keeps the environment
// of whoever runs the tests out of them.
func (m *moto) configure(profiles map[string]string) {
	t := m.t
	t.Helper()
	var config strings.Builder
	for profile, url := range profiles {
		fmt.Fprintf(&config, "[profile %s]\nregion = us-east-1\nendpoint_url = %s\n"+
			"aws_access_key_id = test\naws_secret_access_key = test\n", profile, url)
	}
	m.write("config", config.String())
	t.Setenv("AWS_CONFIG_FILE", filepath.Join(m.dir, "config"))
	t.Setenv("AWS_SHARED_CREDENTIALS_FILE", filepath.Join(m.dir, "none"))
	t.Setenv("AWS_PAGER", "")
	for _, name := range []string{"AWS_PROFILE", "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN", "AWS_REGION"} {
		if _, ok := os.LookupEnv(name); ok {
			t.Setenv(name, "")
			os.Unsetenv(name)
		}
	}
}

// startMoto starts a server for an account, or, where that is "", for an organisation.
func startMoto(t *testing.T, accountID string) string {
	t.Helper()
	environment := []string{"MOTO_ACCOUNT_ID=" + accountID, "MOTO_IAM_LOAD_MANAGED_POLICIES=true"}
	if accountID == "" {
		environment = nil // moto takes any value for the account of all
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	addr := l.Addr().String()
	l.Close()
	_, port, _ := net.SplitHostPort(addr)
	cmd := exec.Command("moto_server", "-H", "127.0.0.1", "-p", port)
	cmd.Env = append(os.Environ(), environment...)
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		cmd.Process.Kill()
		cmd.Wait()
	})
	for range 300 {
		resp, err := http.Get("http://" + addr + "/moto-api/")
		if err == nil {
			resp.Body.Close()
			return "http://" + addr
		}
		time.Sleep(100 * time.Millisecond)
	}
	t.Fatal("moto_server did not answer within 30 s")
	return ""
}

func (m *moto) write(name, text string) string {
	m.t.Helper()
	path := filepath.Join(m.dir, name)
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		m.t.Fatal(err)
	}
	return path
}

// aws runs the aws CLI.
func (m *moto) aws(profile string, args ...string) {
	m.t.Helper()
	out, err := exec.Command("aws", append([]string{"--profile", profile, "iam"}, args...)...).CombinedOutput()
	if err != nil {
		m.t.Fatalf("aws %v: %v\n%s", args, err, out)
	}
}

// iamctl runs the program and returns its exit code, stdout and stderr.
func (m *moto) iamctl(args ...string) (code int, stdout, stderr string) {
	m.t.Helper()
	var out, errs strings.Builder
	e := &env{stdout: &out, stderr: &errs, rawStderr: &errs, getenv: os.Getenv, now: m.now, home: m.dir}
	code = exitCode(e, run(context.Background(), e, append([]string{"iamctl"}, args...)))
	m.t.Logf("iamctl %s: exit %d\n%s%s", strings.Join(args, " "), code, out.String(), errs.String())
	return code, out.String(), errs.String()
}

// rows reads a CSV file of the output folder, without the header.
func (m *moto) rows(name string) [][]string {
	m.t.Helper()
	f, err := os.Open(filepath.Join(m.dir, "out", name))
	if err != nil {
		m.t.Fatal(err)
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil && err != io.EOF {
		m.t.Fatal(err)
	}
	return rows[1:]
}

// blog makes the accounts of the AWS Security Blog's story.
func (m *moto) blog() {
	m.t.Helper()
	trust := `{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"ec2.amazonaws.com"},"Action":"sts:AssumeRole"}]}`
	for profile, id := range map[string]string{"dev": "123456789012", "qa": "987654321098"} {
		app := "app1_" + profile
		m.aws(profile, "create-role", "--role-name", app, "--assume-role-policy-document", trust)
		m.aws(profile, "put-role-policy", "--role-name", app, "--policy-name", "s3", "--policy-document", m.s3Policy(profile, ""))
		m.aws(profile, "create-role", "--role-name", "AwsSecurityAudit", "--assume-role-policy-document",
			`{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::`+id+`:root"},"Action":"sts:AssumeRole"}]}`)
		m.aws(profile, "put-role-policy", "--role-name", "AwsSecurityAudit", "--policy-name", "audit", "--policy-document",
			`{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":["iam:GetRole","iam:Get*"],"Resource":"arn:aws:iam::`+id+`:role/*"}]}`)
		m.aws(profile, "attach-role-policy", "--role-name", "AwsSecurityAudit", "--policy-arn", "arn:aws:iam::aws:policy/SecurityAudit")
	}
}

func (m *moto) s3Policy(profile, more string) string {
	return `{"Version":"2012-10-17","Statement":[{"Sid":"a + b % c","Effect":"Allow","Action":["s3:Get*","s3:List*"` + more +
		`],"Resource":"arn:aws:s3:::app1-` + profile + `/shared/*"}]}`
}

func TestMotoBlogWalkthrough(t *testing.T) {
	m := newMoto(t)
	m.blog()

	m.write("equivalency_list.json", "{}")
	code, out, _ := m.iamctl("diff", "dev", "qa", "--output", "out")
	if code != int(result.ExitDrift) {
		t.Errorf("with an empty dictionary: exit %d, want %d", code, int(result.ExitDrift))
	}
	m.counts("common_roles.csv", 1, "roles_in_dev_but_not_in_qa.csv", 1, "roles_in_qa_but_not_in_dev.csv", 1,
		"dev_to_qa_common_role_difference_items.csv", 0, "qa_to_dev_common_role_difference_items.csv", 0,
		"common_roles_in_dev_with_differences.csv", 0, "attribute_differences.csv", 0, "gaps.csv", 0)
	if !strings.Contains(out, "Common Roles") {
		t.Error("the summary table is not on stdout")
	}

	m.write("equivalency_list.json", `{"accountname": ["dev", "qa"]}`)
	if code, _, _ = m.iamctl("diff", "dev", "qa", "--output", "out"); code != int(result.ExitInSync) {
		t.Errorf("with the dictionary: exit %d, want %d", code, int(result.ExitInSync))
	}
	m.counts("common_roles.csv", 2, "roles_in_dev_but_not_in_qa.csv", 0, "roles_in_qa_but_not_in_dev.csv", 0,
		"dev_to_qa_common_role_difference_items.csv", 0, "qa_to_dev_common_role_difference_items.csv", 0,
		"common_roles_in_dev_with_differences.csv", 0, "attribute_differences.csv", 0, "masked_items.csv", 0)

	m.aws("qa", "put-role-policy", "--role-name", "app1_qa", "--policy-name", "s3", "--policy-document", m.s3Policy("qa", `,"s3:PutObject"`))
	if code, _, _ = m.iamctl("diff", "dev", "qa", "--output", "out"); code != int(result.ExitDrift) {
		t.Errorf("after the drift: exit %d, want %d", code, int(result.ExitDrift))
	}
	m.counts("common_roles.csv", 2, "roles_in_qa_but_not_in_dev.csv", 0,
		"dev_to_qa_common_role_difference_items.csv", 0, "qa_to_dev_common_role_difference_items.csv", 1,
		"common_roles_in_dev_with_differences.csv", 1, "common_roles_in_qa_with_differences.csv", 1, "attribute_differences.csv", 0)
	if row := m.rows("qa_to_dev_common_role_difference_items.csv")[0]; row[5] != "s3" || row[6] != "PutObject" {
		t.Errorf("the drift is %v, want s3 PutObject", row)
	}
}

// counts checks pairs of a file's name and its number of rows.
func (m *moto) counts(want ...any) {
	m.t.Helper()
	for i := 0; i < len(want); i += 2 {
		if rows := m.rows(want[i].(string)); len(rows) != want[i+1].(int) {
			m.t.Errorf("%s has %d rows, want %d: %q", want[i], len(rows), want[i+1], rows)
		}
	}
}

// TestMotoSnapshotAgreesWithLive holds three ways of reading one account
// against each other.
func TestMotoSnapshotAgreesWithLive(t *testing.T) {
	m := newMoto(t)
	m.blog()
	if code, _, _ := m.iamctl("snapshot", "dev", "qa", "--dir", "baseline"); code != int(result.ExitInSync) {
		t.Errorf("snapshot: exit %d", code)
	}
	if code, _, _ := m.iamctl("diff", "baseline/dev", "baseline", "dev", "live", "--output", "out"); code != int(result.ExitInSync) {
		t.Errorf("snapshot against live: exit %d", code)
	}
	saved, err := exec.Command("aws", "--profile", "dev", "iam", "get-account-authorization-details", "--output", "json").Output()
	if err != nil {
		t.Fatal(err)
	}
	m.write("saved.json", string(saved))
	if code, _, _ := m.iamctl("diff", "saved.json", "saved", "dev", "live", "--output", "out"); code != int(result.ExitInSync) {
		t.Errorf("the aws CLI's output against live: exit %d", code)
	}
}

// TestMotoBaseline keeps a baseline in git through a life of drift: red,
// waived, green, red again when it goes on, and when the waiver expires.
func TestMotoBaseline(t *testing.T) {
	m := newMoto(t)
	m.blog()
	expect := func(what string, want int, args ...string) {
		t.Helper()
		if code, _, _ := m.iamctl(args...); code != want {
			t.Errorf("%s: exit %d, want %d", what, code, want)
		}
	}
	expect("snapshot", int(result.ExitInSync), "snapshot", "dev", "qa", "--dir", "baseline")
	m.git("init", "-q")
	m.git("add", "baseline")
	m.git("commit", "-q", "-m", "Keep the baseline")
	expect("nothing moved", int(result.ExitInSync), "diff", "baseline/qa", "qa", "-o", "out")

	m.aws("qa", "put-role-policy", "--role-name", "app1_qa", "--policy-name", "s3", "--policy-document", m.s3Policy("qa", `,"s3:PutObject"`))
	expect("drift", int(result.ExitDrift), "diff", "baseline/qa", "qa", "-o", "out")
	m.counts("qa_to_baseline-qa_common_role_difference_items.csv", 1, "baseline-qa_to_qa_common_role_difference_items.csv", 0)
	expect("waive", int(result.ExitInSync), "waive", "out", "--all", "--owner", "platform", "--reason", "the migration", "--expires", "2999-12-31")
	expect("waived", int(result.ExitInSync), "diff", "baseline/qa", "qa", "-o", "out")

	m.aws("qa", "put-role-policy", "--role-name", "app1_qa", "--policy-name", "s3", "--policy-document", m.s3Policy("qa", `,"s3:PutObject","s3:DeleteObject"`))
	expect("further drift", int(result.ExitDrift), "diff", "baseline/qa", "qa", "-o", "further", "--since", "out", "--fail-on", "new")
	expect("waive all", int(result.ExitInSync), "waive", "further", "--all", "--owner", "platform", "--reason", "the migration", "--expires", "2999-12-31")
	expect("all waived", int(result.ExitInSync), "diff", "baseline/qa", "qa", "-o", "out")

	data, err := os.ReadFile(filepath.Join(m.dir, "waivers.json"))
	if err != nil {
		t.Fatal(err)
	}
	m.write("waivers.json", strings.ReplaceAll(string(data), "2999-12-31", "2020-01-01"))
	expect("expired", int(result.ExitDrift), "diff", "baseline/qa", "qa", "-o", "out")

	expect("a new baseline", int(result.ExitInSync), "snapshot", "qa", "--dir", "baseline")
	m.git("commit", "-q", "-a", "-m", "Accept the migration")
	expect("two moments", int(result.ExitDrift), "diff", "git:HEAD~1:baseline/qa", "baseline/qa", "-o", "moments")
	expect("two accounts as they were", int(result.ExitInSync), "diff", "git:HEAD~1:baseline/dev", "git:HEAD~1:baseline/qa", "-o", "accounts", "-d", m.write("names.json", `{"accountname":["dev","qa"]}`))
}

// git runs git in the work folder, as nobody in particular.
func (m *moto) git(args ...string) {
	m.t.Helper()
	cmd := exec.Command("git", append([]string{"-c", "user.name=test", "-c", "user.email=test@example.com"}, args...)...)
	cmd.Dir = m.dir
	cmd.Env = append(os.Environ(), "GIT_CONFIG_GLOBAL=/dev/null", "GIT_CONFIG_SYSTEM=/dev/null")
	if out, err := cmd.CombinedOutput(); err != nil {
		m.t.Fatalf("git %v: %v\n%s", args, err, out)
	}
}
