package examples_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"

	"iamctl/extract/snapshot"
	"iamctl/internal/fakeiam"
	"iamctl/inventory"
)

// What the examples are filled in with.
const (
	jobRole  = "arn:aws:iam::111122223333:role/iamctl-job"
	devID    = "123456789012"
	qaID     = "987654321098"
	oidc     = "an.oidc.token"
	jobKey   = "ASIAJOBJOBJOBJOBJOBJ"
	readerID = "ASIAREAD" // and an account's id
)

// cloud is two accounts with a reader role each, and the ways to log in as
// the job's role: by an OIDC token, as an ECS task, on an EC2 host, or with
// its credentials in the environment. Only a reader reads an account, and
// only the job becomes a reader.
type cloud struct {
	URL string

	mu       sync.Mutex
	accounts map[string]*fakeiam.Server
	roles    []string
}

// newCloud serves the example accounts.
func newCloud(t *testing.T) *cloud {
	t.Helper()
	c := &cloud{accounts: map[string]*fakeiam.Server{}}
	s := httptest.NewServer(c)
	t.Cleanup(s.Close)
	c.URL = s.URL
	c.serve(t, "dev", fakeiam.Options{}, nil)
	c.serve(t, "qa", fakeiam.Options{}, nil)
	return c
}

// serve serves an example account from now on, changed by edit if that is not nil.
func (c *cloud) serve(t *testing.T, folder string, o fakeiam.Options, edit func(*inventory.Account)) {
	t.Helper()
	a, err := snapshot.Read(t.Context(), folder)
	if err != nil {
		t.Fatal(err)
	}
	if edit != nil {
		edit(a)
	}
	s := fakeiam.New(a, o)
	t.Cleanup(s.Close)
	c.mu.Lock()
	defer c.mu.Unlock()
	c.accounts[a.ID] = s
}

// assumed are the roles that were assumed so far, in order.
func (c *cloud) assumed() []string {
	c.mu.Lock()
	defer c.mu.Unlock()
	return slices.Clone(c.roles)
}

var accessKey = regexp.MustCompile(`Credential=([A-Z0-9]+)/`)

func (c *cloud) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if c.metadata(w, r) {
		return
	}
	if err := r.ParseForm(); err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	key := ""
	if m := accessKey.FindStringSubmatch(r.Header.Get("Authorization")); m != nil {
		key = m[1]
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	action, role := r.PostForm.Get("Action"), r.PostForm.Get("RoleArn")
	switch {
	case action == "AssumeRoleWithWebIdentity" && role == jobRole && r.PostForm.Get("WebIdentityToken") == oidc:
		c.assume(w, action, role, jobKey)
	case action == "AssumeRole" && key == jobKey && (role == reader(devID) || role == reader(qaID)):
		c.assume(w, action, role, readerID+strings.Split(role, ":")[4])
	case strings.HasPrefix(key, readerID) && action != "AssumeRole":
		c.accounts[strings.TrimPrefix(key, readerID)].ServeHTTP(w, r)
	default:
		w.WriteHeader(http.StatusForbidden)
		fmt.Fprintf(w, `<ErrorResponse><Error><Type>Sender</Type><Code>AccessDenied</Code><Message>%s as %q</Message></Error></ErrorResponse>`, action, key)
	}
}

func reader(account string) string { return "arn:aws:iam::" + account + ":role/iamctl-reader" }

func (c *cloud) assume(w http.ResponseWriter, action, role, key string) {
	c.roles = append(c.roles, role)
	fmt.Fprintf(w, `<%[1]sResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><%[1]sResult>
<AssumedRoleUser><Arn>%[2]s/iam-drift</Arn><AssumedRoleId>AROA:iam-drift</AssumedRoleId></AssumedRoleUser>
<Credentials><AccessKeyId>%[3]s</AccessKeyId><SecretAccessKey>secret</SecretAccessKey><SessionToken>session</SessionToken>
<Expiration>2099-01-01T00:00:00Z</Expiration></Credentials></%[1]sResult></%[1]sResponse>`, action, role, key)
}

// metadata hands out the job's credentials as ECS and EC2 do.
func (c *cloud) metadata(w http.ResponseWriter, r *http.Request) bool {
	switch r.URL.Path {
	case "/latest/api/token":
		w.Header().Set("X-Aws-Ec2-Metadata-Token-Ttl-Seconds", "300")
		fmt.Fprint(w, "token")
	case "/latest/meta-data/iam/security-credentials/":
		fmt.Fprint(w, "iamctl-job")
	case "/latest/meta-data/iam/security-credentials/iamctl-job", "/ecs":
		_ = json.NewEncoder(w).Encode(map[string]string{
			"Code": "Success", "Type": "AWS-HMAC", "AccessKeyId": jobKey, "SecretAccessKey": "secret", "Token": "session",
			"Expiration": "2099-01-01T00:00:00Z", "LastUpdated": "2026-01-01T00:00:00Z",
		})
	default:
		return false
	}
	return true
}

// allowMore adds a permission to app1_dev, as somebody might by hand.
func allowMore(a *inventory.Account) {
	for i := range a.Roles {
		if r := &a.Roles[i]; r.Name == "app1_dev" {
			r.Inline[0].Document = inventory.Document(strings.Replace(string(r.Inline[0].Document), `"s3:List*"`, `"s3:List*","s3:DeleteObject"`, 1))
		}
	}
}
