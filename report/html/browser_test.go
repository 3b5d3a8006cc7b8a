package html

import (
	"context"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/audits"
	"github.com/chromedp/cdproto/cdp"
	cdplog "github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	cdppage "github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"

	"iamctl/result"
)

// chromiumPath is the browser of the tests, which IAMCTL_CHROMIUM names.
// Without it the test is left out: a browser takes its time.
func chromiumPath(t testing.TB) string {
	t.Helper()
	path := os.Getenv("IAMCTL_CHROMIUM")
	if path == "" {
		t.Skip("left out: set IAMCTL_CHROMIUM to the path of Chromium")
	}
	return path
}

// startBrowser starts a browser that loads nothing by itself.
func startBrowser(t testing.TB, more ...chromedp.ExecAllocatorOption) context.Context {
	t.Helper()
	options := append(chromedp.DefaultExecAllocatorOptions[:],
		chromedp.ExecPath(chromiumPath(t)), chromedp.NoSandbox, chromedp.DisableGPU, chromedp.WindowSize(1400, 1000),
		chromedp.Flag("disable-component-update", true), chromedp.UserDataDir(t.TempDir()))
	allocator, cancel := chromedp.NewExecAllocator(context.Background(), append(options, more...)...)
	t.Cleanup(cancel)
	ctx, cancel := chromedp.NewContext(allocator)
	t.Cleanup(func() {
		// Waits for the browser's end, so that its folder can go.
		if err := chromedp.Cancel(ctx); err != nil {
			t.Log("closing the browser:", err)
		}
		cancel()
	})
	if err := chromedp.Do(ctx); err != nil {
		t.Fatalf("%s does not start: %v", chromiumPath(t), err)
	}
	return ctx
}

// tab is a page in a tab, with what it did besides being there.
type tab struct {
	t   testing.TB
	ctx context.Context
	url string

	mu       sync.Mutex
	trouble  []string // errors, warnings, violations of the policy, dialogs
	requests []string
}

// tabStep is an action without a value.
type tabStep = chromedp.Action[chromedp.Void]

// openPage writes a run's page to a file and opens it in a new tab.
func openPage(t testing.TB, browser context.Context, r *result.Result, before ...tabStep) *tab {
	t.Helper()
	file := filepath.Join(t.TempDir(), "report.html")
	f, err := os.Create(file)
	if err != nil {
		t.Fatal(err)
	}
	if err := Write(f, r); err != nil {
		t.Fatal(err)
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
	return openFile(t, browser, file, before...)
}

func openFile(t testing.TB, browser context.Context, file string, before ...tabStep) *tab {
	t.Helper()
	ctx, cancel := chromedp.NewContext(browser)
	t.Cleanup(cancel)
	o := &tab{t: t, ctx: ctx, url: (&url.URL{Scheme: "file", Path: file}).String()}
	if err := chromedp.Listen(ctx, o.listen); err != nil {
		t.Fatal(err)
	}
	o.run(tabCommand(network.Enable, network.EnableParams{}), tabCommand(audits.Enable, cdp.Empty{}), tabCommand(cdplog.Enable, cdp.Empty{}))
	o.run(before...)
	o.run(chromedp.Navigate(o.url))
	return o
}

func (o *tab) listen(event any) {
	o.mu.Lock()
	defer o.mu.Unlock()
	add := func(format string, values ...any) { o.trouble = append(o.trouble, fmt.Sprintf(format, values...)) }
	switch e := event.(type) {
	case *runtime.EventConsoleAPICalled:
		add("console %s: %v", e.Type, e.Args)
	case *runtime.EventExceptionThrown:
		add("exception: %+v", *e.ExceptionDetails)
	case *cdplog.EventEntryAdded:
		add("log %s %s: %s", e.Entry.Source, e.Entry.Level, e.Entry.Text)
	case *audits.EventIssueAdded:
		if e.Issue.Details != nil && e.Issue.Details.ContentSecurityPolicyIssueDetails != nil {
			add("policy: %+v", *e.Issue.Details.ContentSecurityPolicyIssueDetails)
		}
	case *cdppage.EventJavascriptDialogOpening:
		add("dialog: %s", e.Message)
	case *network.EventRequestWillBeSent:
		o.requests = append(o.requests, e.Request.URL)
	}
}

// tabCommand is a command of the browser's protocol as a tabStep.
func tabCommand[P, R any](c cdp.Command[P, R], params P) tabStep {
	return func(ctx context.Context, target *chromedp.Target) (chromedp.Void, error) {
		_, err := cdp.Call(ctx, target, c, params)
		return chromedp.Void{}, err
	}
}

func (o *tab) run(steps ...tabStep) {
	o.t.Helper()
	ctx, cancel := context.WithTimeout(o.ctx, 2*time.Minute)
	defer cancel()
	if err := chromedp.Do(ctx, steps...); err != nil {
		o.t.Fatal(err)
	}
}

// tabValue runs an action and returns its value.
func tabValue[T any](o *tab, action chromedp.Action[T]) T {
	o.t.Helper()
	ctx, cancel := context.WithTimeout(o.ctx, 2*time.Minute)
	defer cancel()
	v, err := chromedp.Run(ctx, action)
	if err != nil {
		o.t.Fatal(err)
	}
	return v
}

// tabEval runs JavaScript, from outside the page's policy, and returns its value.
func tabEval[T any](o *tab, script string) T {
	o.t.Helper()
	return tabValue(o, chromedp.Evaluate[T](script, chromedp.EvalAwaitPromise))
}

// quiet fails if the page asked for anything but itself, or if anything went
// wrong in it.
func (o *tab) quiet() {
	o.t.Helper()
	time.Sleep(100 * time.Millisecond)
	o.mu.Lock()
	defer o.mu.Unlock()
	for _, s := range o.trouble {
		o.t.Error(s)
	}
	for _, s := range o.requests {
		// A new tab begins with an empty page.
		if s != o.url && s != "about:blank" {
			o.t.Errorf("the page asked for %s", s)
		}
	}
	if len(o.requests) == 0 || !strings.HasPrefix(o.url, "file:") {
		o.t.Error("no request was seen: the test does not see what it is to see")
	}
}

// screenshot writes what is seen to IAMCTL_SCREENSHOTS, if that is set.
func (o *tab) screenshot(name string, full bool) {
	o.t.Helper()
	folder := os.Getenv("IAMCTL_SCREENSHOTS")
	var png []byte
	if full {
		png = tabValue(o, chromedp.FullScreenshot(100))
	} else {
		png = tabValue(o, chromedp.CaptureScreenshot())
	}
	if len(png) < 10_000 {
		o.t.Errorf("%s: a screenshot of %d bytes shows nothing", name, len(png))
	}
	if folder == "" {
		return
	}
	if err := os.WriteFile(filepath.Join(folder, name+".png"), png, 0o600); err != nil {
		o.t.Error(err)
	}
}
