package html

import (
	"strings"

	"iamctl/report/documents"
)

// lineWriter writes lines of documents. All of their text goes through escape.
type lineWriter struct{ strings.Builder }

// oneDocument returns the markup of the document of one account.
func oneDocument(lines []documents.Line) string {
	var w lineWriter
	w.pre(lines)
	return w.String()
}

// twoDocuments returns the markup of two documents side by side. In the small
// form, for pages with many, lines that are equal are there once, and of
// documents in which nothing differs there is nothing.
func twoDocuments(c *documents.Comparison, tags [2]string, small bool) string {
	var w lineWriter
	switch {
	case small && !c.Differ():
	case c.Same():
		w.pre(c.Lines)
	case small:
		w.small(c.Lines)
	default:
		w.table(c.Lines, tags)
	}
	return w.String()
}

// pre writes the lines of one document.
func (w *lineWriter) pre(lines []documents.Line) {
	w.WriteString("<pre>")
	for i, l := range lines {
		// A line break right after <pre> is no text.
		if i > 0 || l.Text() == "" {
			w.WriteByte('\n')
		}
		w.text(l.Text())
	}
	w.WriteString("</pre>")
}

func (w *lineWriter) text(s string) { w.WriteString(string(escape(s))) }

// lines writes the lines as one side has them.
func (w *lineWriter) lines(lines []documents.Line, side int) {
	for i, l := range lines {
		if i > 0 {
			w.WriteByte('\n')
		}
		w.text([2]string{l.A, l.B}[side])
	}
}

// endOfRun returns the end of the lines from i on that are all of one kind, or
// that all differ.
func endOfRun(lines []documents.Line, i int) int {
	end := i + 1
	for end < len(lines) && (lines[end].Kind == lines[i].Kind || lines[i].Differs() && lines[end].Differs()) {
		end++
	}
	return end
}

// small writes equal lines once, and lines that do not have the same text in
// two columns: <del> and <ins>, or two <u> where they are equal after
// rewriting. An element of the first column is there even if it is empty.
func (w *lineWriter) small(lines []documents.Line) {
	w.WriteString("<pre class=c>")
	for i := 0; i < len(lines); {
		end := endOfRun(lines, i)
		if i > 0 {
			w.WriteByte('\n')
		}
		switch run := lines[i:end]; {
		case run[0].Differs():
			w.split(run)
		case run[0].Kind == documents.Alike:
			w.WriteString("<u>")
			w.lines(run, 0)
			w.WriteString("</u><u>")
			w.lines(run, 1)
			w.WriteString("</u>")
		default:
			w.lines(run, 0)
		}
		i = end
	}
	w.WriteString("</pre>")
}

// split writes lines that differ in two columns.
func (w *lineWriter) split(lines []documents.Line) {
	var sides [2][]documents.Line
	for _, l := range lines {
		side := 0
		if l.Kind == documents.OnlyB {
			side = 1
		}
		sides[side] = append(sides[side], l)
	}
	w.WriteString("<del>")
	w.lines(sides[0], 0)
	w.WriteString("</del>")
	if len(sides[1]) > 0 {
		w.WriteString("<ins>")
		w.lines(sides[1], 1)
		w.WriteString("</ins>")
	}
}
