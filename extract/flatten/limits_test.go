package flatten

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"iamctl/internal/sampleaccount"
	"iamctl/inventory"
	"iamctl/reference"
)

// TestBudgetOfARole: whatever a legal role's policies are built for, it costs no
// more than its share, and what is beyond is a gap of that role alone.
func TestBudgetOfARole(t *testing.T) {
	shapes := []string{"negated", "conditions"}
	if os.Getenv("IAMCTL_LONG") != "" {
		shapes = sampleaccount.WorstShapes()
	}
	for _, shape := range shapes {
		a := sampleaccount.Worst(sampleaccount.Options{Environment: "dev", ID: "111111111111"}, shape, false)
		flat := Account(a, reference.Embedded())
		blind := 0
		for _, r := range flat.Roles {
			items := 0
			for i := range r.Policies {
				items += r.Policies[i].Items.Len()
				if !r.Policies[i].Blind {
					continue
				}
				if blind++; r.Role.Name == "small" || r.Policies[i].Items.Len() > 0 {
					t.Errorf("%s: %s: the policy %s is left out with %d items", shape, r.Role.Name, r.Policies[i].Name, r.Policies[i].Items.Len())
				}
			}
			if items == 0 || items > roleItems {
				t.Errorf("%s: %.10s has %d items", shape, r.Role.Name, items)
			}
		}
		if len(flat.Gaps) != blind || blind == 0 {
			t.Errorf("%s: %d policies are left out, and there are %d gaps", shape, blind, len(flat.Gaps))
		}
		for _, g := range flat.Gaps {
			if g.Kind != inventory.GapLimit || !g.Blind || g.PolicyName == "" || !strings.ContainsAny(g.Reason, "0123456789") {
				t.Errorf("%s: %+v", shape, g)
			}
		}
	}
}

// TestSmallPoliciesStay: what a policy beyond the budget costs the role is that
// policy.
func TestSmallPoliciesStay(t *testing.T) {
	var resources []string
	for i := range 2000 {
		resources = append(resources, fmt.Sprintf(`"arn:aws:ec2:*:*:*/%d"`, i))
	}
	huge := inventory.Document(statement(`{"Effect":"Allow","Action":"ec2:*e*","Resource":[` + strings.Join(resources, ",") + `]}`))
	small := inventory.Document(statement(`{"Effect":"Allow","Action":"sqs:*","Resource":"*"}`))
	flat := Account(&inventory.Account{
		Roles: []inventory.Role{
			{Name: "a", Trust: small, Inline: []inventory.InlinePolicy{{Name: "huge", Document: huge}, {Name: "small", Document: small}}},
			{Name: "b", Trust: small, Attached: []inventory.PolicyRef{{Name: "P", ARN: "arn:P"}}},
		},
		Policies: []inventory.Policy{{Name: "P", ARN: "arn:P", Document: huge}},
	}, reference.Embedded())
	var got []string
	for _, g := range flat.Gaps {
		got = append(got, fmt.Sprintf("%s %s %s %s", g.Kind, g.Entity, g.Name, g.PolicyName))
	}
	if want := "[limit policy arn:P P limit role a huge]"; fmt.Sprint(got) != want {
		t.Errorf("got %v, want %s", got, want)
	}
	for _, r := range flat.Roles {
		for _, p := range r.Policies {
			if left := p.Name == "huge" || p.Name == "P"; left != p.Blind || left != (p.Items.Len() == 0) {
				t.Errorf("%s %s: %d items, blind %v", r.Role.Name, p.Name, p.Items.Len(), p.Blind)
			}
		}
	}
}
