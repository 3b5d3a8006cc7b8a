package html

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/accessibility"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/page"
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
	t.Run("filter", func(t *testing.T) { testHTMLFilter(t, openPage(t, b, htmlSampleRun())) })
	t.Run("sort", func(t *testing.T) { testHTMLSort(t, openPage(t, b, htmlSampleRun())) })
	t.Run("keyboard", func(t *testing.T) { testHTMLKeyboard(t, openPage(t, b, htmlSampleRun())) })
	t.Run("many rows", func(t *testing.T) { testHTMLManyRows(t, openPage(t, b, htmlLargeRun(350))) })
	t.Run("hostile", func(t *testing.T) { testHTMLHostile(t, b) })
	t.Run("the test sees an attack", func(t *testing.T) { testHTMLTestSees(t, b) })
	t.Run("without script", func(t *testing.T) { testHTMLWithoutScript(t, b) })
	t.Run("contrast and width", func(t *testing.T) { testHTMLContrast(t, b) })
	t.Run("screen reader", testHTMLScreenReader)
	t.Run("print", func(t *testing.T) { testHTMLPrint(t, openPage(t, b, htmlSampleRun())) })
	t.Run("pictures", func(t *testing.T) { testHTMLPictures(t, b) })
}

func testHTMLFilter(t *testing.T, o *tab) {
	for _, row := range []struct {
		reason             string
		text, kind, status string
		want               []string
		count              string
	}{
		{"text in a name", "orders", "", "", []string{"orders-worker-accountname"}, "1 of 11 roles"},
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

func testHTMLSort(t *testing.T, o *tab) {
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

func testHTMLKeyboard(t *testing.T, o *tab) {
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

// testHTMLManyRows: more rows than a part of the table has.
func testHTMLManyRows(t *testing.T, o *tab) {
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

// testHTMLHostile: nothing of a hostile run is run, asked for or hidden.
func testHTMLHostile(t *testing.T, b context.Context) {
	for _, run := range []*result.Result{htmlHostileRun(), htmlSmallForm(htmlHostileRun())} {
		o := openPage(t, b, run)
		tabEval[bool](o, `(() => { for (const d of document.querySelectorAll("details")) d.open = true;
			for (const e of document.querySelectorAll("*")) for (const type of ["mouseover", "click", "load", "error", "focus"])
				if (!e.closest("a, form, thead")) e.dispatchEvent(new Event(type));
			return true })()`)
		o.choose("<img", "", "")
		if got := tabEval[[]string](o, shownRows); len(got) < 1 || !strings.HasPrefix(got[0], "<img src=x") {
			t.Errorf("the hostile role is not found: %q", got)
		}
		if hacked := tabEval[string](o, `String(window.hacked)`); hacked != "undefined" {
			t.Errorf("hostile text number %s was run", hacked)
		}
		if n := tabEval[int](o, `document.querySelectorAll("script").length + document.images.length + document.querySelectorAll("iframe, object, embed, link, svg svg").length`); n != 1 {
			t.Errorf("%d elements that load or run, want the page's script", n)
		}
		o.quiet()
	}
}

// testHTMLTestSees holds the tests themselves to account: an attack that
// worked would be seen, and the policy stops one that got past the escaping.
func testHTMLTestSees(t *testing.T, b context.Context) {
	good := string(htmlOf(t, htmlSampleRun()))
	attack := `<img src="x.png" onerror="window.hacked=1"><script>window.hacked=2</script><p style="color:red">x`
	for _, row := range []struct {
		reason, page, hacked string
		refused              bool
	}{
		{"without the policy the attack works", strings.Replace(good, `http-equiv="Content-Security-Policy"`, `name="none"`, 1), "2", false},
		{"the policy stops it", good, "undefined", true},
	} {
		file := filepath.Join(t.TempDir(), "attack.html")
		if err := os.WriteFile(file, []byte(strings.Replace(row.page, "<main", attack+"<main", 1)), 0o600); err != nil {
			t.Fatal(err)
		}
		o := openFile(t, b, file)
		tabEval[bool](o, `new Promise(done => setTimeout(() => done(true), 200))`)
		if hacked := tabEval[string](o, `String(window.hacked)`); hacked != row.hacked && !(row.hacked == "2" && hacked == "1") {
			t.Errorf("%s: hacked is %s", row.reason, hacked)
		}
		o.mu.Lock()
		refused := slices.ContainsFunc(o.trouble, func(s string) bool {
			return strings.Contains(s, "Content Security Policy") || strings.HasPrefix(s, "policy:")
		})
		if refused != row.refused || len(o.trouble) == 0 {
			t.Errorf("%s: trouble is %q", row.reason, o.trouble)
		}
		o.mu.Unlock()
	}
}

// testHTMLWithoutScript: the page reads without its script.
func testHTMLWithoutScript(t *testing.T, b context.Context) {
	o := openPage(t, b, htmlSampleRun(), tabCommand(emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true}))
	if tabEval[bool](o, `document.getElementById("filter").checkVisibility()`) {
		t.Error("the filter is shown and does nothing")
	}
	if n := tabEval[int](o, `document.querySelectorAll("#table button").length`); n != 0 {
		t.Errorf("%d buttons that do nothing", n)
	}
	if got := tabEval[[]string](o, shownRows); len(got) != 11 {
		t.Errorf("%d rows", len(got))
	}
	if !tabEval[bool](o, `[...document.querySelectorAll("#details mark, #details .q, #waivers td")].every(e => e.checkVisibility())`) {
		t.Error("something cannot be read")
	}
	o.quiet()
}

// lowContrast lists texts with less than 4.5 to 1 (WCAG 2 AA; 3 to 1 for large
// text) between the text's colour and the one behind it.
const lowContrast = `(() => {
	for (const d of document.querySelectorAll("details")) d.open = true;
	const channel = (v) => (v /= 255) <= .04045 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4;
	const parse = (c) => { const v = c.match(/[\d.]+/g).map(Number); return { rgb: v.slice(0, 3), alpha: v.length > 3 ? v[3] : 1 } };
	const light = ({ rgb: [r, g, b] }) => .2126 * channel(r) + .7152 * channel(g) + .0722 * channel(b);
	const behind = (e) => { for (; e; e = e.parentElement) { const c = parse(getComputedStyle(e).backgroundColor); if (c.alpha === 1) return c; if (c.alpha > 0) return null }
		return parse(getComputedStyle(document.body).backgroundColor) };
	const low = [], seen = new Set();
	let looked = 0;
	const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
	while (walker.nextNode()) {
		const text = walker.currentNode.data.trim(), e = walker.currentNode.parentElement, style = getComputedStyle(e);
		if (!text || ["SCRIPT", "STYLE", "TITLE", "DESC", "OPTION"].includes(e.tagName.toUpperCase())) continue;
		looked++;
		const inChart = e.closest("svg"), colour = parse(inChart ? style.fill : style.color), ground = behind(e);
		const large = parseFloat(style.fontSize) >= 24 || parseFloat(style.fontSize) >= 18.66 && style.fontWeight >= 700;
		const [a, b] = [light(colour), ground ? light(ground) : -1].sort((x, y) => y - x);
		const ratio = (a + .05) / (b + .05), key = style.color + style.fill + JSON.stringify(ground) + large;
		if ((ground === null || ratio < (large ? 3 : 4.5)) && !seen.has(key)) { seen.add(key); low.push(ratio.toFixed(2) + " " + e.tagName + "." + e.className + " " + text.slice(0, 40)) }
	}
	return looked > 300 ? low : ["only " + looked + " texts were looked at"];
})()`

func media(scheme string) tabStep {
	return tabCommand(emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: scheme}}})
}

func testHTMLContrast(t *testing.T, b context.Context) {
	for _, scheme := range []string{"light", "dark"} {
		for _, run := range []*result.Result{htmlSampleRun(), htmlSmallForm(htmlSampleRun())} {
			o := openPage(t, b, run, media(scheme))
			for _, low := range tabEval[[]string](o, lowContrast) {
				t.Errorf("%s: too little contrast: %s", scheme, low)
			}
		}
	}
	// Nothing makes the page wider than the screen, hostile text neither.
	for _, width := range []int64{360, 768, 1400} {
		for _, run := range []*result.Result{htmlSampleRun(), htmlHostileRun(), htmlSmallForm(htmlHostileRun())} {
			o := openPage(t, b, run, chromedp.EmulateViewport(width, 800))
			got := tabEval[float64](o, `(() => { for (const d of document.querySelectorAll("details")) d.open = true; return document.documentElement.scrollWidth })()`)
			if got > float64(width) {
				t.Errorf("on a screen of %d pixels the page is %g wide: %s", width, got, tabEval[string](o, `(() => {
					let wide = ""; for (const e of document.querySelectorAll("body *")) if (!e.closest(".scroll") && e.getBoundingClientRect().right > innerWidth + 1) wide += e.tagName + "." + e.className + " " + e.textContent.slice(0, 30) + "; ";
					return wide.slice(0, 500) })()`))
			}
		}
	}
}

// testHTMLScreenReader: the table is a table to a screen reader, though its
// rows are laid out as grids, and what is out of sight is there too.
func testHTMLScreenReader(t *testing.T) {
	// The browser is as it is while a screen reader runs.
	o := openPage(t, startBrowser(t, chromedp.Flag("force-renderer-accessibility", true)), htmlSampleRun())
	tree, err := chromedp.Call(o.ctx, accessibility.GetFullAXTree, accessibility.GetFullAXTreeParams{})
	if err != nil {
		t.Fatal(err)
	}
	roles := map[string]int{}
	names := map[string][]string{}
	for _, n := range tree.Nodes {
		if n.Ignored || n.Role == nil {
			continue
		}
		role := strings.Trim(string(n.Role.Value), `"`)
		roles[role]++
		if n.Name != nil {
			names[role] = append(names[role], strings.Trim(string(n.Name.Value), `"`))
		}
	}
	for role, least := range map[string]int{"banner": 1, "navigation": 1, "main": 1, "contentinfo": 1, "search": 1, "table": 5, "columnheader": 25, "rowheader": 15, "row": 50, "cell": 150, "heading": 30, "status": 1} {
		if roles[role] < least {
			t.Errorf("%d of role %s, want %d at least: %v", roles[role], role, least, roles)
		}
	}
	for role, want := range map[string]string{"searchbox": "Text", "combobox": "Kind", "image": "Drift by kind", "region": "Table of roles", "table": "Roles that differ, and roles with gaps or masked items"} {
		if !slices.Contains(names[role], want) {
			t.Errorf("no %s is named %q: %q", role, want, names[role])
		}
	}
}

// testHTMLPrint: all of it comes on paper, what is folded too.
func testHTMLPrint(t *testing.T, o *tab) {
	o.run(tabCommand(emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Media: "print"}))
	for _, row := range []struct{ reason, script string }{
		{"folded documents are open", `[...document.querySelectorAll("#details pre, #details mark")].every(e => e.getBoundingClientRect().height > 0)`},
		{"the table of roles is whole", `(() => { const e = document.querySelector(".scroll:has(#table)"); return e.scrollHeight <= e.clientHeight + 1 })()`},
		{"controls are left out", `!document.getElementById("filter").checkVisibility() && !document.querySelector("nav").checkVisibility()`},
		{"on white", `getComputedStyle(document.body).backgroundColor === "rgb(255, 255, 255)"`},
	} {
		if !tabEval[bool](o, row.script) {
			t.Errorf("in print: not so: %s", row.reason)
		}
	}
	pdf, err := chromedp.Call(o.ctx, page.PrintToPDF, page.PrintToPDFParams{PrintBackground: pointerTo(true)})
	if err != nil {
		t.Fatal(err)
	}
	if pages := bytes.Count(pdf.Data, []byte("/Type /Page\n")); !bytes.HasPrefix(pdf.Data, []byte("%PDF-")) || pages < 4 {
		t.Errorf("the PDF has %d bytes and %d pages", len(pdf.Data), pages)
	}
	if folder := os.Getenv("IAMCTL_SCREENSHOTS"); folder != "" {
		if err := os.WriteFile(filepath.Join(folder, "print.pdf"), pdf.Data, 0o600); err != nil {
			t.Error(err)
		}
	}
	o.quiet()
}

