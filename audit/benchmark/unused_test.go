package benchmark_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"iamctl/audit/audittest"
	"iamctl/inventory"
	"iamctl/verdict/severity"
)

// The tests' day of the audit is 2026-01-31.
func at(text string) time.Time {
	t, _ := time.Parse(time.RFC3339, text)
	return t
}

// TestUnused: a role of a path with a creation, and a last use, "" for none and "?" where
// it is not known.
func TestUnused(t *testing.T) {
	const never = ""
	for _, tt := range []struct {
		path, created, used string
		asked               string // the day on which AWS was asked, "" if not known
		want                string // severity and message, "" for no finding
		reason              string
	}{
		{"/", "2020-01-01T00:00:00Z", "2025-11-02T23:59:59Z", "", "medium it was last used on 2025-11-02 in eu-west-1, 90 days before 2026-01-31", "90 days ago"},
		{"/", "2020-01-01T00:00:00Z", "2025-11-03T00:00:00Z", "", "low it was last used on 2025-11-03 in eu-west-1, 89 days before 2026-01-31", "89 days ago"},
		{"/", "2020-01-01T00:00:00Z", "2025-12-17T12:00:00Z", "", "low it was last used on 2025-12-17 in eu-west-1, 45 days before 2026-01-31", "45 days ago"},
		{"/", "2020-01-01T00:00:00Z", "2025-12-18T00:00:00Z", "", "", "44 days ago"},
		{"/", "2020-01-01T00:00:00Z", "2026-02-01T00:00:00Z", "", "", "after the day of the audit"},
		{"/", "2020-01-01T00:00:00Z", never, "", "medium AWS knows of no use of it, and it was created on 2020-01-01, 2222 days before 2026-01-31", "never"},
		{"/", "2025-12-17T00:00:00Z", never, "", "low AWS knows of no use of it, and it was created on 2025-12-17, 45 days before 2026-01-31", "never since it was made, 45 days ago"},
		{"/", "2025-12-18T00:00:00Z", never, "", "", "new"},
		{"/", "2020-01-01T00:00:00Z", "2025-11-02T00:00:00Z", "2025-12-01", "", "a snapshot of a day when it was in use"},
		{"/", "2020-01-01T00:00:00Z", "2025-10-17T00:00:00Z", "2025-12-01", "low it was last used on 2025-10-17 in eu-west-1, 45 days before 2025-12-01", "a snapshot of a day when it was not"},
		{"/", "2020-01-01T00:00:00Z", "2025-12-18T00:00:00Z", "2026-03-01", "", "a snapshot of a later day than the audit's"},
		{"/", "2020-01-01T00:00:00Z", "?", "", "none when roles were last used is not known of 1 of 1", "not known"},
		{"/", "", never, "", "none when roles were last used is not known of 1 of 1", "never, and it may be new"},
		{"/", "", "2025-11-02T00:00:00Z", "", "medium it was last used on 2025-11-02 in eu-west-1, 90 days before 2026-01-31", "used, and it does not matter when it was made"},
		{"/aws-service-role/x.amazonaws.com/", "2020-01-01T00:00:00Z", never, "", "", "service-linked"},
		{"/aws-reserved/sso.amazonaws.com/eu-west-1/", "2020-01-01T00:00:00Z", never, "", "", "of Identity Center"},
		{"/aws-service-role/x.amazonaws.com/", "", "?", "", "", "service-linked, and not known"},
	} {
		b := audittest.New().Role(tt.path, "r", "").With(func(a *inventory.Account) {
			a.LastUsedDay, _ = time.Parse(time.DateOnly, tt.asked)
			r := &a.Roles[0]
			r.Created = at(tt.created)
			switch tt.used {
			case "?":
			case never:
				r.LastUsed = &inventory.LastUse{}
			default:
				r.LastUsed = &inventory.LastUse{At: at(tt.used), Region: "eu-west-1"}
			}
		})
		var got []string
		for _, f := range find(t, b, "UNUSED-ROLE") {
			level := f.Severity
			if level == "" {
				level = severity.Medium
			}
			got = append(got, string(level)+" "+f.Message)
			if (level == severity.None) != (f.Unknown != "") || (f.Fix == "") != (level == severity.None) {
				t.Errorf("%s: %+v", tt.reason, f)
			}
		}
		if strings.Join(got, "\n") != tt.want {
			t.Errorf("%s: found %q", tt.reason, got)
		}
	}
}

// TestUnusedUnknown: what is not known is said once, whatever the number of roles.
func TestUnusedUnknown(t *testing.T) {
	b := audittest.New()
	for i := range 300 {
		b.Role("/", fmt.Sprint("r", i), "")
	}
	b.With(func(a *inventory.Account) {
		a.Roles[7].Created, a.Roles[7].LastUsed = at("2020-01-01T00:00:00Z"), &inventory.LastUse{}
	})
	found := find(t, b, "UNUSED-ROLE")
	if len(found) != 2 || found[1].Message != "when roles were last used is not known of 299 of 300" || found[1].Entity.Kind != inventory.EntityAccount {
		t.Errorf("found %q", audittest.Messages(found))
	}
}

func TestUnusedFix(t *testing.T) {
	b := audittest.New().Policy("p", document(allowAll)).Role("/", "r", "", document(allowAll)).With(func(a *inventory.Account) {
		r := &a.Roles[0]
		r.Created, r.LastUsed = at("2020-01-01T00:00:00Z"), &inventory.LastUse{}
		r.Attached = []inventory.PolicyRef{{Name: "p", ARN: audittest.PolicyARN("p")}}
		r.InstanceProfiles = []inventory.InstanceProfile{{Name: "box"}}
	})
	const want = `aws iam remove-role-from-instance-profile --role-name r --instance-profile-name box
aws iam detach-role-policy --role-name r --policy-arn arn:aws:iam::111111111111:policy/p
aws iam delete-role-policy --role-name r --policy-name inline-a
aws iam delete-role --role-name r`
	if found := find(t, b, "UNUSED-ROLE"); len(found) != 1 || found[0].Fix != want || found[0].Choice {
		t.Errorf("found %+v", found)
	}
}
