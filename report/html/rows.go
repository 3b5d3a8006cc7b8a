package html

import (
	"html/template"
	"slices"
	"strconv"
	"strings"

	"iamctl/result"
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
	twins        int // lines of the same text that is rewritten on one side alone
	same         bool
}

// oneHTMLDoc shows the document of one account.
func oneHTMLDoc(d *htmlDoc) htmlDocView {
	var w htmlRowWriter
	ops, _ := htmlOps(d, &htmlDoc{})
	w.pre(ops)
	return htmlDocView{body: w.html()}
}

// twoHTMLDocs shows the documents of two accounts side by side. In the small
// form, for pages with many, lines that are equal stand once, and documents in
// which nothing differs are not shown.
func twoHTMLDocs(a, b *htmlDoc, tags [2]string, small bool) htmlDocView {
	ops, twins := htmlOps(a, b)
	v := htmlDocView{twins: twins}
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
	case small && v.onlyA+v.onlyB == 0:
	case v.same:
		w.pre(ops)
	case small:
		w.small(ops)
	default:
		w.table(ops, tags)
	}
	v.body = w.html()
	return v
}

// htmlOps compares two documents for showing, and counts the lines that differ
// although they have the same text. What is no JSON stands as it is.
func htmlOps(a, b *htmlDoc) (ops []htmlOp, twins int) {
	ops = compareHTMLDocs(a, b)
	if a.plain || b.plain {
		return ops, 0
	}
	return tightenHTML(ops), htmlTwins(ops)
}

// htmlTwins counts lines that differ although they have the same text: a name
// that is the own one in one account is a foreign one in the other.
func htmlTwins(ops []htmlOp) int {
	lines := map[string]*htmlDocLine{}
	for _, o := range ops {
		if o.kind == '-' {
			lines[o.a.text] = o.a
		}
	}
	n := 0
	for _, o := range ops {
		if o.kind == '+' && lines[o.b.text] != nil && lines[o.b.text].key != o.b.key {
			n++
		}
	}
	return n
}

// htmlRowWriter writes rows of lines. All text goes through htmlLine.
type htmlRowWriter struct{ strings.Builder }

func (w *htmlRowWriter) html() template.HTML { return template.HTML(w.String()) }

// table writes two columns, with what is far from a difference folded away.
func (w *htmlRowWriter) table(ops []htmlOp, tags [2]string) {
	w.WriteString("<table class=d>")
	for side, tag := range tags {
		w.WriteString("<th scope=col class=" + htmlClass(side) + ">" + string(htmlClip(tag, result.TagLimit)))
	}
	if slices.ContainsFunc(ops, htmlOp.differs) {
		w.folded(ops)
	} else {
		w.rows(ops)
	}
	w.WriteString("</table>")
}

// small writes equal lines once, and lines that do not have the same text in
// two columns: <del> and <ins>, or two <u> where they are equal after
// rewriting. An element of the first column is there even if it is empty.
func (w *htmlRowWriter) small(ops []htmlOp) {
	w.WriteString("<pre class=c>")
	for i := 0; i < len(ops); {
		end := i + 1
		for end < len(ops) && (ops[end].kind == ops[i].kind || ops[i].differs() && ops[end].differs()) {
			end++
		}
		if i > 0 {
			w.WriteByte('\n')
		}
		switch run := ops[i:end]; {
		case run[0].differs():
			w.split(run)
		case run[0].kind == '~':
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
func (w *htmlRowWriter) split(ops []htmlOp) {
	var sides [2][]htmlOp
	for _, o := range ops {
		if o.kind == '-' {
			sides[0] = append(sides[0], o)
		} else {
			sides[1] = append(sides[1], o)
		}
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

// fold writes equal lines folded: once if they have the same text.
func (w *htmlRowWriter) fold(ops []htmlOp) {
	w.WriteString("<tr><td class=f colspan=2><details><summary>" + strconv.Itoa(len(ops)) + " equal lines</summary>")
	if slices.ContainsFunc(ops, func(o htmlOp) bool { return o.kind != '=' }) {
		w.WriteString("<table class=d>")
		w.rows(ops)
		w.WriteString("</table>")
	} else {
		w.pre(ops)
	}
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

// pair writes lines that stand for each other in both columns.
func (w *htmlRowWriter) pair(open string, ops []htmlOp) {
	w.WriteString(open)
	w.lines(ops, 0)
	w.WriteString("<td>")
	w.lines(ops, 1)
}

// lines writes one side's lines.
func (w *htmlRowWriter) lines(ops []htmlOp, side int) {
	for i, o := range ops {
		if i > 0 {
			w.WriteByte('\n')
		}
		w.text([2]*htmlDocLine{o.a, o.b}[side])
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
