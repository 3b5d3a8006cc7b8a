package html

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"iamctl/internal/driftkind"
	"iamctl/internal/raced"
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
			d.Policies = saidAlone(r, k)
			if k == 2 {
				d = &matrix.Difference{Kind: matrix.Missing, Severity: severity.Low, Verdict: verdict.Less, What: "the role is missing", Kinds: []string{driftkind.Role}}
			}
			role.Forms = append(role.Forms, matrix.Form{Accounts: of, Absent: k == 2, Difference: d})
		}
		all = append(all, role)
	}
	return matrix.New(result.Meta{Iamctl: "dev"}, list, all, nil, nil)
}

// saidAlone returns what the reference and a form of a role alone say.
func saidAlone(role, form int) []matrix.Policy {
	text := func(actions string) string {
		return fmt.Sprintf(`{"Effect":"Allow","Action":[%s],"Resource":["arn:aws:s3:::app-%d-<ENVIRONMENT>-<000000000000>","arn:aws:s3:::app-%d-<ENVIRONMENT>-<000000000000>/*"],"Condition":{"Bool":{"aws:securetransport":"true"}}}`, actions, role, role)
	}
	return []matrix.Policy{{Type: "inline", Name: "deploy", A: []string{text(`"s3:GetObject"`)}, B: []string{text(fmt.Sprintf(`"s3:GetObject","s3:PutObject%d"`, form))}}}
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
	raced.Skip(t, "pages of 500,000 cells")
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
	raced.Skip(t, "a page of 60,000 forms")
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
	if got := saidLines(h, &h.Roles[0].Forms[0]); !strings.Contains(got, "inline policy deploy") || !strings.Contains(got, "2\"Resource\": [\"*\"]") || !strings.Contains(got, "1\"Resource\": [\"arn:aws:iam::<000000000000>:role/app\"]") {
		t.Errorf("what one side alone says: %s", got)
	}
	for _, bad := range []string{"<b>*x*", "\x1b", "\u202e", "##vso["} {
		if strings.Contains(page, bad) {
			t.Errorf("%q is in the page", bad)
		}
	}
}

// saidLines are the names of the policies of a form, and the lines with who has them.
func saidLines(h heat, f *heatForm) string {
	var b strings.Builder
	for _, p := range f.Policies {
		fmt.Fprintln(&b, p.Name)
		for _, l := range p.Lines {
			fmt.Fprintf(&b, "%d%s\n", l%3, strings.TrimSpace(h.Texts[l/3]))
		}
	}
	return b.String()
}

// TestHeatStatements: what one side alone says is there line by line, each distinct line once.
func TestHeatStatements(t *testing.T) {
	m := fleetMatrix(40, 6, 5)
	h := dataOf(t, heatPage(t, m))
	seen := map[string]bool{}
	for _, s := range h.Texts {
		if seen[s] {
			t.Errorf("%q is there twice", s)
		}
		seen[s] = true
	}
	want := "inline policy deploy\n0{\n0\"Action\": [\n0\"s3:GetObject\"\n2\"s3:PutObject0\"\n0],\n0\"Condition\": {\"Bool\": {\"aws:securetransport\": [\"true\"]}},\n0\"Effect\": \"Allow\",\n0\"Resource\": [\n0\"arn:aws:s3:::app-0-<ENVIRONMENT>-<000000000000>\",\n0\"arn:aws:s3:::app-0-<ENVIRONMENT>-<000000000000>/*\"\n0]\n0}\n"
	found := false
	for i := range h.Roles[0].Forms {
		found = found || saidLines(h, &h.Roles[0].Forms[i]) == want
	}
	if !found {
		t.Errorf("no form says\n%s, the first\n%s", want, saidLines(h, &h.Roles[0].Forms[0]))
	}
}

// TestHeatOfAttributes: a form says which attributes differ, and how.
func TestHeatOfAttributes(t *testing.T) {
	hour, day := "3600", "43200"
	got := attributeLines([]matrix.Attribute{{Kind: driftkind.MaxSessionDuration, A: &hour, B: &day}, {Kind: driftkind.Tag, Key: "team", B: &hour}, {Kind: driftkind.Policy, Key: "inline x", A: new(string)}})
	want := []string{"session duration: 3600 in the others, 43200 in this account", "tag team: none in the others, 3600 in this account", "policy attached inline x: there in the others, none in this account"}
	if !slices.Equal(got, want) {
		t.Errorf("%q", got)
	}
}

// TestHeatKeepsTheWorst: where there is no room for all words, the worst roles have theirs.
func TestHeatKeepsTheWorst(t *testing.T) {
	raced.Skip(t, "a page of 4,000 roles")
	m := fleetMatrix(2, 4000, 0)
	for i := range m.Roles {
		d := &matrix.Difference{Kind: matrix.Differs, Severity: severity.Low, Verdict: verdict.More, What: strings.Repeat("x", 300), Digest: "x"}
		for n := range 10 {
			d.Policies = append(d.Policies, matrix.Policy{Type: "inline", Name: "p", B: []string{fmt.Sprintf(`{"Sid":"%s %d %d"}`, strings.Repeat("y", 300), i, n)}})
		}
		if i == len(m.Roles)-1 {
			d.Severity = severity.Critical
		}
		m.Roles[i].Forms = []matrix.Form{{Accounts: []int{0}}, {Accounts: []int{1}, Difference: d}}
	}
	page := heatPage(t, matrix.New(m.Meta, m.Accounts, m.Roles, nil, nil))
	h := dataOf(t, page)
	if len(page) >= 20_000_000 || !h.Cut || h.Roles[len(h.Roles)-1].Forms[0].Policies == nil || h.Roles[len(h.Roles)-2].Forms[0].Lines != nil {
		t.Errorf("%d bytes, cut %v", len(page), h.Cut)
	}
}
