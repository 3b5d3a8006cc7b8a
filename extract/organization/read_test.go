package organization_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"iamctl/extract/connect"
	"iamctl/extract/organization"
	"iamctl/internal/fakeorg"
	"iamctl/inventory"
)

// open connects to the management account of a served organisation.
func open(t *testing.T, s *fakeorg.Server) *connect.Session {
	t.Helper()
	t.Cleanup(s.Close)
	path := filepath.Join(t.TempDir(), "config")
	if err := os.WriteFile(path, []byte(s.Profile("mgmt")), 0o600); err != nil {
		t.Fatal(err)
	}
	session, err := connect.Open(t.Context(), connect.Options{
		Profile: "mgmt", Files: connect.Files{Config: path, Credentials: path + ".none"},
		Retry: connect.Retry{Base: time.Millisecond, Cap: 2 * time.Millisecond, Unpaced: true},
	})
	if err != nil {
		t.Fatal(err)
	}
	return session
}

var all = organization.Options{Tags: true, Policies: true}

// TestRead: what is served is what is read, whatever the size of the pages and however many
// calls are throttled.
func TestRead(t *testing.T) {
	want, accounts := fakeorg.Sample(30)
	for reason, o := range map[string]fakeorg.Options{
		"as AWS answers":  {},
		"pages of one":    {PageSize: 1},
		"throttled twice": {PageSize: 7, Fault: first(2, "TooManyRequestsException")},
		"cut once":        {Foreign: `{"Organization":{"Id":"o-`, Times: 1},
		"lost once":       {Foreign: " ", Times: 1},
		"another failure": {Fault: first(1, "ServiceException")},
	} {
		got, err := organization.Read(t.Context(), open(t, fakeorg.New(want, accounts, o)), all)
		if err != nil {
			t.Errorf("%s: %v", reason, err)
			continue
		}
		if d := cmp.Diff(want, got, cmpopts.EquateEmpty()); d != "" {
			t.Errorf("%s (-want +got):\n%s", reason, d)
		}
	}
}

// first fails the first n calls about each thing.
func first(n int, code string) func(fakeorg.Call) string {
	return func(c fakeorg.Call) string {
		if c.Nth <= n {
			return code
		}
		return ""
	}
}

// TestCalls: the number of calls grows with units and policies, not with accounts.
func TestCalls(t *testing.T) {
	org, accounts := fakeorg.Sample(19)
	s := fakeorg.New(org, accounts, fakeorg.Options{})
	if _, err := organization.Read(t.Context(), open(t, s), organization.Options{Policies: true}); err != nil {
		t.Fatal(err)
	}
	for action, want := range map[string]int{
		"DescribeOrganization": 1, "ListRoots": 1, "ListOrganizationalUnitsForParent": 4, "ListAccountsForParent": 4,
		"ListPolicies": 2, "DescribePolicy": 3, "ListTargetsForPolicy": 4, "ListTagsForResource": 0,
	} {
		if got := s.Calls(action); got != want {
			t.Errorf("%s: %d calls, want %d", action, got, want)
		}
	}
}

// TestDeniedPolicies: policies that may not be read are gaps, and the accounts are there.
func TestDeniedPolicies(t *testing.T) {
	want, accounts := fakeorg.Sample(3)
	for _, tt := range []struct {
		action, about string
		gaps          int
		policies      int
		reason        string
	}{
		{"ListPolicies", "", 2, 0, "no list of either type"},
		{"ListPolicies", inventory.ResourceControl, 1, 2, "no list of one"},
		{"ListTargetsForPolicy", "p-nousers00", 1, 2, "what a policy is attached to is not known"},
		{"DescribePolicy", "p-nousers00", 1, 3, "its text is not known"},
	} {
		s := fakeorg.New(want, accounts, fakeorg.Options{Fault: func(c fakeorg.Call) string {
			if c.Action == tt.action && (tt.about == "" || tt.about == c.About) {
				return "AccessDeniedException"
			}
			return ""
		}})
		got, err := organization.Read(t.Context(), open(t, s), all)
		if err != nil {
			t.Errorf("%s: %v", tt.reason, err)
			continue
		}
		if len(got.Gaps) != tt.gaps || len(got.Policies) != tt.policies || len(got.Members) != len(want.Members) {
			t.Errorf("%s: gaps %v, %d policies, %d accounts", tt.reason, got.Gaps, len(got.Policies), len(got.Members))
		}
		for _, g := range got.Gaps {
			if !g.Blind || !strings.Contains(g.Reason, "organizations:"+tt.action+": AccessDeniedException") {
				t.Errorf("%s: the gap is %+v", tt.reason, g)
			}
		}
	}
}

