package html

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
	"github.com/google/go-cmp/cmp"

	"iamctl/result"
)

// shownRows are the names in the rows of the table that are shown, in order.
const shownRows = `[...document.querySelectorAll("#table tbody:not([hidden]) tr a")].map(a => a.textContent)`

// shownSections are the names of the roles whose details are shown.
const shownSections = `[...document.querySelectorAll("#details > section:not([hidden]) h3")].map(h => h.firstChild.textContent.trim())`

// choose sets the filter, as a user does.
func (o *tab) choose(text, kind, status string) {
	o.t.Helper()
	tabEval[bool](o, fmt.Sprintf(`(() => {
		const set = (id, value, event) => { const e = document.getElementById(id); e.value = value; e.dispatchEvent(new Event(event, {bubbles: true})) };
		set("q", %q, "input"); set("status", %q, "change");
		const k = document.getElementById("kind"), option = [...k.options].find(o => o.text.startsWith(%q));
		set("kind", %q ? option.value : "", "change");
		return new Promise(done => setTimeout(() => done(true), 200)) })()`, text, status, kind, kind))
}

func TestPageInBrowser(t *testing.T) {
	b := startBrowser(t)
	t.Run("filter", func(t *testing.T) { testFilter(t, openPage(t, b, sampleResult())) })
	t.Run("sort", func(t *testing.T) { testSort(t, openPage(t, b, sampleResult())) })
	t.Run("keyboard", func(t *testing.T) { testKeyboard(t, openPage(t, b, sampleResult())) })
	t.Run("many rows", func(t *testing.T) { testManyRows(t, openPage(t, b, largeResult(350))) })
	t.Run("changed by AWS", func(t *testing.T) { testChangedByAWS(t, openPage(t, b, changedByAWS())) })
	t.Run("hostile", func(t *testing.T) { testHostile(t, b) })
	t.Run("the test sees an attack", func(t *testing.T) { testSeesAttacks(t, b) })
	t.Run("without script", func(t *testing.T) { testWithoutScript(t, b) })
	t.Run("contrast and width", func(t *testing.T) { testContrast(t, b) })
	t.Run("screen reader", testScreenReader)
	t.Run("print", func(t *testing.T) { testPrint(t, openPage(t, b, sampleResult())) })
	t.Run("meaning", func(t *testing.T) { testMeaning(t, openPage(t, b, meantResult())) })
	t.Run("search of everything", func(t *testing.T) { testSearch(t, b) })
	t.Run("a copied link", func(t *testing.T) { testLink(t, b) })
	t.Run("copy", func(t *testing.T) { testCopy(t, openPage(t, b, meantResult())) })
	t.Run("pictures", func(t *testing.T) { testPictures(t, b) })
}

