package live_test

import (
	"errors"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"iamctl/extract/connect"
	"iamctl/extract/live"
	"iamctl/internal/fakeiam"
	"iamctl/inventory"
)

var noDetails = fakeiam.Deny("GetAccountAuthorizationDetails")

func TestFallback(t *testing.T) {
	if testing.Short() {
		t.Skip("left out: -short: reading role by role takes many calls")
	}
	tests := []struct {
		reason string
		o      fakeiam.Options
	}{
		{reason: "plainly"},
		{reason: "in short pages with empty ones between", o: fakeiam.Options{PageSize: 1, EmptyPages: true}},
		{reason: "with old versions", o: fakeiam.Options{OldVersions: 3}},
		{reason: "30 % of the calls fail", o: fakeiam.Options{PageSize: 2, Faults: []fakeiam.Fault{
			fakeiam.Sometimes(0.3, 11, fakeiam.Throttled, fakeiam.Broken, fakeiam.Truncated, fakeiam.Dropped),
		}}},
	}
	for _, tt := range tests {
		t.Run(tt.reason, func(t *testing.T) {
			want := sample(23)
			tt.o.Faults = append([]fakeiam.Fault{noDetails}, tt.o.Faults...)
			got := extract(t, options(t, serve(t, want, tt.o)))
			if len(got.Notes) != 1 || !strings.Contains(got.Notes[0], "iam:GetAccountAuthorizationDetails: AccessDenied") {
				t.Errorf("notes %q, want one on what was denied", got.Notes)
			}
			if d := cmp.Diff(want, got, noOthers, cmpopts.IgnoreFields(inventory.Account{}, "Notes")); d != "" {
				t.Errorf("the account differs (-served +read):\n%s", d)
			}
		})
	}
}

func TestFallbackProgress(t *testing.T) {
	o := options(t, serve(t, sample(40), fakeiam.Options{Faults: []fakeiam.Fault{noDetails}}))
	var mu sync.Mutex
	last := map[string][2]int{}
	o.Progress = func(stage string, done, total int) {
		mu.Lock()
		defer mu.Unlock()
		if done < last[stage][0] {
			t.Errorf("%s goes back from %d to %d", stage, last[stage][0], done)
		}
		last[stage] = [2]int{done, total}
	}
	extract(t, o)
	for stage, want := range map[string]int{live.StageEachRole: 40, live.StageEachUser: 1, live.StageEachGroup: 1, live.StageEachPolicy: 4} {
		if last[stage] != [2]int{want, want} {
			t.Errorf("%s ends at %v, want %d", stage, last[stage], want)
		}
	}
}

// TestFallbackIsBounded: no more calls at a time than allowed.
func TestFallbackIsBounded(t *testing.T) {
	if testing.Short() {
		t.Skip("left out: -short: reading role by role takes many calls")
	}
	var mu sync.Mutex
	now, most := 0, 0
	o := options(t, serve(t, sample(60), fakeiam.Options{Latency: time.Millisecond, Faults: []fakeiam.Fault{noDetails}}))
	o.Concurrency = 3
	o.HTTPClient = doer(func(r *http.Request) (*http.Response, error) {
		mu.Lock()
		now++
		most = max(most, now)
		mu.Unlock()
		defer func() { mu.Lock(); now--; mu.Unlock() }()
		return http.DefaultClient.Do(r)
	})
	extract(t, o)
	if most > 3 {
		t.Errorf("%d calls at a time, want 3 at most", most)
	}
}

type doer func(*http.Request) (*http.Response, error)

func (d doer) Do(r *http.Request) (*http.Response, error) { return d(r) }

// TestFallbackMidway is a permission that goes away between two pages: the
// first page must not be mixed with what is read afterwards.
func TestFallbackMidway(t *testing.T) {
	want := sample(10)
	deny := func(c fakeiam.Call) fakeiam.Answer {
		if c.Nth < 2 {
			return fakeiam.Answer{}
		}
		return noDetails(c)
	}
	got := extract(t, options(t, serve(t, want, fakeiam.Options{PageSize: 4, Faults: []fakeiam.Fault{deny}, OldVersions: 1})))
	if d := cmp.Diff(want, got, noOthers, cmpopts.IgnoreFields(inventory.Account{}, "Notes")); d != "" {
		t.Errorf("the account differs (-served +read):\n%s", d)
	}
}