// TestFails: without the tree nobody knows which accounts are missing.
func TestFails(t *testing.T) {
	org, accounts := fakeorg.Sample(3)
	odd, _ := fakeorg.Sample(3)
	odd.Members[1].ID = "../../etc/pass"
	for _, tt := range []struct {
		org          *inventory.Organization
		o            fakeorg.Options
		want, reason string
	}{
		{org, fakeorg.Options{Fault: deny("DescribeOrganization", "AWSOrganizationsNotInUseException")}, "in no organisation", "an account by itself"},
		{org, fakeorg.Options{Fault: deny("DescribeOrganization", "AccessDeniedException")}, "allow the call in a policy of the caller", "nothing may be read"},
		{org, fakeorg.Options{Fault: deny("ListAccountsForParent", "AccessDeniedException")}, "organizations:ListAccountsForParent", "no accounts may be listed"},
		{org, fakeorg.Options{Fault: deny("ListTagsForResource", "AccessDeniedException")}, "organizations:ListTagsForResource", "tags are asked for and denied"},
		{org, fakeorg.Options{Fault: deny("ListRoots", "TooManyRequestsException")}, "gave up after 15 attempts", "throttled for good"},
		{org, fakeorg.Options{Foreign: "<html></html>"}, "no JSON", "another service"},
		{org, fakeorg.Options{Foreign: `{"Organization":{"Id":"o-`}, "gave up after 15 attempts: the answer ends in the middle", "an answer that ends in the middle"},
		{org, fakeorg.Options{Foreign: "{}"}, "names no organisation", "an empty answer"},
		{odd, fakeorg.Options{}, "an account with the id", "an id that AWS does not give"},
	} {
		_, err := organization.Read(t.Context(), open(t, fakeorg.New(tt.org, accounts, tt.o)), all)
		var e *connect.Error
		if !errors.As(err, &e) || !strings.Contains(err.Error(), tt.want) || !strings.Contains(err.Error(), `profile "mgmt"`) {
			t.Errorf("%s: %v; want %q", tt.reason, err, tt.want)
		}
	}
}

func deny(action, code string) func(fakeorg.Call) string {
	return func(c fakeorg.Call) string {
		if c.Action == action {
			return code
		}
		return ""
	}
}

// TestPoliciesOff: a type that the root has switched off bounds nothing and is not read.
func TestPoliciesOff(t *testing.T) {
	org, accounts := fakeorg.Sample(1)
	s := fakeorg.New(org, accounts, fakeorg.Options{Off: []string{inventory.ServiceControl}})
	got, err := organization.Read(t.Context(), open(t, s), all)
	if err != nil || len(got.Policies) != 1 || got.Policies[0].Type != inventory.ResourceControl {
		t.Errorf("%v, %v", got.Policies, err)
	}
}

func TestCancelled(t *testing.T) {
	org, accounts := fakeorg.Sample(1)
	s := open(t, fakeorg.New(org, accounts, fakeorg.Options{}))
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := organization.Read(ctx, s, all); !errors.Is(err, context.Canceled) {
		t.Errorf("%v", err)
	}
}
