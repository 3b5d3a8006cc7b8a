package diff_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"iamctl/diff"
)

// TestDocumentsWithOtherValues: a value that one document alone has is no
// obstacle to finding what both have.
func TestDocumentsWithOtherValues(t *testing.T) {
	statement := func(effect, action, resource, principal, more string) string {
		return `{"Effect":"` + effect + `","Principal":{"AWS":"` + principal + `"},"Action":"sqs:` + action + `","Resource":"arn:aws:sqs:::` + resource + `"` + more + `}`
	}
	const secure = `,"Condition":{"Bool":{"aws:SecureTransport":"true"}}`
	common := statement("Deny", "PurgeQueue", "q", "arn:aws:iam::1:role/r", secure)
	for _, tt := range []struct {
		reason, more string
		want         []string
	}{
		{"the effect", statement("Allow", "PurgeQueue", "q", "arn:aws:iam::1:role/r", secure), []string{`Allow sqs:PurgeQueue arn:aws:sqs:::q arn:aws:iam::1:role/r {"Bool":{"aws:securetransport":["true"]}}`}},
		{"the action", statement("Deny", "AddPermission", "q", "arn:aws:iam::1:role/r", secure), []string{`Deny sqs:AddPermission arn:aws:sqs:::q arn:aws:iam::1:role/r {"Bool":{"aws:securetransport":["true"]}}`}},
		{"the resource", statement("Deny", "PurgeQueue", "a", "arn:aws:iam::1:role/r", secure), []string{`Deny sqs:PurgeQueue arn:aws:sqs:::a arn:aws:iam::1:role/r {"Bool":{"aws:securetransport":["true"]}}`}},
		{"the principal", statement("Deny", "PurgeQueue", "q", "arn:aws:iam::1:role/a", secure), []string{`Deny sqs:PurgeQueue arn:aws:sqs:::q arn:aws:iam::1:role/a {"Bool":{"aws:securetransport":["true"]}}`}},
		{"the condition", statement("Deny", "PurgeQueue", "q", "arn:aws:iam::1:role/r", `,"Condition":{"Bool":{"aws:AlwaysFirst":"true"}}`), []string{`Deny sqs:PurgeQueue arn:aws:sqs:::q arn:aws:iam::1:role/r {"Bool":{"aws:alwaysfirst":["true"]}}`}},
	} {
		t.Run(tt.reason, func(t *testing.T) {
			a, b := normalized(t, "x", withInline(inline("p", tt.more+","+common))), normalized(t, "y", withInline(inline("p", common)))
			if d := cmp.Diff(tt.want, onlyA(diff.Compare(a, b, diff.Options{}))); d != "" {
				t.Errorf("(-want +got)\n%s", d)
			}
			if got := onlyA(diff.Compare(b, a, diff.Options{})); len(got) > 0 {
				t.Errorf("the other account has %q more", got)
			}
		})
	}
}

// TestDocumentsOfTheSameValues differ where they put the same actions,
// resources and effects together in other ways.
func TestDocumentsOfTheSameValues(t *testing.T) {
	statement := func(effect, action, resource string) string {
		return `{"Effect":"` + effect + `","Action":"sqs:` + action + `","Resource":"arn:aws:sqs:::` + resource + `"}`
	}
	for _, tt := range []struct {
		reason, a, b string
		want         []string
	}{
		{
			"the actions change their resources",
			statement("Allow", "SendMessage", "q") + "," + statement("Allow", "PurgeQueue", "r"),
			statement("Allow", "SendMessage", "r") + "," + statement("Allow", "PurgeQueue", "q"),
			[]string{"Allow sqs:PurgeQueue arn:aws:sqs:::r", "Allow sqs:SendMessage arn:aws:sqs:::q"},
		},
		{
			"the effects change their actions",
			statement("Allow", "SendMessage", "q") + "," + statement("Deny", "PurgeQueue", "q"),
			statement("Deny", "SendMessage", "q") + "," + statement("Allow", "PurgeQueue", "q"),
			[]string{"Allow sqs:SendMessage arn:aws:sqs:::q", "Deny sqs:PurgeQueue arn:aws:sqs:::q"},
		},
		{
			"one pair more",
			statement("Allow", "SendMessage", "q") + "," + statement("Allow", "PurgeQueue", "r") + "," + statement("Allow", "PurgeQueue", "q"),
			statement("Allow", "SendMessage", "q") + "," + statement("Allow", "PurgeQueue", "r"),
			[]string{"Allow sqs:PurgeQueue arn:aws:sqs:::q"},
		},
		{
			"one pair less",
			statement("Allow", "SendMessage", "q") + "," + statement("Allow", "PurgeQueue", "r"),
			statement("Allow", "SendMessage", "q") + "," + statement("Allow", "PurgeQueue", "r") + "," + statement("Allow", "PurgeQueue", "q"),
			nil,
		},
		{
			"the same pairs in another order",
			statement("Allow", "SendMessage", "q") + "," + statement("Allow", "PurgeQueue", "r"),
			statement("Allow", "PurgeQueue", "r") + "," + statement("Allow", "SendMessage", "q"),
			nil,
		},
	} {
		t.Run(tt.reason, func(t *testing.T) {
			a, b := normalized(t, "x", withInline(inline("p", tt.a))), normalized(t, "y", withInline(inline("p", tt.b)))
			if d := cmp.Diff(tt.want, onlyA(diff.Compare(a, b, diff.Options{}))); d != "" {
				t.Errorf("(-want +got)\n%s", d)
			}
		})
	}
}
