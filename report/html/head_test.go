package html

import (
	"strings"
	"testing"

	"iamctl/result/resulttest"
)

// TestHeadSaysWhenAndByWhom: the head of the page has what a printed one is filed by.
func TestHeadSaysWhenAndByWhom(t *testing.T) {
	c, m := resulttest.Marked()
	d := parse(t, pageOf(t, resulttest.Reread(t, c, m)))
	head := textOf(d.one("header"))
	for _, want := range []string{
		"Compared 2026-11-03T12:00:00Z", `read by arn:aws:sts::111111111111:assumed-role/auditor/\u{1B}[31malice`, "baseline/qa, commit fedcba987654",
	} {
		if !strings.Contains(head, want) {
			t.Errorf("the head does not say %q: %s", want, head)
		}
	}
	if text := textOf(d.one("body")); !strings.Contains(text, "service-linked: 1 role in dev, 0 roles in qa") {
		t.Error("the page does not say what was left out")
	}
}
