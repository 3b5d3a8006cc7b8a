package html

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	cdppage "github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"iamctl/result/matrix"
	"iamctl/result/matrix/matrixtest"
)

// openHeat writes the page of a comparison of many accounts and opens it in a new tab.
func openHeat(t testing.TB, b context.Context, m *matrix.Matrix, before ...tabStep) *tab {
	t.Helper()
	file := filepath.Join(t.TempDir(), "matrix.html")
	if err := os.WriteFile(file, []byte(heatPage(t, m)), 0o600); err != nil {
		t.Fatal(err)
	}
	return openFile(t, b, file, before...)
}

func TestHeatMapInBrowser(t *testing.T) {
	b := startBrowser(t)
	t.Run("keyboard", func(t *testing.T) { testHeatKeyboard(t, openHeat(t, b, fleetMatrix(60, 50, 9))) })
	t.Run("filter", func(t *testing.T) { testHeatFilter(t, openHeat(t, b, matrixtest.Sample(""))) })
	t.Run("times", func(t *testing.T) { testHeatTimes(t, openHeat(t, b, fleetMatrix(1000, 500, 20))) })
	t.Run("width and contrast", func(t *testing.T) { testHeatLooks(t, b) })
	t.Run("print", func(t *testing.T) { testHeatPrint(t, b) })
	t.Run("pictures", func(t *testing.T) { testHeatPictures(t, b) })
}

// where is the name of the cell that has the focus.
const where = `(document.activeElement.getAttribute("aria-label") || document.activeElement.tagName)`

// testHeatKeyboard: every cell can be reached and asked without a mouse.
func testHeatKeyboard(t *testing.T, o *tab) {
	tabEval[bool](o, `(document.querySelector("#map [tabindex='0']").focus(), true)`)
	first := tabEval[string](o, where)
	for range 40 {
		o.run(chromedp.KeyEvent(kb.ArrowRight))
	}
	for range 45 {
		o.run(chromedp.KeyEvent(kb.ArrowDown))
	}
	for _, c := range []struct{ reason, script string }{
		{"the focus is on a cell in sight", `(() => { const e = document.activeElement, r = e.getBoundingClientRect(), m = document.getElementById("map").getBoundingClientRect();
			return e.matches(".cell") && r.top >= m.top && r.bottom <= m.bottom && r.left >= m.left && r.right <= m.right })()`},
		{"it shows", `getComputedStyle(document.activeElement).outlineStyle === "solid"`},
		{"it is where the keys lead", `document.activeElement.getAttribute("aria-colindex") === "42" && document.activeElement.parentElement.getAttribute("aria-rowindex") === "47"`},
		{"one cell alone is on the way of the tab key", `document.querySelectorAll("#map [tabindex='0']").length === 1`},
		{"few cells are in the page", `document.querySelectorAll("#map .cell").length < 60 * 50`},
	} {
		if !tabEval[bool](o, c.script) {
			t.Errorf("not so: %s (%s, first %s)", c.reason, tabEval[string](o, where), first)
		}
	}
	o.run(chromedp.KeyEvent(kb.Enter))
	if !tabEval[bool](o, `!document.getElementById("detail").hidden && document.getElementById("said").value.length > 10 && location.hash.includes("r=app")`) {
		t.Error("Enter says nothing")
	}
	if got := tabEval[string](o, `(document.querySelector("#map .cell.f1").click(), [...document.querySelectorAll("#detail .said ins")].map(e => e.textContent).join(""))`); !strings.HasPrefix(got, "+ ") || !strings.Contains(got, "s3:PutObject") {
		t.Errorf("it does not say which statements the account alone has: %q", got)
	}
	at := tabEval[string](o, where)
	o.run(chromedp.KeyEvent(kb.Escape))
	if !tabEval[bool](o, `document.getElementById("detail").hidden`) || tabEval[string](o, where) != at {
		t.Errorf("Escape leads to %s, not to %s", tabEval[string](o, where), at)
	}
	for _, key := range []string{kb.PageUp, kb.Home, kb.End, kb.PageDown} {
		o.run(chromedp.KeyEvent(key))
	}
	if got := tabEval[string](o, `document.activeElement.getAttribute("aria-colindex")`); got != "61" {
		t.Errorf("End leads to column %s", got)
	}
	// Out of sight, the cell keeps the focus.
	tabEval[bool](o, `(document.getElementById("map").scrollTo(0, 0), new Promise(done => setTimeout(() => done(true), 200)))`)
	if !tabEval[bool](o, `document.activeElement.matches("#map .cell")`) {
		t.Error("scrolling takes the focus away")
	}
	// Whoever opens the address sees the same.
	o.run(chromedp.KeyEvent(kb.Enter))
	o.run(chromedp.Navigate("about:blank"), chromedp.Navigate(o.url))
	o.quietBut()
}

