package html

import (
	"context"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/google/go-cmp/cmp"

	"iamctl/result"
	"iamctl/result/found"
	"iamctl/result/resulttest"
	"iamctl/verdict/severity"
)

// put sets a part of the filter, as a user does, and lets the page answer.
func (o *tab) put(id, value string) {
	o.t.Helper()
	tabEval[bool](o, fmt.Sprintf(`(() => { const e = document.getElementById(%q); e.value = %q;
		e.dispatchEvent(new Event(e.id === "q" ? "input" : "change", {bubbles: true})); return true })()`, id, value))
	tabEval[bool](o, wait)
}

// everywhere is a run with drift of every severity, roles in sync, a policy that AWS changed,
// waivers, gaps and fixed drift.
func everywhere() *result.Result {
	changes := resulttest.Meant()
	r := resulttest.Result(changes, &result.Marks{
		Since: "git:main", Fixed: []result.Fixed{{Fingerprint: strings.Repeat("0", 32), RoleName: "gone-role", Text: "+ tag team", Side: "b"}},
		Waivers: []result.Waiver{{Role: "nobody-*", Owner: "zoe", Reason: "moves", State: result.WaiverUnmatched}},
	})
	aws := resulttest.Result(resulttest.ChangedByAWS(), nil)
	r.AWSChanges = aws.AWSChanges
	r.AWSChanges[0].Meaning.Severity = "medium"
	quiet := result.Pair{RoleName: "quiet-role", A: r.CommonRoles[0].A, B: r.CommonRoles[0].B, Reason: "by name"}
	r.CommonRoles = append(r.CommonRoles, quiet)
	r.SetAudit(result.NewAudit([]found.Rule{{ID: "IAM-057", Severity: severity.Medium, Title: "t", Source: "s"}}, [2][]found.Finding{1: {
		{Rule: "IAM-057", Severity: severity.Medium, Account: "222222222222", Entity: "found-role", EntityType: "role", Message: "lets in a stranger", Fingerprint: strings.Repeat("f", 32)},
	}}, 0), nil)
	return r
}

// testSearch: the search finds all that the page says, in whatever list it is.
func testSearch(t *testing.T, b context.Context) {
	o := openPage(t, b, everywhere())
	fingerprint := tabEval[string](o, `document.querySelector("#details i").textContent`)
	also := func() string {
		return tabEval[string](o, `(() => { const e = [...document.querySelectorAll("#roles > p[role=status]")][0]; return e.hidden ? "" : e.textContent })()`)
	}
	seen := func(selector string) int {
		return tabEval[int](o, fmt.Sprintf(`[...document.querySelectorAll(%q)].filter(e => !e.hidden).length`, selector))
	}
	all := tabEval[[]string](o, shownRows)
	for _, row := range []struct {
		reason, id, value string
		rows              []string
		also              string
		aws, inSync       int
	}{
		{"a role in sync", "q", "quiet-role", []string{}, "Also: 1 role in sync", 0, 1},
		{"a role that has a policy that AWS changed", "q", "second", []string{}, "Also: 1 policy that AWS changed", 1, 0},
		{"an action that AWS added", "q", "s3:PutNew", []string{}, "Also: 1 policy that AWS changed", 1, 0},
		{"an account's witness and a policy", "q", "iam:CreateUser 222222222222 developer-boundary", []string{"ci-deployer"}, "", 0, 0},
		{"words at the top of the page", "q", "alone:", []string{"ci-deployer", "zz-admin", "orders-worker", "partner-reports"}, "", 0, 0},
		{"a fingerprint", "q", fingerprint, []string{"ci-deployer"}, "", 0, 0},
		{"the start of one, in capitals", "q", strings.ToUpper(fingerprint[:10]), []string{"ci-deployer"}, "", 0, 0},
		{"a waiver", "q", "zoe", []string{}, "Also: 1 waiver", 0, 0},
		{"drift that is no more", "q", "gone-role", []string{}, "Also: 1 fixed difference", 0, 0},
		{"a finding of the audit", "q", "found-role stranger", []string{}, "Also: 1 finding of the audit", 0, 0},
		{"a gap", "q", "StringFooled not an operator", []string{"variable"}, "Also: 1 gap", 0, 0},
		{"nothing", "q", "", all, "", 1, 1},
		{"a severity that only AWS's policy and one role have", "severity", "medium", []string{"app1"}, "Also: 1 policy that AWS changed", 1, 1},
		{"a severity that it does not have", "severity", "critical", []string{"ci-deployer", "zz-admin"}, "", 0, 1},
		{"no severity", "severity", "", all, "", 1, 1},
		{"a kind that no role has", "kind", "1", []string{}, "Also: 1 policy that AWS changed", 1, 1},
		{"no kind", "kind", "", all, "", 1, 1},
	} {
		o.put(row.id, row.value)
		if d := cmp.Diff(row.rows, tabEval[[]string](o, shownRows)); d != "" {
			t.Errorf("%s: rows (-want +got):\n%s", row.reason, d)
		}
		if got := also(); got != row.also {
			t.Errorf("%s: it says %q besides, want %q", row.reason, got, row.also)
		}
		if aws, inSync := seen("#aws > section"), seen(".sync li"); aws != row.aws || inSync != row.inSync {
			t.Errorf("%s: %d policies of AWS's and %d roles in sync are shown, want %d and %d", row.reason, aws, inSync, row.aws, row.inSync)
		}
	}
	// A click on what is found elsewhere leads there and keeps the search.
	o.put("q", "quiet-role")
	tabEval[bool](o, `(document.querySelector("#roles > p[role=status] a").click(), true)`)
	tabEval[bool](o, wait)
	if got := tabEval[string](o, `location.hash + " " + document.querySelector(".sync").open`); got != "#q=quiet-role&at=sync true" {
		t.Errorf("after a click on what is found elsewhere: %s", got)
	}
	o.quiet()
}

