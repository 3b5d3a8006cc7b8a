package inventory_test

import (
	"math/rand/v2"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"iamctl/inventory"
)

func TestServiceLinked(t *testing.T) {
	for _, tt := range []struct {
		path   string
		want   bool
		reason string
	}{
		{"/aws-service-role/ecs.amazonaws.com/", true, "AWS's own"},
		{"/", false, "the plain path"},
		{"/app/aws-service-role/", false, "elsewhere in the path"},
		{"/aws-service-roles/", false, "a longer name"},
	} {
		if r := (inventory.Role{Path: tt.path}); r.ServiceLinked() != tt.want {
			t.Errorf("%s: %q is %t", tt.reason, tt.path, !tt.want)
		}
	}
}

// sortedAccount has every list that Sort orders, with values that the order
// of bytes and another one tell apart.
func sortedAccount() *inventory.Account {
	inline := func() []inventory.InlinePolicy {
		return []inventory.InlinePolicy{{Name: "B"}, {Name: "a"}, {Name: "b"}}
	}
	attached := func() []inventory.PolicyRef {
		return []inventory.PolicyRef{{Name: "z", ARN: "arn:1"}, {Name: "a", ARN: "arn:2"}, {Name: "m", ARN: "arn:3"}}
	}
	tags := func() []inventory.Tag {
		return []inventory.Tag{{Key: "Team", Value: "z"}, {Key: "app", Value: "y"}, {Key: "team", Value: "x"}}
	}
	return &inventory.Account{
		Roles: []inventory.Role{
			{Name: "App", Inline: inline(), Attached: attached(), Tags: tags(), InstanceProfiles: []inventory.InstanceProfile{{Name: "P"}, {Name: "a"}, {Name: "p"}}},
			{Name: "app"},
			{Name: "app2"},
		},
		Policies: []inventory.Policy{{Name: "z", ARN: "arn:1", Tags: tags()}, {Name: "a", ARN: "arn:2"}, {Name: "m", ARN: "arn:3"}},
		Users:    []inventory.User{{Name: "Ann", Inline: inline(), Attached: attached(), Tags: tags(), Groups: []string{"G", "a", "g"}}, {Name: "ann"}, {Name: "bob"}},
		Groups:   []inventory.Group{{Name: "G", Inline: inline(), Attached: attached()}, {Name: "a"}, {Name: "g"}},
		Gaps:     []inventory.Gap{{Entity: inventory.EntityRole, Name: "B"}, {Entity: inventory.EntityRole, Name: "a"}, {Entity: inventory.EntityUser}},
		Notes:    []string{"B", "a", "b"},
	}
}

// TestSort: every list is sorted, whatever order it was in.
func TestSort(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r := rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "seed"), 0))
		a := sortedAccount()
		for i := range a.Roles {
			x := &a.Roles[i]
			shuffle(r, x.Inline)
			shuffle(r, x.Attached)
			shuffle(r, x.Tags)
			shuffle(r, x.InstanceProfiles)
		}
		for i := range a.Policies {
			shuffle(r, a.Policies[i].Tags)
		}
		for i := range a.Users {
			x := &a.Users[i]
			shuffle(r, x.Inline)
			shuffle(r, x.Attached)
			shuffle(r, x.Tags)
			shuffle(r, x.Groups)
		}
		for i := range a.Groups {
			shuffle(r, a.Groups[i].Inline)
			shuffle(r, a.Groups[i].Attached)
		}
		shuffle(r, a.Roles)
		shuffle(r, a.Policies)
		shuffle(r, a.Users)
		shuffle(r, a.Groups)
		shuffle(r, a.Gaps)
		shuffle(r, a.Notes)
		a.Sort()
		if diff := gocmp.Diff(sortedAccount(), a); diff != "" {
			t.Fatalf("-want +got:\n%s", diff)
		}
	})
}

// TestSortKeepsEqualsInPlace: what the order does not tell apart stays as it
// came.
func TestSortKeepsEqualsInPlace(t *testing.T) {
	a := &inventory.Account{Roles: []inventory.Role{{Name: "b"}, {Name: "a", ID: "2"}, {Name: "a", ID: "1"}}}
	a.Sort()
	want := []inventory.Role{{Name: "a", ID: "2"}, {Name: "a", ID: "1"}, {Name: "b"}}
	if diff := gocmp.Diff(want, a.Roles); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}

func shuffle[T any](r *rand.Rand, list []T) {
	r.Shuffle(len(list), func(i, j int) { list[i], list[j] = list[j], list[i] })
}
