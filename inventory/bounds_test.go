package inventory

import (
	"strings"
	"testing"
)

// tree is an organisation with two units below each other and an account in the lower one.
func tree() *Organization {
	o := &Organization{
		ID: "o-x", Management: "111111111111",
		Units: []Unit{
			{ID: "r-1", Name: "Root", Path: "Root", Policies: []string{"p-full", "p-rfull"}},
			{ID: "ou-a", Name: "Work", Parent: "r-1", Path: "Root/Work", Policies: []string{"p-full", "p-deny"}},
			{ID: "ou-b", Name: "Prod", Parent: "ou-a", Path: "Root/Work/Prod", Policies: []string{"p-full"}},
			{ID: "ou-c", Name: "Rest", Parent: "r-1", Path: "Root/Rest", Policies: []string{"p-full"}},
		},
		Members: []Member{
			{ID: "111111111111", Unit: "r-1", Management: true, Policies: []string{"p-full"}},
			{ID: "222222222222", Name: "pay", Unit: "ou-b", Policies: []string{"p-full", "p-rfull"}},
		},
		Policies: []ControlPolicy{
			{ID: "p-full", Type: ServiceControl}, {ID: "p-deny", Type: ServiceControl}, {ID: "p-rfull", Type: ResourceControl},
		},
	}
	o.Sort()
	return o
}

func words(b Bounds) string {
	var out []string
	for _, l := range b.Levels {
		s := l.ID
		for _, p := range l.Policies {
			s += " " + p.ID
		}
		out = append(out, s)
	}
	return strings.Join(out, ", ")
}

func TestBounds(t *testing.T) {
	gap := func(e Entity, name, part string) func(*Organization) {
		return func(o *Organization) {
			o.Gaps = append(o.Gaps, Gap{Entity: e, Name: name, Part: Part(part), Reason: "denied"})
		}
	}
	all := "r-1 p-full, ou-a p-deny p-full, ou-b p-full, 222222222222 p-full"
	for _, tt := range []struct {
		change      func(*Organization)
		typ, want   string
		wantUnknown string
		reason      string
	}{
		{func(*Organization) {}, ServiceControl, all, "", "from the root on, the account last"},
		{func(*Organization) {}, ResourceControl, "r-1 p-rfull, ou-a, ou-b, 222222222222 p-rfull", "", "each type for itself; a level without one allows nothing"},
		{func(o *Organization) { o.Policies = o.Policies[1:] }, ResourceControl, "", "p-rfull", "a policy of an unknown type may be of this one"},
		{func(o *Organization) { o.Policies[0].Type = ServiceControl }, ResourceControl, "", "", "the type is not enabled"},
		{gap(EntityUnit, "ou-c", ""), ServiceControl, all, "", "another unit bounds others"},
		{gap(EntityUnit, "ou-a", ""), ServiceControl, "", "denied", "the unit is above the account"},
		{gap(EntityUnit, "ou-a", ResourceControl), ServiceControl, all, "", "the other type"},
		{gap(EntityUnit, "", ServiceControl), ServiceControl, "", "denied", "every unit"},
		{gap(EntityAccount, "222222222222", ""), ServiceControl, "", "denied", "the account's own"},
		{gap(EntityAccount, "222222222222", "tag"), ServiceControl, all, "", "its tags bound nothing"},
		{gap(EntityControlPolicy, "p-deny", ""), ServiceControl, "", "denied", "a document that was not read"},
		{gap(EntityControlPolicy, "p-other", ""), ServiceControl, all, "", "one that is not attached on the way"},
		{gap(EntityOrganization, "", ""), ServiceControl, "", "denied", "anything may be missing"},
		{gap(EntityRole, "x", ""), ServiceControl, all, "", "no part of the organisation"},
		{func(o *Organization) { o.Members[1].Unit = "" }, ServiceControl, "", "in which unit", "a list of accounts has no units"},
		{func(o *Organization) { o.Units[0].Parent = "ou-b" }, ServiceControl, "", "in which unit", "a walk without end"},
		{func(o *Organization) { o.Members = o.Members[:1] }, ServiceControl, "", "222222222222 is not in the organisation o-x", "no member"},
	} {
		o := tree()
		tt.change(o)
		got := o.Bounds("222222222222", tt.typ)
		if words(got) != tt.want || (got.Unknown != "") != (tt.wantUnknown != "") || !strings.Contains(got.Unknown, tt.wantUnknown) {
			t.Errorf("%s: %q, unknown %q; want %q, %q", tt.reason, words(got), got.Unknown, tt.want, tt.wantUnknown)
		}
	}
	if got := tree().Bounds("111111111111", ServiceControl); got.Exempt == "" || got.Levels != nil {
		t.Errorf("the management account: %+v, want it exempt", got)
	}
}
