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
	cdppage "github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"

	"iamctl/result"
)

// testWithoutScript: the page reads without its script.
func testWithoutScript(t *testing.T, b context.Context) {
	o := openPage(t, b, sampleResult(), tabCommand(emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true}))
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

func testContrast(t *testing.T, b context.Context) {
	for _, scheme := range []string{"light", "dark"} {
		for _, run := range []*result.Result{sampleResult(), manyDocuments(sampleResult()), everywhere()} {
			o := openPage(t, b, run, media(scheme))
			for _, low := range tabEval[[]string](o, lowContrast) {
				t.Errorf("%s: too little contrast: %s", scheme, low)
			}
		}
	}
	// Nothing makes the page wider than the screen, hostile text neither.
	for _, width := range []int64{360, 390, 768, 1400} {
		for _, run := range []*result.Result{sampleResult(), hostileMeaning(), manyDocuments(hostileResult()), everywhere()} {
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

// testScreenReader: the table is a table to a screen reader, though its
// rows are laid out as grids, and what is out of sight is there too.
func testScreenReader(t *testing.T) {
	// The browser is as it is while a screen reader runs.
	o := openPage(t, startBrowser(t, chromedp.Flag("force-renderer-accessibility", true)), sampleResult())
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

// testPrint: all of it comes on paper, what is folded too.
func testPrint(t *testing.T, o *tab) {
	o.run(tabCommand(emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Media: "print"}))
	for _, row := range []struct{ reason, script string }{
		{"folded documents are open", `[...document.querySelectorAll("#details pre, #details mark")].every(e => e.getBoundingClientRect().height > 0)`},
		{"the table of roles is whole", `(() => { const e = document.querySelector(".scroll:has(#table)"); return e.scrollHeight <= e.clientHeight + 1 })()`},
		{"controls are left out", `!document.getElementById("filter").checkVisibility() && !document.querySelector("nav").checkVisibility()`},
		{"values that were rewritten are left out", `document.querySelectorAll(".rw").length > 0 && [...document.querySelectorAll(".rw, .cb")].every(e => !e.checkVisibility())`},
		{"on white", `getComputedStyle(document.body).backgroundColor === "rgb(255, 255, 255)"`},
	} {
		if !tabEval[bool](o, row.script) {
			t.Errorf("in print: not so: %s", row.reason)
		}
	}
	pdf, err := chromedp.Call(o.ctx, cdppage.PrintToPDF, cdppage.PrintToPDFParams{PrintBackground: pointerTo(true)})
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

// testPictures takes the pictures that somebody is to look at: set
// IAMCTL_SCREENSHOTS to a folder.
func testPictures(t *testing.T, b context.Context) {
	role := func(o *tab, name string) {
		tabEval[bool](o, fmt.Sprintf(`([...document.querySelectorAll("#details > section")].find(s => s.querySelector("h3").textContent.startsWith(%q)).scrollIntoView(), true)`, name))
	}
	for _, scheme := range []string{"light", "dark"} {
		o := openPage(t, b, sampleResult(), media(scheme))
		if dark := tabEval[bool](o, `matchMedia("(prefers-color-scheme: dark)").matches`); dark != (scheme == "dark") {
			t.Errorf("the page is not %s", scheme)
		}
		o.screenshot(scheme, false)
		role(o, "orders-worker")
		o.screenshot(scheme+"-role", false)
		o.screenshot(scheme+"-whole", true)
		o.quiet()
	}
	for _, scheme := range []string{"light", "dark"} {
		for width, name := range map[int64]string{1280: "wide", 390: "narrow"} {
			o := openPage(t, b, meantResult(), media(scheme), chromedp.EmulateViewport(width, 844))
			o.screenshot("meant-"+name+"-"+scheme, false)
			role(o, "orders-worker")
			o.screenshot("meant-"+name+"-"+scheme+"-role", false)
		}
	}
	o := openPage(t, b, sampleResult(), chromedp.EmulateViewport(390, 844, chromedp.EmulateMobile))
	o.screenshot("narrow", false)
	tabEval[bool](o, `(document.getElementById("roles").scrollIntoView(), true)`)
	o.screenshot("narrow-roles", false)
	role(o, "orders-worker")
	o.screenshot("narrow-role", false)
	o = openPage(t, b, largeResult(400))
	o.screenshot("many", false)
	tabEval[bool](o, `(document.querySelectorAll("#details > section details")[30].open = true)`)
	role(o, "app-0030")
	o.screenshot("many-role", false)
	o = openPage(t, b, hostileResult())
	o.screenshot("hostile", false)
}
