package live_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"iamctl/internal/fakeiam"
	"iamctl/inventory"
)

// without returns the account without a role; recreated has the role with
// another id and another policy.
func without(a *inventory.Account, role int) *inventory.Account {
	b := *a
	b.Roles = slices.Delete(slices.Clone(a.Roles), role, role+1)
	return &b
}

func recreated(a *inventory.Account, role int) *inventory.Account {
	b := *a
	b.Roles = slices.Clone(a.Roles)
	r := &b.Roles[role]
	r.ID = "AROARECREATED"
	r.Inline = []inventory.InlinePolicy{{Name: "new", Document: `{"Statement":[]}`}}
	return &b
}

// TestChangesDuringTheScan serves one account to
// GetAccountAuthorizationDetails, one to ListRoles and one to the calls after
// them, as if roles came and went meanwhile.
func TestChangesDuringTheScan(t *testing.T) {
	base := sample(5)
	less, other := without(base, 2), recreated(base, 2)
	name := base.Roles[2].Name
	tests := []struct {
		reason                string
		details, roles, after *inventory.Account
		deny                  []string
		want                  *inventory.Account
		note                  string
		gaps                  []inventory.Part
	}{
		{reason: "nothing changes", details: base, roles: base, after: base, want: base},
		{reason: "deleted before ListRoles", details: base, roles: less, after: less, want: less, note: "was deleted"},
		{reason: "deleted before the details", details: less, roles: base, after: less, want: less, note: "was deleted"},
		{reason: "created before ListRoles", details: less, roles: base, after: base, want: base, note: "was created"},
		{reason: "created before the details", details: base, roles: less, after: base, want: base, note: "was created"},
		{reason: "created again before ListRoles", details: base, roles: other, after: other, want: other, note: "was created"},
		{reason: "created again before the details", details: other, roles: base, after: other, want: other, note: "was created"},
		{reason: "created again after both", details: base, roles: less, after: other, want: other, note: "was created"},
		{reason: "deleted after it was created again", details: base, roles: other, after: less, want: less, note: "was deleted"},
		{
			reason: "created before the details, GetRole denied", details: base, roles: less, after: base, deny: []string{"GetRole"},
			want: forgetful(base, 2), note: "was created or deleted", gaps: []inventory.Part{"description", "maxsessionduration"},
		},
		{
			reason: "created before ListRoles, everything denied", details: less, roles: base, after: base,
			deny: []string{"GetRole", "ListRoleTags", "ListRolePolicies", "ListAttachedRolePolicies", "ListInstanceProfilesForRole"},
			want: bare(base, 2), note: "was created", gaps: []inventory.Part{"boundary", "inline", "instanceprofile", "managed", "tag"},
		},
	}
	for _, tt := range tests {
		t.Run(tt.reason, func(t *testing.T) {
			view := func(c fakeiam.Call) *inventory.Account {
				switch c.Action {
				case "GetAccountAuthorizationDetails":
					return tt.details
				case "ListRoles":
					return tt.roles
				}
				return tt.after
			}
			got := extract(t, options(t, serve(t, base, fakeiam.Options{View: view, Faults: []fakeiam.Fault{fakeiam.Deny(tt.deny...)}})))
			if d := cmp.Diff(tt.want.Roles, got.Roles); d != "" {
				t.Errorf("roles (-want +got):\n%s", d)
			}
			if (tt.note == "") != (len(got.Notes) == 0) || tt.note != "" && !strings.Contains(got.Notes[0], "role "+name+" "+tt.note) {
				t.Errorf("notes %q, want %q on %s", got.Notes, tt.note, name)
			}
			var parts []inventory.Part
			for _, g := range got.Gaps {
				if g.Entity != "role" || g.Name != name || !g.Blind {
					t.Errorf("unexpected gap %+v", g)
				}
				parts = append(parts, g.Part)
			}
			if d := cmp.Diff(tt.gaps, parts); d != "" {
				t.Errorf("parts that could not be read (-want +got):\n%s", d)
			}
		})
	}
}

// forgetful returns the account with a role of which only
// GetAccountAuthorizationDetails has, bare with one that only ListRoles knows.
func forgetful(a *inventory.Account, role int) *inventory.Account {
	b := *a
	b.Roles = slices.Clone(a.Roles)
	b.Roles[role].Description, b.Roles[role].MaxSessionDuration = nil, nil
	return &b
}

func bare(a *inventory.Account, role int) *inventory.Account {
	b := *a
	b.Roles = slices.Clone(a.Roles)
	r := &b.Roles[role]
	r.Inline, r.Attached, r.Boundary, r.Tags, r.InstanceProfiles, r.LastUsed = nil, nil, nil, nil, nil, nil
	return &b
}