func TestFallbackTags(t *testing.T) {
	account := sample(2)
	for i := range 120 {
		account.Roles[0].Tags = append(account.Roles[0].Tags, inventory.Tag{Key: "k" + string(rune('A'+i))})
	}
	got := extract(t, options(t, serve(t, account, fakeiam.Options{PageSize: 50, Faults: []fakeiam.Fault{noDetails, fakeiam.Deny("GetRole")}})))
	if n := len(got.Roles[0].Tags); n != 122 {
		t.Errorf("%d tags by ListRoleTags, want 122", n)
	}
	if got.Roles[0].Boundary != nil || got.Roles[0].Description == nil {
		t.Errorf("boundary %v, description %v: want neither guessed nor lost", got.Roles[0].Boundary, got.Roles[0].Description)
	}
}

func TestFallbackGaps(t *testing.T) {
	if testing.Short() {
		t.Skip("left out: -short: reading role by role takes many calls")
	}
	// Of two roles, the first has a boundary and an instance profile.
	role := func(part inventory.Part, policy string) inventory.Gap {
		return inventory.Gap{Entity: inventory.EntityRole, Name: "app00000_role+x", Part: part, PolicyName: policy, Blind: true}
	}
	tests := []struct {
		deny []string
		want []inventory.Gap
	}{
		{[]string{"GetRole"}, []inventory.Gap{role("boundary", "")}},
		{[]string{"GetRole", "ListRoleTags"}, []inventory.Gap{role("boundary", ""), role("tag", "")}},
		{[]string{"ListRolePolicies"}, []inventory.Gap{role("inline", "")}},
		{[]string{"GetRolePolicy"}, []inventory.Gap{role("inline", "bucket"), role("inline", "table=1")}},
		{[]string{"ListAttachedRolePolicies"}, []inventory.Gap{role("managed", "")}},
		{[]string{"ListInstanceProfiles"}, []inventory.Gap{{Entity: inventory.EntityRole, Part: inventory.PartInstanceProfile, Blind: true}}},
		{[]string{"ListUsers"}, []inventory.Gap{{Entity: inventory.EntityUser, Blind: true}}},
		{[]string{"GetUser"}, []inventory.Gap{
			{Entity: inventory.EntityUser, Name: "audrey", Part: inventory.PartBoundary, Blind: true}, {Entity: inventory.EntityUser, Name: "audrey", Part: inventory.PartTag, Blind: true},
		}},
		{[]string{"ListUserPolicies"}, []inventory.Gap{{Entity: inventory.EntityUser, Name: "audrey", Part: inventory.PartInline, Blind: true}}},
		{[]string{"GetUserPolicy"}, []inventory.Gap{{Entity: inventory.EntityUser, Name: "audrey", Part: inventory.PartInline, PolicyName: "own+keys", Blind: true}}},
		{[]string{"ListAttachedUserPolicies"}, []inventory.Gap{{Entity: inventory.EntityUser, Name: "audrey", Part: inventory.PartManaged, Blind: true}}},
		{[]string{"ListGroupsForUser"}, []inventory.Gap{{Entity: inventory.EntityUser, Name: "audrey", Part: inventory.PartGroup, Blind: true}}},
		{[]string{"ListGroups"}, []inventory.Gap{{Entity: inventory.EntityGroup, Blind: true}}},
		{[]string{"ListGroupPolicies"}, []inventory.Gap{{Entity: inventory.EntityGroup, Name: "auditors", Part: inventory.PartInline, Blind: true}}},
		{[]string{"GetGroupPolicy"}, []inventory.Gap{{Entity: inventory.EntityGroup, Name: "auditors", Part: inventory.PartInline, PolicyName: "look", Blind: true}}},
		{[]string{"ListAttachedGroupPolicies"}, []inventory.Gap{{Entity: inventory.EntityGroup, Name: "auditors", Part: inventory.PartManaged, Blind: true}}},
		{[]string{"ListPolicies"}, []inventory.Gap{{Entity: inventory.EntityPolicy}}},
		{[]string{"GetPolicyVersion"}, []inventory.Gap{
			{Entity: inventory.EntityPolicy, Name: "arn:aws:iam::123456789012:policy/app/app", PolicyName: "app", Blind: true},
			{Entity: inventory.EntityPolicy, Name: "arn:aws:iam::123456789012:policy/limit", PolicyName: "limit", Blind: true},
			{Entity: inventory.EntityPolicy, Name: "arn:aws:iam::123456789012:policy/unused", PolicyName: "unused", Blind: true},
			{Entity: inventory.EntityPolicy, Name: "arn:aws:iam::aws:policy/ReadOnlyAccess", PolicyName: "ReadOnlyAccess", Blind: true},
		}},
		// The version is known of customer-managed policies alone.
		{[]string{"GetPolicy"}, []inventory.Gap{
			{Entity: inventory.EntityPolicy, Name: "arn:aws:iam::aws:policy/ReadOnlyAccess", PolicyName: "ReadOnlyAccess", Blind: true},
		}},
	}
	for _, tt := range tests {
		t.Run(strings.Join(tt.deny, " and "), func(t *testing.T) {
			got := extract(t, options(t, serve(t, sample(1), fakeiam.Options{Faults: []fakeiam.Fault{noDetails, fakeiam.Deny(tt.deny...)}})))
			if len(got.Roles) != 1 || len(got.Roles[0].Trust) == 0 {
				t.Fatalf("the role is not there: %+v", got.Roles)
			}
			for i, g := range got.Gaps {
				if g.Kind != "read" || !strings.Contains(g.Reason, ": AccessDenied: ") {
					t.Errorf("gap %+v, want a read with its reason", g)
				}
				got.Gaps[i].Kind, got.Gaps[i].Reason = "", ""
			}
			if d := cmp.Diff(tt.want, got.Gaps); d != "" {
				t.Errorf("gaps (-want +got):\n%s", d)
			}
		})
	}
}

