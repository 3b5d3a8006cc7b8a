package html

import (
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

// TestPageDocumentsSideBySide: both documents are in the role's section, with
// the lines that differ marked.
func TestPageDocumentsSideBySide(t *testing.T) {
	d := samplePage(t)
	section := d.section("orders-worker-accountname")
	tables := slices.DeleteFunc(all(section, "table"), func(e *html.Node) bool { return attr(e, "class") != "d" })
	if len(tables) == 0 {
		t.Fatal("no documents")
	}
	heads := all(tables[0], "th")
	if len(heads) != 2 || textOf(heads[0]) != "dev" || textOf(heads[1]) != "qa" {
		t.Errorf("the columns are %d", len(heads))
	}
	var marked []string
	for _, m := range all(section, "mark") {
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
	wantText(t, section, "1 marked with the same text: rewritten in one account alone")
	var equivalent int
	for e := range elements(section) {
		if attr(e, "class") == "e" {
			equivalent++
		}
	}
	if equivalent != 3 {
		t.Errorf("%d lines are equal after rewriting, want 3: the queue, the logs and a condition key", equivalent)
	}
}

// TestPageSmallForm: where there are many documents, each is there once, and
// each role links to those that it shares.
func TestPageSmallForm(t *testing.T) {
	d := parse(t, pageOf(t, manyDocuments(sampleResult())))
	links := 0
	for _, role := range []string{"analytics-accountname", "reports-accountname", "billing-export-accountname"} {
		for _, a := range all(d.section(role), "a") {
			if strings.HasPrefix(attr(a, "href"), "#d") {
				links++
				wantText(t, d.id(attr(a, "href")[1:]), role)
			}
		}
	}
	if links != 3 {
		t.Errorf("%d links to shared documents, want 3", links)
	}
	wantText(t, d.section("analytics-accountname"), "trust: the same text")
	wantText(t, d.id("details"), "Those in which nothing differs (1) are named and not shown")
	section := d.section("orders-worker-accountname")
	if got := textOf(all(section, "ins")[0]); got != `"s3:DeleteObject",` && !strings.Contains(got, "s3:DeleteObject") {
		t.Errorf("marked is %q", got)
	}
	if n := strings.Count(d.text, "secretsmanager:GetSecretValue\"</ins>"); n != 1 {
		t.Errorf("a shared document is there %d times", n)
	}
}
