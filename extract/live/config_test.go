package live_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"iamctl/extract/connect"
	"iamctl/extract/live"
	"iamctl/internal/fakeiam"
	"iamctl/inventory"
)

// TestTwoProfiles reads two accounts through one shared config file, found
// by the environment as the SDK does it.
func TestTwoProfiles(t *testing.T) {
	dev, qa := fakeiam.Sample("111111111111", 3), fakeiam.Sample("222222222222", 4)
	path := filepath.Join(t.TempDir(), "config")
	var text strings.Builder
	for name, a := range map[string]*inventory.Account{"dev": dev, "qa": qa} {
		text.WriteString(serve(t, a, fakeiam.Options{}).Profile(name))
	}
	if err := os.WriteFile(path, []byte(text.String()), 0o600); err != nil {
		t.Fatal(err)
	}
	t.Setenv("AWS_CONFIG_FILE", path)
	for name, want := range map[string]string{"dev": dev.ID, "qa": qa.ID} {
		got := extract(t, live.Options{Profile: name, Retry: quick})
		if got.ID != want {
			t.Errorf("profile %s leads to %s, want %s", name, got.ID, want)
		}
	}
	t.Setenv("AWS_PROFILE", "qa")
	if got := extract(t, live.Options{Retry: quick}); got.ID != qa.ID {
		t.Errorf("without a profile: %s, want that of AWS_PROFILE", got.ID)
	}
	// A profile that is asked for goes before keys of the environment.
	t.Setenv("AWS_ACCESS_KEY_ID", "AKIAENVIRONMENT00000")
	t.Setenv("AWS_SECRET_ACCESS_KEY", "environmentSecret")
	server := serve(t, dev, fakeiam.Options{})
	extract(t, options(t, server))
	if auth := server.Log()[0].Header.Get("Authorization"); !strings.Contains(auth, keyID) {
		t.Errorf("signed by %s, want the profile's key", auth)
	}
}

// TestChains comes to credentials in the ways that a profile may have.
func TestChains(t *testing.T) {
	const process = `credential_process = printf '{"Version":1,"AccessKeyId":"AKIAPROCESSPROCESS00","SecretAccessKey":"s","SessionToken":"t"}'`
	tests := []struct {
		reason  string
		text    string
		mfa     string
		wantKey string
	}{
		{"static keys", plainProfile, "", keyID},
		{"static keys without a region", "[profile dev]\nendpoint_url = URL\nKEYS\n", "", keyID},
		{"credential_process", "[profile dev]\nendpoint_url = URL\n" + process + "\n", "", "AKIAPROCESSPROCESS00"},
		{"assume-role, no region anywhere", "[profile dev]\nendpoint_url = URL\nrole_arn = arn:aws:iam::123456789012:role/r\nsource_profile = base\n[profile base]\nendpoint_url = URL\nKEYS\n", "", "ASIAFAKEFAKEFAKEFAKE"},
		{"assume-role with MFA", "[profile dev]\nendpoint_url = URL\nrole_arn = arn:aws:iam::123456789012:role/r\nsource_profile = base\nmfa_serial = arn:aws:iam::123456789012:mfa/me\n[profile base]\nKEYS\n", "654321", "ASIAFAKEFAKEFAKEFAKE"},
		{"an endpoint in a services section", "[profile dev]\nservices = local\nKEYS\n[services local]\niam =\n  endpoint_url = URL\nsts =\n  endpoint_url = URL\n", "", keyID},
	}
	for _, tt := range tests {
		t.Run(tt.reason, func(t *testing.T) {
			server := serve(t, sample(2), fakeiam.Options{})
			asked := ""
			got := extract(t, live.Options{
				Profile: "dev", Files: configFile(t, server.URL, tt.text), Retry: quick,
				MFAToken: func(serial string) (string, error) { asked = serial; return tt.mfa, nil },
			})
			if got.ID != accountID || len(got.Roles) != 2 {
				t.Errorf("account %s with %d roles", got.ID, len(got.Roles))
			}
			if (asked != "") != (tt.mfa != "") {
				t.Errorf("asked for an MFA code: %q", asked)
			}
			for _, call := range server.Log() {
				switch {
				case call.Action == "AssumeRole":
					if call.Form.Get("TokenCode") != tt.mfa || call.Form.Get("DurationSeconds") != "3600" {
						t.Errorf("AssumeRole with code %q for %s s", call.Form.Get("TokenCode"), call.Form.Get("DurationSeconds"))
					}
				case !strings.Contains(call.Header.Get("Authorization"), tt.wantKey):
					t.Errorf("%s is signed by %s, want %s", call.Action, call.Header.Get("Authorization"), tt.wantKey)
				}
			}
		})
	}
}

