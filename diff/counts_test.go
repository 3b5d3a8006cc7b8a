package diff_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"iamctl/diff"
	"iamctl/inventory"
)

// TestCounts counts each thing another number of times, on each side.
func TestCounts(t *testing.T) {
	const trust = `{"Statement":{"Effect":"Allow","Principal":{"Service":"ec2.amazonaws.com"},"Action":"sts:AssumeRole"}}`
	roles := func(path string, names ...string) []inventory.Role {
		var out []inventory.Role
		for _, name := range names {
			out = append(out, inventory.Role{Name: name, Path: path, Trust: trust})
		}
		return out
	}
	const linked = "/aws-service-role/ecs.amazonaws.com/"
	a := &inventory.Account{Roles: append(roles("/", "a", "b", "c", "d"), roles(linked, "k", "l", "m")...)}
	b := &inventory.Account{Roles: append(roles("/", "a", "b", "c", "e", "f", "g"), roles(linked, "k", "l", "n", "o")...)}
	// Two pairs differ: one in two items and a policy, one in a tag.
	a.Roles[0].Inline = []inventory.InlinePolicy{inline("p", `{"Effect":"Allow","Action":["sqs:SendMessage","sqs:PurgeQueue"],"Resource":"*"}`)}
	a.Roles[1].Tags = []inventory.Tag{{Key: "k", Value: "v"}}
	b.Gaps = []inventory.Gap{{Kind: "read", Entity: "users", Reason: "denied"}, {Kind: "read", Entity: "groups", Reason: "denied"}}
	got := diff.Compare(normalized(t, "x", a), normalized(t, "y", b), diff.Options{}).Counts()
	want := diff.Counts{
		HarvestedItems:              [2]int{9, 10},
		SanitizedItems:              [2]int{9, 10},
		Roles:                       [2]int{7, 10},
		ServiceLinkedRoles:          [2]int{3, 4},
		NonServiceLinkedRoles:       [2]int{4, 6},
		CommonRoles:                 [2]int{5, 5},
		CommonServiceLinkedRoles:    [2]int{2, 2},
		CommonNonServiceLinkedRoles: [2]int{3, 3},
		UniqueRoles:                 [2]int{2, 5},
		UniqueServiceLinkedRoles:    [2]int{1, 2},
		UniqueNonServiceLinkedRoles: [2]int{1, 3},
		CommonRolesWithDifferences:  [2]int{2, 2},
		DifferencesAmongCommonRoles: [2]int{2, 0},
		AttributeDifferences:        [2]int{2, 2},
		Gaps:                        [2]int{0, 2},
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("(-want +got)\n%s", d)
	}
}

func TestDrift(t *testing.T) {
	empty, role := &inventory.Account{}, withInline()
	more := withInline(inline("p", `{"Effect":"Allow","Action":"sqs:PurgeQueue","Resource":"*"}`))
	for _, tt := range []struct {
		reason string
		a, b   *inventory.Account
		want   bool
	}{
		{"nothing on either side", empty, empty, false},
		{"the same role", role, role, false},
		{"a role of A alone", role, empty, true},
		{"a role of B alone", empty, role, true},
		{"a role that differs", role, more, true},
	} {
		if got := diff.Compare(normalized(t, "x", tt.a), normalized(t, "y", tt.b), diff.Options{}).Drift(); got != tt.want {
			t.Errorf("%s: %v, want %v", tt.reason, got, tt.want)
		}
	}
}
