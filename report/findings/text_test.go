package findings_test

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"iamctl/internal/visible/visibletest"
	"iamctl/report/findings"
	"iamctl/result"
	"iamctl/result/audited"
	"iamctl/result/found"
	"iamctl/result/resulttest"
	"iamctl/verdict/severity"
)

// golden holds a text against a file in testdata.
func golden(t *testing.T, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *resulttest.Update {
		if err := os.MkdirAll("testdata", 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(string(want), got); d != "" {
		t.Errorf("%s (-want +got), -update writes it anew:\n%s", name, d)
	}
}

func textOf(t *testing.T, a *audited.Audit, width int) string {
	t.Helper()
	var b bytes.Buffer
	if err := findings.Text(&b, a, findings.TextOptions{Width: width}); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestText(t *testing.T) {
	for name, width := range map[string]int{"whole.txt": 0, "whole_80.txt": 80, "whole_120.txt": 120} {
		golden(t, name, textOf(t, whole(), width))
	}
	golden(t, "clean.txt", textOf(t, clean(), 80))
	golden(t, "marked_80.txt", textOf(t, marked(), 80))
}

// TestTextFits: no line is wider than the terminal but for a word that is, and commands,
// which are to be copied.
func TestTextFits(t *testing.T) {
	for _, width := range []int{80, 120} {
		for line := range strings.Lines(textOf(t, whole(), width) + textOf(t, marked(), width)) {
			line = strings.TrimSuffix(line, "\n")
			visibletest.Check(t, line)
			words := strings.Fields(line)
			if len(words) < 2 || utf8.RuneCountInString(line) <= width || strings.Contains(line, " aws ") {
				continue
			}
			t.Errorf("at %d columns %d are taken: %s", width, utf8.RuneCountInString(line), line)
		}
	}
}

// Many findings begin with an overview, and of one rule a few are shown, unless all are
// asked for.
func TestManyOfOneRule(t *testing.T) {
	a := &audited.Audit{
		Rules:    []found.Rule{{ID: "INLINE-POLICY", Title: "inline policies"}},
		Accounts: []audited.Account{{Account: result.Account{Tag: "dev"}}},
		Counts:   map[string]int{"low": 30},
	}
	for i := range 30 {
		a.Findings = append(a.Findings, audited.Finding{Finding: found.Finding{Rule: "INLINE-POLICY", Severity: severity.Low, Tag: "dev", Entity: fmt.Sprintf("role-%02d", i), EntityType: "role", Message: "m"}})
	}
	write := func(full bool) string {
		var b strings.Builder
		if err := findings.Text(&b, a, findings.TextOptions{Full: full}); err != nil {
			t.Fatal(err)
		}
		return b.String()
	}
	cut, whole := write(false), write(true)
	if !strings.Contains(cut, "\nlow           30  INLINE-POLICY: inline policies\n") || !strings.Contains(cut, "and 20 more of INLINE-POLICY") || strings.Count(cut, "role role-") != 10 {
		t.Errorf("cut:\n%s", cut)
	}
	if strings.Contains(whole, "more of") || strings.Count(whole, "role role-") != 30 {
		t.Errorf("whole:\n%s", whole)
	}
	var b strings.Builder
	if err := findings.Markdown(&b, a); err != nil || !strings.Contains(b.String(), "| low | 30 | `INLINE-POLICY` | `inline policies` |") || !strings.Contains(b.String(), "And 20 more of `INLINE-POLICY`.") {
		t.Errorf("%v, Markdown:\n%s", err, b.String())
	}
}

// Of many accounts the first are named, and the first findings of a rule are shown whatever
// their accounts: a report of a fleet is no wall.
func TestManyAccounts(t *testing.T) {
	const accounts = 3000
	a := &audited.Audit{Rules: []found.Rule{{ID: "INLINE-POLICY", Title: "inline policies"}, {ID: "UNUSED-ROLE", Title: "unused"}}, Counts: map[string]int{"low": 2 * accounts}}
	for i := range accounts {
		tag, id := fmt.Sprintf("team-%04d", i), fmt.Sprintf("%012d", i)
		a.Accounts = append(a.Accounts, audited.Account{Account: result.Account{Tag: tag, ID: id}})
		for _, r := range a.Rules {
			a.Findings = append(a.Findings, audited.Finding{Finding: found.Finding{Rule: r.ID, Severity: severity.Low, Account: id, Tag: tag, Entity: "app", EntityType: "role", Message: "m"}})
		}
	}
	write := func(full bool) string {
		var b strings.Builder
		if err := findings.Text(&b, a, findings.TextOptions{Full: full}); err != nil {
			t.Fatal(err)
		}
		return b.String()
	}
	cut, whole := write(false), write(true)
	if strings.Count(cut, "role app") != 20 || strings.Count(cut, "and 2990 more of") != 2 || !strings.Contains(cut, "team-0019 000000000019  and 2980 more\n") || strings.Contains(cut, "team-0020") {
		t.Errorf("cut:\n%s", cut)
	}
	if strings.Count(whole, "role app") != 2*accounts || strings.Contains(whole, " more") || strings.Count(whole, "team-2999") != 3 {
		t.Errorf("whole: %d findings", strings.Count(whole, "role app"))
	}
	var b strings.Builder
	if err := findings.Markdown(&b, a); err != nil || b.Len() > 65_536 || !strings.Contains(b.String(), "- and 2980 more\n") || strings.Count(b.String(), "And 2990 more of") != 2 || strings.Contains(b.String(), "left out here") {
		t.Errorf("%v, Markdown of %d bytes:\n%.3000s", err, b.Len(), b.String())
	}
}
