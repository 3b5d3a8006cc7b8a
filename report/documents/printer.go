package documents

import (
	"iamctl/internal/visible"
	"iamctl/policy"
)

// printer prints a document as lines.
type printer struct {
	lines    []line
	rewrites *Rewrites
}

// place is where a value is in its document.
type place struct {
	indent int
	// statement reports that the value is a statement.
	statement bool
	field     field
	// name is the member's name before the value, as shown and as compared.
	name, key string
	comma     bool
}

// take returns the lines printed since the last call.
func (p *printer) take() []line {
	lines := p.lines
	p.lines = nil
	return lines
}

// head prints a policy up to its statements, which are the member at.
func (p *printer) head(root *node, at int) []line {
	p.line(place{}, "{", "{")
	for i := range at {
		p.member(root, i, place{})
	}
	p.line(place{indent: 1}, `"Statement": [`, `"Statement": [`)
	return p.take()
}

// foot prints what comes after the statements.
func (p *printer) foot(root *node, at int) []line {
	p.line(place{indent: 1, comma: at+1 < len(root.items)}, "]", "]")
	for i := at + 1; i < len(root.items); i++ {
		p.member(root, i, place{})
	}
	p.line(place{}, "}", "}")
	return p.take()
}

const tabs = "\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t"

func (p *printer) line(at place, text, key string) {
	indent := tabs[:min(at.indent, len(tabs))]
	l := line{text: indent + at.name + text, comma: at.comma}
	if at.comma {
		l.text += ","
	}
	l.key = l.bare()
	if at.name != at.key || text != key {
		l.key = indent + at.key + key
	}
	p.lines = append(p.lines, l)
}

func (p *printer) value(n *node, at place) {
	switch n.kind {
	case '"':
		p.line(at, quote(n.text), quote(p.rewrites.after(at.field, n.text)))
	case 'v':
		p.line(at, n.text, n.text)
	case '{':
		p.list(n, at, "{", "}")
	default:
		p.list(n, at, "[", "]")
	}
}

func (p *printer) list(n *node, at place, open, end string) {
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
func (p *printer) member(n *node, i int, at place) {
	in := place{indent: at.indent + 1, field: at.field, comma: i+1 < len(n.items)}
	if n.kind == '{' {
		name := n.names[i]
		if at.statement {
			in.field = fieldOf[name]
		}
		in.name = quote(name) + ": "
		in.key = in.name
		if at.field == fieldCondition {
			in.key = quote(p.rewrites.after(fieldKey, policy.Fold(name))) + ": "
		}
	}
	p.value(&n.items[i], in)
}

// quote returns s as a JSON string, with hidden characters escaped. It leaves
// < > & as they are, which visible.AppendJSON does not: each format escapes
// them in its own way.
func quote(s string) string {
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
