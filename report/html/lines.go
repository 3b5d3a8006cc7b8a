package html

import (
	"slices"
	"strings"

	"iamctl/internal/visible"
	"iamctl/policy"
)

// htmlDocLine is a line of a document. Lines with one key mean the same. The
// comma after a line belongs to its place and is no part of either.
type htmlDocLine struct {
	text, key string
	comma     bool
}

// htmlDoc is a document as lines. A policy's statements stand apart; any
// other text is all in before.
type htmlDoc struct {
	before, after []htmlDocLine
	statements    []htmlBlock
	// plain tells that the text is no JSON.
	plain bool
}

// htmlBlock is a statement.
type htmlBlock struct {
	sid   string
	lines []htmlDocLine
}

// newHTMLDoc lays out a document. One that is no JSON stands as it is.
func newHTMLDoc(text string, r *htmlRewrites) htmlDoc {
	root, ok := readHTMLNode(text)
	if !ok {
		return plainHTMLDoc(text)
	}
	root.arrange()
	p := &htmlPrinter{rewrites: r}
	at := slices.Index(root.names, "Statement")
	if at < 0 || at+1 < len(root.names) && root.names[at+1] == "Statement" || root.items[at].kind != '[' || len(root.items[at].items) == 0 {
		p.value(&root, htmlPlace{})
		return htmlDoc{before: p.take()}
	}
	var d htmlDoc
	p.line(htmlPlace{}, "{", "{")
	for i := range root.items[:at] {
		p.member(&root, i, htmlPlace{})
	}
	p.line(htmlPlace{indent: 1}, `"Statement": [`, `"Statement": [`)
	d.before = p.take()
	for i := range root.items[at].items {
		s := &root.items[at].items[i]
		p.value(s, htmlPlace{indent: 2, statement: true})
		d.statements = append(d.statements, htmlBlock{sid: s.sid(), lines: p.take()})
	}
	p.line(htmlPlace{indent: 1, comma: at+1 < len(root.items)}, "]", "]")
	for i := range root.items[at+1:] {
		p.member(&root, at+1+i, htmlPlace{})
	}
	p.line(htmlPlace{}, "}", "}")
	d.after = p.take()
	return d
}

func plainHTMLDoc(text string) htmlDoc {
	d := htmlDoc{plain: true}
	for s := range strings.SplitSeq(text, "\n") {
		s = visible.Escape(s)
		d.before = append(d.before, htmlDocLine{text: s, key: s})
	}
	return d
}

func (n *htmlNode) sid() string {
	if i := slices.Index(n.names, "Sid"); i >= 0 && n.items[i].kind == '"' {
		return n.items[i].text
	}
	return ""
}

// htmlPlace is where a value stands: how deep, in which element, after which
// name (as shown and for comparing), and whether a comma follows.
type htmlPlace struct {
	indent    int
	statement bool
	field     htmlField
	name, key string
	comma     bool
}

type htmlPrinter struct {
	lines    []htmlDocLine
	rewrites *htmlRewrites
}

func (p *htmlPrinter) take() []htmlDocLine {
	lines := p.lines
	p.lines = nil
	return lines
}

const htmlTabs = "\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t"

func (p *htmlPrinter) line(at htmlPlace, text, key string) {
	tabs := htmlTabs[:min(at.indent, len(htmlTabs))]
	same := at.name == at.key && text == key
	l := htmlDocLine{text: tabs + at.name + text, comma: at.comma}
	l.key = l.text
	if !same {
		l.key = tabs + at.key + key
	}
	p.lines = append(p.lines, l)
}

func (p *htmlPrinter) value(n *htmlNode, at htmlPlace) {
	switch n.kind {
	case '"':
		p.line(at, htmlQuote(n.text), htmlQuote(p.rewrites.same(at.field, n.text)))
		return
	case 'v':
		p.line(at, n.text, n.text)
		return
	}
	open, end := "[", "]"
	if n.kind == '{' {
		open, end = "{", "}"
	}
	if len(n.items) == 0 {
		p.line(at, open+end, open+end)
		return
	}
	first := at
	first.comma = false
	p.line(first, open, open)
	for i := range n.items {
		p.member(n, i, at)
	}
	at.name, at.key = "", ""
	p.line(at, end, end)
}

// member prints an element of a list or an object.
func (p *htmlPrinter) member(n *htmlNode, i int, at htmlPlace) {
	in := htmlPlace{indent: at.indent + 1, field: at.field, comma: i+1 < len(n.items)}
	if n.kind == '{' {
		name := n.names[i]
		if at.statement {
			in.field = htmlFieldOf[name]
		}
		in.name = htmlQuote(name) + ": "
		in.key = in.name
		if at.field == htmlCondition {
			in.key = policy.Fold(in.name)
		}
	}
	p.value(&n.items[i], in)
}

// htmlQuote is s as a JSON string. What Escape would spell out is escaped the
// way of JSON.
func htmlQuote(s string) string {
	dst := append(make([]byte, 0, len(s)+2), '"')
	for _, r := range s {
		if r == '"' || r == '\\' || visible.Hidden(r) {
			dst = visible.AppendJSONRune(dst, r)
		} else {
			dst = append(dst, string(r)...)
		}
	}
	return string(append(dst, '"'))
}
