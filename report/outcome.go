package report

import (
	"fmt"
	"slices"
	"strings"

	"iamctl/result"
)

// outcomePart is a part of the line on how the run ended: the last line of the
// text and the first of other reports.
type outcomePart struct {
	text string
	kind int
}

const (
	outcomePlain = iota
	outcomeBad
	outcomeGood
)

// outcome returns how the run ended: what could not be compared, whether there
// is drift that no waiver accepts, and how much is new, waived, fixed and left out.
func outcome(r *result.Result, esc result.Escape) []outcomePart {
	t := r.Tally()
	var parts []outcomePart
	add := func(kind int, format string, args ...any) {
		parts = append(parts, outcomePart{fmt.Sprintf(format, args...), kind})
	}
	if r.Incomplete {
		add(outcomeBad, "incomplete, %s", result.Count(len(r.Gaps), "gap", "gaps"))
	}
	switch {
	case t.Drift() && t.AWS+t.Roles+t.Only[0]+t.Only[1] == 0:
		add(outcomeBad, "drift: %s", auditText(r, esc))
	case t.AWS > 0 && t.Roles+t.Only[0]+t.Only[1] == 0:
		add(outcomeBad, "drift: %s", awsText(t))
		addAudit(r, esc, add)
	case t.Drift():
		tags := r.Tags()
		add(outcomeBad, "drift: %s, %s only in %s, %s only in %s",
			result.Count(t.Roles, "common role differs", "common roles differ"),
			result.Count(t.Only[0], "role", "roles"), esc(tags[0], result.TagLimit), result.Count(t.Only[1], "role", "roles"), esc(tags[1], result.TagLimit))
		if t.AWS > 0 {
			add(outcomeBad, "%s", awsText(t))
		}
		addAudit(r, esc, add)
	case r.Incomplete:
		add(outcomePlain, "no difference in what was compared")
	default:
		add(outcomeGood, "in sync")
	}
	if form := formText(t); form != "" {
		add(outcomePlain, "%s", form)
	}
	for _, text := range judgedTexts(r) {
		add(outcomePlain, "%s", text)
	}
	return parts
}

// addAudit adds how many findings of audits one account alone has, if any.
func addAudit(r *result.Result, esc result.Escape, add func(kind int, format string, args ...any)) {
	if text := auditText(r, esc); text != "" {
		add(outcomeBad, "%s", text)
	}
}

// auditText returns how many findings of audits each account alone has that no waiver
// accepts, "" for none.
func auditText(r *result.Result, esc result.Escape) string {
	n, tags := r.Tally().Findings, r.Tags()
	if n[0]+n[1] == 0 {
		return ""
	}
	return fmt.Sprintf("%s only in %s, %d only in %s", result.Count(n[0], "audit finding", "audit findings"), esc(tags[0], result.TagLimit), n[1], esc(tags[1], result.TagLimit))
}

// formText returns how much differs that does not count, "" where everything counts.
func formText(t *result.Tally) string {
	var parts []string
	if t.FormRoles > 0 {
		parts = append(parts, result.Count(t.FormRoles, "common role differs", "common roles differ"))
	}
	if t.FormAWS > 0 {
		parts = append(parts, result.Count(t.FormAWS, "policy of AWS's differs", "policies of AWS's differ"))
	}
	if parts == nil {
		return ""
	}
	return strings.Join(parts, " and ") + " without a change in meaning"
}

// awsText returns how many policies of AWS's AWS changed.
func awsText(t *result.Tally) string {
	return "AWS changed " + result.Count(t.AWS, "policy", "policies") + " of its own"
}

// judgedTexts returns how much is new, waived, fixed and left out, as far as the run was
// judged.
func judgedTexts(r *result.Result) []string {
	t, aged := r.Tally(), r.HeldAgainst()
	var parts []string
	if aged {
		parts = append(parts, fmt.Sprintf("%d new", t.NewAll))
	}
	if t.WaivedAll > 0 {
		parts = append(parts, fmt.Sprintf("%d waived", t.WaivedAll))
	}
	if n := len(waiversIn(r, result.WaiverOutgrown)); n > 0 {
		parts = append(parts, result.Count(n, "outgrown waiver", "outgrown waivers"))
	}
	if n := len(waiversIn(r, result.WaiverExpired)); n > 0 {
		parts = append(parts, result.Count(n, "expired waiver", "expired waivers"))
	}
	if n := len(waiversIn(r, result.WaiverUnmatched)); n > 0 {
		parts = append(parts, result.Count(n, "unmatched waiver", "unmatched waivers"))
	}
	if aged {
		parts = append(parts, fmt.Sprintf("%d fixed", len(r.Fixed)))
	}
	if n := excludedRoles(r); n > 0 {
		parts = append(parts, result.Count(n, "role", "roles")+" excluded")
	}
	return parts
}

// waiversIn returns the waivers of a state.
func waiversIn(r *result.Result, state string) []result.Waiver {
	return slices.DeleteFunc(slices.Clone(r.Waivers), func(w result.Waiver) bool { return w.State != state })
}
