package report

import "strings"

// waivers says how much is waived, and lists the waivers that need a person:
// those that have expired or fit nothing.
func (t *textWriter) waivers() {
	h := t.v.head
	var parts []string
	if t.v.tally.waivedAll > 0 || len(h.Waivers) > 0 {
		parts = append(parts, plural(t.v.tally.waivedAll, "difference", "differences")+" waived (waived_differences.csv)")
	}
	expired, unmatched := h.waiversIn(WaiverExpired), h.waiversIn(WaiverUnmatched)
	if n := len(expired); n > 0 {
		parts = append(parts, plural(n, "expired waiver", "expired waivers"))
	}
	if n := len(unmatched); n > 0 {
		parts = append(parts, plural(n, "unmatched waiver", "unmatched waivers"))
	}
	if parts == nil {
		return
	}
	t.line("\n%s", t.changed.Sprint("Waivers: "+strings.Join(parts, ", ")))
	t.waiverList(expired, "expired, %s again: %s")
	t.waiverList(unmatched, "unmatched, %s: %s")
}

func (t *textWriter) waiverList(list []RunWaiver, format string) {
	for i := range list {
		if i == fewLines {
			t.line("  ... and %d more: see diff.json", len(list)-i)
			return
		}
		t.line("  "+format, plural(list[i].Count, "difference", "differences"), waiverText(clip, &list[i]))
	}
}

// fixed lists the drift of the earlier run that is no more.
func (t *textWriter) fixed() {
	h := t.v.head
	if h.Meta.Since == "" && len(h.Fixed) == 0 {
		return
	}
	since := ""
	if h.Meta.Since != "" {
		since = " since " + clip(h.Meta.Since, clipLine)
	}
	t.line("\n%s", t.onlyB.Sprintf("%d new, %d fixed%s", t.v.tally.freshAll, len(h.Fixed), since))
	for i, f := range h.Fixed {
		if i == fewLines {
			t.line("  ... and %d more: see diff.json", len(h.Fixed)-i)
			return
		}
		t.line("  fixed: %s %s", clip(f.RoleName, clipLine), clip(f.Text, clipLine))
	}
}
