package html

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/performance"
	"github.com/chromedp/chromedp"

	"iamctl/result"
	"iamctl/result/resulttest"
)

// meantRun is a run of so many roles that all differ, with what that means.
func meantRun(roles int) *result.Result {
	return resulttest.Result(resulttest.ManyMeant(roles), nil)
}

func BenchmarkMeant(b *testing.B) {
	for _, roles := range []int{500, 5000} {
		b.Run(fmt.Sprint(roles), func(b *testing.B) {
			run := meantRun(roles)
			var out bytes.Buffer
			for b.Loop() {
				out.Reset()
				if err := Write(&out, run); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64(out.Len())/1e6, "MB")
		})
	}
}

// TestPageTimes logs how much of a processor a browser takes for pages of 500 and 5,000 roles,
// or for the page that IAMCTL_PAGE names. Nothing is held to a time.
func TestPageTimes(t *testing.T) {
	b := startBrowser(t)
	if file := os.Getenv("IAMCTL_PAGE"); file != "" {
		logTimes(t, b, file, file)
		return
	}
	for _, roles := range []int{500, 5000} {
		file := filepath.Join(t.TempDir(), "page.html")
		if err := os.WriteFile(file, pageOf(t, meantRun(roles)), 0o600); err != nil {
			t.Fatal(err)
		}
		logTimes(t, b, file, fmt.Sprint(roles, " roles"))
	}
}

func logTimes(t *testing.T, b context.Context, file, name string) {
	t.Helper()
	o := openFile(t, b, file, tabCommand(performance.Enable, performance.EnableParams{TimeDomain: performance.EnableTimeDomainThreadTicks}))
	tabEval[bool](o, `new Promise(done => setTimeout(() => done(true), 1000))`)
	last := o.busy()
	t.Logf("%s: %v until all is loaded", name, last)
	for _, step := range []struct{ what, script string }{
		{"the search is chosen", `document.getElementById("q").focus()`},
		{"s", typing},
		{"s3", typing},
		{"s3:p", typing},
		{"", typing},
		{"nothing at all", typing},
		{"a click on a heading", `document.querySelectorAll("#table thead button")[1].click()`},
	} {
		tabEval[bool](o, fmt.Sprintf(`(((text) => { %s })(%q), new Promise(done => setTimeout(() => requestAnimationFrame(() => setTimeout(() => done(true))), 1000)))`, step.script, step.what))
		now := o.busy()
		t.Logf("%s: %q: %v: %s", name, step.what, now-last, tabEval[string](o, `document.getElementById("count").value`))
		last = o.busy()
	}
}

const typing = `const q = document.getElementById("q"); q.value = text; q.dispatchEvent(new Event("input", {bubbles: true}))`

// busy is how long the page has kept the browser's main thread busy, as the processor counts.
func (o *tab) busy() time.Duration {
	o.t.Helper()
	got, err := chromedp.Call(o.ctx, performance.GetMetrics, cdp.Empty{})
	if err != nil {
		o.t.Fatal(err)
	}
	for _, m := range got.Metrics {
		if m.Name == "TaskDuration" {
			return time.Duration(m.Value * float64(time.Second)).Round(time.Millisecond)
		}
	}
	o.t.Fatal("the browser does not say how busy it was")
	return 0
}
