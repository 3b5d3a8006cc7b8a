package normalize_test

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"iamctl/inventory"
	"iamctl/normalize"
	"iamctl/normalize/normalizetest"
)

func TestApplyRoles(t *testing.T) {
	f := normalizetest.Flat(
		inventory.Role{
			Name: "App1_dev", Path: "/dev/", Description: new("the dev one"), MaxSessionDuration: new(int32(3600)), InstanceProfiles: []inventory.InstanceProfile{{Name: "host-dev", ARN: "arn:aws:iam::123456789012:instance-profile/dev/host-dev"}},
			Boundary: &inventory.PolicyRef{Name: "edge", ARN: "arn:aws:iam::123456789012:policy/edge-dev"},
			Tags:     []inventory.Tag{{Key: "z", Value: "dev"}, {Key: "dev:owner", Value: "qa"}},
			Inline:   []inventory.InlinePolicy{{Name: "own-dev"}},
			Attached: []inventory.PolicyRef{
				{Name: "Read", ARN: "arn:aws:iam::aws:policy/Read"}, {Name: "Read", ARN: "arn:aws:iam::123456789012:policy/Read"},
			},
		},
		inventory.Role{Name: "Bare", Path: "/"},
		inventory.Role{Name: "Empty", Path: "/", Description: new(""), MaxSessionDuration: new(int32(0)), InstanceProfiles: []inventory.InstanceProfile{}},
	)
	a := normalizetest.Apply(t, f, `{"accountname": ["dev", "qa"]}`, normalizetest.Dev, normalizetest.QA)
	type attribute = normalize.Attribute
	want := []struct {
		name, key, path string
		attributes      []attribute
	}{
		{"App1_accountname", "app1_accountname", "/accountname/", []attribute{
			{Kind: "path", Value: "/accountname/", RawValue: "/dev/"},
			{Kind: "boundary", Value: "arn:aws:iam::000000000000:policy/edge-accountname", RawValue: "arn:aws:iam::123456789012:policy/edge-dev"},
			{Kind: "maxsessionduration", Value: "3600", RawValue: "3600"},
			{
				Kind: "instanceprofile", Value: "arn:aws:iam::000000000000:instance-profile/accountname/host-accountname",
				RawValue: "arn:aws:iam::123456789012:instance-profile/dev/host-dev",
			},
			{Kind: "tag", Key: "accountname:owner", Value: "qa", RawKey: "dev:owner", RawValue: "qa"},
			{Kind: "tag", Key: "z", Value: "accountname", RawKey: "z", RawValue: "dev"},
			{Kind: "description", Value: "the accountname one", RawValue: "the dev one"},
			{Kind: "policy", Key: "inline own-accountname", RawKey: "inline own-dev"},
			{
				Kind: "policy", Key: "managed Read", Value: "arn:aws:iam::000000000000:policy/Read",
				RawKey: "managed Read", RawValue: "arn:aws:iam::123456789012:policy/Read",
			},
			{Kind: "policy", Key: "managed Read", Value: "arn:aws:iam::aws:policy/Read", RawKey: "managed Read", RawValue: "arn:aws:iam::aws:policy/Read"},
		}},
		{"Bare", "bare", "/", []attribute{
			{Kind: "path", Value: "/", RawValue: "/"},
			{Kind: "maxsessionduration", Unknown: true},
			{Kind: "instanceprofile", Unknown: true},
			{Kind: "description", Unknown: true},
		}},
		{"Empty", "empty", "/", []attribute{
			{Kind: "path", Value: "/", RawValue: "/"},
			{Kind: "maxsessionduration", Value: "0", RawValue: "0"},
		}},
	}
	if len(a.Roles) != len(want) {
		t.Fatalf("%d roles", len(a.Roles))
	}
	for i, w := range want {
		r := &a.Roles[i]
		if diff := cmp.Diff([]string{w.name, w.key, w.path}, []string{r.Name, r.Key, r.Path}); diff != "" {
			t.Errorf("-want +got:\n%s", diff)
		}
		if diff := cmp.Diff(w.attributes, r.Attributes); diff != "" {
			t.Errorf("%s (-want +got):\n%s", w.name, diff)
		}
	}
	if a.Tag != "dev" || a.Source != "dev" || a.Flat != f {
		t.Errorf("the account is %q from %q", a.Tag, a.Source)
	}
	wantRewrites := []normalize.Rewrite{
		{
			"arn", "arn:aws:iam::123456789012:instance-profile/dev/host-dev",
			"arn:aws:iam::000000000000:instance-profile/accountname/host-accountname",
		},
		{"arn", "arn:aws:iam::123456789012:policy/Read", "arn:aws:iam::000000000000:policy/Read"},
		{"arn", "arn:aws:iam::123456789012:policy/edge-dev", "arn:aws:iam::000000000000:policy/edge-accountname"},
		{"description", "the dev one", "the accountname one"},
		{"path", "/dev/", "/accountname/"},
		{"policyname", "own-dev", "own-accountname"},
		{"rolename", "App1_dev", "App1_accountname"},
		{"tag", "dev", "accountname"},
		{"tag", "dev:owner", "accountname:owner"},
	}
	if diff := cmp.Diff(wantRewrites, a.Rewrites); diff != "" {
		t.Errorf("rewrites (-want +got):\n%s", diff)
	}
}