// TestDeniedDocumentKeepsItsPolicy: a policy whose document is denied is
// there all the same, or it would look removed.
func TestDeniedDocumentKeepsItsPolicy(t *testing.T) {
	got := extract(t, options(t, serve(t, sample(1), fakeiam.Options{Faults: []fakeiam.Fault{noDetails, fakeiam.Deny("GetRolePolicy")}})))
	want := []inventory.InlinePolicy{{Name: "bucket"}, {Name: "table=1"}}
	if d := cmp.Diff(want, got.Roles[0].Inline); d != "" {
		t.Errorf("inline policies (-want +got):\n%s", d)
	}
}

// TestFallbackVersions: versions that are not in force are read too; where they may not be,
// they are not known, and nothing is missing.
func TestFallbackVersions(t *testing.T) {
	if testing.Short() {
		t.Skip("left out: -short: reading role by role takes many calls")
	}
	for _, tt := range []struct {
		deny, note string
		others     int
		gaps       int
	}{
		{deny: "Nothing", others: 2},
		{deny: "ListPolicyVersions", note: "limit are not in force is not known: iam:ListPolicyVersions: AccessDenied", others: -1},
		{deny: "GetPolicyVersion", note: "limit are not in force is not known: iam:GetPolicyVersion: ", others: -1, gaps: 4},
	} {
		got := extract(t, options(t, serve(t, sample(1), fakeiam.Options{OldVersions: 2, Faults: []fakeiam.Fault{noDetails, fakeiam.Deny(tt.deny)}})))
		for _, p := range got.Policies {
			n := len(p.Others)
			if p.Others == nil {
				n = -1
			}
			want := tt.others
			switch {
			case inventory.AWSManaged(p.ARN):
				want = -1
			case want > 0 && p.Name == "app":
				want = 1 // as the sample has it
			}
			if n != want {
				t.Errorf("%s denied: %s has %d other versions, want %d; -1 is not known", tt.deny, p.ARN, n, want)
			}
		}
		if len(got.Gaps) != tt.gaps || !strings.Contains(strings.Join(got.Notes, "\n"), tt.note) {
			t.Errorf("%s denied: %d gaps, notes %q; want %d and %q", tt.deny, len(got.Gaps), got.Notes, tt.gaps, tt.note)
		}
	}
}

func TestNothingMayBeRead(t *testing.T) {
	server := serve(t, sample(3), fakeiam.Options{Faults: []fakeiam.Fault{fakeiam.Deny("GetAccountAuthorizationDetails", "ListRoles")}})
	got, err := live.Extract(t.Context(), options(t, server))
	var e *connect.Error
	if got != nil || !errors.As(err, &e) || !strings.Contains(err.Error(), "iam:GetAccountAuthorizationDetails and iam:ListRoles: both are denied") {
		t.Errorf("Extract = %v, %v; want no account and an error on both calls", got, err)
	}
}
