package html

import (
	"os"
	"testing"
	"time"
)

// opening is how long a page takes from its first byte until it is painted
// and its script has run.
func opening(o *tab) time.Duration {
	ms := tabEval[float64](o, `new Promise(done => requestAnimationFrame(() => setTimeout(() => done(performance.now()))))`)
	load := tabEval[float64](o, `performance.getEntriesByType("navigation")[0].loadEventEnd`)
	paint := tabEval[float64](o, `performance.getEntriesByName("first-contentful-paint")[0]?.startTime ?? -1`)
	o.t.Logf("first paint %.0f ms, loaded %.0f ms, asked at %.0f ms", paint, load, ms)
	return time.Duration(max(load, paint) * float64(time.Millisecond))
}

func TestManyRolesOpenInBrowser(t *testing.T) {
	if os.Getenv("IAMCTL_TIMED") == "" {
		t.Skip("left out: set IAMCTL_TIMED=1 to hold the page to 3 s on a quiet machine")
	}
	b := startBrowser(t)
	run := largeResult(5000)
	// Other work may hold the machine up: one of some times must do.
	for try := range 5 {
		o := openPage(t, b, run)
		took := opening(o)
		o.quiet()
		if took < 3*time.Second {
			filter := tabEval[float64](o, `(() => { const from = performance.now(); const f = document.getElementById("status");
				f.value = "n"; f.dispatchEvent(new Event("change")); document.body.offsetHeight; return performance.now() - from })()`)
			sort := tabEval[float64](o, `(() => { const from = performance.now(); document.querySelectorAll("#table thead button")[3].click();
				document.body.offsetHeight; return performance.now() - from })()`)
			t.Logf("filter %.0f ms, sort %.0f ms: %s", filter, sort, tabEval[string](o, `document.getElementById("count").value`))
			return
		}
		t.Logf("try %d took %v", try+1, took)
	}
	t.Error("5,000 differing roles do not open in 3 s")
}