// quietBut fails if anything went wrong in the page.
func (o *tab) quietBut() {
	o.t.Helper()
	o.mu.Lock()
	defer o.mu.Unlock()
	for _, s := range o.trouble {
		o.t.Error(s)
	}
}

func testHeatFilter(t *testing.T, o *tab) {
	set := func(id, value string) string {
		return tabEval[string](o, fmt.Sprintf(`(() => { const e = document.getElementById(%q); e.value = %q; e.dispatchEvent(new Event(e.localName === "input" ? "input" : "change"));
			return document.getElementById("count").value })()`, id, value))
	}
	for _, c := range []struct{ reason, id, value, want string }{
		{"everything", "show", "", "4 of 4 roles, 12 of 12 accounts, 5 outliers"},
		{"roles and accounts that differ alone", "show", "differ", "3 of 4 roles, 5 of 12 accounts, 5 outliers"},
		{"a waived one is left out", "show", "open", "3 of 4 roles, 4 of 12 accounts, 4 outliers"},
		{"new ones", "show", "new", "3 of 4 roles, 3 of 12 accounts, 3 outliers"},
		{"a severity", "severity", "high", "2 of 4 roles, 2 of 12 accounts, 2 outliers"},
		{"a unit with those below it", "unit", "Root", "1 of 4 roles, 1 of 12 accounts, 1 outlier"},
		{"", "unit", "", "2 of 4 roles, 2 of 12 accounts, 2 outliers"},
		{"", "show", "", "2 of 4 roles, 3 of 12 accounts, 3 outliers"},
		{"an account by its name", "account", "PAYMENTS", "1 of 4 roles, 1 of 12 accounts, 1 outlier"},
		{"a role", "role", "no such", "0 of 4 roles, 0 of 12 accounts, 0 outliers"},
	} {
		if got := set(c.id, c.value); got != c.want {
			t.Errorf("%s: %s %s: %s, want %s", c.reason, c.id, c.value, got, c.want)
		}
	}
	if !tabEval[bool](o, `location.hash.includes("account=PAYMENTS") && location.hash.includes("severity=high")`) {
		t.Error("the address does not have the filter")
	}
	o.quiet()
}

// testHeatTimes logs how long opening, filtering and sorting take at half a million cells.
func testHeatTimes(t *testing.T, o *tab) {
	took := func(id, value string) float64 {
		return tabEval[float64](o, fmt.Sprintf(`(() => { const e = document.getElementById(%q), from = performance.now(); e.value = %q;
			e.dispatchEvent(new Event(e.localName === "input" ? "input" : "change")); document.body.offsetHeight; return performance.now() - from })()`, id, value))
	}
	t.Logf("open %v", opening(o))
	for _, c := range [][2]string{{"role", "app-1"}, {"role", ""}, {"account", "prod"}, {"account", ""}, {"severity", "high"}, {"unit", "Root/Workloads"}, {"unit", ""}, {"severity", ""}, {"rows", "most"}, {"rows", "name"}, {"columns", "worst"}, {"columns", ""}} {
		t.Logf("%s=%s %.0f ms", c[0], c[1], took(c[0], c[1]))
	}
	t.Logf("scroll %.0f ms a step", tabEval[float64](o, `(async () => { const m = document.getElementById("map"), from = performance.now();
		for (let i = 0; i < 20; i++) { m.scrollTo(i * 900, i * 400); await new Promise(done => requestAnimationFrame(() => setTimeout(done))); }
		return (performance.now() - from) / 20 })()`))
	if n := tabEval[float64](o, `document.querySelectorAll("#map .cell").length`); n > 20_000 {
		t.Errorf("%g cells are in the page", n)
	}
	o.quiet()
}

