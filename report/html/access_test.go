package html

import (
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"iamctl/result"
)

// TestHTMLIsAccessible holds the page to what a reader by keyboard or with a
// screen reader needs.
func TestHTMLIsAccessible(t *testing.T) {
	for _, run := range []*result.Result{htmlSampleRun(), htmlSmallForm(htmlSampleRun()), newRunMaker().Result} {
		d := parseHTML(t, htmlOf(t, run))
		if lang := htmlAttr(d.one("html"), "lang"); lang != "en" {
			t.Errorf("the language is %q", lang)
		}
		for _, landmark := range []string{"header", "nav", "main", "footer", "h1", "title"} {
			if n := len(htmlAll(d.root, landmark)); n != 1 && landmark != "title" {
				t.Errorf("%d <%s>", n, landmark)
			}
		}
		body := d.one("body")
		if first := htmlAll(body, "a")[0]; htmlAttr(first, "class") != "skip" || htmlAttr(first, "href") != "#main" {
			t.Error("the first link does not skip to the report")
		}
		checkHTMLIDs(t, d)
		checkHTMLHeadings(t, d)
		checkHTMLNames(t, d)
	}
}

// checkHTMLIDs: each id is there once, and what points at one finds it.
func checkHTMLIDs(t *testing.T, d *htmlDOM) {
	t.Helper()
	ids := map[string]int{}
	for e := range htmlElements(d.root) {
		if id := htmlAttr(e, "id"); id != "" {
			ids[id]++
		}
	}
	for id, n := range ids {
		if n > 1 {
			t.Errorf("the id %s is there %d times", id, n)
		}
	}
	for e := range htmlElements(d.root) {
		refs := strings.Fields(htmlAttr(e, "aria-labelledby") + " " + htmlAttr(e, "aria-describedby") + " " + htmlAttr(e, "for"))
		if h := htmlAttr(e, "href"); h != "" {
			refs = append(refs, strings.TrimPrefix(h, "#"))
		}
		for _, ref := range refs {
			if ids[ref] == 0 {
				t.Errorf("<%s> points at %q, which is not there", e.Data, ref)
			}
		}
	}
}

// checkHTMLHeadings: no level is left out on the way down.
func checkHTMLHeadings(t *testing.T, d *htmlDOM) {
	t.Helper()
	level := 0
	for e := range htmlElements(d.one("body")) {
		if len(e.Data) != 2 || e.Data[0] != 'h' || e.Data[1] < '1' || e.Data[1] > '6' {
			continue
		}
		if now := int(e.Data[1] - '0'); now > level+1 {
			t.Errorf("a heading of level %d after one of %d: %s", now, level, htmlTextOf(e))
		}
		level = int(e.Data[1] - '0')
		if htmlTextOf(e) == "" {
			t.Error("an empty heading")
		}
	}
}

// checkHTMLNames: controls, tables, pictures, scrolling parts and folded parts
// have names.
func checkHTMLNames(t *testing.T, d *htmlDOM) {
	t.Helper()
	for e := range htmlElements(d.one("body")) {
		switch e.Data {
		case "input", "select":
			if e.Parent.Data != "label" || htmlTextOf(e.Parent) == "" {
				t.Errorf("<%s id=%s> has no label", e.Data, htmlAttr(e, "id"))
			}
		case "svg":
			if htmlAttr(e, "role") != "img" || len(htmlAll(e, "title")) != 1 || len(htmlAll(e, "desc")) != 1 {
				t.Error("a chart has no role, title or description")
			}
			if len(htmlAll(e.Parent, "table")) != 1 {
				t.Error("a chart has no table beside it")
			}
		case "th":
			if !slices.Contains([]string{"col", "row"}, htmlAttr(e, "scope")) {
				t.Errorf("a heading of a table has no scope: %s", htmlTextOf(e))
			}
		case "table":
			if htmlAttr(e, "class") == "t" && len(htmlAll(e, "caption")) != 1 {
				t.Error("a table has no caption")
			}
		case "details":
			if e.FirstChild == nil || e.FirstChild.Data != "summary" || htmlTextOf(e.FirstChild) == "" {
				t.Error("<details> does not begin with a summary")
			}
		case "a":
			if htmlTextOf(e) == "" {
				t.Error("a link without text")
			}
		case "div":
			if htmlHas(e, "tabindex") && (htmlAttr(e, "role") != "region" || htmlAttr(e, "aria-label") == "") {
				t.Error("a part that scrolls has no name")
			}
		}
	}
}

func TestHTMLReadsWithoutScript(t *testing.T) {
	d := parseHTML(t, htmlOf(t, htmlSampleRun()))
	if !htmlHas(d.id("filter"), "hidden") {
		t.Error("the filter is there without the script that makes it work")
	}
	for e := range htmlElements(d.one("body")) {
		if e.Data == "noscript" || e.Data == "template" || e.Data == "button" && e.Parent.Data != "form" {
			t.Errorf("<%s> needs a script", e.Data)
		}
		if htmlHas(e, "hidden") && e.Data != "form" {
			t.Errorf("<%s> is hidden", e.Data)
		}
	}
}

