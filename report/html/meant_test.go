package html

import (
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
	"github.com/google/go-cmp/cmp"

	"iamctl/report/documents"
	"iamctl/result"
	"iamctl/result/resulttest"
)

// meantResult is a result that says what its drift means.
func meantResult() *result.Result { return resulttest.Result(resulttest.Meant(), nil) }

func TestPageSaysWhatDriftMeans(t *testing.T) {
	d := parse(t, pageOf(t, meantResult()))
	var first []string
	for _, li := range all(d.id("worst"), "li") {
		first = append(first, strings.Join(strings.Fields(textOf(li))[:2], " "))
	}
	if diff := cmp.Diff([]string{"critical ci-deployer", "critical zz-admin", "high ci-deployer", "high orders-worker", "high partner-reports"}, first); diff != "" {
		t.Errorf("the page opens with (-want +got):\n%s", diff)
	}
	for _, row := range []struct {
		reason, role string
		wants        []string
	}{
		{"gained, proved, and the statement of both sides", "app1", []string{
			"What it may do: MORE qa allows more than dev medium", "Gained in qa: 1 action: s3 Write 1", "qa allows, dev does not:", "s3:PutObject on arn:aws:s3:::app1-qa/shared/",
			"iamctl explain dev qa app1 --request 'action=s3:PutObject,resource=arn:aws:s3:::app1-qa/shared/'",
			"aws iam simulate-principal-policy --policy-source-arn arn:aws:iam::222222222222:role/app1 --action-names s3:PutObject",
			"qa decides by inline app1, statement 1", "dev: statement 1 qa: statement 1, decides", "Who may assume it: EQUAL no change in trust",
		}},
		{"a boundary that is gone", "ci-deployer", []string{"critical", "boundary", "trust", "main alone of acme/app"}},
		{"what is undecided has a reason", "variable", []string{"UNKNOWN not decided", "Reason:"}},
		{"what is equal is folded", "audit", []string{"none", "No change in permission:"}},
		{"a role of one account", "zz-admin", []string{"critical", "only in qa"}},
	} {
		text := textOf(d.section(row.role))
		for _, w := range row.wants {
			if !strings.Contains(strings.ReplaceAll(text, " ", ""), strings.ReplaceAll(w, " ", "")) {
				t.Errorf("%s: no %q in %.3000q", row.reason, w, text)
			}
		}
	}
	checkElements(t, d)
	checkIDs(t, d)
	checkHeadings(t, d)
	checkNames(t, d)
}

func TestPageWithoutMeaningHasNoVerdicts(t *testing.T) {
	page := string(pageOf(t, sampleResult()))
	for _, bad := range []string{"id=worst", "id=severity", "data-v", "class=vd"} {
		if strings.Contains(page, bad) {
			t.Errorf("a page of a result that does not say what drift means has %q", bad)
		}
	}
}

func TestCommandIsQuoted(t *testing.T) {
	for _, row := range []struct {
		reason string
		words  []string
		want   string
	}{
		{"plain words", []string{"iamctl", "explain", "a:b/c"}, "iamctl explain a:b/c"},
		{"what a shell acts upon", []string{"a b", "$(x)", "`x`", "*", ""}, "'a b' '$(x)' '`x`' '*' ''"},
		{"a quote", []string{"it's; x"}, `'it'\''s; x'`},
		{"a special character in the middle", []string{"a;b"}, "'a;b'"},
	} {
		if got := command(row.words...); got != row.want {
			t.Errorf("%s: %s, want %s", row.reason, got, row.want)
		}
	}
}

func TestStatementBesideItsCounterpart(t *testing.T) {
	document := func(statements string) *documents.Document {
		return documents.Parse(`{"Version":"2012-10-17","Statement":[`+statements+`]}`, nil)
	}
	get, put, list := `{"Effect":"Allow","Action":"s3:GetObject","Resource":"*"}`, `{"Effect":"Allow","Action":"s3:PutObject","Resource":"b"}`, `{"Effect":"Deny","Action":"s3:ListBucket","Resource":"c"}`
	for _, row := range []struct {
		reason  string
		a, b    *documents.Document
		side, i int
		want    [2]int
		ok      bool
	}{
		{"in another place", document(get + "," + put), document(put + "," + get), 1, 0, [2]int{1, 0}, true},
		{"of the first side", document(get + "," + put), document(put + "," + get), 0, 0, [2]int{0, 1}, true},
		{"no counterpart", document(get), document(get + "," + list), 1, 1, [2]int{-1, 1}, true},
		{"the other side has no document", nil, document(get), 1, 0, [2]int{-1, 0}, true},
		{"there is no such statement", document(get), document(get), 1, 7, [2]int{-1, -1}, false},
		{"the document as a whole is undecided", document(get), document(get), 1, -1, [2]int{-1, -1}, false},
	} {
		c, at, ok := documents.CompareStatement(row.a, row.b, row.side, row.i)
		if at != row.want || ok != row.ok || ok && len(c.Lines) == 0 {
			t.Errorf("%s: %v %t, want %v %t", row.reason, at, ok, row.want, row.ok)
		}
	}
}

