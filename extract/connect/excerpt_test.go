package connect

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/config"
	"pgregory.net/rapid"
)

const keys = "aws_access_key_id = AKIAFAKEFAKEFAKEFAKE\naws_secret_access_key = fake\n"

// TestExcerptsSayTheSame: of an excerpt the SDK makes what it makes of the whole files.
func TestExcerptsSayTheSame(t *testing.T) {
	for _, tt := range []struct{ reason, config, credentials string }{
		{"keys in either file", "[profile a]\nregion = eu-west-1\n" + keys, "[a]\n" + keys + "aws_session_token = t\n[b]\n" + keys},
		{"the last of two sections of one name counts", "[profile a]\nregion = x\n[profile b]\nregion = y\n[profile a]\nregion = z\n" + keys, ""},
		{"the default is written in two ways", "[default]\nregion = x\n[profile default]\nregion = y\n" + keys, "[default]\n" + keys},
		{"a chain of roles over both files", "[profile a]\nrole_arn = arn:aws:iam::111111111111:role/a\nsource_profile = b\n[profile b]\nrole_arn = arn:aws:iam::222222222222:role/b\nsource_profile = c # the last\n", "[c]\n" + keys},
		{"a profile that is its own source", "[profile a]\nrole_arn = arn:aws:iam::111111111111:role/a\nsource_profile = a\n" + keys, ""},
		{"a session of IAM Identity Center", "[sso-session s]\nsso_region = eu-west-1\nsso_start_url = https://s.example.com\n[profile a]\nsso_session = s\nsso_account_id = 111111111111\nsso_role_name = r\n[sso-session t]\nsso_region = x\n", ""},
		{"the source has the session", "[profile b]\nsso_session = 's'\nsso_account_id = 1\nsso_role_name = r\n[sso-session s]\nsso_region = eu-west-1\nsso_start_url = u\n[profile a]\nrole_arn = arn:aws:iam::111111111111:role/a\nsource_profile = b\n", ""},
		{"endpoints of services", "[services local]\niam =\n  endpoint_url = http://127.0.0.1:1\nsts =\n  endpoint_url = http://127.0.0.1:2\n[profile a]\nservices = local\nendpoint_url = http://127.0.0.1:3\n", ""},
		{"a process, a token, a machine", "[profile a]\ncredential_process = /bin/x --y\n[profile b]\nrole_arn = arn:aws:iam::111111111111:role/a\nweb_identity_token_file = /t\n[profile c]\nrole_arn = arn:aws:iam::111111111111:role/a\ncredential_source = Environment\n", ""},
		{"quotes, colons, letter case, tabs", "[ profile \t a ] ; x\nROLE_ARN: arn\nSource_Profile : \"b\"\t# c\n[profile b]#c\n" + keys, ""},
		{"an indented setting that nothing is before", "[profile a]\n  source_profile = b\nrole_arn = arn\n[profile b]\n" + keys, ""},
		{"a file without a last line end", "[profile b]\nrole_arn = arn\nsource_profile = a", "[a]\n" + strings.TrimSuffix(keys, "\n")},
		{"lines that end as on Windows", strings.ReplaceAll("[profile a]\nrole_arn = arn\nsource_profile = b\n[profile b]\n"+keys, "\n", "\r\n"), ""},
		{"what a profile refers to is not there", "[profile a]\nrole_arn = arn\nsource_profile = b\n[profile c]\nsso_session = d\n[profile e]\nservices = f\n", ""},
		{"a profile that is called as a session", "[profile sso-session s]\nsso_region = x\nsso_start_url = u\n[profile a]\nsso_session = s\nsso_account_id = 1\nsso_role_name = r\n[sso-session s]\nsso_region = y\n", ""},
		{"names with spaces and profile in them", "[profile with space]\nregion = x\n[profile profile a]\nregion = y\n" + keys + "[profile b]\nrole_arn = arn\nsource_profile = profile a\n[profile a]\nregion = z\n[a]\nregion = w\n", "[profile a]\n" + keys},
		{"headings that are none", "[profile a\nregion = x\n[profile b]\nregion = y\n[]\nregion = z\n[c] = d\n", "x = y\n" + keys},
	} {
		t.Run(tt.reason, func(t *testing.T) { sameExcerpts(t, tt.config, tt.credentials) })
	}
}

