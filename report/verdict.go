package report

import (
	"fmt"
	"slices"
)

// verdictPart is one of the things that the last line of the text and the
// first of other reports say.
type verdictPart struct {
	text string
	kind int
}

const (
	verdictPlain = iota
	verdictBad
	verdictGood
)

// verdict says how it ended: what is in the dark, whether there is drift that
// no waiver accepts, and how much is new, waived and fixed.
func (v *view) verdict(s show) []verdictPart {
	h, t := v.head, v.tally
	var parts []verdictPart
	add := func(kind int, format string, args ...any) {
		parts = append(parts, verdictPart{fmt.Sprintf(format, args...), kind})
	}
	if h.Incomplete {
		add(verdictBad, "incomplete, %s", plural(len(h.Gaps), "gap", "gaps"))
	}
	switch {
	case t.drift():
		tags := h.tags()
		add(verdictBad, "drift: %s, %s only in %s, %s only in %s",
			plural(t.roles, "common role differs", "common roles differ"),
			plural(t.only[0], "role", "roles"), s(tags[0], clipTag), plural(t.only[1], "role", "roles"), s(tags[1], clipTag))
	case h.Incomplete:
		add(verdictPlain, "no difference in what was compared")
	default:
		add(verdictGood, "in sync")
	}
	for _, text := range v.known() {
		add(verdictPlain, "%s", text)
	}
	return parts
}

// known says how much is new, waived and fixed, as far as that is known.
func (v *view) known() []string {
	h, t := v.head, v.tally
	var parts []string
	_, aged := h.Counts[countNew]
	if aged {
		parts = append(parts, fmt.Sprintf("%d new", t.freshAll))
	}
	if t.waivedAll > 0 {
		parts = append(parts, fmt.Sprintf("%d waived", t.waivedAll))
	}
	if n := len(h.waiversIn(WaiverExpired)); n > 0 {
		parts = append(parts, plural(n, "expired waiver", "expired waivers"))
	}
	if n := len(h.waiversIn(WaiverUnmatched)); n > 0 {
		parts = append(parts, plural(n, "unmatched waiver", "unmatched waivers"))
	}
	if aged {
		parts = append(parts, fmt.Sprintf("%d fixed", len(h.Fixed)))
	}
	return parts
}

// waiversIn gives the waivers in a state.
func (r *Run) waiversIn(state string) []RunWaiver {
	return slices.DeleteFunc(slices.Clone(r.Waivers), func(w RunWaiver) bool { return w.State != state })
}
