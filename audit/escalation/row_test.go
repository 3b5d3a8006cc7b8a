package escalation_test

import (
	"slices"
	"strings"
	"testing"

	"iamctl/audit/audittest"
	"iamctl/audit/config"
	"iamctl/audit/escalation"
	"iamctl/audit/rule"
	"iamctl/inventory"
)

// row is an account and what both rules together find about ann: nothing for "", else one
// finding that has the text.
type row struct {
	account *audittest.Builder
	want    string
	// unknown says that the finding is undecided.
	unknown bool
	reason  string
}

func check(t *testing.T, rows []row) {
	t.Helper()
	for _, tt := range rows {
		var found []rule.Finding
		for i := range escalation.Rules {
			found = append(found, tt.account.Check(t, &escalation.Rules[i], config.Config{})...)
		}
		found = slices.DeleteFunc(found, func(f rule.Finding) bool { return f.Entity.Name != "ann" })
		got := audittest.Messages(found)
		switch {
		case tt.want == "" && len(got) > 0,
			tt.want != "" && (len(got) != 1 || !strings.Contains(got[0], tt.want) || (found[0].Unknown != "") != tt.unknown):
			t.Errorf("%s: found %q, want %q, undecided: %v", tt.reason, got, tt.want, tt.unknown)
		}
	}
}

// labelled gives a user or a role a tag.
func labelled(name, key, value string) func(*inventory.Account) {
	tag := inventory.Tag{Key: key, Value: value}
	return func(a *inventory.Account) {
		for i := range a.Users {
			if a.Users[i].Name == name {
				a.Users[i].Tags = append(a.Users[i].Tags, tag)
			}
		}
		for i := range a.Roles {
			if a.Roles[i].Name == name {
				a.Roles[i].Tags = append(a.Roles[i].Tags, tag)
			}
		}
	}
}

// attaching gives a user, a role or a group managed policies of the account.
func attaching(name string, policies ...string) func(*inventory.Account) {
	var refs []inventory.PolicyRef
	for _, p := range policies {
		refs = append(refs, inventory.PolicyRef{Name: p, ARN: audittest.PolicyARN(p)})
	}
	return func(a *inventory.Account) {
		for i := range a.Users {
			if a.Users[i].Name == name {
				a.Users[i].Attached = append(a.Users[i].Attached, refs...)
			}
		}
		for i := range a.Roles {
			if a.Roles[i].Name == name {
				a.Roles[i].Attached = append(a.Roles[i].Attached, refs...)
			}
		}
		for i := range a.Groups {
			if a.Groups[i].Name == name {
				a.Groups[i].Attached = append(a.Groups[i].Attached, refs...)
			}
		}
	}
}
