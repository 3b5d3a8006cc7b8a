package inventory_test

import (
	"testing"

	"iamctl/inventory"
)

func TestOrganizationMember(t *testing.T) {
	o := &inventory.Organization{Members: []inventory.Member{{ID: "300000000000", Name: "c"}, {ID: "100000000000", Name: "a"}, {ID: "200000000000", Name: "b"}}}
	o.Sort()
	for _, tt := range []struct{ id, name string }{{"100000000000", "a"}, {"200000000000", "b"}, {"300000000000", "c"}} {
		if m := o.Member(tt.id); m == nil || m.Name != tt.name {
			t.Errorf("Member(%s) = %v, want %s", tt.id, m, tt.name)
		}
	}
	if m := o.Member("150000000000"); m != nil {
		t.Errorf("Member of an account that is not there = %v", m)
	}
}