// testLink: a copied address shows in another tab what it showed in the first, and a
// click on a heading ranks severities and verdicts, not their letters.
func testLink(t *testing.T, b context.Context) {
	o := openPage(t, b, everywhere())
	click := func(column int) []string {
		return tabEval[[]string](o, fmt.Sprintf(`(document.querySelectorAll("#table thead button")[%d].click(), [...document.querySelectorAll("#table tbody tr")].map(tr => tr.cells[%d].textContent.trim()))`, column, column))
	}
	levels := slices.Compact(click(1))
	if d := cmp.Diff([]string{"none", "low", "medium", "high", "critical"}, levels); d != "" {
		t.Errorf("severity, the harmless first (-want +got):\n%s", d)
	}
	verdicts := slices.Compact(click(2))
	order := []string{"MORE", "DIFFERENT", "UNKNOWN", "LESS", "no change"}
	for i, v := range verdicts {
		for len(order) > 0 && !strings.Contains(v, order[0]) {
			order = order[1:]
		}
		if len(order) == 0 {
			t.Fatalf("verdicts, the worst first: %q at %d", verdicts, i)
		}
	}
	o.put("severity", "high")
	o.put("q", "arn:aws")
	tabEval[bool](o, `(document.querySelector("#table tbody a").click(), true)`)
	tabEval[bool](o, wait)
	rows, address := tabEval[[]string](o, shownRows), tabEval[string](o, `location.href`)
	if len(rows) < 2 {
		t.Fatalf("rows %q at %s", rows, address)
	}
	parsed, err := url.Parse(address)
	if err != nil {
		t.Fatal(err)
	}
	other := openFile(t, b, parsed.Path)
	other.run(chromedp.Navigate("about:blank"), chromedp.Navigate(address))
	tabEval[bool](other, wait)
	if d := cmp.Diff(rows, tabEval[[]string](other, shownRows)); d != "" {
		t.Errorf("in another tab (-first +other):\n%s", d)
	}
	same := `document.getElementById("q").value + document.getElementById("severity").value + document.querySelector("[aria-sort]").textContent + document.querySelector(".at h3").textContent`
	if a, b := tabEval[string](o, same), tabEval[string](other, same); a != b {
		t.Errorf("the first tab has %q, the other %q", a, b)
	}
	o.quiet()
}