// TestOneRoleTwice: a role that is deleted and created again between two
// pages comes twice, with two ids.
func TestOneRoleTwice(t *testing.T) {
	base := sample(6)
	twin := recreated(base, 1).Roles[1]
	twice := *base
	twice.Roles = append(slices.Clone(base.Roles), twin)
	after := recreated(base, 1)
	view := func(c fakeiam.Call) *inventory.Account {
		if c.Action == "GetAccountAuthorizationDetails" {
			return &twice
		}
		return after
	}
	got := extract(t, options(t, serve(t, base, fakeiam.Options{View: view})))
	if d := cmp.Diff(after.Roles, got.Roles); d != "" {
		t.Errorf("roles (-want +got):\n%s", d)
	}
}

// TestFallbackRaces takes things away between the call that lists them and
// the one that reads them.
func TestFallbackRaces(t *testing.T) {
	base := sample(4)
	less := without(base, 1)
	fewer := recreated(base, 1) // one inline policy instead of two
	fewer.Roles[1].ID = base.Roles[1].ID
	gone := func(action string, after *inventory.Account) func(fakeiam.Call) *inventory.Account {
		hit := false
		return func(c fakeiam.Call) *inventory.Account {
			if c.Action == action && c.Form.Get("RoleName") == base.Roles[1].Name {
				hit = true
			}
			if hit && c.Form.Get("RoleName") == base.Roles[1].Name {
				return after
			}
			return base
		}
	}
	tests := []struct {
		reason string
		view   func(fakeiam.Call) *inventory.Account
		want   *inventory.Account
	}{
		{"a role goes before GetRole", gone("GetRole", less), less},
		{"a role goes before ListRolePolicies", gone("ListRolePolicies", less), less},
		{"a role goes before GetRolePolicy", gone("GetRolePolicy", less), less},
		{"a role goes before ListAttachedRolePolicies", gone("ListAttachedRolePolicies", less), less},
		{"an inline policy goes before GetRolePolicy", gone("GetRolePolicy", fewer), fewer},
	}
	for _, tt := range tests {
		t.Run(tt.reason, func(t *testing.T) {
			o := options(t, serve(t, base, fakeiam.Options{View: tt.view, Faults: []fakeiam.Fault{noDetails}}))
			o.Concurrency = 1
			got := extract(t, o)
			if d := cmp.Diff(tt.want.Roles, got.Roles); d != "" {
				t.Errorf("roles (-want +got):\n%s", d)
			}
			if len(got.Gaps) != 0 {
				t.Errorf("gaps: %+v", got.Gaps)
			}
		})
	}
}

// TestRestlessRole: inline policies that vanish whenever they are read end in
// a gap on the role, and no endless loop.
func TestRestlessRole(t *testing.T) {
	vanish := fakeiam.Only(fakeiam.Always(fakeiam.Answer{Status: 404, Code: "NoSuchEntity", Message: "no such policy"}), "GetRolePolicy")
	base := sample(2)
	server := serve(t, base, fakeiam.Options{Faults: []fakeiam.Fault{noDetails, vanish}})
	got := extract(t, options(t, server))
	if len(got.Roles) != 2 || len(got.Gaps) != 2 {
		t.Fatalf("%d roles and %d gaps, want 2 and 2", len(got.Roles), len(got.Gaps))
	}
	for i, g := range got.Gaps {
		if want := (inventory.Gap{Kind: inventory.GapRead, Entity: inventory.EntityRole, Name: base.Roles[i].Name, Blind: true, Reason: g.Reason}); g != want {
			t.Errorf("gap %+v, want one on the whole role %s", g, base.Roles[i].Name)
		}
	}
	if n := server.Calls("GetRolePolicy"); n != 2*3 {
		t.Errorf("%d calls of GetRolePolicy, want 3 for each role", n)
	}
}

// TestEndlessPages: a server that returns the same marker for ever.
func TestEndlessPages(t *testing.T) {
	for _, action := range []string{"GetAccountAuthorizationDetails", "ListRoles"} {
		t.Run(action, func(t *testing.T) {
			proxy := rewrite(t, sample(5), action, func(body string) string {
				inside := "<IsTruncated>true</IsTruncated><Marker>again</Marker>"
				return fmt.Sprintf("<%sResponse><%sResult>%s</%sResult></%sResponse>", action, action, inside, action, action)
			})
			wantError(t, proxy, "iam:"+action+", page 2: AWS says that there is more, but not where it begins")
		})
	}
}

// TestNoMarker: a page that says there is more, and not where.
func TestNoMarker(t *testing.T) {
	o := rewrite(t, sample(5), "ListRoles", func(body string) string {
		return strings.Replace(body, "<IsTruncated>false", "<IsTruncated>true", 1)
	})
	wantError(t, o, "iam:ListRoles, page 1: AWS says that there is more, but not where it begins")
}
