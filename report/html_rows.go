package report

import (
	"html/template"
	"strconv"
	"strings"
)

const (
	// htmlContext is how many equal lines stand around those that differ, and
	// htmlFold how many more there must be for the rest to be folded.
	htmlContext = 3
	htmlFold    = 4
)

// htmlDocView is two documents side by side, or the one that there is.
type htmlDocView struct {
	body         template.HTML
	onlyA, onlyB int // lines that stand on one side alone
	alike        int // lines that are equal after rewriting
	same         bool
}

// oneHTMLDoc shows the document of one account.
func oneHTMLDoc(d *htmlDoc) htmlDocView {
	var w htmlRowWriter
	w.pre(tightenHTML(compareHTMLDocs(d, &htmlDoc{})))
	return htmlDocView{body: w.html()}
}

// twoHTMLDocs shows the documents of two accounts side by side. Lines that
// are equal stand once where they are folded.
func twoHTMLDocs(a, b *htmlDoc) htmlDocView {
	ops := tightenHTML(compareHTMLDocs(a, b))
	v := htmlDocView{}
	for _, o := range ops {
		switch o.kind {
		case '-':
			v.onlyA++
		case '+':
			v.onlyB++
		case '~':
			v.alike++
		}
	}
	v.same = v.onlyA+v.onlyB+v.alike == 0
	var w htmlRowWriter
	switch {
	case v.same:
		w.pre(ops)
	case v.onlyA+v.onlyB == 0:
		w.open()
		w.rows(ops)
		w.close()
	default:
		w.open()
		w.folded(ops)
		w.close()
	}
	v.body = w.html()
	return v
}

// htmlRowWriter writes rows of lines. All text goes through htmlLine.
type htmlRowWriter struct{ strings.Builder }

func (w *htmlRowWriter) html() template.HTML { return template.HTML(w.String()) }

func (w *htmlRowWriter) open()  { w.WriteString("<table class=d>") }
func (w *htmlRowWriter) close() { w.WriteString("</table>") }

func (w *htmlRowWriter) text(l *htmlDocLine) {
	w.WriteString(string(htmlLine(l.text)))
	if l.comma {
		w.WriteByte(',')
	}
}

// pre writes the lines of the side that there is.
func (w *htmlRowWriter) pre(ops []htmlOp) {
	w.WriteString("<pre>")
	for i, o := range ops {
		// A line break right after <pre> is no text.
		if i > 0 || o.side().text == "" {
			w.WriteByte('\n')
		}
		w.text(o.side())
	}
	w.WriteString("</pre>")
}

func (o htmlOp) side() *htmlDocLine {
	if o.a != nil {
		return o.a
	}
	return o.b
}

func (o htmlOp) differs() bool { return o.kind == '-' || o.kind == '+' }

// folded writes rows with what is far from a difference folded away.
func (w *htmlRowWriter) folded(ops []htmlOp) {
	for i := 0; i < len(ops); {
		end := i
		for end < len(ops) && ops[end].differs() == ops[i].differs() {
			end++
		}
		run := ops[i:end]
		first, last := htmlContext, htmlContext
		if i == 0 {
			first = 0
		}
		if end == len(ops) {
			last = 0
		}
		if run[0].differs() || len(run) < first+last+htmlFold {
			w.rows(run)
		} else {
			w.rows(run[:first])
			w.fold(run[first : len(run)-last])
			w.rows(run[len(run)-last:])
		}
		i = end
	}
}

// fold writes equal lines folded: once where their text is the same.
func (w *htmlRowWriter) fold(ops []htmlOp) {
	w.WriteString("<tr><td colspan=2><details><summary>" + strconv.Itoa(len(ops)) + " equal lines</summary>")
	for _, o := range ops {
		if o.kind != '=' {
			w.open()
			w.rows(ops)
			w.WriteString("</table></details>")
			return
		}
	}
	w.pre(ops)
	w.WriteString("</details>")
}

// rows writes equal lines, and lines that differ, a row for each run; lines
// that are equal after rewriting have a row each, so that they stay level.
func (w *htmlRowWriter) rows(ops []htmlOp) {
	for i := 0; i < len(ops); {
		end := i + 1
		for end < len(ops) && ops[i].kind != '~' && (ops[end].kind == ops[i].kind || ops[i].differs() && ops[end].differs()) {
			end++
		}
		switch {
		case ops[i].differs():
			w.marked(ops[i:end])
		case ops[i].kind == '~':
			w.pair("<tr class=e><td>", ops[i:end])
		default:
			w.pair("<tr><td>", ops[i:end])
		}
		i = end
	}
}

func (w *htmlRowWriter) pair(open string, ops []htmlOp) {
	w.WriteString(open)
	for i, o := range ops {
		if i > 0 {
			w.WriteByte('\n')
		}
		w.text(o.a)
	}
	w.WriteString("<td>")
	for i, o := range ops {
		if i > 0 {
			w.WriteByte('\n')
		}
		w.text(o.b)
	}
}

func (w *htmlRowWriter) marked(ops []htmlOp) {
	for _, kind := range []byte("-+") {
		if kind == '-' {
			w.WriteString("<tr><td>")
		} else {
			w.WriteString("<td>")
		}
		for _, o := range ops {
			if o.kind == kind {
				w.WriteString("<mark>")
				w.text(o.side())
				w.WriteString("</mark>")
			}
		}
	}
}
