package report

import (
	"iamctl/result"
	"iamctl/verdict/severity"
)

// markdownCell is how many characters of a text a cell of the first table has.
const markdownCell = 160

// worst writes the worst findings as a table.
func (m *markdown) worst() {
	cut := func(s string, limit int) string { return Clip(s, min(limit, markdownCell)) }
	list := Findings(cut, m.r)
	if list == nil {
		return
	}
	m.line("| Severity | Role | What | For example |")
	m.line("| --- | --- | --- | --- |")
	for _, f := range list[:min(len(list), FirstFindings)] {
		example := ""
		if f.Example != "" {
			example = cellSpan(f.Example)
		}
		m.line("| %s | %s | %s | %s |", levelMark(f.Level), cellSpan(f.Name), cellSpan(f.What), example)
	}
	m.line("")
	if n := len(list) - FirstFindings; n > 0 {
		m.line("And %d more; what differs follows, the worst first.\n", n)
	}
}

// levelMark returns a severity so that the bad ones stand out.
func levelMark(level severity.Level) string {
	if level == severity.Critical || level == severity.High {
		return "**" + string(level) + "**"
	}
	return string(level)
}

// levelText returns how bad a role's differences are for its heading, "" where they are
// harmless or that is not known.
func (m *markdown) levelText(p *result.Pair) string {
	return levelBefore(newFinder(Clip, m.r).level(p))
}

// levelBefore returns a severity for a heading, "" for what is harmless or not known.
func levelBefore(l severity.Level) string {
	if l == "" || l == severity.None {
		return ""
	}
	return string(l) + ": "
}

// levelNote is the same for the end of a line.
func levelNote(l severity.Level) string {
	if l == "" || l == severity.None {
		return ""
	}
	return " [" + string(l) + "]"
}
