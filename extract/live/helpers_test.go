package live_test

import (
	"crypto/sha1"
	"encoding/hex"
	"io"
	"log"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp/cmpopts"

	"iamctl/extract/connect"
	"iamctl/extract/live"
	"iamctl/internal/fakeiam"
	"iamctl/inventory"
)

const accountID = "123456789012"

// The static keys of the test profiles. Nothing may ever print them.
const (
	keyID  = "AKIATESTTESTTESTTEST"
	secret = "testSecretTestSecretTestSecretTestSecret"
	token  = "testSessionTokenTestSessionToken=="
)

// TestMain keeps the environment of whoever runs the tests out of them, and
// them off the network.
func TestMain(m *testing.M) {
	for _, kv := range os.Environ() {
		if name, _, _ := strings.Cut(kv, "="); strings.HasPrefix(name, "AWS_") {
			os.Unsetenv(name)
		}
	}
	os.Setenv("AWS_EC2_METADATA_DISABLED", "true")
	home, err := os.MkdirTemp("", "live")
	if err != nil {
		panic(err)
	}
	os.Setenv("HOME", home)
	os.Setenv("AWS_CONFIG_FILE", filepath.Join(home, "config"))
	os.Setenv("AWS_SHARED_CREDENTIALS_FILE", filepath.Join(home, "credentials"))
	code := m.Run()
	os.RemoveAll(home)
	os.Exit(code)
}

// configFile writes a shared config file. In text, URL is replaced by the
// server's address and KEYS by static keys.
func configFile(t testing.TB, url, text string) connect.Files {
	t.Helper()
	dir := t.TempDir()
	keys := "aws_access_key_id = " + keyID + "\naws_secret_access_key = " + secret + "\naws_session_token = " + token
	text = strings.NewReplacer("URL", url, "KEYS", keys).Replace(text)
	path := filepath.Join(dir, "config")
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return connect.Files{Config: path, Credentials: filepath.Join(dir, "credentials")}
}

const plainProfile = "[profile dev]\nregion = eu-west-1\nendpoint_url = URL\nKEYS\n"

// quick is patient, but not for long.
var quick = connect.Retry{Base: time.Millisecond, Cap: 2 * time.Millisecond, Unpaced: true}

func options(t testing.TB, server *fakeiam.Server) live.Options {
	t.Helper()
	return live.Options{Profile: "dev", Files: configFile(t, server.URL, plainProfile), Retry: quick}
}

func serve(t testing.TB, account *inventory.Account, o fakeiam.Options) *fakeiam.Server {
	t.Helper()
	server := fakeiam.New(account, o)
	t.Cleanup(server.Close)
	return server
}

// sample returns an account as a live source reads it.
func sample(roles int) *inventory.Account {
	a := fakeiam.Sample(accountID, roles)
	a.Caller = "arn:aws:iam::" + accountID + ":user/auditor"
	return a
}

// noSecrets fails if a text holds a credential.
func noSecrets(t *testing.T, text string) {
	t.Helper()
	for _, s := range []string{keyID, secret, token, "assumedSecret", "assumedSessionToken", "ASIAFAKE"} {
		if strings.Contains(text, s) {
			t.Errorf("a credential (%s...) in: %s", s[:8], text)
		}
	}
}

// sha1Name returns the file in which the AWS tools keep the token of a session.
func sha1Name(session string) string {
	sum := sha1.Sum([]byte(session))
	return hex.EncodeToString(sum[:]) + ".json"
}

func quietLog() *log.Logger { return log.New(io.Discard, "", 0) }

// noOthers leaves out the versions that are not in force, which the contract is about.
var noOthers = cmpopts.IgnoreFields(inventory.Policy{}, "Others")