func TestKindPlural(t *testing.T) {
	want := map[normalize.Kind]string{
		normalize.KindPath: "paths", normalize.KindBoundary: "boundaries", normalize.KindPolicy: "policies", normalize.KindTag: "tags",
	}
	for k, word := range want {
		if got := k.Plural(); got != word {
			t.Errorf("%s: %q, want %q", k, got, word)
		}
	}
}

// A number is nobody's name.
func TestKindField(t *testing.T) {
	want := map[normalize.Kind]normalize.Field{
		normalize.KindPath: normalize.FieldPath, normalize.KindBoundary: normalize.FieldARN, normalize.KindInstanceProfile: normalize.FieldARN, normalize.KindPolicy: normalize.FieldARN,
		normalize.KindTag: normalize.FieldTag, normalize.KindDescription: normalize.FieldDescription,
	}
	for _, k := range normalize.Kinds() {
		if f, ok := k.Field(); f != want[k] || ok != (want[k] != "") {
			t.Errorf("%s: %q, %v", k, f, ok)
		}
	}
	a := normalizetest.Apply(t, normalizetest.Flat(inventory.Role{Name: "x", MaxSessionDuration: new(int32(3600))}),
		`{"HOUR": ["3600", "60"]}`, normalizetest.Dev, normalizetest.QA)
	for _, at := range a.Roles[0].Attributes {
		if at.Kind == normalize.KindMaxSessionDuration && at.Value != "3600" {
			t.Errorf("the session lasts %s", at.Value)
		}
	}
}

func TestRolesSortByTheirNewKey(t *testing.T) {
	f := normalizetest.Flat(inventory.Role{Name: "dev-z"}, inventory.Role{Name: "middle"}, inventory.Role{Name: "ZONE"})
	a := normalizetest.Apply(t, f, `{"XX": ["dev", "qa"]}`, normalizetest.Dev, normalizetest.QA)
	var got []string
	for i := range a.Roles {
		got = append(got, a.Roles[i].Key)
	}
	if want := []string{"middle", "xx-z", "zone"}; !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}

