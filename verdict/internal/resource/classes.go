package resource

import (
	"strings"

	"iamctl/verdict/internal/bits"
	"iamctl/verdict/internal/glob"
)

// Class is all resources that the same patterns match.
type Class struct {
	Text  string
	Match bits.Set
}

// Query asks for the classes of the ARNs that all of Must match.
type Query struct {
	Patterns []*Pattern
	Must     []int
	// Partition is the partition of examples, where it may be any.
	Partition string
	// Account is the account of examples.
	Account string
}

// Each calls f with every class of ARNs until it returns false. A class may
// come twice. Steps are taken from the budget.
func (q *Query) Each(budget *int, f func(Class) bool) error {
	w := walk{Query: q, budget: budget, f: f}
	live := bits.New(len(q.Patterns))
	for i, p := range q.Patterns {
		if !p.none {
			live.Add(i)
		}
	}
	for _, i := range q.Must {
		if !live.Has(i) {
			return nil
		}
	}
	w.segment(0, live)
	return w.err
}

type walk struct {
	*Query
	budget *int
	f      func(Class) bool
	text   [segments]string
	seen   [segments]map[string]bool
	forked bool // there was more than one way to go
	done   bool
	err    error
}

// segment goes on with what the patterns that are still live tell apart in
// segment i.
func (w *walk) segment(i int, live bits.Set) {
	if i == segments {
		w.done = !w.f(Class{strings.Join(w.text[:], ":"), live})
		return
	}
	if w.again(i, live) {
		return
	}
	if i == 0 {
		w.text[0] = "arn"
		w.segment(1, live)
		return
	}
	if w.plain(i, live) {
		return
	}
	classes, err := w.classes(i, live)
	if err != nil {
		w.err, w.done = err, true
		return
	}
	w.forked = w.forked || len(classes) > 1
	for _, c := range classes {
		if w.done {
			return
		}
		w.text[i] = c.Text
		w.segment(i+1, c.Match)
	}
}

// plain goes on with the only string of segment i, if a pattern that must match
// has only one, or with any if all patterns take it. It is false for neither.
func (w *walk) plain(i int, live bits.Set) bool {
	for _, k := range w.Must {
		if s, ok := w.Patterns[k].parts[i].Exact(); ok {
			w.only(i, live, s)
			return true
		}
	}
	for k := live.First(); k >= 0; k = live.Next(k + 1) {
		if !w.Patterns[k].parts[i].Any() {
			return false
		}
	}
	w.text[i] = w.prefer(i)[0]
	w.segment(i+1, live)
	return true
}

// only goes on with one string of segment i.
func (w *walk) only(i int, live bits.Set, s string) {
	match := live.Clone()
	for k := live.First(); k >= 0; k = live.Next(k + 1) {
		if !w.Patterns[k].parts[i].Match(s) {
			match.Remove(k)
		}
	}
	for _, k := range w.Must {
		if !match.Has(k) {
			return
		}
	}
	w.text[i] = s
	w.segment(i+1, match)
}

// again reports whether the same patterns were live before the segment already,
// after other beginnings: what follows is the same.
func (w *walk) again(i int, live bits.Set) bool {
	if !w.forked {
		return false
	}
	if w.seen[i] == nil {
		w.seen[i] = map[string]bool{}
	}
	if w.seen[i][live.View()] {
		return true
	}
	w.seen[i][live.Clone().View()] = true
	return false
}

// classes returns the classes of one segment, as sets of all patterns.
func (w *walk) classes(i int, live bits.Set) ([]Class, error) {
	n := live.Count()
	q := glob.Query{Prefer: w.prefer(i), Patterns: make([]glob.Pattern, 0, n), Must: make([]int, 0, len(w.Must))}
	of := make([]int, len(w.Patterns)) // in q
	index := make(map[string]int, n)
	for k := live.First(); k >= 0; k = live.Next(k + 1) {
		text := w.Patterns[k].texts[i]
		n, ok := index[text]
		if !ok {
			n = len(q.Patterns)
			index[text] = n
			q.Patterns = append(q.Patterns, w.Patterns[k].parts[i])
		}
		of[k] = n
	}
	for _, k := range w.Must {
		q.Must = append(q.Must, of[k])
	}
	found, err := q.Classes(w.budget)
	if err != nil {
		return nil, err
	}
	out := make([]Class, len(found))
	for n, c := range found {
		out[n] = Class{c.Text, bits.New(len(w.Patterns))}
		for k := live.First(); k >= 0; k = live.Next(k + 1) {
			if c.Match.Has(of[k]) {
				out[n].Match.Add(k)
			}
		}
	}
	return out, nil
}

// prefer returns what is readable in a segment.
func (w *walk) prefer(i int) []string {
	switch i {
	case 1:
		return []string{w.Partition, "aws", "aws-cn", "aws-us-gov"}
	case 3:
		return preferRegion
	case 4:
		return []string{"", w.Account}
	}
	return preferName
}

var preferRegion, preferName = []string{"", "us-east-1"}, []string{"x"}