func testFilter(t *testing.T, o *tab) {
	for _, row := range []struct {
		reason             string
		text, kind, status string
		want               []string
		count              string
	}{
		{"text in a name, and in a condition", "orders", "", "", []string{"ci-deployer", "orders-worker-accountname"}, "2 of 11 roles"},
		{"text in the name before rewriting, any letter case", "REPORTS-qa", "", "", []string{"reports-accountname"}, "1 of 11 roles"},
		{"two words: both must be there", "secretsmanager billing", "", "", []string{"billing-export-accountname"}, "1 of 11 roles"},
		{"nothing fits", "no such role", "", "", []string{}, "0 of 11 roles"},
		{"kind", "", "trust", "", []string{"ci-deployer"}, "1 of 11 roles"},
		{"kind of a role in one account", "", "role in one account", "", []string{"AWSServiceRoleForECS", "data-export-accountname", "temp-admin"}, "3 of 11 roles"},
		{"new", "", "", "n", []string{"analytics-accountname", "billing-export-accountname", "break-glass", "ci-deployer", "data-export-accountname", "orders-worker-accountname", "reports-accountname", "temp-admin"}, "8 of 11 roles"},
		{"known", "", "", "k", []string{"AWSReservedSSO_Operators_0123456789abcdef", "break-glass", "ci-deployer", "orders-worker-accountname"}, "4 of 11 roles"},
		{"waived", "", "", "w", []string{"AWSServiceRoleForECS", "orders-worker-accountname"}, "2 of 11 roles"},
		{"waiver expired", "", "", "x", []string{"break-glass"}, "1 of 11 roles"},
		{"only in dev", "", "", "a", []string{"data-export-accountname"}, "1 of 11 roles"},
		{"only in qa", "", "", "b", []string{"AWSServiceRoleForECS", "temp-admin"}, "2 of 11 roles"},
		{"gaps", "", "", "g", []string{"legacy-batch"}, "1 of 11 roles"},
		{"all three", "o", "inline policy", "w", []string{"orders-worker-accountname"}, "1 of 11 roles"},
	} {
		o.choose(row.text, row.kind, row.status)
		if d := cmp.Diff(row.want, tabEval[[]string](o, shownRows)); d != "" {
			t.Errorf("%s: rows (-want +got):\n%s", row.reason, d)
		}
		if d := cmp.Diff(row.want, tabEval[[]string](o, shownSections)); d != "" {
			t.Errorf("%s: details (-want +got):\n%s", row.reason, d)
		}
		if got := tabEval[string](o, `document.getElementById("count").value`); got != row.count {
			t.Errorf("%s: the count says %q, want %q", row.reason, got, row.count)
		}
	}
	// A link to a role that is filtered out shows it.
	o.choose("", "", "x")
	tabEval[bool](o, `(location.hash = document.querySelector("#waivers a[href^='#r']").hash.replace(/.*/, () => [...document.querySelectorAll("#details > section")].find(s => s.hidden).id), true)`)
	tabEval[bool](o, `new Promise(done => setTimeout(() => done(true), 100))`)
	if got := tabEval[[]string](o, shownSections); len(got) != 2 {
		t.Errorf("after a link to a role that is filtered out %q are shown", got)
	}
	tabEval[bool](o, `(document.querySelector("form button").click(), new Promise(done => setTimeout(() => done(true), 100)))`)
	if got := tabEval[[]string](o, shownRows); len(got) != 11 {
		t.Errorf("after Show all %d rows are shown", len(got))
	}
	o.quiet()
}

func testSort(t *testing.T, o *tab) {
	click := func(column int) string {
		return tabEval[string](o, fmt.Sprintf(`(() => { const th = document.querySelectorAll("#table thead th")[%d];
			th.querySelector("button").click(); return th.getAttribute("aria-sort") })()`, column))
	}
	cells := func(column int) []string {
		return tabEval[[]string](o, fmt.Sprintf(`[...document.querySelectorAll("#table tbody tr")].map(tr => tr.cells[%d].textContent.trim())`, column))
	}
	byName := tabEval[[]string](o, shownRows)
	for _, row := range []struct {
		reason string
		column int
		sort   string
		want   []string
	}{
		{"numbers, the largest first", 3, "descending", []string{"3", "1", "1", "1", "1", "1", "1", "1", "", "", ""}},
		{"again: the smallest first", 3, "ascending", []string{"", "", "", "1", "1", "1", "1", "1", "1", "1", "3"}},
		{"dates, the oldest first, none last", 7, "ascending", []string{"2026-08-21 or before", "2026-08-21 or before", "2026-10-02", "2026-10-02", "2026-10-02", "2026-10-02", "2026-10-02", "2026-10-02", "", "", ""}},
		{"dates, the newest first, none last all the same", 7, "descending", []string{"2026-10-02", "2026-10-02", "2026-10-02", "2026-10-02", "2026-10-02", "2026-10-02", "2026-08-21 or before", "2026-08-21 or before", "", "", ""}},
		{"text", 1, "ascending", []string{"both", "both", "both", "both", "both", "both", "both", "both", "dev", "qa", "qa"}},
	} {
		if got := click(row.column); got != row.sort {
			t.Errorf("%s: sorted %q, want %q", row.reason, got, row.sort)
		}
		if d := cmp.Diff(row.want, cells(row.column)); d != "" {
			t.Errorf("%s (-want +got):\n%s", row.reason, d)
		}
		if n := tabEval[int](o, `document.querySelectorAll("[aria-sort]").length`); n != 1 {
			t.Errorf("%s: %d columns say that they are sorted", row.reason, n)
		}
	}
	click(0)
	if d := cmp.Diff(byName, tabEval[[]string](o, shownRows)); d != "" {
		t.Errorf("by name again (-want +got):\n%s", d)
	}
	// Sorting keeps the filter.
	o.choose("", "", "n")
	click(0)
	if got := tabEval[[]string](o, shownRows); len(got) != 8 || got[0] != "temp-admin" {
		t.Errorf("filtered and sorted: %q", got)
	}
	o.quiet()
}

