package matrix_test

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	told "iamctl/report/matrix"
	"iamctl/result"
	"iamctl/result/matrix"
	"iamctl/verdict"
	"iamctl/verdict/question"
	"iamctl/verdict/severity"
)

// several returns a comparison of ten accounts with roles of one, two and three forms, and
// with more roles than are written in full.
func several() *matrix.Matrix {
	accounts := make([]matrix.Account, 10)
	for i := range accounts {
		accounts[i] = matrix.Account{ID: fmt.Sprint(i), Tag: fmt.Sprintf("account-%d", i), Roles: 1}
	}
	role := func(name string, whats ...string) matrix.Role {
		r := matrix.Role{Name: name, Forms: make([]matrix.Form, 1)}
		for i := range accounts[len(whats):] {
			r.Forms[0].Accounts = append(r.Forms[0].Accounts, len(whats)+i)
		}
		for i, what := range whats {
			d := &matrix.Difference{Kind: matrix.Differs, Severity: severity.High, Verdict: verdict.More, What: what, Digest: fmt.Sprint(i)}
			d.Identity = &result.Scope{Verdict: verdict.More, Severity: severity.High, Witnesses: []question.Witness{{AllowedBy: 2, Action: "s3:GetObject", Resource: fmt.Sprint(i)}}}
			r.Forms = append(r.Forms, matrix.Form{Accounts: []int{i}, Difference: d})
		}
		return r
	}
	roles := []matrix.Role{role("a-one", strings.Repeat("x", 200)), role("b-two", "short", "words"), role("c-three", strings.Repeat("y", 150), "second", "third")}
	for i := range 4 {
		roles = append(roles, role(fmt.Sprintf("d-%d", i), strings.Repeat("z", 100)))
	}
	return matrix.New(result.Meta{}, accounts, roles, nil, nil)
}

func TestTextOfForms(t *testing.T) {
	var b bytes.Buffer
	if err := told.Text(&b, several(), told.TextOptions{Width: 80, Lines: 40}); err != nil {
		t.Fatal(err)
	}
	for _, row := range []struct{ reason, want string }{
		{"two forms of few words are one paragraph, with a request for each", `
high      b-two: 8 accounts the same; 1 allows more (high: short): account-0; 1
          allows more (high: words): account-1
          e.g. account-0 alone: s3:GetObject on 0
          e.g. account-1 alone: s3:GetObject on 1
`},
		{"several of more have a line each, with the request below", `
high      c-three: 7 accounts the same
          1 allows more (high:
`},
		{"", `
          1 allows more (high: second): account-1
            e.g. account-1 alone: s3:GetObject on 1
          1 allows more (high: third): account-2
            e.g. account-2 alone: s3:GetObject on 2
`},
		{"one form alone is a paragraph", `
high      a-one: 9 accounts the same; 1 allows more (high:
`},
		{"a line that is cut off names the account", `
high      d-2: 1 allows more: account-0 (zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz…
`},
	} {
		if !strings.Contains(b.String(), row.want) {
			t.Errorf("%s: not\n%s\nin\n%s", row.reason, row.want, &b)
		}
	}
	for line := range strings.SplitSeq(b.String(), "\n") {
		if len([]rune(line)) > 80 && strings.Contains(line, " ") && !strings.Contains(line, "xxx") && !strings.Contains(line, "yyy") && !strings.Contains(line, "zzz") {
			t.Errorf("a line of %d columns: %s", len([]rune(line)), line)
		}
	}
}

