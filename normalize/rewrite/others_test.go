package rewrite_test

import (
	"testing"

	"iamctl/equivalency"
	"iamctl/normalize/normalizetest"
	"iamctl/normalize/rewrite"
)

// A word of an account's name is not rewritten where it is a part of another one's.
func TestOtherNames(t *testing.T) {
	self := equivalency.Identity{Tag: "payments-prod", ID: normalizetest.Dev.ID}
	accounts := []equivalency.Identity{self, {Tag: "log-archive-prod", ID: normalizetest.QA.ID}, {Tag: "Prod-Tools", ID: "111111111111"}}
	f, err := normalizetest.Dictionary(t, `{"version": 2, "equivalencies": [{"placeholder": "A", "from": "account-name"}]}`).Among(accounts)
	if err != nil {
		t.Fatal(err)
	}
	rules, err := f.Rules(self, accounts[1])
	if err != nil {
		t.Fatal(err)
	}
	r := rewrite.New(rules)
	for _, tt := range []struct{ reason, text, want string }{
		{"the own name", "x-payments-prod", "x-A"},
		{"a word of it", "x-prod-y", "x-AENV-y"},
		{"in another's name", "x-log-archive-prod-y", "x-log-archive-prod-y"},
		{"at the ends", "log-archive-prod", "log-archive-prod"},
		{"in a part of another's name", "archive-prod", "archive-AENV"},
		{"in a longer word than another's name", "blog-archive-prod", "blog-archive-AENV"},
		{"at the beginning of one", "prod-tools", "prod-tools"},
		{"as it is written", "arn:aws:s3:::Prod-Tools/prod", "arn:aws:s3:::Prod-Tools/AENV"},
		{"without dashes", "xProdToolsRole", "xProdToolsRole"},
		{"beside one", "log-archive-prod-prod", "log-archive-prod-AENV"},
	} {
		if got, _ := r.Rewrite(equivalency.ARN, tt.text); got != tt.want {
			t.Errorf("%s: %s becomes %s, want %s", tt.reason, tt.text, got, tt.want)
		}
	}
}
