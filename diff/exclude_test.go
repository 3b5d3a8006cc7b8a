package diff_test

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"iamctl/diff"
	"iamctl/inventory"
)

// madeByAWS is an account with one role of each kind and gaps in all of them.
func madeByAWS(suffix string) *inventory.Account {
	a := &inventory.Account{}
	for _, r := range []inventory.Role{
		{Name: "a-" + suffix, Path: "/aws-service-role/x.amazonaws.com/"},
		{Name: "b", Path: "/aws-reserved/sso.amazonaws.com/eu-west-1/"},
		{Name: "c-" + suffix, Path: "/aws-reserved/other/"},
		{Name: "d-" + suffix, Path: "/team/aws-service-role/"},
	} {
		r.Trust = `{"Version":"2012-10-17","Statement":[]}`
		a.Roles = append(a.Roles, r)
		a.Gaps = append(a.Gaps, inventory.Gap{Kind: inventory.GapRead, Entity: inventory.EntityRole, Name: r.Name, Reason: "x"})
	}
	a.Gaps = append(a.Gaps, inventory.Gap{Kind: inventory.GapRead, Entity: inventory.EntityAccount, Name: "b", Reason: "x"})
	return a
}

func TestExclude(t *testing.T) {
	for _, tt := range []struct {
		reason string
		rules  []diff.Exclusion
		kept   []string
		want   []diff.Excluded
	}{
		{"nothing is asked for", nil, []string{"a-dev", "b", "c-dev", "d-dev"}, nil},
		{"by the path at its start alone", []diff.Exclusion{diff.ServiceLinked}, []string{"b", "c-dev", "d-dev"}, []diff.Excluded{
			{diff.ServiceLinked, [2][]string{{"a-dev"}, {"a-qa"}}},
		}},
		{"both, in their own order", []diff.Exclusion{diff.IdentityCenter, diff.ServiceLinked, diff.IdentityCenter}, []string{"c-dev", "d-dev"}, []diff.Excluded{
			{diff.ServiceLinked, [2][]string{{"a-dev"}, {"a-qa"}}}, {diff.IdentityCenter, [2][]string{{"b"}, {"b"}}},
		}},
	} {
		dev, qa := normalized(t, "dev", madeByAWS("dev")), normalized(t, "qa", madeByAWS("qa"))
		c := diff.Compare(dev, qa, diff.Options{Exclude: tt.rules})
		if d := cmp.Diff(tt.want, c.Excluded); d != "" {
			t.Errorf("%s: -want +got\n%s", tt.reason, d)
		}
		var kept, gaps []string
		for _, r := range c.A.Roles {
			kept = append(kept, r.Name)
		}
		for _, g := range c.Gaps {
			if g.Account == "dev" && g.Entity == inventory.EntityRole {
				gaps = append(gaps, g.Name)
			}
		}
		if !slices.Equal(kept, tt.kept) || !slices.Equal(gaps, tt.kept) {
			t.Errorf("%s: roles %v with gaps in %v, want %v", tt.reason, kept, gaps, tt.kept)
		}
		if n := len(c.Gaps); n != 2*len(tt.kept)+2 {
			t.Errorf("%s: %d gaps: a policy's is none of a role of its name", tt.reason, n)
		}
		if len(dev.Roles) != 4 || len(dev.Flat.Gaps) != 5 {
			t.Errorf("%s: the account that was given is changed", tt.reason)
		}
	}
}

// TestAllExcluded: nothing compared is not in sync.
func TestAllExcluded(t *testing.T) {
	a, b := madeByAWS("dev"), madeByAWS("qa")
	a.Roles, b.Roles, a.Gaps, b.Gaps = a.Roles[:1], b.Roles[:1], nil, nil
	dev, qa := normalized(t, "dev", a), normalized(t, "qa", b)
	if c := diff.Compare(dev, qa, diff.Options{Exclude: []diff.Exclusion{diff.ServiceLinked}}); !c.Incomplete() {
		t.Error("every role is excluded, and the comparison is whole")
	}
	if c := diff.Compare(dev, qa, diff.Options{Exclude: []diff.Exclusion{diff.IdentityCenter}}); c.Incomplete() {
		t.Error("the rule excludes nothing")
	}
}