// TestHostCredentials: the role of an EC2 host is the source of a role, and is
// enough by itself.
func TestHostCredentials(t *testing.T) {
	const role = "/latest/meta-data/iam/security-credentials/"
	iam := serve(t, sample(2), fakeiam.Options{})
	host := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/latest/api/token":
			w.Header().Set("X-Aws-Ec2-Metadata-Token-Ttl-Seconds", "300")
			fmt.Fprint(w, "token")
		case role:
			fmt.Fprint(w, "host")
		case role + "host":
			fmt.Fprint(w, `{"Code":"Success","AccessKeyId":"ASIAHOST000000000000","SecretAccessKey":"s","Token":"t","Expiration":"2099-01-01T00:00:00Z"}`)
		default:
			http.NotFound(w, r)
		}
	}))
	t.Cleanup(host.Close)
	t.Setenv("AWS_EC2_METADATA_DISABLED", "false")
	t.Setenv("AWS_EC2_METADATA_SERVICE_ENDPOINT", host.URL)
	const chain = "role_arn = arn:aws:iam::123456789012:role/r\ncredential_source = Ec2InstanceMetadata\n"
	for reason, own := range map[string]string{"as the source of a role": chain, "by itself": ""} {
		o := live.Options{Profile: "dev", Files: configFile(t, iam.URL, "[profile dev]\nendpoint_url = URL\n"+own), Retry: quick}
		if got := extract(t, o); len(got.Roles) != 2 {
			t.Errorf("%s: %d roles, want 2", reason, len(got.Roles))
		}
	}
}

// sso writes the cache of a login and a profile that uses it, and serves what
// turns the login into credentials.
func sso(t *testing.T, expires string) live.Options {
	t.Helper()
	iam := serve(t, sample(2), fakeiam.Options{})
	portal := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path != "/federation/credentials" {
			iam.ServeHTTP(w, r)
			return
		}
		w.Header().Set("Content-Type", "application/json")
		w.Write([]byte(`{"roleCredentials":{"accessKeyId":"ASIASSO0000000000000","secretAccessKey":"ssoSecret","sessionToken":"ssoToken","expiration":4070908800000}}`))
	}))
	t.Cleanup(portal.Close)
	home := t.TempDir()
	t.Setenv("HOME", home)
	cache := filepath.Join(home, ".aws", "sso", "cache")
	if err := os.MkdirAll(cache, 0o700); err != nil {
		t.Fatal(err)
	}
	entry := `{"accessToken":"portalToken","expiresAt":"` + expires + `"}`
	if err := os.WriteFile(filepath.Join(cache, sha1Name("corp")), []byte(entry), 0o600); err != nil {
		t.Fatal(err)
	}
	text := "[profile dev]\nendpoint_url = URL\nsso_session = corp\nsso_account_id = 123456789012\nsso_role_name = Audit\n" +
		"[sso-session corp]\nsso_region = eu-west-1\nsso_start_url = https://corp.example.com/start\n"
	return live.Options{Profile: "dev", Files: configFile(t, portal.URL, text), Retry: quick}
}

func TestSSO(t *testing.T) {
	if got := extract(t, sso(t, "2099-01-01T00:00:00Z")); got.ID != accountID {
		t.Errorf("account %s", got.ID)
	}
	wantError(t, sso(t, "2001-01-01T00:00:00Z"), "`aws sso login --profile dev` starts a new session")
}