// heatContrast returns the texts of the map and its legend that are hard to read.
const heatContrast = `(() => {
	const parse = (c) => { const m = c.match(/[\d.]+/g).map(Number); return m.length > 3 && !m[3] ? null : m };
	const light = (c) => c.slice(0, 3).map(v => (v /= 255) <= .03928 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4).reduce((n, v, i) => n + v * [.2126, .7152, .0722][i], 0);
	const low = new Set();
	for (const e of document.querySelectorAll("#map .cell, #map .name, #map .col, #map .unit, #key .cell, #key span, #detail p, #detail h4, #detail h5, #detail .said > *, #keys, #count")) {
		if (!e.textContent.trim() || e.matches(".waived")) continue;
		let ground = null; for (let x = e; x && !ground; x = x.parentElement) ground = parse(getComputedStyle(x).backgroundColor);
		const [a, b] = [light(parse(getComputedStyle(e).color)), light(ground)].sort((x, y) => y - x);
		if ((a + .05) / (b + .05) < 4.5) low.add(((a + .05) / (b + .05)).toFixed(2) + " " + e.className);
	}
	return [...low] })()`

func testHeatLooks(t *testing.T, b context.Context) {
	for _, scheme := range []string{"light", "dark"} {
		o := openHeat(t, b, fleetMatrix(40, 30, 5), media(scheme))
		tabEval[bool](o, `(document.querySelector("#map .f1").click(), true)`)
		for _, low := range tabEval[[]string](o, heatContrast) {
			t.Errorf("%s: too little contrast: %s", scheme, low)
		}
	}
	for _, width := range []int64{360, 390, 1280} {
		for _, m := range []*matrix.Matrix{matrixtest.Sample(""), fleetMatrix(200, 40, 9)} {
			o := openHeat(t, b, m, chromedp.EmulateViewport(width, 844))
			if got := tabEval[float64](o, `(document.querySelector("#map .cell").click(), document.documentElement.scrollWidth)`); got > float64(width) {
				t.Errorf("on a screen of %d pixels the page is %g wide", width, got)
			}
			if !tabEval[bool](o, `(() => { const m = document.getElementById("map"); m.scrollTo(60, 60); const r = m.getBoundingClientRect();
				return document.querySelector("#map .name").getBoundingClientRect().left <= r.left + 2 && document.querySelector("#map .head").getBoundingClientRect().top <= r.top + 2 })()`) {
				t.Errorf("on a screen of %d pixels the names scroll away", width)
			}
		}
	}
}

func testHeatPictures(t *testing.T, b context.Context) {
	for _, accounts := range []int{30, 1000} {
		m := fleetMatrix(accounts, 500, 25)
		for _, scheme := range []string{"light", "dark"} {
			for width, name := range map[int64]string{1280: "wide", 390: "narrow"} {
				o := openHeat(t, b, m, media(scheme), chromedp.EmulateViewport(width, 844))
				o.screenshot(fmt.Sprintf("heat-%d-%s-%s", accounts, name, scheme), false)
				tabEval[bool](o, `(document.getElementById("heat").scrollIntoView(), document.querySelector("#map .critical").click(), true)`)
				o.screenshot(fmt.Sprintf("heat-%d-%s-%s-open", accounts, name, scheme), false)
				o.quiet()
			}
		}
	}
}

// testHeatPrint: on paper there is a list of the roles that differ, and neither the map nor
// what a click shows.
func testHeatPrint(t *testing.T, b context.Context) {
	for name, m := range map[string]*matrix.Matrix{"sample": matrixtest.Sample(""), "many": fleetMatrix(300, 60, 40)} {
		o := openHeat(t, b, m, media("dark"), chromedp.EmulateViewport(718, 1000))
		tabEval[bool](o, `(document.querySelector("#map .f1").click(), true)`)
		o.run(tabCommand(emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Media: "print"}))
		for _, row := range []struct{ reason, script string }{
			{"the map is left out", `!document.getElementById("heat").checkVisibility() && !document.getElementById("detail").checkVisibility()`},
			{"each role that differs is there", fmt.Sprintf(`document.querySelectorAll("#list li").length === %d`, len(m.Ranked()))},
			{"on white", `getComputedStyle(document.body).backgroundColor === "rgb(255, 255, 255)"`},
			{"nothing is wider than the paper", `document.documentElement.scrollWidth <= 718`},
		} {
			if !tabEval[bool](o, row.script) {
				t.Errorf("%s in print: not so: %s", name, row.reason)
			}
		}
		o.screenshot("heat-print-"+name, true)
		pdf, err := chromedp.Call(o.ctx, cdppage.PrintToPDF, cdppage.PrintToPDFParams{PrintBackground: pointerTo(true)})
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.HasPrefix(pdf.Data, []byte("%PDF-")) {
			t.Errorf("%s: no PDF of %d bytes", name, len(pdf.Data))
		}
		o.quiet()
	}
}
