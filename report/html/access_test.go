package html

import (
	"slices"
	"strings"
	"testing"

	"iamctl/result"
)

// TestPageIsAccessible holds the page to what a reader by keyboard or with a
// screen reader needs.
func TestPageIsAccessible(t *testing.T) {
	for _, run := range []*result.Result{sampleResult(), manyDocuments(sampleResult()), newMaker().Result} {
		d := parse(t, pageOf(t, run))
		if lang := attr(d.one("html"), "lang"); lang != "en" {
			t.Errorf("the language is %q", lang)
		}
		for _, landmark := range []string{"header", "nav", "main", "footer", "h1", "title"} {
			if n := len(all(d.root, landmark)); n != 1 && landmark != "title" {
				t.Errorf("%d <%s>", n, landmark)
			}
		}
		body := d.one("body")
		if first := all(body, "a")[0]; attr(first, "class") != "skip" || attr(first, "href") != "#main" {
			t.Error("the first link does not skip to the report")
		}
		checkIDs(t, d)
		checkHeadings(t, d)
		checkNames(t, d)
	}
}

// checkIDs: each id is there once, and what points at one finds it.
func checkIDs(t *testing.T, d *dom) {
	t.Helper()
	ids := map[string]int{}
	for e := range elements(d.root) {
		if id := attr(e, "id"); id != "" {
			ids[id]++
		}
	}
	for id, n := range ids {
		if n > 1 {
			t.Errorf("the id %s is there %d times", id, n)
		}
	}
	for e := range elements(d.root) {
		refs := strings.Fields(attr(e, "aria-labelledby") + " " + attr(e, "aria-describedby") + " " + attr(e, "for"))
		if h := attr(e, "href"); h != "" {
			refs = append(refs, strings.TrimPrefix(h, "#"))
		}
		for _, ref := range refs {
			if ids[ref] == 0 {
				t.Errorf("<%s> points at %q, which is not there", e.Data, ref)
			}
		}
	}
}

// checkHeadings: no level is left out on the way down.
func checkHeadings(t *testing.T, d *dom) {
	t.Helper()
	level := 0
	for e := range elements(d.one("body")) {
		if len(e.Data) != 2 || e.Data[0] != 'h' || e.Data[1] < '1' || e.Data[1] > '6' {
			continue
		}
		if now := int(e.Data[1] - '0'); now > level+1 {
			t.Errorf("a heading of level %d after one of %d: %s", now, level, textOf(e))
		}
		level = int(e.Data[1] - '0')
		if textOf(e) == "" {
			t.Error("an empty heading")
		}
	}
}

// checkNames: controls, tables, pictures, scrolling parts and folded parts
// have names.
func checkNames(t *testing.T, d *dom) {
	t.Helper()
	for e := range elements(d.one("body")) {
		switch e.Data {
		case "input", "select":
			if e.Parent.Data != "label" || textOf(e.Parent) == "" {
				t.Errorf("<%s id=%s> has no label", e.Data, attr(e, "id"))
			}
		case "svg":
			if attr(e, "role") != "img" || len(all(e, "title")) != 1 || len(all(e, "desc")) != 1 {
				t.Error("a chart has no role, title or description")
			}
			if len(all(e.Parent, "table")) != 1 {
				t.Error("a chart has no table beside it")
			}
		case "th":
			if !slices.Contains([]string{"col", "row"}, attr(e, "scope")) {
				t.Errorf("a heading of a table has no scope: %s", textOf(e))
			}
		case "table":
			if attr(e, "class") == "t" && len(all(e, "caption")) != 1 {
				t.Error("a table has no caption")
			}
		case "details":
			if e.FirstChild == nil || e.FirstChild.Data != "summary" || textOf(e.FirstChild) == "" {
				t.Error("<details> does not begin with a summary")
			}
		case "a":
			if textOf(e) == "" {
				t.Error("a link without text")
			}
		case "div":
			if has(e, "tabindex") && (attr(e, "role") != "region" || attr(e, "aria-label") == "") {
				t.Error("a part that scrolls has no name")
			}
		}
	}
}

func TestPageReadsWithoutScript(t *testing.T) {
	d := samplePage(t)
	if !has(d.id("filter"), "hidden") {
		t.Error("the filter is there without the script that makes it work")
	}
	for e := range elements(d.one("body")) {
		if e.Data == "noscript" || e.Data == "template" || e.Data == "button" && e.Parent.Data != "form" {
			t.Errorf("<%s> needs a script", e.Data)
		}
		if has(e, "hidden") && e.Data != "form" {
			t.Errorf("<%s> is hidden", e.Data)
		}
	}
}
