package waiver_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"iamctl/internal/driftkind"
	"iamctl/waiver"
)

const withOutliers = `{
  "version": 1,
  "waivers": [
    {
      "fingerprint": "0123456789abcdef0123456789abcdef",
      "role": "app-deploy",
      "drift": "allows more: iam:PassRole on *",
      "account": "111111111111",
      "owner": "o",
      "reason": "r",
      "expires": "2027-01-31"
    }
  ],
  "ignore": [
    {
      "role": "sandbox-*",
      "account": "222222222222",
      "reason": "r"
    },
    {
      "kind": ["tag", "description"],
      "reason": "r"
    },
    {
      "kind": "awsmanaged",
      "reason": "r"
    },
    {
      "role": "app-*",
      "reason": "r",
      "comparison": ["dev", "qa"]
    },
    {
      "rule": "IAM-057",
      "account": "111111111111",
      "reason": "r"
    }
  ]
}
`

func TestOutliersAreReadAndWritten(t *testing.T) {
	if diff := cmp.Diff(withOutliers, string(parse(t, withOutliers).Marshal())); diff != "" {
		t.Errorf("-read +written:\n%s", diff)
	}
	if got, ok := valid(compileSchema(t), []byte(withOutliers)); !ok || !got {
		t.Error("the schema refuses it")
	}
}

// TestJudgeOfOutliers: who accepts which outlier.
func TestJudgeOfOutliers(t *testing.T) {
	role := func(name string) []waiver.Role { return []waiver.Role{{Name: name, OriginalName: name}} }
	items := []string{driftkind.Item}
	for _, tt := range []struct {
		reason  string
		today   waiver.Date
		outlier waiver.Outlier
		want    int // the index of the entry, -1 for none
	}{
		{"its fingerprint", january, waiver.Outlier{Fingerprint: printA, Account: "111111111111", Kinds: items, Roles: role("app-deploy")}, 0},
		{"its waiver has expired", march, waiver.Outlier{Fingerprint: printA, Account: "111111111111", Kinds: items, Roles: role("app-deploy")}, -1},
		{"a rule for the account", march, waiver.Outlier{Account: "222222222222", Kinds: items, Roles: role("Sandbox-x")}, 1},
		{"another account", march, waiver.Outlier{Account: "111111111111", Kinds: items, Roles: role("sandbox-x")}, -1},
		{"differs in kinds of the rule alone", march, waiver.Outlier{Account: "111111111111", Kinds: []string{driftkind.Description, driftkind.Tag}, Roles: role("x")}, 2},
		{"differs in another kind too", march, waiver.Outlier{Account: "111111111111", Kinds: []string{driftkind.Item, driftkind.Tag}, Roles: role("x")}, -1},
		{"of which nobody knows in what it differs", march, waiver.Outlier{Account: "111111111111", Roles: role("x")}, -1},
		{"what AWS changed", march, waiver.Outlier{Kinds: []string{driftkind.AWSManaged}}, 3},
		{"a rule for two accounts", march, waiver.Outlier{Account: "111111111111", Kinds: items, Roles: role("app-x")}, -1},
	} {
		j := parse(t, withOutliers).ForMatrix([]string{"111111111111", "222222222222"}).Judge(tt.today)
		got, ok := j.Outlier(&tt.outlier)
		if got != tt.want || ok != (tt.want >= 0) {
			t.Errorf("%s: %d, %v, want %d", tt.reason, got, ok, tt.want)
		}
		if tt.want >= 0 && j.States()[got].State != waiver.StateUsed {
			t.Errorf("%s: %+v", tt.reason, j.States()[got])
		}
	}
}

// TestEntriesOfAMatrix: each of the three comparisons has its own entries.
func TestEntriesOfAMatrix(t *testing.T) {
	f := parse(t, withOutliers)
	for _, tt := range []struct {
		reason          string
		got             *waiver.File
		waivers, ignore int
	}{
		{"both accounts", f.ForMatrix([]string{"111111111111", "222222222222"}), 1, 3},
		{"accounts of which the file says nothing", f.ForMatrix([]string{"333333333333"}), 0, 2},
		{"two accounts", f.For("dev", "qa"), 0, 3},
		{"an audit", f.ForAudit([]string{"111111111111", "222222222222"}, ofAll), 0, 1},
		{"no file", (*waiver.File)(nil).ForMatrix(nil), 0, 0},
	} {
		if len(tt.got.Waivers) != tt.waivers || len(tt.got.Ignore) != tt.ignore {
			t.Errorf("%s: %d waivers and %d rules, want %d and %d", tt.reason, len(tt.got.Waivers), len(tt.got.Ignore), tt.waivers, tt.ignore)
		}
	}
}

// TestSuccessorOfAnOutlier: the one open outlier of the same role and account.
func TestSuccessorOfAnOutlier(t *testing.T) {
	f := parse(t, withOutliers).ForMatrix([]string{"111111111111"})
	open := func(yield func(waiver.Open) bool) {
		yield(waiver.Open{Fingerprint: printB, Role: "app-deploy", Text: func() string { return "111111111111" }})
	}
	if got := f.Successors([]int{0}, open, func(s string) string { return s }); got[0] != printB {
		t.Errorf("the successor is %q", got[0])
	}
}
