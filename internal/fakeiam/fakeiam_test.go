package fakeiam_test

import (
	"encoding/xml"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"iamctl/internal/fakeiam"
	"iamctl/inventory"
)

const accountID = "123456789012"

// ask makes one call; the arguments are names and values in turn.
func ask(t testing.TB, s *fakeiam.Server, action string, arguments ...string) (status int, body string, err error) {
	t.Helper()
	form := url.Values{"Action": {action}, "Version": {"2010-05-08"}}
	if action == "GetCallerIdentity" || action == "AssumeRole" {
		form.Set("Version", "2011-06-15")
	}
	for i := 0; i < len(arguments); i += 2 {
		form.Set(arguments[i], arguments[i+1])
	}
	r, err := http.NewRequest(http.MethodPost, s.URL, strings.NewReader(form.Encode()))
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.Header.Set("Authorization", "AWS4-HMAC-SHA256 Credential=x")
	answer, err := http.DefaultClient.Do(r)
	if err != nil {
		return 0, "", err
	}
	defer answer.Body.Close()
	all, err := io.ReadAll(answer.Body)
	return answer.StatusCode, string(all), err
}

func serve(t testing.TB, a *inventory.Account, o fakeiam.Options) *fakeiam.Server {
	t.Helper()
	s := fakeiam.New(a, o)
	t.Cleanup(s.Close)
	return s
}

func TestAnswers(t *testing.T) {
	a := fakeiam.Sample(accountID, 2)
	s := serve(t, a, fakeiam.Options{OldVersions: 2})
	role := a.Roles[0]
	arn := a.Policies[0].ARN
	tests := []struct {
		action string
		with   []string
		want   []string
		reason string
	}{
		{"GetCallerIdentity", nil, []string{`<GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><GetCallerIdentityResult>`, "<Account>123456789012</Account>", "<RequestId>"}, "STS's namespace"},
		{"ListAccountAliases", nil, []string{"<IsTruncated>false</IsTruncated>", "<AccountAliases><member>sample-1234</member></AccountAliases>"}, "a list of texts"},
		{"GetRole", []string{"RoleName", role.Name}, []string{"<RoleName>app00000_role+x</RoleName>", "<MaxSessionDuration>3600", "&lt;marked&gt;&#xD;&#xA;&#x9;", "<PermissionsBoundaryArn>", "<CreateDate>2024-01-02T03:04:05Z</CreateDate>", "<RoleLastUsed></RoleLastUsed>", "<AssumeRolePolicyDocument>%7B%22Version%22%3A%222012-10-17%22"}, "escaped for XML and percent-encoded"},
		{"GetRole", []string{"RoleName", strings.ToUpper(role.Name)}, []string{"<RoleName>app00000_role+x</RoleName>"}, "names without regard to case"},
		{"GetRolePolicy", []string{"RoleName", role.Name, "PolicyName", "bucket"}, []string{"<RoleName>", "<PolicyDocument>%7B"}, "an inline policy"},
		{"ListRoles", nil, []string{"<Roles><member><Path>"}, "without boundary, see below"},
		{"GetPolicy", []string{"PolicyArn", arn}, []string{"<DefaultVersionId>v3</DefaultVersionId>"}, "a policy"},
		{"GetPolicyVersion", []string{"PolicyArn", arn, "VersionId", "v3"}, []string{"<IsDefaultVersion>true", "100%25%2Fa%2Bb%2F%2A"}, "the default version"},
		{"GetPolicyVersion", []string{"PolicyArn", arn, "VersionId", "v2"}, []string{"<IsDefaultVersion>false", "decoy%3ANotInForce"}, "another version"},
		{"ListPolicies", []string{"Scope", "Local"}, []string{"<Policies><member><PolicyName>app"}, "those of the account"},
		{"ListInstanceProfilesForRole", []string{"RoleName", role.Name}, []string{"<InstanceProfileName>app00000_role+x"}, "a role's profiles"},
	}
	for _, tt := range tests {
		status, body, err := ask(t, s, tt.action, tt.with...)
		if err != nil || status != 200 {
			t.Errorf("%s (%s): %d, %v, %s", tt.action, tt.reason, status, err, body)
			continue
		}
		for _, w := range tt.want {
			if !strings.Contains(body, w) {
				t.Errorf("%s (%s): no %s in %s", tt.action, tt.reason, w, body)
			}
		}
	}
	if _, body, _ := ask(t, s, "ListRoles"); strings.Contains(body, "PermissionsBoundary") || strings.Contains(body, "<Tags>") {
		t.Error("ListRoles tells boundaries or tags, which AWS's does not")
	}
	if _, body, _ := ask(t, s, "ListPolicies", "Scope", "Local"); strings.Contains(body, ":aws:policy") {
		t.Error("the scope Local has policies of AWS")
	}
}

