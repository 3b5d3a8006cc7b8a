package html

import (
	"slices"
	"strconv"

	"iamctl/report/documents"
	"iamctl/result"
)

const (
	// contextLines is how many equal lines are shown around those that differ,
	// and minFolded how many more there must be for the rest to be folded.
	contextLines = 3
	minFolded    = 4
)

// table writes two columns, with what is far from a difference folded away.
func (w *lineWriter) table(lines []documents.Line, tags [2]string) {
	w.WriteString("<table class=d>")
	for side, tag := range tags {
		w.WriteString("<th scope=col class=" + sideClass(side) + ">" + string(clip(tag, result.TagLimit)))
	}
	if slices.ContainsFunc(lines, documents.Line.Differs) {
		w.folded(lines)
	} else {
		w.rows(lines)
	}
	w.WriteString("</table>")
}

// folded writes rows with what is far from a difference folded away.
func (w *lineWriter) folded(lines []documents.Line) {
	for i := 0; i < len(lines); {
		end := i
		for end < len(lines) && lines[end].Differs() == lines[i].Differs() {
			end++
		}
		first, last := contextLines, contextLines
		if i == 0 {
			first = 0
		}
		if end == len(lines) {
			last = 0
		}
		if run := lines[i:end]; run[0].Differs() || len(run) < first+last+minFolded {
			w.rows(run)
		} else {
			w.rows(run[:first])
			w.fold(run[first : len(run)-last])
			w.rows(run[len(run)-last:])
		}
		i = end
	}
}

// fold writes equal lines folded, once if they have the same text.
func (w *lineWriter) fold(lines []documents.Line) {
	w.WriteString("<tr><td class=f colspan=2><details><summary>" + strconv.Itoa(len(lines)) + " equal lines</summary>")
	if slices.ContainsFunc(lines, func(l documents.Line) bool { return l.Kind != documents.Equal }) {
		w.WriteString("<table class=d>")
		w.rows(lines)
		w.WriteString("</table>")
	} else {
		w.pre(lines)
	}
	w.WriteString("</details>")
}

// rows writes a row for each run of equal lines and of lines that differ.
// Lines that are alike have a row each, so that they stay level.
func (w *lineWriter) rows(lines []documents.Line) {
	for i := 0; i < len(lines); {
		end := i + 1
		if lines[i].Kind != documents.Alike {
			end = endOfRun(lines, i)
		}
		switch run := lines[i:end]; {
		case run[0].Differs():
			w.WriteString("<tr><td>")
			w.marked(run, documents.OnlyA)
			w.WriteString("<td>")
			w.marked(run, documents.OnlyB)
		case run[0].Kind == documents.Alike:
			w.pair("<tr class=e><td>", run)
		default:
			w.pair("<tr><td>", run)
		}
		i = end
	}
}

// pair writes lines that both sides have, in both columns.
func (w *lineWriter) pair(open string, lines []documents.Line) {
	w.WriteString(open)
	w.lines(lines, 0)
	w.WriteString("<td>")
	w.lines(lines, 1)
}

// marked marks those lines that a side alone has.
func (w *lineWriter) marked(lines []documents.Line, side documents.Kind) {
	for _, l := range lines {
		if l.Kind == side {
			w.WriteString("<mark>")
			w.text(l.Text())
			w.WriteString("</mark>")
		}
	}
}
