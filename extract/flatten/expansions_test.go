package flatten

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"iamctl/inventory"
	"iamctl/policy"
	"iamctl/reference"
)

// What documents of one account have in common is worked out once, and each is
// what it would be alone.
func TestDocumentsOfOneAccount(t *testing.T) {
	const action, not = "Action", "NotAction"
	var roles []inventory.Role
	for i, tt := range []struct{ element, patterns, resource string }{
		{action, `["s3:Get*", "s3:Put*"]`, "arn:aws:s3:::a"},
		{action, `["s3:Get*", "s3:Put*"]`, "arn:aws:s3:::b"},
		{action, `["s3:Put*", "s3:Get*"]`, "*"},
		{not, `["s3:Get*", "s3:Put*"]`, "arn:aws:s3:::a"},
		{action, `["s3:get*", "S3:GetObject"]`, "arn:aws:s3:::a/*"},
		{action, `["s3:GetNothing", "nothing", "s3:Get*"]`, "arn:aws:s3:::a/*"},
	} {
		document := fmt.Sprintf(`{"Version":"2012-10-17","Statement":[{"Effect":"Allow",%q:%s,"Resource":%q}]}`, tt.element, tt.patterns, tt.resource)
		roles = append(roles, inventory.Role{Name: fmt.Sprint(i), Trust: inventory.Document(document)})
	}
	flat := Account(&inventory.Account{Partition: "aws", Roles: roles}, reference.Embedded())
	for i, r := range flat.Roles {
		doc, _, err := policy.Parse(string(roles[i].Trust))
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(Document(doc, reference.Embedded(), "aws"), r.Policies[0].Items); diff != "" {
			t.Errorf("%s: alone and among others (-, +):\n%s", roles[i].Trust, diff)
		}
	}
}

// An account with ever new patterns does not keep the actions of all.
func TestExpansionsAreBounded(t *testing.T) {
	x := newExpansions(reference.Embedded())
	widest, kept := 0, 0
	for i := range 150 {
		stars := strings.Repeat("*", i+1)
		widest = max(widest, len(x.of([]string{"ec2:e" + stars, "ec2:" + stars + "e*"}, false)))
		x.of([]string{"ec2:e" + stars}, true)
		kept = max(kept, x.kept)
	}
	if kept > maxExpanded+widest || kept < maxExpanded/2 {
		t.Errorf("%d actions kept, want up to %d", kept, maxExpanded+widest)
	}
	total := 0
	for _, done := range []map[string][]action{x.done, x.negated} {
		for _, list := range done {
			total += len(list)
		}
	}
	if total != x.kept {
		t.Errorf("%d actions are there, and %d were counted", total, x.kept)
	}
}
