package diff_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"iamctl/diff"
	"iamctl/inventory"
)

// TestGapsBlindTheirOwnPartAlone: what else there is of the role is compared
// all the same.
func TestGapsBlindTheirOwnPartAlone(t *testing.T) {
	const get, put = `{"Effect":"Allow","Action":"s3:GetObject","Resource":"*"}`, `{"Effect":"Allow","Action":"s3:PutObject","Resource":"*"}`
	full := func() *inventory.Account {
		a := withInline(inline("p", get), inline("q", get), inline("s", get))
		a.Roles[0].Attached = []inventory.PolicyRef{{Name: "p", ARN: "arn:p"}}
		a.Policies = []inventory.Policy{{Name: "p", ARN: "arn:p", Document: inline("", get).Document}}
		a.Roles[0].Tags = []inventory.Tag{{Key: "inline tag", Value: "v"}}
		return a
	}
	// In the other account q differs, and s, the managed p and the tag are
	// missing.
	q := []string{"inline q s3:GetObject", "inline q s3:PutObject"}
	s := []string{"inline s", "inline s s3:GetObject"}
	managed := []string{"managed p", "managed p s3:GetObject"}
	p := []string{"inline p", "inline p s3:GetObject"}
	tag := []string{"inline tag"}
	for _, tt := range []struct {
		reason string
		gap    inventory.Gap
		// there is p where the gap is.
		there []inventory.InlinePolicy
		want  []string
	}{
		{
			"one inline document",
			inventory.Gap{Name: "r", Part: "inline", PolicyName: "p"},
			[]inventory.InlinePolicy{{Name: "p"}},
			slices.Concat(q, s, managed, tag),
		},
		{
			"one inline document that cannot be parsed",
			inventory.Gap{Name: "other", Part: "inline", PolicyName: "p"},
			[]inventory.InlinePolicy{{Name: "p", Document: "{"}},
			slices.Concat(q, s, managed, tag),
		},
		{
			"an inline policy that the list has not",
			inventory.Gap{Name: "r", Part: "inline", PolicyName: "p"},
			nil,
			// That the list lacks it is known, what it says is not.
			slices.Concat(p[:1], q, s, managed, tag),
		},
		{
			"the list of inline policies",
			inventory.Gap{Name: "r", Part: "inline"},
			nil,
			slices.Concat(managed, tag),
		},
		{
			"the list of attached policies",
			inventory.Gap{Name: "r", Part: "managed"},
			nil,
			slices.Concat(p, q, s, tag),
		},
		{
			"the tags",
			inventory.Gap{Name: "r", Part: "tag"},
			nil,
			slices.Concat(p, q, s, managed),
		},
		{
			"another role",
			inventory.Gap{Name: "other"},
			nil,
			slices.Concat(p, q, s, managed, tag),
		},
	} {
		t.Run(tt.reason, func(t *testing.T) {
			partial := withInline(append(tt.there, inline("q", put))...)
			tt.gap.Kind, tt.gap.Entity, tt.gap.Blind, tt.gap.Reason = "read", "role", true, "denied"
			partial.Gaps = []inventory.Gap{tt.gap}
			a, b := normalized(t, "x", full()), normalized(t, "y", partial)
			slices.Sort(tt.want)
			for _, c := range []*diff.Changes{diff.Compare(a, b, diff.Options{}), diff.Compare(b, a, diff.Options{})} {
				if d := cmp.Diff(tt.want, aboutPolicies(c)); d != "" {
					t.Errorf("(-want +got)\n%s", d)
				}
			}
		})
	}
}

// TestGapsOfManagedPolicies: a managed policy that could not be read is not
// compared, and its neighbour is.
func TestGapsOfManagedPolicies(t *testing.T) {
	account := func(p, q string) *inventory.Account {
		a := withInline()
		a.Roles[0].Attached = []inventory.PolicyRef{{Name: "p", ARN: "arn:p"}, {Name: "q", ARN: "arn:q"}}
		a.Policies = []inventory.Policy{
			{Name: "p", ARN: "arn:p", Document: inventory.Document(p)}, {Name: "q", ARN: "arn:q", Document: inventory.Document(q)},
		}
		return a
	}
	document := func(action string) string {
		return `{"Statement":{"Effect":"Allow","Action":"` + action + `","Resource":"*"}}`
	}
	for _, tt := range []struct{ reason, p string }{
		{"the source has no document", ""},
		{"the document cannot be parsed", "{"},
	} {
		t.Run(tt.reason, func(t *testing.T) {
			a := normalized(t, "x", account(document("s3:GetObject"), document("s3:GetObject")))
			b := normalized(t, "y", account(tt.p, document("s3:PutObject")))
			want := []string{"managed q s3:GetObject", "managed q s3:PutObject"}
			if d := cmp.Diff(want, aboutPolicies(diff.Compare(a, b, diff.Options{}))); d != "" {
				t.Errorf("(-want +got)\n%s", d)
			}
		})
	}
}

// TestGapsNamePoliciesAsTheSourceDoes: the other account's policy has another
// name before rewriting.
func TestGapsNamePoliciesAsTheSourceDoes(t *testing.T) {
	const get = `{"Effect":"Allow","Action":"s3:GetObject","Resource":"*"}`
	for _, tt := range []struct {
		reason, gap string
		want        []string
	}{
		{"its own name", "p-dev", []string{"inline p-accountname"}},
		{"the name in the other account", "p-qa", []string{"inline p-accountname", "inline p-accountname s3:GetObject"}},
	} {
		t.Run(tt.reason, func(t *testing.T) {
			partial := withInline()
			partial.Gaps = []inventory.Gap{{
				Kind: "read", Entity: "role", Name: "r", Part: "inline", PolicyName: tt.gap, Blind: true, Reason: "denied",
			}}
			c := compared(t, `{"accountname": ["dev", "qa"]}`, [2]string{"dev", "qa"}, partial, withInline(inline("p-qa", get)))
			if d := cmp.Diff(tt.want, aboutPolicies(c)); d != "" {
				t.Errorf("(-want +got)\n%s", d)
			}
		})
	}
}

// aboutPolicies lists what differs in the first role's policies: type and
// name of those of one side, and the actions in those that differ.
func aboutPolicies(c *diff.Changes) []string {
	var out []string
	p := &c.Common[0]
	for _, a := range p.Attributes {
		out = append(out, a.Key)
	}
	for side := range 2 {
		for _, ref := range p.Only(side) {
			it := spell(p.Role(side), ref)
			out = append(out, strings.Join([]string{it.PolicyType, it.PolicyName, it.Service + ":" + it.Action}, " "))
		}
	}
	slices.Sort(out)
	return out
}