func TestConfigErrors(t *testing.T) {
	tests := []struct {
		reason string
		text   string
		want   []string
	}{
		{"no such profile", "[profile other]\nKEYS\n", []string{"there is no such profile", "config", "`iamctl listprofiles`"}},
		{"a heading that is not closed hides it", "[profile other]\nKEYS\n[profile dev\nKEYS\n", []string{"there is no such profile", "config:5: a heading without its closing bracket"}},
		{"no credentials", "[profile dev]\nregion = us-east-1\nendpoint_url = URL\n", []string{"there are no credentials", "`aws configure --profile dev`"}},
		{"a source profile without credentials", "[profile dev]\nrole_arn = arn:aws:iam::123456789012:role/r\nsource_profile = base\n[profile base]\nregion = eu-west-1\n", []string{"cannot be assumed: its source_profile has no credentials"}},
		{"no source profile", "[profile dev]\nrole_arn = arn:aws:iam::123456789012:role/r\nsource_profile = none\n", []string{"its source_profile none does not exist"}},
		{"no such SSO session", "[profile dev]\nsso_session = nono\n", []string{"nono", "correct it in ", "config or "}},
		{"half of the keys", "[profile dev]\naws_access_key_id = " + keyID + "\n", []string{"aws_secret_access_key"}},
		{
			"MFA with nobody to ask", "[profile dev]\nendpoint_url = URL\nrole_arn = arn:aws:iam::123456789012:role/r\nsource_profile = base\nmfa_serial = arn:aws:iam::123456789012:mfa/me\n[profile base]\nKEYS\n",
			[]string{"MFA device arn:aws:iam::123456789012:mfa/me", "run iamctl in a terminal"},
		},
		{
			"never logged in", "[profile dev]\nendpoint_url = URL\nsso_start_url = https://x.example.com\nsso_region = us-east-1\nsso_account_id = 123456789012\nsso_role_name = r\n",
			[]string{"the SSO session has expired or is invalid", "`aws sso login --profile dev`"},
		},
		{"the other login, never made", "[profile dev]\nregion = us-east-1\nlogin_session = arn:aws:iam::123456789012:user/me\n", []string{"no credentials: ", "`aws login --profile dev`"}},
		{
			"a role on top of a login", "[profile dev]\nendpoint_url = URL\nrole_arn = arn:aws:iam::123456789012:role/r\nsource_profile = base\n[profile base]\nsso_start_url = https://x.example.com\nsso_region = us-east-1\nsso_account_id = 123456789012\nsso_role_name = r\n",
			[]string{"`aws sso login --profile base`"},
		},
		{
			"a process that prints secrets and no JSON", "[profile dev]\nendpoint_url = URL\ncredential_process = echo SecretAccessKey is " + secret + "\n",
			[]string{"printed something that is not the JSON it should be"},
		},
		{"a process that fails", "[profile dev]\nendpoint_url = URL\ncredential_process = false\n", []string{"exit status 1", "run the profile's credential_process by hand"}},
		{
			"a partition that nobody knows", "[profile dev]\nendpoint_url = URL\nrole_arn = arn:aws-moon:iam::123456789012:role/r\nsource_profile = base\n[profile base]\nKEYS\n",
			[]string{`"aws-moon"`, "set region in the profile"},
		},
	}
	for _, tt := range tests {
		t.Run(tt.reason, func(t *testing.T) {
			server := serve(t, sample(1), fakeiam.Options{})
			o := live.Options{Profile: "dev", Files: configFile(t, server.URL, tt.text), Retry: quick}
			for _, want := range append(tt.want, `profile "dev": `) {
				wantError(t, o, want)
			}
		})
	}
}

// TestAssumeRoleFails at first: the calls that get credentials are tried
// again as well.
func TestAssumeRoleFails(t *testing.T) {
	text := "[profile dev]\nendpoint_url = URL\nrole_arn = arn:aws:iam::123456789012:role/r\nsource_profile = base\n[profile base]\nKEYS\n"
	for _, fault := range []fakeiam.Answer{fakeiam.Nothing, fakeiam.Lost, fakeiam.Truncated, fakeiam.Unavailable, fakeiam.Throttled, fakeiam.Dropped} {
		server := serve(t, sample(1), fakeiam.Options{Faults: []fakeiam.Fault{fakeiam.Only(fakeiam.First(2, fault), "AssumeRole")}})
		extract(t, live.Options{Profile: "dev", Files: configFile(t, server.URL, text), Retry: quick})
	}
}

func TestAssumeRoleDenied(t *testing.T) {
	server := serve(t, sample(1), fakeiam.Options{Faults: []fakeiam.Fault{fakeiam.Deny("AssumeRole")}})
	text := "[profile dev]\nendpoint_url = URL\nrole_arn = arn:aws:iam::123456789012:role/r\nsource_profile = base\n[profile base]\nendpoint_url = URL\nKEYS\n"
	o := live.Options{Profile: "dev", Files: configFile(t, server.URL, text), Retry: quick}
	e := wantError(t, o, "no credentials: sts:AssumeRole: AccessDenied: ")
	if !strings.Contains(e.Next, "role_arn") {
		t.Errorf("next step %q, want a look at role_arn", e.Next)
	}
}

// TestNobodyThere: a mistyped endpoint ends soon, with the real patience.
func TestNobodyThere(t *testing.T) {
	server := httptest.NewServer(http.NotFoundHandler())
	server.Close()
	start := time.Now()
	o := live.Options{Profile: "dev", Files: configFile(t, server.URL, plainProfile), Retry: connect.Retry{Base: 20 * time.Millisecond, Unpaced: true}}
	wantError(t, o, "sts:GetCallerIdentity: gave up after 5 attempts: ")
	if took := time.Since(start); took > 5*time.Second {
		t.Errorf("it took %v", took)
	}
}

// TestUntrustedCertificate: no waiting for a certificate to become good.
func TestUntrustedCertificate(t *testing.T) {
	calls := 0
	server := httptest.NewUnstartedServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { calls++ }))
	server.Config.ErrorLog = quietLog()
	server.StartTLS()
	defer server.Close()
	waited := false
	o := live.Options{
		Profile: "dev", Files: configFile(t, server.URL, plainProfile), Retry: quick,
		Waiting: func(string, time.Duration) { waited = true },
	}
	wantError(t, o, "ca_bundle")
	if waited || calls > 0 {
		t.Errorf("waited: %v, calls: %d; want neither", waited, calls)
	}
}
