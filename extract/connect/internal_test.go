package connect

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/config"
)

func TestRegionFor(t *testing.T) {
	tests := []struct {
		reason string
		c      *config.SharedConfig
		want   string
	}{
		{"nothing known", nil, "us-east-1"},
		{"nothing told", &config.SharedConfig{}, "us-east-1"},
		{"a role of GovCloud", &config.SharedConfig{RoleARN: "arn:aws-us-gov:iam::123456789012:role/r"}, "us-gov-west-1"},
		{"a role of China", &config.SharedConfig{RoleARN: "arn:aws-cn:iam::123456789012:role/r"}, "cn-north-1"},
		{"the source profile's region", &config.SharedConfig{RoleARN: "arn:aws:iam::123456789012:role/r", Source: &config.SharedConfig{Region: "eu-west-3"}}, "eu-west-3"},
		{"the region of the SSO session", &config.SharedConfig{SSOSession: &config.SSOSession{SSORegion: "us-gov-east-1"}}, "us-gov-east-1"},
		{"the region of SSO in the old form", &config.SharedConfig{SSORegion: "eu-west-1"}, "eu-west-1"},
		{"an MFA device of GovCloud", &config.SharedConfig{Source: &config.SharedConfig{MFASerial: "arn:aws-us-gov:iam::123456789012:mfa/me"}}, "us-gov-west-1"},
		{"a hardware device", &config.SharedConfig{MFASerial: "GAHT12345678"}, "us-east-1"},
	}
	for _, tt := range tests {
		if got, err := regionFor(tt.c); err != nil || got != tt.want {
			t.Errorf("%s: %q, %v; want %q", tt.reason, got, err, tt.want)
		}
	}
	if _, err := regionFor(&config.SharedConfig{RoleARN: "arn:aws-moon:iam::123456789012:role/r"}); err == nil {
		t.Error("an unknown partition is guessed at")
	}
}

func TestHide(t *testing.T) {
	s := newSecrets()
	s.add(aws.Credentials{AccessKeyID: "AKIDAKID", SecretAccessKey: "secretse", SessionToken: "xsecretsex"})
	s.addShared(&config.SharedConfig{Source: &config.SharedConfig{Credentials: aws.Credentials{SecretAccessKey: "baseSecret"}}})
	tests := []struct{ in, want, reason string }{
		{"key AKIDAKID, secret secretse", "key [hidden], secret [hidden]", "known values"},
		{"xsecretsex", "[hidden]", "the longer value first"},
		{"of baseSecret", "of [hidden]", "keys of the source profile"},
		{"id ASIA0123456789ABCDEF.", "id [hidden].", "a key id by its looks"},
		{"x-amz-security-token:abc/+=\nnext", "[hidden]\nnext", "a header of the signed request"},
		{"X-Amz-Security-Token: abc&x", "[hidden]&x", "a header in another case"},
		{"Signature=0123abc", "[hidden]", "a signature"},
		{"role ASIAN-office", "role ASIAN-office", "a name that only begins like a key id"},
	}
	for _, tt := range tests {
		if got := s.hide(tt.in); got != tt.want {
			t.Errorf("%s: hide(%q) = %q, want %q", tt.reason, tt.in, got, tt.want)
		}
	}
}

// FuzzScanHeadings: whatever a file holds, the sections found are those that
// the SDK knows, and errors never repeat what may be a key.
func FuzzScanHeadings(f *testing.F) {
	f.Add("[profile a]\nregion = x\n")
	f.Add("[default]\r\nx=y\r\n[ profile  b ] # c\n")
	f.Add("[profile a b]\n")
	path := filepath.Join(f.TempDir(), "config")
	f.Fuzz(func(t *testing.T, text string) {
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		headings, err := scanHeadings(path)
		if err != nil {
			if len(err.Error()) > len(path)+200 {
				t.Errorf("the error repeats the file: %v", err)
			}
			return
		}
		for _, h := range headings {
			if h.kind != "profile" || strings.TrimSpace(h.name) == "" {
				continue
			}
			_, err := config.LoadSharedConfigProfile(t.Context(), h.name, func(o *config.LoadSharedConfigOptions) {
				o.ConfigFiles, o.CredentialsFiles = []string{path}, []string{}
			})
			if err != nil && strings.Contains(err.Error(), "failed to get shared config profile, "+h.name) {
				t.Errorf("the SDK knows no profile %q in %q", h.name, text)
			}
		}
	})
}