func testKeyboard(t *testing.T, o *tab) {
	focused := func() string {
		return tabEval[string](o, `(() => { const e = document.activeElement; return e.id || e.textContent.trim() })()`)
	}
	// The first key leads to the link that skips the head, and it is seen.
	o.run(chromedp.KeyEvent(kb.Tab))
	if got := focused(); got != "Skip to the report" {
		t.Errorf("the first key leads to %q", got)
	}
	if left := tabEval[float64](o, `document.activeElement.getBoundingClientRect().left`); left < 0 {
		t.Error("the link that skips the head is not seen")
	}
	o.run(chromedp.KeyEvent(kb.Enter))
	if got := focused(); got != "main" {
		t.Errorf("the link that skips the head leads to %q", got)
	}
	// All that can be used is reached by the Tab key, and shows that it is.
	var reached []string
	for range 60 {
		o.run(chromedp.KeyEvent(kb.Tab))
		reached = append(reached, focused())
		if outline := tabEval[string](o, `getComputedStyle(document.activeElement).outlineStyle`); outline == "none" {
			t.Errorf("%q does not show that it is chosen", focused())
		}
		if focused() == "analytics-accountname" {
			break
		}
	}
	for _, want := range []string{"q", "kind", "status", "Show all", "Role", "Only qa", "Services", "analytics-accountname"} {
		if !slices.Contains(reached, want) {
			t.Errorf("the Tab key does not lead to %q: %q", want, reached)
		}
	}
	// A heading sorts by Enter, the filter works by typing.
	tabEval[bool](o, `(document.querySelectorAll("#table thead button")[3].focus(), true)`)
	o.run(chromedp.KeyEvent(kb.Enter))
	if got := tabEval[[]string](o, shownRows)[0]; got != "orders-worker-accountname" {
		t.Errorf("after Enter on a heading the first row is %q", got)
	}
	tabEval[bool](o, `(document.getElementById("q").focus(), true)`)
	o.run(chromedp.KeyEvent("batch"))
	tabEval[bool](o, `new Promise(done => setTimeout(() => done(true), 250))`)
	if got := tabEval[[]string](o, shownRows); !slices.Equal(got, []string{"legacy-batch"}) {
		t.Errorf("after typing %q are shown", got)
	}
	o.quiet()
}

// changedByAWS is sampleResult with two policies that AWS changed.
func changedByAWS() *result.Result {
	m := madeSample()
	m.AWSChanges = []result.AWSChange{
		m.awsChange("ReadOnlyAccess", []string{"s3:GetObject"}, []string{"s3:GetObject", "sqs:ListQueues", "xray:GetGroup"}, "audit", "ci-deployer"),
		m.awsChange("PowerUserAccess", nil, []string{"s3:PutObject"}, "audit"),
	}
	return m.Result
}

