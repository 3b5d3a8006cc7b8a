package documents

import "strings"

// maxJoined is how long the values of a list may be to share one line.
const maxJoined = 80

// joinLists puts short lists, and objects of one member, on one line where
// nothing in them differs, or where one document alone has them. A list of one
// value goes on one line even if the documents have different values in it.
func joinLists(pairs []linePair) []linePair {
	out := make([]linePair, 0, len(pairs))
	for _, p := range pairs {
		out = append(out, p)
		if !p.closes() {
			continue
		}
		open := len(out) - 2
		for open >= 0 && !out[open].opens() && !out[open].closes() {
			open--
		}
		if open < 0 {
			continue
		}
		if joined := join(out[open:]); joined != nil {
			out = append(out[:open], joined...)
		}
	}
	return out
}

// closes reports whether the line closes a list or an object.
func (p linePair) closes() bool {
	words := p.side().words()
	return words == "]" || words == "}"
}

// opens reports whether the line opens a list or an object.
func (p linePair) opens() bool {
	words := p.side().words()
	return strings.HasSuffix(words, "[") || strings.HasSuffix(words, "{")
}

// join joins a bracket, what is in it, and the bracket that closes it. It
// returns nil if they are to stay as they are, as statements do and the
// document itself.
func join(pairs []linePair) []linePair {
	open, in, end := pairs[0], pairs[1:len(pairs)-1], pairs[len(pairs)-1]
	if len(in) == 0 || open.kind != end.kind || !joinable(open, len(in), end) {
		return nil
	}
	if len(in) == 2 && open.kind == Equal && in[0].kind == OnlyA && in[1].kind == OnlyB {
		return []linePair{oneLine(open, in[:1], end), oneLine(open, in[1:], end)}
	}
	length := 0
	for _, p := range in {
		if p.kind != open.kind && (p.kind != Alike || open.kind != Equal || len(in) > 1) {
			return nil
		}
		length += len(p.side().words())
	}
	if len(in) > 1 && length > maxJoined {
		return nil
	}
	return []linePair{oneLine(open, in, end)}
}

// joinable reports whether two brackets are those of a list, or of an object
// with one member that is itself the value of a member.
func joinable(open linePair, members int, end linePair) bool {
	text := open.side().bare()
	list := strings.HasSuffix(text, "[")
	if list != strings.HasSuffix(end.side().bare(), "]") {
		return false
	}
	return list || strings.HasSuffix(text, ": {") && members == 1
}

// oneLine returns brackets and what is in them as one line, of the kind of
// what is in them.
func oneLine(open linePair, in []linePair, end linePair) linePair {
	side := func(of func(linePair) *line) *line {
		if of(in[0]) == nil {
			return nil
		}
		texts := make([]string, len(in))
		for i, p := range in {
			texts[i] = of(p).words()
		}
		l := &line{text: of(open).bare() + strings.Join(texts, ", ") + of(end).words()}
		l.setComma(of(end).comma)
		return l
	}
	return linePair{
		in[0].kind,
		side(func(p linePair) *line { return p.a }),
		side(func(p linePair) *line { return p.b }),
	}
}
