package report

import (
	"slices"
	"strings"

	"iamctl/result"
)

// waivers writes how much is waived, and lists the waivers that need attention:
// those that are outgrown, have expired or fit nothing. It lists all ignore rules.
func (t *textWriter) waivers() {
	h := t.r
	var parts []string
	if t.r.Tally().WaivedAll > 0 || len(h.Waivers) > 0 {
		parts = append(parts, result.Count(t.r.Tally().WaivedAll, "difference", "differences")+" waived (waived_differences.csv)")
	}
	expired, unmatched := waiversIn(h, result.WaiverExpired), waiversIn(h, result.WaiverUnmatched)
	outgrown := waiversIn(h, result.WaiverOutgrown)
	if n := len(outgrown); n > 0 {
		parts = append(parts, result.Count(n, "outgrown waiver", "outgrown waivers"))
	}
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
	t.waiverList(outgrown, "outgrown, %s again: %s")
	t.waiverList(expired, "expired, %s again: %s")
	t.waiverList(unmatched, "unmatched, %s: %s")
	t.rules()
}

// maxRules is how many ignore rules a report lists.
const maxRules = 100

// rules lists the ignore rules.
func (t *textWriter) rules() {
	list := rulesIn(t.r)
	for i := range list {
		if i == 0 {
			t.line("Ignore rules:")
		}
		if i == maxRules {
			t.line("  ... and %d more: see diff.json", len(list)-i)
			return
		}
		wide := ""
		if list[i].Wide != "" {
			wide = t.alarm.Sprint(" [WARNING: " + Clip(list[i].Wide, result.LineLimit) + "]")
		}
		t.line("  %s%s", RuleText(Clip, &list[i]), wide)
	}
}

// rulesIn returns the ignore rules.
func rulesIn(r *result.Result) []result.Waiver {
	return slices.DeleteFunc(slices.Clone(r.Waivers), func(w result.Waiver) bool { return !w.IsRule() })
}

// WideRules returns the ignore rules that leave little to report, at most as many as a
// report lists.
func WideRules(r *result.Result) []result.Waiver {
	list := slices.DeleteFunc(rulesIn(r), func(w result.Waiver) bool { return w.Wide == "" })
	return list[:min(len(list), maxRules)]
}

// WideText returns in a line what is wrong with such a rule.
func WideText(esc result.Escape, w *result.Waiver) string {
	return "the ignore rule for " + esc(RuleName(w), result.LineLimit) + " leaves little to report: " + esc(w.Wide, result.LineLimit)
}

// OutgrownWaivers returns the waivers that are outgrown, at most as many as a report
// lists.
func OutgrownWaivers(r *result.Result) []result.Waiver {
	list := waiversIn(r, result.WaiverOutgrown)
	return list[:min(len(list), maxRules)]
}

// OutgrownText returns in a line what such a waiver is and why it is outgrown.
func OutgrownText(esc result.Escape, w *result.Waiver) string {
	return "outgrown: " + WaiverText(esc, w) + outgrownText(esc, w)
}

// withoutRules returns the waivers that are no ignore rules.
func withoutRules(list []result.Waiver) []result.Waiver {
	return slices.DeleteFunc(list, func(w result.Waiver) bool { return w.IsRule() })
}

// waiverList writes a few waivers; format is that of how many drifts one would
// accept and of the waiver.
func (t *textWriter) waiverList(list []result.Waiver, format string) {
	list = withoutRules(list)
	for i := range list {
		if i == t.few() {
			t.line("  ... and %d more: see diff.json", len(list)-i)
			return
		}
		t.line("  "+format+"%s", result.Count(list[i].Count, "difference", "differences"), WaiverText(Clip, &list[i]), outgrownText(Clip, &list[i])+SuccessorText(Clip, &list[i]))
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