// testHTMLPictures takes the pictures that somebody is to look at: set
// IAMCTL_SCREENSHOTS to a folder.
func testHTMLPictures(t *testing.T, b context.Context) {
	role := func(o *tab, name string) {
		tabEval[bool](o, fmt.Sprintf(`([...document.querySelectorAll("#details > section")].find(s => s.querySelector("h3").textContent.startsWith(%q)).scrollIntoView(), true)`, name))
	}
	for _, scheme := range []string{"light", "dark"} {
		o := openPage(t, b, htmlSampleRun(), media(scheme))
		if dark := tabEval[bool](o, `matchMedia("(prefers-color-scheme: dark)").matches`); dark != (scheme == "dark") {
			t.Errorf("the page is not %s", scheme)
		}
		o.screenshot(scheme, false)
		role(o, "orders-worker")
		o.screenshot(scheme+"-role", false)
		o.screenshot(scheme+"-whole", true)
		o.quiet()
	}
	o := openPage(t, b, htmlSampleRun(), chromedp.EmulateViewport(390, 844, chromedp.EmulateMobile))
	o.screenshot("narrow", false)
	tabEval[bool](o, `(document.getElementById("roles").scrollIntoView(), true)`)
	o.screenshot("narrow-roles", false)
	role(o, "orders-worker")
	o.screenshot("narrow-role", false)
	o = openPage(t, b, htmlLargeRun(400))
	o.screenshot("many", false)
	tabEval[bool](o, `(document.querySelectorAll("#details > section details")[30].open = true)`)
	role(o, "app-0030")
	o.screenshot("many-role", false)
	o = openPage(t, b, htmlHostileRun())
	o.screenshot("hostile", false)
}
