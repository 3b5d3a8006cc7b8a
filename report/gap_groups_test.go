package report_test

import (
	"fmt"
	"strings"
	"testing"

	"iamctl/report"
	"iamctl/result"
)

// TestGapGroups: a denied call is one line, however many roles it concerns. What
// failed otherwise may have a cause of its own each time.
func TestGapGroups(t *testing.T) {
	gap := func(account, name, part, reason string) result.Gap {
		return result.Gap{Account: account, Kind: "read", Entity: "role", Name: name, PolicyType: part, Blind: true, Reason: reason}
	}
	denied := func(role string) string {
		return "iam:ListRolePolicies: AccessDenied: User: arn:x is not authorized to perform: iam:ListRolePolicies on resource: role " + role
	}
	gaps := []result.Gap{gap("dev", "", "", "the account: odd")}
	for i := range 500 {
		name := fmt.Sprintf("r%d", i)
		gaps = append(gaps, gap("dev", name, "inline", denied(name)), gap("dev", name, "tag", "iam:ListRoleTags: AccessDenied: no"))
	}
	gaps = append(gaps,
		gap("qa", "r", "inline", denied("r")),
		gap("dev", "a", "inline", "iam:ListRolePolicies: ServiceFailure: a"), gap("dev", "b", "inline", "iam:ListRolePolicies: ServiceFailure: b"),
		gap("dev", "c", "trust", "the document cannot be parsed: AccessDenied: x"), gap("dev", "d", "trust", "the document cannot be parsed: AccessDenied: x"),
	)
	var got []string
	for _, g := range report.GapGroups(gaps) {
		got = append(got, g.Text(report.Clip))
	}
	if len(got) != 8 {
		t.Fatalf("%d lines:\n%s", len(got), strings.Join(got, "\n"))
	}
	for i, want := range map[int]string{
		1: "dev: role r0 inline (not compared): iam:ListRolePolicies: AccessDenied: User",
		2: "dev: role r0 tag (not compared): iam:ListRoleTags: AccessDenied: no (and the same for 499 more)",
		3: "qa: role r inline",
	} {
		if !strings.HasPrefix(got[i], want) {
			t.Errorf("line %d: %s, want %s", i, got[i], want)
		}
	}
	if !strings.HasSuffix(got[1], "(and the same for 499 more)") || strings.Contains(got[3], "more)") {
		t.Errorf("the counts: %q, %q", got[1], got[3])
	}
}
