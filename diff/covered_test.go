package diff_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"iamctl/diff"
	"iamctl/inventory"
)

// withInline is an account of one role with inline policies, in the order of
// names and documents.
func withInline(policies ...inventory.InlinePolicy) *inventory.Account {
	return &inventory.Account{Roles: []inventory.Role{{
		Name: "r", Path: "/", Inline: policies,
		Trust: `{"Statement":{"Effect":"Allow","Principal":{"Service":"ec2.amazonaws.com"},"Action":"sts:AssumeRole"}}`,
	}}}
}

func inline(name, statements string) inventory.InlinePolicy {
	return inventory.InlinePolicy{Name: name, Document: inventory.Document(`{"Version":"2012-10-17","Statement":[` + statements + `]}`)}
}

// onlyA spells the items of the first role that the other account lacks.
func onlyA(c *diff.Changes) []string {
	var out []string
	p := &c.Common[0]
	for _, ref := range p.OnlyA {
		it := spell(p.A, ref)
		words := []string{it.Effect, it.Service + ":" + it.Action, it.ARN, it.Principal, it.Negated, it.Condition, it.Note}
		out = append(out, strings.Join(strings.Fields(strings.Join(words, " ")), " "))
	}
	return out
}

// TestCoveredItems: of what one side has more, an item is left out that
// another item of the policy makes needless, and no other.
func TestCoveredItems(t *testing.T) {
	for _, tt := range []struct {
		reason string
		text   string
		want   []string
	}{
		{
			"an action of a wider pattern",
			`{"Effect":"Allow","Action":["s3:*","s3:GetObject"],"Resource":"*"}`,
			[]string{"Allow s3:* *"},
		},
		{
			"an action that a pattern of services covers",
			`{"Effect":"Allow","Action":"*:PurgeQueue","Resource":"arn:aws:sqs:::q"},{"Effect":"Allow","Action":["sqs:PurgeQueue"],"Resource":"arn:aws:sqs:::q"}`,
			[]string{"Allow *:PurgeQueue arn:aws:sqs:::q"},
		},
		{
			"a statement without resources",
			`{"Effect":"Allow","Action":"sqs:PurgeQueue","Condition":{"Bool":{"aws:SecureTransport":"true"}}},{"Effect":"Allow","Action":"*","Resource":"*"}`,
			[]string{"Allow *:* *", `Allow sqs:PurgeQueue {"Bool":{"aws:securetransport":["true"]}}`},
		},
		{
			"a resource that no action can use, under everything on everything",
			`{"Effect":"Allow","Action":"sqs:PurgeQueue","Resource":["arn:aws:sqs:::q","arn:aws:s3:::b"],"Condition":{"Bool":{"aws:SecureTransport":"true"}}},
				{"Effect":"Allow","Action":"*","Resource":"*"}`,
			[]string{"Allow *:* *"},
		},
		{
			"an action of another service",
			`{"Effect":"Allow","Action":["s3:*","sqs:SendMessage"],"Resource":"*"}`,
			[]string{"Allow s3:* *", "Allow sqs:SendMessage *"},
		},
		{
			"a narrower resource of a statement with more actions",
			`{"Effect":"Allow","Action":"s3:GetObject","Resource":"arn:aws:s3:::b/x"},
				{"Effect":"Allow","Action":["s3:GetObject","s3:PutObject"],"Resource":"arn:aws:s3:::b/*"}`,
			[]string{"Allow s3:GetObject arn:aws:s3:::b/*", "Allow s3:PutObject arn:aws:s3:::b/*"},
		},
		{
			"another effect",
			`{"Effect":"Allow","Action":"s3:*","Resource":"*"},{"Effect":"Deny","Action":"s3:GetObject","Resource":"*"}`,
			[]string{"Allow s3:* *", "Deny s3:GetObject *"},
		},
		{
			"another principal",
			`{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::1:role/a"},"Action":"s3:*","Resource":"*"},
				{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::1:role/b"},"Action":"s3:GetObject","Resource":"*"}`,
			[]string{"Allow s3:* * arn:aws:iam::1:role/a", "Allow s3:GetObject * arn:aws:iam::1:role/b"},
		},
		{
			"a condition more",
			`{"Effect":"Allow","Action":"s3:*","Resource":"*"},
				{"Effect":"Allow","Action":"s3:GetObject","Resource":"*","Condition":{"Bool":{"aws:SecureTransport":"true"}}}`,
			[]string{"Allow s3:* *"},
		},
		{
			"a condition more, on the very same item",
			`{"Effect":"Allow","Action":"sqs:SendMessage","Resource":"arn:aws:sqs:::q"},
				{"Effect":"Allow","Action":"sqs:SendMessage","Resource":"arn:aws:sqs:::q","Condition":{"Bool":{"aws:SecureTransport":"true"}}}`,
			[]string{"Allow sqs:SendMessage arn:aws:sqs:::q"},
		},
		{
			"a condition less",
			`{"Effect":"Allow","Action":"s3:*","Resource":"*","Condition":{"Bool":{"aws:SecureTransport":"true"}}},
				{"Effect":"Allow","Action":"s3:GetObject","Resource":"*"}`,
			[]string{`Allow s3:* * {"Bool":{"aws:securetransport":["true"]}}`, "Allow s3:GetObject *"},
		},
		{
			"another value of the condition",
			`{"Effect":"Allow","Action":"s3:*","Resource":"*","Condition":{"Bool":{"aws:SecureTransport":"true"}}},
				{"Effect":"Allow","Action":"s3:GetObject","Resource":"*","Condition":{"Bool":{"aws:SecureTransport":"false"}}}`,
			[]string{`Allow s3:* * {"Bool":{"aws:securetransport":["true"]}}`, `Allow s3:GetObject * {"Bool":{"aws:securetransport":["false"]}}`},
		},
		{
			"the same NotAction list on a wider resource",
			`{"Effect":"Allow","NotAction":"iam:*","Resource":"arn:aws:s3:::b/x"},{"Effect":"Allow","NotAction":"iam:*","Resource":"arn:aws:s3:::b/*"}`,
			[]string{"Allow iam:* arn:aws:s3:::b/* NotAction"},
		},
		{
			"a longer NotAction list on a wider resource allows less",
			`{"Effect":"Allow","NotAction":"iam:*","Resource":"arn:aws:s3:::b/x"},{"Effect":"Allow","NotAction":["iam:*","sts:*"],"Resource":"arn:aws:s3:::b/*"}`,
			[]string{"Allow iam:* arn:aws:s3:::b/* NotAction", "Allow iam:* arn:aws:s3:::b/x NotAction", "Allow sts:* arn:aws:s3:::b/* NotAction"},
		},
		{
			"another list of NotResource",
			`{"Effect":"Deny","Action":"s3:GetObject","NotResource":"arn:aws:s3:::b/x"},{"Effect":"Deny","Action":"s3:*","NotResource":["arn:aws:s3:::b/x","arn:aws:s3:::c/x"]}`,
			[]string{
				"Deny s3:* arn:aws:s3:::b/x NotResource", "Deny s3:* arn:aws:s3:::c/x NotResource",
				"Deny s3:GetObject arn:aws:s3:::b/x NotResource",
			},
		},
		{
			"a wider pattern of actions for the same NotResource",
			`{"Effect":"Deny","Action":"s3:GetObject","NotResource":"arn:aws:s3:::b/x"},{"Effect":"Deny","Action":"s3:*","NotResource":"arn:aws:s3:::b/x"}`,
			[]string{"Deny s3:* arn:aws:s3:::b/x NotResource"},
		},
		{
			"everything covers what leaves actions or resources out",
			`{"Effect":"Allow","Action":"*","Resource":"*"},{"Effect":"Allow","NotAction":"iam:*","Resource":"*"},{"Effect":"Allow","Action":"s3:*","NotResource":"arn:aws:s3:::b"}`,
			[]string{"Allow *:* *"},
		},
		{
			"everything of one service does not",
			`{"Effect":"Allow","Action":"iam:*","Resource":"*"},{"Effect":"Allow","NotAction":"iam:*","Resource":"*"}`,
			[]string{"Allow iam:* *", "Allow iam:* * NotAction"},
		},
		{
			"nor does everything on one bucket",
			`{"Effect":"Allow","Action":"*","Resource":"arn:aws:s3:::b/*"},{"Effect":"Allow","NotAction":"iam:*","Resource":"*"}`,
			[]string{"Allow *:* arn:aws:s3:::b/*", "Allow iam:* * NotAction"},
		},
		{
			"nor everything on a condition",
			`{"Effect":"Allow","Action":"*","Resource":"*","Condition":{"Bool":{"aws:SecureTransport":"true"}}},{"Effect":"Allow","NotAction":"iam:*","Resource":"*"}`,
			[]string{`Allow *:* * {"Bool":{"aws:securetransport":["true"]}}`, "Allow iam:* * NotAction"},
		},
		{
			"nor everything with an element whose meaning is unknown",
			`{"Effect":"Allow","Action":"*","Resource":"*","Only":"x"},{"Effect":"Allow","NotAction":"iam:*","Resource":"*"}`,
			[]string{"Allow *:* *", "Allow iam:* * NotAction"},
		},
		{
			"everything for one principal covers nothing that is for all but that one",
			`{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::1:role/a"},"Action":"*","Resource":"*"},
				{"Effect":"Allow","NotPrincipal":{"AWS":"arn:aws:iam::1:role/a"},"NotAction":"iam:*","Resource":"*"}`,
			[]string{"Allow *:* * arn:aws:iam::1:role/a", "Allow iam:* * arn:aws:iam::1:role/a NotAction NotPrincipal"},
		},
		{
			"nor do more actions for one principal",
			`{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::1:role/a"},"Action":"s3:*","Resource":"*"},
				{"Effect":"Allow","NotPrincipal":{"AWS":"arn:aws:iam::1:role/a"},"Action":"s3:GetObject","Resource":"*"}`,
			[]string{"Allow s3:* * arn:aws:iam::1:role/a", "Allow s3:GetObject * arn:aws:iam::1:role/a NotPrincipal"},
		},
		{
			"more actions for all but the same principals",
			`{"Effect":"Deny","NotPrincipal":{"AWS":"arn:aws:iam::1:role/a"},"Action":["s3:*","s3:GetObject"],"Resource":"*"}`,
			[]string{"Deny s3:* * arn:aws:iam::1:role/a NotPrincipal"},
		},
	} {
		t.Run(tt.reason, func(t *testing.T) {
			a := normalized(t, "x", withInline(inline("p", tt.text)))
			b := normalized(t, "y", withInline(inline("p", `{"Effect":"Deny","Action":"sqs:PurgeQueue","Resource":"*"}`)))
			if d := cmp.Diff(tt.want, onlyA(diff.Compare(a, b, diff.Options{}))); d != "" {
				t.Errorf("(-want +got)\n%s", d)
			}
		})
	}
}
