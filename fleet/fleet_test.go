package fleet_test

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"iamctl/fleet"
)

func TestGroups(t *testing.T) {
	a, b, none := fleet.Form{1}, fleet.Form{2}, fleet.Absent
	for _, tt := range []struct {
		forms  []fleet.Form
		want   []fleet.Group
		reason string
	}{
		{[]fleet.Form{a}, []fleet.Group{{a, []int{0}}}, "one account"},
		{[]fleet.Form{b, a, a}, []fleet.Group{{a, []int{1, 2}}, {b, []int{0}}}, "the majority first"},
		{[]fleet.Form{b, a}, []fleet.Group{{b, []int{0}}, {a, []int{1}}}, "of two alike that of the lower account"},
		{[]fleet.Form{none, a}, []fleet.Group{{a, []int{1}}, {none, []int{0}}}, "a role before its absence"},
		{[]fleet.Form{none, none, a}, []fleet.Group{{none, []int{0, 1}}, {a, []int{2}}}, "most accounts do not have the role"},
	} {
		if d := cmp.Diff(tt.want, fleet.Groups(tt.forms)); d != "" {
			t.Errorf("%s (-want +got):\n%s", tt.reason, d)
		}
	}
}

func TestAlike(t *testing.T) {
	for _, tt := range []struct {
		has    []string
		want   [][]int
		reason string
	}{
		{nil, nil, "no account"},
		{[]string{"b", "a", "a"}, [][]int{{1, 2}, {0}}, "most first"},
		{[]string{"b", "a", "c", "a", "b"}, [][]int{{0, 4}, {1, 3}, {2}}, "of as many the lowest"},
	} {
		if d := cmp.Diff(tt.want, fleet.Alike(slices.All(tt.has))); d != "" {
			t.Errorf("%s (-want +got):\n%s", tt.reason, d)
		}
	}
}

func TestFirst(t *testing.T) {
	groups := fleet.Groups([]fleet.Form{{1}, {1}, {1}, {2}, {2}, {3}})
	fleet.First(groups, fleet.Form{3})
	var got []fleet.Form
	for _, g := range groups {
		got = append(got, g.Form)
	}
	if d := cmp.Diff([]fleet.Form{{3}, {1}, {2}}, got); d != "" {
		t.Errorf("(-want +got):\n%s", d)
	}
}

func TestReference(t *testing.T) {
	roles := [][]fleet.Form{{{1}, {2}, {2}}, {{4}, {3}, {3}}, {{5}, {6}, {5}}}
	got := fleet.Reference(3, func(yield func([]fleet.Form) bool) {
		for _, r := range roles {
			if !yield(r) {
				return
			}
		}
	})
	if got != 2 {
		t.Errorf("account %d is as most are, want 2", got)
	}
}