// Roles that would get one name keep their own, and are gaps: whoever names a role
// must not stop the comparison of the others.
func TestMergedRolesAreGaps(t *testing.T) {
	for _, tt := range []struct {
		reason     string
		dictionary string
		roles      []string
		keys       []string
		gaps       []string
		text       string
	}{
		{
			"two values of one account", `{"version": 2, "equivalencies": [{"placeholder": "team", "values": {"dev": ["red", "blue"]}}]}`,
			[]string{"app-blue", "app-red", "app", "red"},
			[]string{"app", "app-blue", "app-red", "team"},
			[]string{"app-blue", "app-red"},
			`by the dictionary the roles "app-blue" and "app-red" would be called "app-team" alike`,
		},
		{
			"a placeholder that is there already, in other letter case", `{"accountname": ["dev", "qa"]}`,
			[]string{"AccountName-x", "dev-x", "dev-y"},
			[]string{"accountname-x", "accountname-y", "dev-x"},
			[]string{"AccountName-x", "dev-x"},
			"",
		},
		{
			"several groups", `{"accountname": ["dev", "prod"]}`,
			[]string{"dev-a", "dev-b", "prod-a", "prod-b"},
			[]string{"dev-a", "dev-b", "prod-a", "prod-b"},
			[]string{"dev-a", "prod-a", "dev-b", "prod-b"},
			"",
		},
		{
			"more than a gap names", `{"accountname": ["dev", "a", "b", "c", "d", "e"]}`,
			[]string{"a-1", "b-1", "c-1", "d-1", "dev-1", "e-1"},
			[]string{"a-1", "b-1", "c-1", "d-1", "dev-1", "e-1"},
			[]string{"a-1", "b-1", "c-1", "d-1", "dev-1", "e-1"},
			`"d-1" and 2 more would be called "accountname-1" alike`,
		},
	} {
		t.Run(tt.reason, func(t *testing.T) {
			var roles []inventory.Role
			for _, n := range tt.roles {
				roles = append(roles, inventory.Role{Name: n})
			}
			f := normalizetest.Flat(roles...)
			a := normalizetest.Apply(t, f, tt.dictionary, normalizetest.Dev, normalizetest.QA)
			var keys, gaps []string
			for i := range a.Roles {
				keys = append(keys, a.Roles[i].Key)
			}
			for _, g := range a.Flat.Gaps {
				gaps = append(gaps, g.Name)
				if !g.Blind || g.Entity != inventory.EntityRole || !strings.Contains(g.Reason, tt.text) {
					t.Errorf("%+v, want a blind gap of a role with %s", g, tt.text)
				}
			}
			if diff := cmp.Diff(tt.keys, keys); diff != "" {
				t.Errorf("keys: -want +got:\n%s", diff)
			}
			if diff := cmp.Diff(tt.gaps, gaps); diff != "" {
				t.Errorf("gaps: -want +got:\n%s", diff)
			}
			if len(f.Gaps) != 0 {
				t.Errorf("the account before has gaps: %v", f.Gaps)
			}
		})
	}
}

// What IAM cannot have is an error.
func TestRolesOfOneNameAreAnError(t *testing.T) {
	f := normalizetest.Flat(inventory.Role{Name: "Role"}, inventory.Role{Name: "role"})
	_, err := normalize.Apply(f, normalizetest.Dev, normalizetest.Rules(t, `{}`, normalizetest.Dev, normalizetest.QA))
	var got *normalize.MergeError
	if !errors.As(err, &got) || *got != (normalize.MergeError{Account: "dev", First: "Role", Second: "role"}) {
		t.Errorf("got %v", err)
	}
}

func TestSharedDocumentsAreRewrittenOnce(t *testing.T) {
	items := &inventory.Items{
		Effects: []string{"Allow"}, Actions: []inventory.Action{{Service: "s3", Name: "GetObject"}},
		Resources: []string{"arn:aws:s3:::dev-a"}, Principals: []inventory.Principal{{}}, Terms: []inventory.Terms{{}},
		Rows: []inventory.Row{{}},
	}
	f := normalizetest.Flat(inventory.Role{Name: "a"}, inventory.Role{Name: "b"})
	for i := range f.Roles {
		f.Roles[i].Policies = []inventory.FlatPolicy{
			{Name: "z-dev", Type: inventory.Managed, ARN: "arn:aws:iam::123456789012:policy/z-dev", Items: items},
			{Name: "m", Type: inventory.Managed, Items: items},
		}
	}
	a := normalizetest.Apply(t, f, `{"a": ["dev", "qa"]}`, normalizetest.Dev, normalizetest.QA)
	first := a.Roles[0].Policies[0].Table
	for i := range a.Roles {
		for j, p := range a.Roles[i].Policies {
			if p.Table != first {
				t.Errorf("policy %d of role %d has a table of its own", j, i)
			}
		}
	}
	p := a.Roles[0].Policies[1]
	if p.Name != "z-a" || p.ARN != "arn:aws:iam::000000000000:policy/z-a" || p.Raw.Name != "z-dev" {
		t.Errorf("got %q %q from %q, sorted by the new name", p.Name, p.ARN, p.Raw.Name)
	}
	if got := p.Items.Item(0).ARN; got != "arn:aws:s3:::a-a" {
		t.Errorf("got %q", got)
	}
}
