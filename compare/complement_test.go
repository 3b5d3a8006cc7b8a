package compare_test

import (
	"strings"
	"testing"

	"iamctl/inventory"
)

// TestComplementsBeforeRewriting: what NotResource leaves out is what it named in its
// account, whatever the names became.
func TestComplementsBeforeRewriting(t *testing.T) {
	for _, tt := range []struct {
		reason, list, resource string
		drift                  bool
	}{
		{"another bucket", `"arn:aws:s3:::app-ENV/*"`, "arn:aws:s3:::other-ENV/*", false},
		{"the same bucket", `"arn:aws:s3:::app-ENV/*"`, "arn:aws:s3:::app-ENV/x", true},
		{"a pattern that the account's name has a part of, and its placeholder has not", `"arn:aws:s3:::app-?e*/*","arn:aws:s3:::app-q*"`, "arn:aws:s3:::app-ENV/x", true},
	} {
		for _, extra := range []int{0, 1} {
			dev, qa := story("dev", devID), story("qa", qaID)
			for side, role := range []*inventory.Role{&dev.Roles[0], &qa.Roles[0]} {
				statements := []string{`{"Effect":"Allow","Action":"s3:GetObject","NotResource":[` + tt.list + `]}`}
				if side == extra {
					statements = append(statements, `{"Effect":"Allow","Action":"s3:GetObject","Resource":"`+tt.resource+`"}`)
				}
				role.Inline[0].Document = inventory.Document(strings.ReplaceAll(string(document(statements...)), "ENV", []string{"dev", "qa"}[side]))
			}
			if c := compareStories(t, storyDictionary, dev, qa); c.Drift != tt.drift {
				t.Errorf("%s, on side %d: drift %v\n%v", tt.reason, extra, c.Drift, found(c))
			}
		}
	}
}
