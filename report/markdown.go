package report

import (
	"fmt"
	"io"
	"strings"

	"iamctl/internal/visible"
	"iamctl/result"
)

const (
	// markdownLimit is how many bytes, and so characters at most, a report
	// may have: GitHub takes 65,536 characters in a comment.
	markdownLimit = 60_000
	// markdownFoot is how many of them are kept for what is left out.
	markdownFoot = 600
	// markdownList and markdownRole are how many bytes a list at the top and
	// a role may have.
	markdownList = 5_000
	markdownRole = 6_000
)

// Markdown writes a report that fits into a comment on a pull request, of 60,000
// characters at most: how the run ended, the worst in words, what could not be compared, which
// waivers need attention, what is fixed and the figures, then role by role what
// differs, new drift first and then the worst. What does not fit is counted.
func Markdown(w io.Writer, r *result.Result) error {
	m := &markdown{r: r, tags: r.Tags(), roles: map[string]bool{}}
	m.headline()
	m.worst()
	m.gaps()
	m.waivers()
	m.fixed()
	m.figures()
	m.remarks()
	m.drift()
	_, err := io.WriteString(visible.NewLogWriter(w, visible.InText), m.b.String())
	return err
}

type markdown struct {
	b    strings.Builder
	r    *result.Result
	tags [2]string
	// full reports whether something did not fit: of the common roles in roles
	// so many differences, so many roles of one account alone, and so many policies
	// that AWS changed.
	full               bool
	roles              map[string]bool
	differences, alone int
	aws, findings      int
}

// SpanOf returns AWS's text as a code span.
func SpanOf(s string, limit int) string { return codeSpan(Clip(s, limit)) }

// elementOf returns AWS's text for a block of HTML.
func elementOf(s string, limit int) string { return codeElement(Clip(s, limit)) }

func (m *markdown) line(format string, args ...any) { fmt.Fprintf(&m.b, format+"\n", args...) }

func (m *markdown) headline() {
	parts := outcome(m.r, SpanOf)
	state := "in sync"
	switch drift := m.r.Tally().Drift(); {
	case m.r.Incomplete && drift:
		state = "incomplete, drift"
	case m.r.Incomplete:
		state = "incomplete"
	case drift:
		state = "drift"
	}
	m.line("## IAM roles: %s: %s and %s\n", state, SpanOf(m.tags[0], result.TagLimit), SpanOf(m.tags[1], result.TagLimit))
	texts := make([]string, len(parts))
	for i, p := range parts {
		texts[i] = p.text
		if p.kind != outcomePlain {
			texts[i] = "**" + p.text + "**"
		}
	}
	m.line("%s\n", strings.Join(texts, "; "))
	m.head()
}

// head writes when the accounts were compared, and what each was read from.
func (m *markdown) head() {
	var parts []string
	if head := HeadText(SpanOf, &m.r.Meta); head != "" {
		parts = append(parts, head)
	}
	for side := range 2 {
		a := m.r.Accounts.Of(side)
		for _, part := range []string{AtCommit(SpanOf, a), ReadBy(SpanOf, a)} {
			if part != "" {
				parts = append(parts, SpanOf(m.tags[side], result.TagLimit)+" "+part)
			}
		}
	}
	if parts != nil {
		m.line("%s\n", strings.Join(parts, "; "))
	}
}

// markdownFigures are the figures that are shown, besides the occasional ones.
var markdownFigures = map[string]bool{
	"roles": true, "common_roles": true, "common_roles_with_differences": true, "differences_among_common_roles": true,
	"attribute_differences": true, "unique_roles": true, "masked_items": true, "gaps": true,
}

func (m *markdown) figures() {
	m.line("| Metric | %s | %s |", cellSpan(Clip(m.tags[0], result.TagLimit)), cellSpan(Clip(m.tags[1], result.TagLimit)))
	m.line("| --- | ---: | ---: |")
	for _, f := range m.r.Figures() {
		if f.Title != "" && (f.Occasional || markdownFigures[f.Member]) {
			m.line("| %s | %d | %d |", f.Title, f.A, f.B)
		}
	}
	m.line("")
}