// awsChange is a policy that AWS changed, with the actions that each account alone has.
func (m *maker) awsChange(name string, a, b []string, roles ...string) result.AWSChange {
	items := func(actions []string) result.Items {
		var list []result.Item
		for _, action := range actions {
			list = append(list, madeItem("managed", name, "Allow", action, "*"))
		}
		return result.NewItems(list)
	}
	c := result.AWSChange{
		PolicyName: name, ARN: "arn:aws:iam::aws:policy/" + name, Versions: result.Sides[string]{A: "v101", B: "v102"},
		Actions: len(b), Fingerprint: madeFingerprint(name), OnlyA: items(a), OnlyB: items(b),
	}
	for _, r := range roles {
		c.Roles = append(c.Roles, result.AWSHolder{RoleName: r, PolicyType: "managed"})
	}
	return c
}

// testChangedByAWS: the contents lead to the policies that AWS changed, and what changed
// in each is folded, to be opened by a click.
func testChangedByAWS(t *testing.T, o *tab) {
	if got := tabEval[string](o, `(() => { const a = document.querySelector("a[href='#aws']"); a.click(); return a.textContent + " " + document.querySelector(location.hash).id })()`); got != "Changed by AWS 2 aws" {
		t.Errorf("the contents say %q", got)
	}
	headings := tabEval[[]string](o, `[...document.querySelectorAll("#aws section h3")].map(h => h.textContent.replace(/\s+/g, " "))`)
	if d := cmp.Diff([]string{"ReadOnlyAccess: v101 → to v102", "PowerUserAccess: v101 → to v102"}, headings); d != "" {
		t.Errorf("headings (-want +got):\n%s", d)
	}
	if got := tabEval[string](o, `document.querySelector("#aws section p").textContent`); !strings.Contains(got, "AWS changed ReadOnlyAccess v101 -> v102 (3 actions), 2 roles have it") {
		t.Errorf("it says %q", got)
	}
	shown := `[...document.querySelectorAll("#aws section:first-of-type li")].filter(e => e.checkVisibility()).map(e => e.textContent)`
	if got := tabEval[[]string](o, shown); len(got) != 0 {
		t.Errorf("before a click %q are shown", got)
	}
	for _, row := range []struct {
		summary string
		want    []string
	}{
		{"1 item only in dev", []string{"s3:GetObject"}},
		{"3 items only in qa", []string{"s3:GetObject", "sqs:ListQueues", "xray:GetGroup"}},
		{"2 roles have it", []string{"audit", "ci-deployer"}},
	} {
		click := fmt.Sprintf(`(() => { const s = [...document.querySelectorAll("#aws section:first-of-type summary")].find(s => s.textContent == %q); s.click(); return !!s })()`, row.summary)
		tabEval[bool](o, click)
		if d := cmp.Diff(row.want, tabEval[[]string](o, shown)); d != "" {
			t.Errorf("after a click on %s (-want +got):\n%s", row.summary, d)
		}
		tabEval[bool](o, click)
	}
	o.quiet()
}

// testManyRows: more rows than a part of the table has.
func testManyRows(t *testing.T, o *tab) {
	if got := tabEval[[]string](o, shownRows); len(got) != 350 || got[349] != "app-0349-accountname" {
		t.Errorf("%d rows", len(got))
	}
	o.choose("app-030", "", "")
	if got := tabEval[[]string](o, shownRows); len(got) != 10 || got[0] != "app-0300-accountname" {
		t.Errorf("%q", got)
	}
	if n := tabEval[int](o, `document.querySelectorAll("#table tbody:not([hidden])").length`); n != 1 {
		t.Errorf("10 rows are in %d parts of the table", n)
	}
	if height := tabEval[float64](o, `document.getElementById("table").offsetHeight`); height > 1000 {
		t.Errorf("10 rows are %g pixels high", height)
	}
	tabEval[bool](o, `(document.querySelectorAll("#table thead button")[0].click(), true)`)
	if got := tabEval[[]string](o, shownRows); len(got) != 10 || got[0] != "app-0309-accountname" {
		t.Errorf("%q", got)
	}
	o.choose("", "", "")
	if got := tabEval[[]string](o, shownRows); len(got) != 350 || got[0] != "app-0349-accountname" {
		t.Errorf("%d rows, the first is %q", len(got), got[0])
	}
	o.quiet()
}
