package glob

import (
	"encoding/binary"

	"iamctl/verdict/internal/memo"
)

// answer is the classes of a query, and the steps that it took to find them.
type answer struct {
	classes []Class
	steps   int
}

// maxKnown is about how many bytes the answers take that are kept.
const maxKnown = 16 << 20

// known has answers by the keys of their queries. Much the same patterns come
// together in the statements of a comparison, and of others.
var known = memo.New[answer](maxKnown)

// tooMany has steps that were too few, by the keys of queries.
var tooMany = memo.New[int](maxKnown / 16)

// key is the same for queries that ask for the same.
func (q *Query) key() string {
	n := 16
	for i := range q.Patterns {
		n += len(q.Patterns[i].text) + 3
	}
	b := make([]byte, 0, n+2*(len(q.Must)+len(q.Family)))
	add := func(s string) { b = append(binary.AppendUvarint(b, uint64(len(s))), s...) }
	b = binary.AppendUvarint(b, uint64(len(q.Patterns)))
	for i := range q.Patterns {
		add(q.Patterns[i].text)
		b = append(b, q.Patterns[i].reading.byte())
	}
	b = binary.AppendUvarint(b, uint64(len(q.Must)))
	for _, i := range q.Must {
		b = binary.AppendUvarint(b, uint64(i))
	}
	b = binary.AppendUvarint(b, uint64(len(q.Family)))
	for _, i := range q.Family {
		b = binary.AppendUvarint(b, uint64(i))
	}
	for _, s := range q.Prefer {
		add(s)
	}
	return string(b)
}

func (r Reading) byte() byte {
	b := byte(0)
	for i, is := range []bool{r.Wildcards, r.Fold, r.ARN} {
		if is {
			b |= 1 << i
		}
	}
	return b
}

// size is about how many bytes the classes take.
func size(classes []Class) int {
	const class = 64
	n := 0
	for _, c := range classes {
		n += class + len(c.Text) + 8*len(c.Match)
	}
	return n
}