// TestExcerptsOfAnything does the same for files of lines drawn.
func TestExcerptsOfAnything(t *testing.T) {
	lines := []string{
		"[default]", "[Default]", "[profile default]", "[a]", "[profile a]", "[profile b]", "[ profile\tb ] # c", "[profile a b]", "[a b]", "[profile profile a]", "[]", "[sso-session a]", "[profile sso-session a]", "[services a]", "[services b]", "[profile a",
		"region = x", "role_arn = arn:aws:iam::111111111111:role/a", "source_profile = a", "source_profile = b", "source_profile: 'b'", "source_profile = a b", "source_profile = profile a", "  source_profile = a", "Source_Profile = a # b", "source_profile =", "source_profile = \" a\"", "credential_source = Environment",
		"aws_access_key_id = k", "aws_secret_access_key = s", "sso_session = a", "sso_session = \"a \"", "sso_account_id = 1", "sso_role_name = r", "sso_region = x", "sso_start_url = u", "services = a", "services = b ; a", "iam =", "  endpoint_url = u", "  more", "", "# source_profile = b", "endpoint_url = v", "nothing",
	}
	file := rapid.Map(rapid.SliceOfN(rapid.SampledFrom(lines), 0, 20), func(all []string) string { return strings.Join(all, "\n") })
	rapid.Check(t, func(t *rapid.T) {
		sameExcerpts(t, file.Draw(t, "config"), file.Draw(t, "credentials"))
	})
}

// sameExcerpts holds all profiles of two files against their excerpts.
func sameExcerpts(t rapid.TB, configText, credentialsText string) {
	t.Helper()
	both := []*sections{scanSections(configText), scanSections(credentialsText)}
	for _, name := range []string{"a", "b", "c", "e", "default", "Default", "a b", "profile a", "with space", "sso-session s", "sso-session a"} {
		want, wanted := shared(t, name, configText, credentialsText)
		part, ok := excerptOf(name, both[0], both[1])
		got, err := shared(t, name, part.config, part.credentials)
		if !ok && wanted == nil {
			t.Fatalf("no excerpt of the profile %q of\n%s\n--- and\n%s", name, configText, credentialsText)
		}
		if !reflect.DeepEqual(got, want) || fmt.Sprint(err) != fmt.Sprint(wanted) {
			t.Fatalf("profile %q\n got %+v, %v\nwant %+v, %v\nof\n%s\n--- and\n%s", name, got, err, want, wanted, configText, credentialsText)
		}
	}
}

// shared returns what the SDK makes of two files, but for their paths.
func shared(t rapid.TB, name, configText, credentialsText string) (config.SharedConfig, error) {
	dir, err := os.MkdirTemp("", "")
	if err != nil {
		t.Fatal(err)
	}
	defer os.RemoveAll(dir)
	files := []string{filepath.Join(dir, "config"), filepath.Join(dir, "credentials")}
	for i, text := range []string{configText, credentialsText} {
		if err := os.WriteFile(files[i], []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	got, err := config.LoadSharedConfigProfile(context.Background(), name, func(o *config.LoadSharedConfigOptions) {
		o.ConfigFiles, o.CredentialsFiles = files[:1], files[1:]
	})
	for c := &got; c != nil; c = c.Source {
		c.Credentials.Source = ""
	}
	return got, err
}

// TestSharedFilesAreReadOnce: the sections of other profiles are not read again for each, but a
// file that has changed is, and where the SDK finds nothing its error is that of the files.
func TestSharedFilesAreReadOnce(t *testing.T) {
	if !canExcerpt {
		t.Skip("left out: the system has no paths for open files")
	}
	path := filepath.Join(t.TempDir(), "config")
	write := func(text string) {
		t.Helper()
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	o := Options{Profile: "a", Files: Files{Config: path, Credentials: path + ".none"}, Connections: NewConnections(1)}
	read := map[string]int{}
	open := func() string {
		t.Helper()
		err := o.Connections.excerpts.load(o.Profile, o.Files, func(f Files) error {
			text, err := os.ReadFile(f.Config)
			read[string(text)]++
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		s, err := Open(t.Context(), o)
		if err != nil {
			t.Fatal(err)
		}
		c, err := s.Config().Credentials.Retrieve(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		return c.SecretAccessKey
	}
	a := "[profile a]\nregion = us-east-1\nendpoint_url = http://127.0.0.1:1\n" + keys
	write(a + strings.Repeat("# more than a pipe holds\n", 10_000) + "[profile b]\nregion = x\n")
	if got := open(); got != "fake" {
		t.Errorf("got the key %q", got)
	}
	write(strings.Replace(a, "fake", "renewed", 1) + "[profile b]\nregion = x\n")
	if got := open(); got != "renewed" {
		t.Errorf("got the key %q of a file that changed", got)
	}
	for text := range read {
		if strings.Contains(text, "profile b") {
			t.Errorf("read for a: %.60q", text)
		}
	}
	o.Profile = "c"
	if _, err := Open(t.Context(), o); err == nil || strings.Contains(err.Error(), "/dev/fd") {
		t.Errorf("got %v", err)
	}
	write("[profile c]\nrole_arn = arn:aws:iam::111111111111:role/c\nsource_profile = gone\n")
	if _, err := Open(t.Context(), o); err == nil || strings.Contains(err.Error(), "/dev/fd") || !strings.Contains(err.Error(), "gone") {
		t.Errorf("got %v", err)
	}
}
