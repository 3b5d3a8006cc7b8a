package flatten

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"iamctl/inventory"
	"iamctl/reference"
)

// TestMissingDocumentsAreGaps: a document that the source left out is a gap,
// once: the source's own if it has one for that very document.
func TestMissingDocumentsAreGaps(t *testing.T) {
	const trust = `{"Statement":{"Effect":"Allow","Principal":"*","Action":"sts:AssumeRole"}}`
	const ours = "the source has no document for it"
	denied := func(entity inventory.Entity, name string, part inventory.Part, policyName string) inventory.Gap {
		return inventory.Gap{
			Kind: "read", Entity: entity, Name: name, Part: part, PolicyName: policyName, Blind: true, Reason: "denied",
		}
	}
	both := []string{"role r inline p: " + ours, "role r inline q: " + ours}
	for _, tt := range []struct {
		reason string
		gap    inventory.Gap
		want   []string
	}{
		{"of one of two inline policies", denied("role", "r", "inline", "p"), []string{"role r inline p: denied", both[1]}},
		{"of all inline policies", denied("role", "r", "inline", ""), []string{"role r inline : denied"}},
		{"of everything in the role", denied("role", "r", "", ""), []string{"role r  : denied"}},
		{"of attached policies", denied("role", "r", "managed", ""), append([]string{"role r managed : denied"}, both...)},
		{"of an attached policy of the same name", denied("role", "r", "managed", "p"), []string{both[0], both[1], "role r managed p: denied"}},
		{"of another role", denied("role", "s", "inline", "p"), append(both[:2:2], "role s inline p: denied")},
		{"of a user of the same name", denied("user", "r", "inline", "p"), both},
		{
			"which leaves nothing unread",
			inventory.Gap{Kind: "read", Entity: "role", Name: "r", Part: "inline", PolicyName: "p", Reason: "odd"},
			[]string{both[0], "role r inline p: odd", both[1]},
		},
	} {
		t.Run(tt.reason, func(t *testing.T) {
			flat := Account(&inventory.Account{
				Roles: []inventory.Role{{Name: "r", Trust: trust, Inline: []inventory.InlinePolicy{{Name: "p"}, {Name: "q"}}}},
				Gaps:  []inventory.Gap{tt.gap},
			}, reference.Embedded())
			var got []string
			for _, g := range flat.Gaps {
				got = append(got, fmt.Sprintf("%s %s %s %s: %s", g.Entity, g.Name, g.Part, g.PolicyName, g.Reason))
			}
			if diff := cmp.Diff(tt.want, got, cmpopts.SortSlices(func(a, b string) bool { return a < b })); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
			for _, p := range flat.Roles[0].Policies {
				if p.Blind != (p.Type == inventory.Inline) {
					t.Errorf("%s %s is blind: %v", p.Type, p.Name, p.Blind)
				}
			}
		})
	}
}

// TestMissingManagedPolicies are gaps once for all the roles that use them.
func TestMissingManagedPolicies(t *testing.T) {
	const trust = `{"Statement":{"Effect":"Allow","Principal":"*","Action":"sts:AssumeRole"}}`
	p, q := inventory.PolicyRef{Name: "p", ARN: "arn:p"}, inventory.PolicyRef{Name: "q", ARN: "arn:q"}
	flat := Account(&inventory.Account{
		Roles: []inventory.Role{
			{Name: "r", Trust: trust, Attached: []inventory.PolicyRef{p, q}},
			{Name: "s", Trust: trust, Attached: []inventory.PolicyRef{p}, Boundary: &q},
		},
		Policies: []inventory.Policy{{Name: "p", ARN: "arn:p"}},
		Gaps:     []inventory.Gap{{Kind: "read", Entity: "policy", Name: "arn:q", PolicyName: "q", Blind: true, Reason: "denied"}},
	}, reference.Embedded())
	var got []string
	for _, g := range flat.Gaps {
		got = append(got, fmt.Sprintf("%s %s: %s, blind %v", g.Name, g.PolicyName, g.Reason, g.Blind))
	}
	want := []string{"arn:p p: the source has no document for it, blind true", "arn:q q: denied, blind true"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}
