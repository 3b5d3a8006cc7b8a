package unused_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"iamctl/equivalency"
	"iamctl/normalize/normalizetest"
	"iamctl/normalize/unused"
)

func TestAmong(t *testing.T) {
	accounts := []equivalency.Identity{
		{Tag: "dev", ID: normalizetest.Dev.ID, Path: "Root/Dev"}, {Tag: "qa", ID: normalizetest.QA.ID}, {Tag: "hr-prod", ID: "111111111111"},
	}
	for _, tt := range []struct {
		reason, dictionary string
		matched            bool
		want               []string
	}{
		{"an entry that matched", `{"accountname": ["dev", "qa"]}`, true, nil},
		{"one that did not", `{"accountname": ["dev", "qa"]}`, false, []string{`the dictionary's entry "accountname" (line 1, column 2) rewrote nothing`}},
		{"ids need not match", `{"000000000000": ["111111111111"]}`, false, nil},
		{
			"names of nobody", `{"version": 2, "equivalencies": [{"placeholder": "P", "values": {"DEV": "x", "*-dev": "y", "/QA/*": "z", "qa": "x", "d*": "w", "/Dev": "v"}}]}`, true,
			[]string{`the dictionary's entry "P" (line 1, column 50) names "DEV", "*-dev", "/QA/*", which are no account of this comparison`},
		},
		{
			"what of names is left alone", `{"version": 2, "equivalencies": [{"placeholder": "accountname", "from": "account-name"}], "shared": ["qa"]}`, true,
			[]string{`the dictionary's entry "accountname" (line 1, column 50) leaves "qa" of the account "qa" alone: it holds "qa", which is listed as shared and ` +
				`leaves "hr" of the account "hr-prod" alone: it has less than 3 characters, and would be found in names that have nothing to do with the account`},
		},
	} {
		f, err := normalizetest.Dictionary(t, tt.dictionary).Among(accounts)
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, w := range unused.Among(f, accounts, func(int) bool { return tt.matched }) {
			got = append(got, w.String())
		}
		if d := cmp.Diff(tt.want, got); d != "" {
			t.Errorf("%s (-want +got):\n%s", tt.reason, d)
		}
	}
}