// TestWholeText: the text without a limit names every form, account and gap, however many,
// and one with a limit counts what it leaves out.
func TestWholeText(t *testing.T) {
	m := manyForms()
	text := func(lines int) string {
		var b bytes.Buffer
		if err := told.Text(&b, m, told.TextOptions{Lines: lines}); err != nil {
			t.Fatal(err)
		}
		return b.String()
	}
	whole, short := text(0), text(40)
	for i := range 150 {
		if name := fmt.Sprintf("lost-%03d: account name-%03d (not compared): denied", i, i); !strings.Contains(whole, name) {
			t.Errorf("the whole text lacks %s", name)
		}
		if name := fmt.Sprintf("account-%03d", i); i >= 20 && i < 140 && !strings.Contains(whole, name) {
			t.Errorf("the whole text does not name %s", name)
		}
	}
	if strings.Contains(whole, "more\n") || strings.Contains(whole, "other form") {
		t.Errorf("the whole text counts what it leaves out:\n%s", whole)
	}
	for _, want := range []string{" and 22 more\n", "4 other forms in 40\n", "... and 50 more: matrix.json has them\n"} {
		if !strings.Contains(short, want) {
			t.Errorf("the short text lacks %q:\n%s", want, short)
		}
	}
}

// manyForms returns a comparison of 140 accounts, of which 120 have a role in ten other forms, and
// 150 that could not be read.
func manyForms() *matrix.Matrix {
	accounts := make([]matrix.Account, 140)
	for i := range accounts {
		accounts[i] = matrix.Account{ID: fmt.Sprint(i), Tag: fmt.Sprintf("account-%03d", i), Roles: 1}
	}
	var gaps []result.Gap
	for i := range 150 {
		gaps = append(gaps, result.Gap{Account: fmt.Sprintf("lost-%03d", i), Kind: "read", Entity: "account", Name: fmt.Sprintf("name-%03d", i), Blind: true, Reason: "denied"})
	}
	role := matrix.Role{Name: "app"}
	for n, next := 0, 0; n < 11; n++ {
		f, size := matrix.Form{}, 10
		switch n {
		case 0:
			size = 20
		case 1:
			size = 30
		}
		if n > 0 {
			f.Difference = &matrix.Difference{Kind: matrix.Differs, Severity: severity.High, Verdict: verdict.More, What: "x", Digest: fmt.Sprint(n)}
		}
		for range size {
			f.Accounts = append(f.Accounts, next)
			next++
		}
		role.Forms = append(role.Forms, f)
	}
	return matrix.New(result.Meta{}, accounts, []matrix.Role{role}, nil, gaps)
}

// TestEndingOfGaps: a run is incomplete for what its gaps are, and says so.
func TestEndingOfGaps(t *testing.T) {
	accounts := []matrix.Account{{Tag: "a"}, {Tag: "b"}}
	for _, kind := range [][2]string{{"read", "read"}, {"parse", "understood"}, {"compare", "compared"}} {
		m := matrix.New(result.Meta{}, accounts, nil, nil, []result.Gap{{Account: "a", Kind: kind[0]}})
		if got, want := told.Ending(m), "incomplete: a part could not be "+kind[1]+"; of 0 roles of 2 accounts 0 differ"; got != want {
			t.Errorf("%s: %q, want %q", kind[0], got, want)
		}
	}
}

// A request is told of the account in whose names it is, which may be any of a form's.
func TestExampleOfItsAccount(t *testing.T) {
	for _, tt := range []struct {
		reason    string
		allowedBy int
		between   *[2]int
		want      string
	}{
		{"of the reference", 1, &[2]int{5, 0}, "account-5 alone: s3:GetObject on 0"},
		{"of the form", 2, &[2]int{5, 0}, "account-0 alone: s3:GetObject on 0"},
		{"a version before did not say so", 1, nil, "account-1 alone: s3:GetObject on 0"},
	} {
		m := several()
		d := m.Roles[0].Forms[1].Difference
		d.Between, d.Identity.Witnesses[0].AllowedBy = tt.between, tt.allowedBy
		var text, markdown bytes.Buffer
		if err := told.Text(&text, m, told.TextOptions{Width: 80, Lines: 40}); err != nil {
			t.Fatal(err)
		}
		if err := told.Markdown(&markdown, m); err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(text.String(), tt.want) || !strings.Contains(strings.ReplaceAll(markdown.String(), "`", ""), tt.want) {
			t.Errorf("%s: want %s\n%s\n%s", tt.reason, tt.want, text.String(), markdown.String())
		}
	}
}
