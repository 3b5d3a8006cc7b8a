package report

import (
	"html"
	"strings"
)

// Markdown has three places in which nothing in a text is a link, a mention, a
// picture or HTML. AWS's text is written in these alone, with its control
// characters escaped so that it has no line break:
//
//   - a code span, between more backticks than follow each other in the text;
//   - a fenced block, likewise, one text a line;
//   - a code element inside a block of HTML, with < > & and quotes as entities.

// codeSpan returns s as a code span (CommonMark, "Code spans").
func codeSpan(s string) string {
	if s == "" {
		s = " " // there is no empty one
	}
	ticks := strings.Repeat("`", backticks(s)+1)
	// One blank at either end is taken off again.
	if s[0] == '`' || s[len(s)-1] == '`' || s[0] == ' ' && s[len(s)-1] == ' ' && strings.Trim(s, " ") != "" {
		s = " " + s + " "
	}
	return ticks + s + ticks
}

// cellSpan returns s as a code span in a table, where a pipe would end the cell.
func cellSpan(s string) string { return codeSpan(strings.ReplaceAll(s, "|", `\u{7C}`)) }

// codeElement returns s as an element of HTML.
func codeElement(s string) string { return "<code>" + html.EscapeString(s) + "</code>" }

// fence returns the fence of a block of code with these lines.
func fence(lines []string) string {
	most := 2
	for _, l := range lines {
		most = max(most, backticks(l))
	}
	return strings.Repeat("`", most+1)
}

// backticks returns the length of the longest run of backticks in s.
func backticks(s string) int {
	most, run := 0, 0
	for i := range len(s) {
		if s[i] != '`' {
			run = 0
			continue
		}
		run++
		most = max(most, run)
	}
	return most
}