func TestRefusals(t *testing.T) {
	s := serve(t, fakeiam.Sample(accountID, 2), fakeiam.Options{})
	tests := []struct {
		action string
		with   []string
		status int
		code   string
	}{
		{"GetRole", []string{"RoleName", "nobody"}, 404, "NoSuchEntity"},
		{"GetPolicy", []string{"PolicyArn", "arn:aws:iam::aws:policy/None"}, 404, "NoSuchEntity"},
		{"GetRolePolicy", []string{"RoleName", "app00000_role+x", "PolicyName", "none"}, 404, "NoSuchEntity"},
		{"ListRoles", []string{"MaxItems", "1001"}, 400, "ValidationError"},
		{"ListRoles", []string{"MaxItems", "0"}, 400, "ValidationError"},
		{"ListRoles", []string{"Marker", "made up"}, 400, "ValidationError"},
		{"GetAccountAuthorizationDetails", []string{"Filter.member.1", "Cat"}, 400, "ValidationError"},
		{"DeleteRole", []string{"RoleName", "app00000_role+x"}, 400, "InvalidAction"},
		{"ListRoles", []string{"Version", "2011-06-15"}, 400, "InvalidAction"},
	}
	for _, tt := range tests {
		status, body, err := ask(t, s, tt.action, tt.with...)
		var e struct {
			Code string `xml:"Error>Code"`
			Type string `xml:"Error>Type"`
		}
		if err != nil || xml.Unmarshal([]byte(body), &e) != nil || status != tt.status || e.Code != tt.code || e.Type != "Sender" {
			t.Errorf("%s %v: %d %s, %v; want %d %s", tt.action, tt.with, status, body, err, tt.status, tt.code)
		}
	}
	answer, err := http.PostForm(s.URL, url.Values{"Action": {"ListRoles"}, "Version": {"2010-05-08"}})
	if err != nil || answer.StatusCode != 403 {
		t.Errorf("an unsigned call: %v, %v; want 403", answer, err)
	}
}

type details struct {
	Truncated bool     `xml:"GetAccountAuthorizationDetailsResult>IsTruncated"`
	Marker    string   `xml:"GetAccountAuthorizationDetailsResult>Marker"`
	Roles     []string `xml:"GetAccountAuthorizationDetailsResult>RoleDetailList>member>RoleName"`
	Users     []string `xml:"GetAccountAuthorizationDetailsResult>UserDetailList>member>UserName"`
	Groups    []string `xml:"GetAccountAuthorizationDetailsResult>GroupDetailList>member>GroupName"`
	Policies  []string `xml:"GetAccountAuthorizationDetailsResult>Policies>member>PolicyName"`
}

func (d details) names() []string { return slices.Concat(d.Users, d.Groups, d.Roles, d.Policies) }

// pages follows the markers and returns the pages.
func pages(t testing.TB, s *fakeiam.Server, with ...string) []details {
	t.Helper()
	var all []details
	marker := ""
	for {
		arguments := slices.Clone(with)
		if marker != "" {
			arguments = append(arguments, "Marker", marker)
		}
		_, body, err := ask(t, s, "GetAccountAuthorizationDetails", arguments...)
		var d details
		if err == nil {
			err = xml.Unmarshal([]byte(body), &d)
		}
		if err != nil {
			t.Fatal(err, body)
		}
		all = append(all, d)
		if !d.Truncated {
			return all
		}
		marker = d.Marker
	}
}

func TestFilter(t *testing.T) {
	s := serve(t, fakeiam.Sample(accountID, 3), fakeiam.Options{})
	for filter, want := range map[string]int{"Role": 3, "User": 1, "Group": 1, "LocalManagedPolicy": 3, "AWSManagedPolicy": 1} {
		if got := pages(t, s, "Filter.member.1", filter)[0].names(); len(got) != want {
			t.Errorf("filter %s lists %v, want %d", filter, got, want)
		}
	}
	if got := pages(t, s)[0].names(); len(got) != 9 {
		t.Errorf("without a filter: %v, want all 9", got)
	}
}

