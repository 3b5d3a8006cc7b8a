package report

import (
	"strings"

	"iamctl/result"
)

// waivers writes how much is waived, and lists the waivers that need attention:
// those that have expired or fit nothing.
func (t *textWriter) waivers() {
	h := t.r
	var parts []string
	if t.r.Tally().WaivedAll > 0 || len(h.Waivers) > 0 {
		parts = append(parts, result.Count(t.r.Tally().WaivedAll, "difference", "differences")+" waived (waived_differences.csv)")
	}
	expired, unmatched := waiversIn(h, result.WaiverExpired), waiversIn(h, result.WaiverUnmatched)
	if n := len(expired); n > 0 {
		parts = append(parts, result.Count(n, "expired waiver", "expired waivers"))
	}
	if n := len(unmatched); n > 0 {
		parts = append(parts, result.Count(n, "unmatched waiver", "unmatched waivers"))
	}
	if parts == nil {
		return
	}
	t.line("\n%s", t.changed.Sprint("Waivers: "+strings.Join(parts, ", ")))
	t.waiverList(expired, "expired, %s again: %s")
	t.waiverList(unmatched, "unmatched, %s: %s")
}

// waiverList writes a few waivers; format is that of how many drifts one would
// accept and of the waiver.
func (t *textWriter) waiverList(list []result.Waiver, format string) {
	for i := range list {
		if i == t.few() {
			t.line("  ... and %d more: see diff.json", len(list)-i)
			return
		}
		t.line("  "+format, result.Count(list[i].Count, "difference", "differences"), WaiverText(Clip, &list[i]))
	}
}

// fixed writes how much is new, and lists the drift of the earlier run that is
// fixed.
func (t *textWriter) fixed() {
	h := t.r
	if h.Meta.Since == "" && len(h.Fixed) == 0 {
		return
	}
	since := ""
	if h.Meta.Since != "" {
		since = " since " + Clip(h.Meta.Since, result.LineLimit)
	}
	t.line("\n%s", t.onlyB.Sprintf("%d new, %d fixed%s", t.r.Tally().NewAll, len(h.Fixed), since))
	for i, f := range h.Fixed {
		if i == t.few() {
			t.line("  ... and %d more: see diff.json", len(h.Fixed)-i)
			return
		}
		t.line("  fixed: %s %s", Clip(f.RoleName, result.LineLimit), Clip(f.Text, result.LineLimit))
	}
}
