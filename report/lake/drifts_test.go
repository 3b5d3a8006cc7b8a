package lake_test

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"iamctl/report/lake"
	"iamctl/result"
	"iamctl/result/found"
	"iamctl/result/matrix"
	"iamctl/result/matrix/matrixtest"
	"iamctl/result/resulttest"
)

// Each role that differs is a row, with all of its fingerprints, and what Changes make is
// what their diff.json makes.
func TestDriftsOfDiff(t *testing.T) {
	changes, marks := resulttest.Marked()
	for name, r := range map[string]*result.Result{
		"marked": resulttest.Result(changes, marks), "read": resulttest.Reread(t, changes, marks), "waived": resulttest.Result(resulttest.Sample(), resulttest.AllWaived()),
		"by AWS": resulttest.Result(resulttest.ChangedByAWS(), nil), "meant": resulttest.Result(resulttest.Meant(), nil),
	} {
		d := lake.DriftsOfDiff(r)
		rows := readBack(t, d.Rows())
		want, prints := 0, map[string]bool{}
		for f := range r.Ranked() {
			if f.Audited == nil {
				want++
			}
		}
		for x := range r.Drifts() {
			if x.Finding == nil {
				prints[x.Fingerprint] = true
			}
		}
		if len(rows) != want || want == 0 || d.Tag != r.Accounts.B.Tag {
			t.Errorf("%s: %d rows of %s, want %d", name, len(rows), d.Tag, want)
		}
		for _, row := range rows {
			for _, p := range row.Fingerprints {
				if !prints[p] {
					t.Errorf("%s: the fingerprint %s is of no drift, or there twice", name, p)
				}
				delete(prints, p)
			}
		}
		if len(prints) > 0 {
			t.Errorf("%s: %d drifts are in no row", name, len(prints))
		}
	}
}

// Each outlier is a row of its account, and every account is there.
func TestDriftsOfMatrix(t *testing.T) {
	m := matrixtest.Sample(result.ByItems)
	list := lake.DriftsOfMatrix(m)
	if len(list) != len(m.Accounts) {
		t.Fatalf("%d accounts of %d", len(list), len(m.Accounts))
	}
	type key struct{ tag, role, kind, print string }
	got, want := map[key]bool{}, map[key]bool{}
	for i := range list {
		for _, row := range readBack(t, list[i].Rows()) {
			if row.RoleName == nil {
				continue // a policy of AWS's
			}
			k := key{row.AccountTag, *row.RoleName, row.Kind, ""}
			if len(row.Fingerprints) > 0 {
				k.print = row.Fingerprints[0]
			}
			got[k] = row.Waived
		}
	}
	for f := range m.Outliers() {
		want[key{f.Account.Tag, f.Role.Name, f.Kind, f.Fingerprint}] = f.Waiver != nil
	}
	if d := cmp.Diff(want, got); d != "" || len(want) == 0 {
		t.Errorf("(-want +got):\n%s", d)
	}
}

// What rules found is in the file as it was found, hostile texts too.
func TestFindings(t *testing.T) {
	place := 3
	list := []found.Finding{
		{Rule: "X-1", Severity: "high", Entity: "a\x00\xff", EntityType: "role", Policy: "p", PolicyType: "inline", Statement: &place, Message: "says", Witness: &found.Request{Principal: "p", Action: "s3:GetObject"}, Fingerprint: "f"},
		{Rule: "X-2", Severity: "low", Entity: "account", EntityType: "account", Steps: []found.Step{{Entity: "r", EntityType: "role", Message: "does"}}, Unknown: "why"},
	}
	rows := readBack(t, lake.FindingsOf("123456789012", lake.Source{Tag: "dev"}, []found.Rule{{ID: "X-1", Title: "One", Controls: []string{"CIS 1"}}}, list))
	if len(rows) != 2 || rows[0].Entity != "a\x00\\xFF" && rows[0].Entity != "a\x00\\x{FF}" || rows[0].Title != "One" || !slices.Equal(rows[0].Controls, []string{"CIS 1"}) ||
		*rows[0].Statement != 3 || *rows[0].WitnessAction != "s3:GetObject" || rows[1].Statement != nil || rows[1].WitnessAction != nil || rows[1].Steps[0] != "role r: does" || *rows[1].Undecided != "why" {
		t.Errorf("%+v", rows)
	}
}

// A matrix of a version without fingerprints has none.
func TestNoFingerprint(t *testing.T) {
	m := &matrix.Matrix{Accounts: []matrix.Account{{Tag: "a"}}, Roles: []matrix.Role{{Name: "r", Forms: []matrix.Form{
		{Absent: true}, {Accounts: []int{0}, Difference: &matrix.Difference{Kind: matrix.Extra}, Outliers: make([]matrix.Outlier, 1)},
	}}}}
	rows := lake.DriftsOfMatrix(m)[0].Drifts
	if len(rows) != 1 || rows[0].Fingerprints != nil || rows[0].AccountID != nil || rows[0].Severity != nil {
		t.Errorf("%+v", rows)
	}
}
