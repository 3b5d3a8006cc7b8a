package html

import "strings"

// htmlTight is how long a list may be to stand on one line.
const htmlTight = 80

// tightenHTML puts short lists, and objects of one member, on one line, where
// nothing in them differs, or where all of it stands on one side. A list of
// one value is put on one line also if the sides have different values. They
// were compared line by line so that each difference shows as what it is.
func tightenHTML(ops []htmlOp) []htmlOp {
	out := make([]htmlOp, 0, len(ops))
	for _, o := range ops {
		out = append(out, o)
		if c := strings.TrimLeft(o.side().text, "\t"); c != "]" && c != "}" {
			continue
		}
		open := len(out) - 2
		for open >= 0 && !out[open].bracket() {
			open--
		}
		if open < 0 {
			continue
		}
		if joined := joinHTML(out[open:]); joined != nil {
			out = append(out[:open], joined...)
		}
	}
	return out
}

// bracket tells that the line opens or closes a list or an object.
func (o htmlOp) bracket() bool {
	text := strings.TrimLeft(o.side().text, "\t")
	return text == "]" || text == "}" || strings.HasSuffix(text, "[") || strings.HasSuffix(text, "{")
}

// joinHTML joins a bracket, what is in it, and the bracket that closes it; nil
// if it is to stay as it is. Statements and the document itself stay.
func joinHTML(ops []htmlOp) []htmlOp {
	open, in, end := ops[0], ops[1:len(ops)-1], ops[len(ops)-1]
	text := open.side().text
	object := strings.HasSuffix(text, ": {")
	if !object && !strings.HasSuffix(text, "[") || strings.HasSuffix(text, "[") != strings.HasSuffix(end.side().text, "]") {
		return nil
	}
	if len(in) == 0 || object && len(in) > 1 || open.kind != end.kind {
		return nil
	}
	if len(in) == 2 && open.kind == '=' && in[0].kind == '-' && in[1].kind == '+' {
		return []htmlOp{oneHTMLLine(open, in[:1], end), oneHTMLLine(open, in[1:], end)}
	}
	length := 0
	for _, o := range in {
		if o.kind != open.kind && (o.kind != '~' || open.kind != '=' || len(in) > 1) {
			return nil
		}
		length += len(strings.TrimLeft(o.side().text, "\t"))
	}
	if len(in) > 1 && length > htmlTight {
		return nil
	}
	return []htmlOp{oneHTMLLine(open, in, end)}
}

// oneHTMLLine is the line of the kind of what is in the brackets.
func oneHTMLLine(open htmlOp, in []htmlOp, end htmlOp) htmlOp {
	side := func(of func(htmlOp) *htmlDocLine) *htmlDocLine {
		if of(in[0]) == nil {
			return nil
		}
		texts := make([]string, len(in))
		for i, o := range in {
			texts[i] = strings.TrimLeft(of(o).text, "\t")
		}
		return &htmlDocLine{
			text:  of(open).text + strings.Join(texts, ", ") + strings.TrimLeft(of(end).text, "\t"),
			comma: of(end).comma,
		}
	}
	return htmlOp{
		in[0].kind,
		side(func(o htmlOp) *htmlDocLine { return o.a }),
		side(func(o htmlOp) *htmlDocLine { return o.b }),
	}
}