// wait lets the page do what it does after a moment.
const wait = `new Promise(done => setTimeout(() => done(true), 250))`

func testMeaning(t *testing.T, o *tab) {
	rows := func(reason string, want ...string) {
		t.Helper()
		tabEval[bool](o, wait)
		if d := cmp.Diff(want, tabEval[[]string](o, shownRows)); d != "" {
			t.Errorf("%s (-want +got):\n%s", reason, d)
		}
	}
	set := func(id, value string) {
		t.Helper()
		tabEval[bool](o, `(() => { const e = document.getElementById("`+id+`"); e.value = "`+value+`"; e.dispatchEvent(new Event("`+map[bool]string{true: "input", false: "change"}[id == "q"]+`", {bubbles: true})); return true })()`)
	}
	hash := func() string { return tabEval[string](o, `location.hash`) }
	first := tabEval[[]string](o, shownRows)
	if len(first) != 10 || first[0] != "ci-deployer" || first[1] != "zz-admin" || !slices.Contains(first[8:], "audit") {
		t.Errorf("not the worst first: %q", first)
	}
	set("severity", "critical")
	rows("severity", "ci-deployer", "zz-admin")
	set("severity", "")
	set("verdict", "UNKNOWN")
	rows("verdict", "variable")
	set("verdict", "")
	for _, row := range []struct{ reason, text, want string }{
		{"an action", "sqs:listqueues", "audit"},
		{"an account and a condition", "555555555555 ExternalId", "partner-reports"},
		{"a resource", "app1-qa/shared", "app1"},
		{"a kind in words", "acme/app main", "ci-deployer"},
		{"a verdict with its reason", "unknown reason:", "variable"},
	} {
		set("q", row.text)
		rows(row.reason, row.want)
	}
	set("q", "s3:")
	tabEval[bool](o, wait)
	many := tabEval[[]string](o, shownRows)
	set("severity", "low")
	tabEval[bool](o, `(document.querySelector("#table thead button").click(), document.querySelector("#table tbody a").click(), true)`)
	tabEval[bool](o, wait)
	if got := hash(); !strings.Contains(got, "q=s3%3A&severity=low&sort=0a&at=r") {
		t.Errorf("the address has %q", got)
	}
	shown := tabEval[[]string](o, shownRows)
	o.run(chromedp.Reload())
	rows("loaded again", shown...)
	if opened := tabEval[string](o, `document.querySelector(".at h3").firstChild.textContent.trim()`); opened != shown[0] {
		t.Errorf("loaded again %q is opened, want %q", opened, shown[0])
	}
	for range 3 { // what was opened, the order, the severity
		tabEval[bool](o, `(history.back(), true)`)
		tabEval[bool](o, wait)
	}
	rows("back", many...)
	tabEval[bool](o, `(history.forward(), true)`)
	rows("forward: the severity again", shown...)
	o.quiet()
}

func testCopy(t *testing.T, o *tab) {
	tabEval[bool](o, `(document.querySelector("#details section").scrollIntoView(), document.querySelectorAll("#details details").forEach(d => d.open = true), true)`)
	tabEval[bool](o, wait)
	click := func(title string) string {
		tabEval[bool](o, `(window.copied = "", document.addEventListener("copy", (e) => { window.copied = e.target.value }), true)`)
		tabEval[bool](o, `([...document.querySelectorAll("#details button")].find(b => b.checkVisibility() && b.title.startsWith("`+title+`")).focus(), true)`)
		o.run(chromedp.KeyEvent(kb.Enter))
		return tabEval[string](o, `window.copied`)
	}
	if got := click("Copy the fingerprint"); len(got) < 16 || strings.Contains(got, " ") {
		t.Errorf("copied %q", got)
	}
	if got := click("Copy the command that waives"); !strings.HasPrefix(got, "iamctl waive RUN_FOLDER ") {
		t.Errorf("copied %q", got)
	}
	if got := click("Copy the request"); !strings.Contains(got, ":") {
		t.Errorf("copied %q", got)
	}
	if got := click("Copy the command"); !strings.HasPrefix(got, "iamctl ") {
		t.Errorf("copied %q", got)
	}
	tabEval[bool](o, wait)
	o.quiet()
}
