package glob

import "strings"

// Covers reports whether the pattern matches every string that q matches. It may
// be false where that is so.
func (p *Pattern) Covers(q *Pattern) bool {
	switch {
	case p.fold != q.fold:
		return false
	case q.shape == exact:
		return p.Match(q.literal)
	case p.shape == prefix && p.more == 0:
		return strings.HasPrefix(q.literal, p.literal)
	case p.shape == exact || !strings.HasPrefix(q.literal, p.literal):
		return false
	}
	return covers(p.all(), q.all())
}

// covers reports whether a pattern matches the elements of another one as if they
// were characters: a star matches any of them, another element what is within it.
func covers(p, q []element) bool {
	at, after, from := 0, -1, 0
	for n := 0; n < len(q); {
		switch {
		case at < len(p) && p[at].kind == star && !p[at].segment:
			at++
			after, from = at, n
		case at < len(p) && p[at].covers(q[n]):
			at++
			n++
		case after >= 0:
			from++
			at, n = after, from
		default:
			return false
		}
	}
	for at < len(p) && p[at].kind == star {
		at++
	}
	return at == len(p)
}

// covers reports whether the element matches what the other one may be.
func (e element) covers(o element) bool {
	return e == o || e.kind == one && o.kind == char && !(e.segment && o.char == ':') ||
		e.kind == one && o.kind == one && !e.segment
}
