package authdetails

import (
	"slices"
	"strings"
	"testing"

	"iamctl/inventory"

	"github.com/google/go-cmp/cmp"
)

// FuzzParse: no text makes the parser panic; what it reads is in order, and
// the same text as two pages reads as the same account.
func FuzzParse(f *testing.F) {
	f.Add(page(goodRole, policyOf(`{"VersionId":"v2","IsDefaultVersion":true,"Document":"%7B%7D"}`)))
	f.Add(page(roleStart+`"AssumeRolePolicyDocument":7,"Tags":[{"Key":"k","Value":"v"}],"X":null}`, ""))
	f.Add(`[{"RoleDetailList":[],"UserDetailList":[{"UserName":"u","Path":"/","Arn":"arn:aws:iam::123456789012:user/u","GroupList":["g"]}]}]`)
	f.Add(`{"RoleDetailList":`)
	f.Fuzz(func(t *testing.T, text string) {
		a, err := parse(strings.NewReader(text))
		if err != nil {
			return
		}
		sorted := *a
		sorted.Sort()
		if d := cmp.Diff(&sorted, a); d != "" {
			t.Fatalf("not in order: %s", d)
		}
		for _, r := range a.Roles {
			dark := func(g inventory.Gap) bool { return g.Entity == "role" && g.Name == r.Name && g.Blind }
			if r.Trust == "" && !slices.ContainsFunc(a.Gaps, dark) {
				t.Fatalf("the role %q has no trust policy, and no gap says so", r.Name)
			}
		}
		b, err := parse(strings.NewReader(text + "\n" + text))
		if err != nil {
			t.Fatalf("twice the same cannot be read: %v", err)
		}
		if d := cmp.Diff(a, b); d != "" {
			t.Fatalf("twice the same is not the same: %s", d)
		}
	})
}