// TestHTMLDocumentsSideBySide: both documents are in the role's section, with
// the lines that differ marked.
func TestHTMLDocumentsSideBySide(t *testing.T) {
	d := parseHTML(t, htmlOf(t, htmlSampleRun()))
	section := d.section("orders-worker-accountname")
	tables := slices.DeleteFunc(htmlAll(section, "table"), func(e *html.Node) bool { return htmlAttr(e, "class") != "d" })
	if len(tables) == 0 {
		t.Fatal("no documents")
	}
	heads := htmlAll(tables[0], "th")
	if len(heads) != 2 || htmlTextOf(heads[0]) != "dev" || htmlTextOf(heads[1]) != "qa" {
		t.Errorf("the columns are %d", len(heads))
	}
	var marked []string
	for _, m := range htmlAll(section, "mark") {
		side := "dev"
		if m.Parent.PrevSibling != nil && m.Parent.PrevSibling.Data == "td" {
			side = "qa"
		}
		marked = append(marked, side+" "+strings.TrimSpace(m.FirstChild.Data))
	}
	want := []string{
		`qa "s3:DeleteObject",`, `qa "s3:PutObjectAcl"`,
		`dev "Resource": ["arn:aws:s3:::orders-dev-archive/*"],`, `qa "Resource": ["arn:aws:s3:::orders-dev-archive/*"],`,
	}
	if !slices.Equal(marked, want) {
		t.Errorf("marked are %q, want %q: QA's document names DEV's bucket", marked, want)
	}
	htmlWant(t, section, "1 marked with the same text: rewritten in one account alone")
	var equivalent int
	for e := range htmlElements(section) {
		if htmlAttr(e, "class") == "e" {
			equivalent++
		}
	}
	if equivalent != 3 {
		t.Errorf("%d lines are equal after rewriting, want 3: the queue, the logs and a condition key", equivalent)
	}
}

// TestHTMLSmallForm: where there are many documents, each stands once, and
// each role links to those that it shares.
func TestHTMLSmallForm(t *testing.T) {
	d := parseHTML(t, htmlOf(t, htmlSmallForm(htmlSampleRun())))
	links := 0
	for _, role := range []string{"analytics-accountname", "reports-accountname", "billing-export-accountname"} {
		for _, a := range htmlAll(d.section(role), "a") {
			if strings.HasPrefix(htmlAttr(a, "href"), "#d") {
				links++
				htmlWant(t, d.id(htmlAttr(a, "href")[1:]), role)
			}
		}
	}
	if links != 3 {
		t.Errorf("%d links to shared documents, want 3", links)
	}
	htmlWant(t, d.section("analytics-accountname"), "trust: the same text")
	htmlWant(t, d.id("details"), "Those in which nothing differs (1) are named and not shown")
	section := d.section("orders-worker-accountname")
	if got := htmlTextOf(htmlAll(section, "ins")[0]); got != `"s3:DeleteObject",` && !strings.Contains(got, "s3:DeleteObject") {
		t.Errorf("marked is %q", got)
	}
	if n := strings.Count(d.text, "secretsmanager:GetSecretValue\"</ins>"); n != 1 {
		t.Errorf("a shared document stands %d times", n)
	}
}

// TestHTMLLeavesOutWithACount: what does not fit is counted where it would
// stand and at the top, and the page keeps to its size.
func TestHTMLLeavesOutWithACount(t *testing.T) {
	run := htmlLargeRun(200)
	full := len(htmlOf(t, run))
	for _, row := range []struct {
		reason string
		limits htmlLimits
		wants  []string
	}{
		{"a little too large: the largest documents go", htmlLimits{page: full * 9 / 10, list: 1000}, []string{"comparisons of documents left out", "Left out to keep the page small"}},
		{"much too large: items go too", htmlLimits{page: full / 10, list: 1000}, []string{"items and", "more items: diff.json has them all"}},
		{"lists are cut", htmlLimits{page: full * 2, list: 7}, []string{"more in diff.json"}},
	} {
		var b strings.Builder
		if err := writeHTML(&b, run, row.limits); err != nil {
			t.Fatal(err)
		}
		text := htmlTextOf(parseHTML(t, []byte(b.String())).one("body"))
		for _, want := range row.wants {
			if !strings.Contains(text, want) {
				t.Errorf("%s: %q is not said", row.reason, want)
			}
		}
		if b.Len() > row.limits.page+1000 && row.limits.page > full/2 {
			t.Errorf("%s: %d bytes, asked for %d", row.reason, b.Len(), row.limits.page)
		}
		if !strings.Contains(text, "app-0199-accountname") {
			t.Errorf("%s: a role is missing", row.reason)
		}
		t.Logf("%s: %d of %d bytes, limit %d", row.reason, b.Len(), full, row.limits.page)
	}
}
