package html

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"iamctl/internal/driftkind"
	"iamctl/result"
	"iamctl/result/matrix"
	"iamctl/result/matrix/matrixtest"
	"iamctl/verdict"
	"iamctl/verdict/question"
	"iamctl/verdict/severity"
)

// fleetMatrix returns a comparison of accounts in units, of which one in so many cells is an
// outlier of one of three forms.
func fleetMatrix(accounts, roles, every int) *matrix.Matrix {
	levels := severity.Levels()
	var list []matrix.Account
	for i := range accounts {
		unit := []string{"Root/Infrastructure", "Root/Sandbox", "Root/Workloads/Prod", "Root/Workloads/Test"}[i%4]
		list = append(list, matrix.Account{ID: fmt.Sprintf("%012d", 100000000000+i), Tag: fmt.Sprintf("team-%d-%s", i/4, strings.ToLower(unit[strings.LastIndex(unit, "/")+1:])), Name: fmt.Sprintf("Team %d", i/4), Path: unit, Source: "fleet/x", Roles: roles})
	}
	var all []matrix.Role
	for r := range roles {
		var held [4][]int
		for a := range accounts {
			if x := (a*2654435761 + r*40503) % 1_000_003; every > 0 && x%every == 0 {
				held[1+(x/every)%3] = append(held[1+(x/every)%3], a)
			} else {
				held[0] = append(held[0], a)
			}
		}
		role := matrix.Role{Name: fmt.Sprintf("app-%d-deploy", r), Forms: []matrix.Form{{Accounts: held[0]}}}
		for k, of := range held[1:] {
			if of == nil {
				continue
			}
			level, v := levels[(r+k)%len(levels)], []verdict.Verdict{verdict.More, verdict.Less, verdict.Equal}[k]
			d := &matrix.Difference{Kind: matrix.Differs, Severity: level, Verdict: v, What: "broadened: writes: s3:PutObject on *", Kinds: []string{driftkind.Item}, Digest: fmt.Sprint(r, k)}
			d.Identity = &result.Scope{Verdict: v, Future: v, Kind: "broadened: writes", Severity: level, Witnesses: []question.Witness{{
				AllowedBy: 2, Action: "s3:PutObject", Resource: "*", Statements: [2][]question.Place{nil, {{PolicyType: "inline", PolicyName: "deploy", Statement: 1}}},
			}}}
			if k == 2 {
				d = &matrix.Difference{Kind: matrix.Missing, Severity: severity.Low, Verdict: verdict.Less, What: "the role is missing", Kinds: []string{driftkind.Role}}
			}
			role.Forms = append(role.Forms, matrix.Form{Accounts: of, Absent: k == 2, Difference: d})
		}
		all = append(all, role)
	}
	return matrix.New(result.Meta{Iamctl: "dev"}, list, all, nil, nil)
}

func heatPage(t testing.TB, m *matrix.Matrix) string {
	t.Helper()
	var b bytes.Buffer
	if err := WriteMatrix(&b, m); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// dataOf returns what the script of a page reads.
func dataOf(t testing.TB, page string) (h heat) {
	t.Helper()
	_, rest, _ := strings.Cut(page, "<script type=\"application/json\" id=data>")
	text, _, _ := strings.Cut(rest, "</script>")
	if err := json.Unmarshal([]byte(text), &h); err != nil {
		t.Fatal(err)
	}
	return h
}

// TestHeatSize: half a million cells, of which any number are outliers, are a page of less
// than 20 MB.
func TestHeatSize(t *testing.T) {
	for _, every := range []int{50, 2, 1} {
		page := heatPage(t, fleetMatrix(1000, 500, every))
		t.Logf("one in %d is an outlier: %d bytes", every, len(page))
		if len(page) >= 20_000_000 {
			t.Errorf("one in %d is an outlier: %d bytes", every, len(page))
		}
	}
}

// TestHeatOfManyForms: words without end are left out and said to be.
func TestHeatOfManyForms(t *testing.T) {
	m := fleetMatrix(1000, 60, 0)
	for i := range m.Roles {
		for a := 1; a < 1000; a++ {
			d := &matrix.Difference{Kind: matrix.Differs, Severity: severity.High, Verdict: verdict.More, What: strings.Repeat("x", 300), Digest: fmt.Sprint(a)}
			m.Roles[i].Forms = append(m.Roles[i].Forms, matrix.Form{Accounts: []int{a}, Difference: d})
		}
		m.Roles[i].Forms[0].Accounts = []int{0}
	}
	page := heatPage(t, matrix.New(m.Meta, m.Accounts, m.Roles, nil, nil))
	if len(page) >= 20_000_000 || !dataOf(t, page).Cut {
		t.Errorf("%d bytes", len(page))
	}
}

// TestHeatData: every outlier is in the data, in its place.
func TestHeatData(t *testing.T) {
	m := matrixtest.Sample("")
	page := heatPage(t, m)
	h := dataOf(t, page)
	seen := map[string]bool{}
	for i, r := range h.Roles {
		for k, f := range r.Forms {
			a := 0
			for n, step := range f.Accounts {
				a += step
				want := &m.Roles[i].Forms[k+1]
				if want.Accounts[n] != a || !strings.HasPrefix(want.Outliers[n].Fingerprint, f.Prints[n*heatDigits:(n+1)*heatDigits]) {
					t.Errorf("%s: account %d is %d", r.Name, want.Accounts[n], a)
				}
				seen[want.Outliers[n].Fingerprint] = true
			}
		}
	}
	if len(seen) != 5 {
		t.Errorf("%d outliers", len(seen))
	}
	for _, bad := range []string{"<b>*x*", "\x1b", "\u202e", "##vso["} {
		if strings.Contains(page, bad) {
			t.Errorf("%q is in the page", bad)
		}
	}
}
