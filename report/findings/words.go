package findings

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"iamctl/report"
	"iamctl/result"
	"iamctl/result/audited"
	"iamctl/result/found"
	"iamctl/verdict/severity"
)

// Where returns the document and the statement of a finding, to follow its entity; "" if
// it comes from no document.
func Where(esc result.Escape, f *found.Finding) string {
	return result.FindingPlace(esc, f)
}

// RequestText returns a request in one line.
func RequestText(r *found.Request) string {
	return report.FindingRequest(r)
}

// Ending returns how an audit ended, in words.
func Ending(a *audited.Audit) string {
	var parts []string
	for _, l := range severity.Levels() {
		if n := a.Counts[string(l)]; n > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", n, l))
		}
	}
	end := result.Count(len(a.Findings)-a.Waived, "finding", "findings")
	if parts != nil {
		end += ": " + strings.Join(parts, ", ")
	}
	if a.Waived > 0 {
		end += fmt.Sprintf("; %d waived", a.Waived)
	}
	if a.New != nil {
		end += fmt.Sprintf("; %d new, %d gone", *a.New, len(a.Gone))
	}
	if a.Incomplete {
		end = "incomplete, " + result.Count(len(a.Gaps), "gap", "gaps") + "; " + end
	}
	return end
}

// commands returns the commands that mend a finding. None is cut, so that it can be
// copied: what is too long is said to be.
func commands(f *audited.Finding) []string {
	var out []string
	for line := range strings.SplitSeq(f.Fix, "\n") {
		if utf8.RuneCountInString(line) > longLimit {
			line = "by a command that is too long for here; JSON has it"
		}
		if line != "" {
			out = append(out, line)
		}
	}
	return out
}
