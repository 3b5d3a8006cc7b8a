package connect_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"iamctl/extract/connect"
)

// shared writes the two shared files.
func shared(t *testing.T, config, credentials string) connect.Files {
	t.Helper()
	dir := t.TempDir()
	files := connect.Files{Config: filepath.Join(dir, "config"), Credentials: filepath.Join(dir, "credentials")}
	for path, text := range map[string]string{files.Config: config, files.Credentials: credentials} {
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return files
}

const manyProfiles = `# a comment
[default]
region = eu-west-1
[sso-session corp]
sso_region = eu-west-1
sso_start_url = https://corp.example.com/start
[profile dev] ; the first
region=eu-central-1
sso_session = corp
sso_account_id = 111111111111
sso_role_name = Audit
[profile old-sso]
sso_start_url = https://old.example.com/start
sso_region = us-east-1
sso_account_id = 222222222222
sso_role_name = Audit
[profile qa]
role_arn = arn:aws:iam::333333333333:role/audit
source_profile = dev
[profile pod]
role_arn = arn:aws:iam::444444444444:role/audit
web_identity_token_file = /var/run/token
[profile machine]
role_arn = arn:aws:iam::555555555555:role/audit
credential_source = Ec2InstanceMetadata
[profile tool]
credential_process = /opt/tool --secret hunter2
  s3 =
    max_concurrent_requests = 20
[profile login]
login_session = arn:aws:iam::666666666666:user/me
[profile with space]
region = us-east-2
[services local]
iam =
  endpoint_url = http://127.0.0.1:1
[forgotten]
region = us-west-1
[profile broken]
role_arn = arn:aws:iam::777777777777:role/audit
source_profile = nowhere
[odd thing]
x = y
`

const someCredentials = `[default]
aws_access_key_id = ` + keyID + `
aws_secret_access_key = ` + secret + `
[keys]
aws_access_key_id = ` + keyID + `
aws_secret_access_key = ` + secret + `
aws_account_id = 888888888888
[profile wrong]
aws_access_key_id = ` + keyID + `
[half]
aws_access_key_id = ` + keyID + `
`

func TestProfiles(t *testing.T) {
	files := shared(t, manyProfiles, someCredentials)
	got, err := connect.Profiles(t.Context(), files)
	if err != nil {
		t.Fatal(err)
	}
	noSecrets(t, fmt.Sprintf("%+v", got))
	if strings.Contains(fmt.Sprintf("%+v", got), "hunter2") {
		t.Error("the command line of a credential_process is shown")
	}
	var broken []string
	for i := range got {
		if p := got[i].Problem; p != "" {
			broken = append(broken, got[i].Name+": "+p)
			got[i].Problem = "yes"
		}
	}
	c, k := files.Config, files.Credentials
	want := []connect.Profile{
		{Name: "broken", Kind: connect.KindNone, File: c, Line: 39, Problem: "yes"},
		{Name: "default", Region: "eu-west-1", Kind: connect.KindStatic, File: c, Line: 2},
		{Name: "dev", Region: "eu-central-1", Kind: connect.KindSSO, Account: "111111111111", File: c, Line: 7},
		{Name: "forgotten", Kind: connect.KindNone, File: c, Line: 37, Problem: "yes"},
		{Name: "half", Kind: connect.KindNone, File: k, Line: 10, Problem: "yes"},
		{Name: "keys", Kind: connect.KindStatic, Account: "888888888888", File: k, Line: 4},
		{Name: "login", Kind: connect.KindLogin, Account: "666666666666", File: c, Line: 30},
		{Name: "machine", Kind: connect.KindAssumeRole, Account: "555555555555", File: c, Line: 23},
		{Name: "odd thing", Kind: connect.KindNone, File: c, Line: 42, Problem: "yes"},
		{Name: "old-sso", Kind: connect.KindSSO, Account: "222222222222", File: c, Line: 12},
		{Name: "pod", Kind: connect.KindWebIdentity, Account: "444444444444", File: c, Line: 20},
		{Name: "qa", Kind: connect.KindAssumeRole, Account: "333333333333", SourceProfile: "dev", File: c, Line: 17},
		{Name: "tool", Kind: connect.KindProcess, File: c, Line: 26},
		{Name: "with space", Region: "us-east-2", Kind: connect.KindNone, File: c, Line: 32},
		{Name: "wrong", Kind: connect.KindNone, File: k, Line: 8, Problem: "yes"},
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("profiles (-want +got):\n%s", d)
	}
	wantBroken := []string{
		"broken: its source_profile nowhere does not exist",
		"forgotten: the AWS tools pass it over: in this file the heading must be [profile forgotten]",
		"half: of aws_access_key_id and aws_secret_access_key, one is missing",
		"odd thing: the AWS tools know no section [odd thing]",
		"wrong: the AWS tools pass it over: in this file the heading must be [wrong]",
	}
	if d := cmp.Diff(wantBroken, broken); d != "" {
		t.Errorf("problems (-want +got):\n%s", d)
	}
}

func TestProfilesFiles(t *testing.T) {
	if got, err := connect.Profiles(t.Context(), connect.Files{Config: "/nonexistent/config", Credentials: "/nonexistent/credentials"}); err != nil || len(got) != 0 {
		t.Errorf("no files: %v, %v; want no profiles and no error", got, err)
	}
	files := shared(t, "", "")
	if _, err := connect.Profiles(t.Context(), connect.Files{Config: filepath.Dir(files.Config), Credentials: files.Credentials}); err == nil {
		t.Error("a folder for a file is no error")
	}
	t.Setenv("AWS_CONFIG_FILE", files.Config)
	if err := os.WriteFile(files.Config, []byte("[profile env]\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if got, err := connect.Profiles(t.Context(), connect.Files{}); err != nil || len(got) != 1 || got[0].Name != "env" {
		t.Errorf("by the environment: %v, %v", got, err)
	}
}

func TestProfilesErrors(t *testing.T) {
	tests := []struct {
		text, want string
	}{
		{"[profile a]\nregion = x\n[profile b\n", "config:3: a heading without its closing bracket"},
		{"region = x\n", "config:1: a setting before the first [heading]"},
		{"\ufeff[default]\n", "config:1: the file begins with a byte order mark; save it without"},
		{"[default]\n" + secret + "\n", "config:2: neither a [heading] nor a setting of the form name = value"},
		{"[default]\n[ ]\n", "config:2: a heading without a name"},
		{"[default]\n" + strings.Repeat("x", 2<<20) + "\n", "config:2: bufio.Scanner: token too long"},
	}
	for _, tt := range tests {
		_, err := connect.Profiles(t.Context(), shared(t, tt.text, ""))
		if err == nil || !strings.HasSuffix(err.Error(), tt.want) {
			t.Errorf("error %v, want %q", err, tt.want)
			continue
		}
		noSecrets(t, err.Error())
	}
}