// TestPagesHoldEverything: whatever the size of the pages, they hold each
// thing once.
func TestPagesHoldEverything(t *testing.T) {
	a := fakeiam.Sample(accountID, 12)
	want := pages(t, serve(t, a, fakeiam.Options{}))[0].names()
	rapid.Check(t, func(r *rapid.T) {
		o := fakeiam.Options{PageSize: rapid.IntRange(0, 20).Draw(r, "size"), EmptyPages: rapid.Bool().Draw(r, "empty")}
		s := fakeiam.New(a, o)
		defer s.Close()
		items := rapid.IntRange(1, 30).Draw(r, "MaxItems")
		var got []string
		for _, p := range pages(t, s, "MaxItems", fmt.Sprint(items)) {
			if n := len(p.names()); n > items || o.PageSize > 0 && n > o.PageSize {
				r.Fatalf("a page of %d", n)
			}
			got = append(got, p.names()...)
		}
		if d := cmp.Diff(want, got); d != "" {
			r.Fatal(d)
		}
	})
}

func TestEncode(t *testing.T) {
	if got := fakeiam.Encode(`{"a-b_c.d~e":"1+1 é*"}`); got != "%7B%22a-b_c.d~e%22%3A%221%2B1%20%C3%A9%2A%22%7D" {
		t.Errorf("Encode returns %s", got)
	}
	rapid.Check(t, func(r *rapid.T) {
		text := rapid.String().Draw(r, "text")
		back, err := url.PathUnescape(fakeiam.Encode(inventory.Document(text)))
		if err != nil || back != text {
			r.Fatalf("%q comes back as %q, %v", text, back, err)
		}
	})
}

func TestFaults(t *testing.T) {
	ok := "ok"
	tests := []struct {
		reason string
		fault  fakeiam.Fault
		want   []string // of five calls of ListRoles
	}{
		{"first", fakeiam.First(2, fakeiam.Throttled), []string{"400", "400", ok, ok, ok}},
		{"nth", fakeiam.Nth(2, fakeiam.Broken), []string{ok, "500", ok, ok, ok}},
		{"every", fakeiam.Every(2, fakeiam.Unavailable), []string{ok, "503", ok, "503", ok}},
		{"after", fakeiam.After(3, fakeiam.Expired), []string{ok, ok, ok, "403", "403"}},
		{"only others", fakeiam.Only(fakeiam.Always(fakeiam.Expired), "GetRole"), []string{ok, ok, ok, ok, ok}},
		{"deny", fakeiam.Deny("ListRoles"), []string{"403", "403", "403", "403", "403"}},
		{"cut", fakeiam.Nth(1, fakeiam.Truncated), []string{"error", ok, ok, ok, ok}},
		{"short", fakeiam.Nth(1, fakeiam.Lost), []string{"short", ok, ok, ok, ok}},
		{"empty", fakeiam.Nth(1, fakeiam.Nothing), []string{"short", ok, ok, ok, ok}},
		{"drop", fakeiam.Nth(1, fakeiam.Dropped), []string{"error", ok, ok, ok, ok}},
	}
	for _, tt := range tests {
		s := serve(t, fakeiam.Sample(accountID, 2), fakeiam.Options{Faults: []fakeiam.Fault{tt.fault}})
		var got []string
		for range 5 {
			status, body, err := ask(t, s, "ListRoles")
			switch {
			case err != nil:
				got = append(got, "error")
			case status != 200:
				got = append(got, fmt.Sprint(status))
			case !strings.HasSuffix(body, "</ListRolesResponse>\n"):
				got = append(got, "short")
			default:
				got = append(got, ok)
			}
		}
		if d := cmp.Diff(tt.want, got); d != "" {
			t.Errorf("%s (-want +got):\n%s", tt.reason, d)
		}
		if s.Calls("ListRoles") != 5 || s.Calls("") != 5 || len(s.Log()) != 5 {
			t.Errorf("%s: %d calls counted, want 5", tt.reason, s.Calls(""))
		}
	}
}

func TestSometimes(t *testing.T) {
	fault := fakeiam.Sometimes(0.3, 1, fakeiam.Throttled, fakeiam.Broken)
	var mu sync.Mutex
	var group sync.WaitGroup
	failed := 0
	for range 4 {
		group.Go(func() {
			for range 500 {
				if fault(fakeiam.Call{}) != (fakeiam.Answer{}) {
					mu.Lock()
					failed++
					mu.Unlock()
				}
			}
		})
	}
	group.Wait()
	if failed < 500 || failed > 700 {
		t.Errorf("%d of 2000 calls fail, want about 600", failed)
	}
}

func TestSampleIsTheSameAgain(t *testing.T) {
	if d := cmp.Diff(fakeiam.Sample(accountID, 30), fakeiam.Sample(accountID, 30)); d != "" {
		t.Error(d)
	}
}
