package rewrite

import (
	"encoding/binary"
	"iter"
	"maps"
	"slices"
	"strconv"

	"iamctl/equivalency"
)

// Trace is what the rewriting of a text has to say about whether the text, if
// equal to another one, hides drift. It is nil for a text of which there is
// nothing to say.
type Trace struct {
	// Inserted are the placeholders that were put in, Literal those that are
	// in the text although no rule put them in.
	Inserted, Literal []string
	// Ambiguous are the rewritten values that the other account rewrites
	// too, so that the text may mean either account's thing. ThirdParty are
	// those without owner in whose entry the account has another value.
	Ambiguous, ThirdParty []string
	// Merged reports whether different values of one list became equal.
	Merged bool
	// Rules are the rules used, each once.
	Rules []*equivalency.Rule
}

// Trace returns the text after rewriting and its trace.
func (r *Rewriter) Trace(field Field, text string) (after string, t *Trace) {
	after, h := r.rewrite(field, text)
	return after, r.trace(&h)
}

func (r *Rewriter) trace(h *hits) *Trace {
	if h.none() {
		return nil
	}
	t := &Trace{Merged: h.merged}
	for _, i := range h.rules {
		rule := &r.rules.Rewrites[i]
		t.Rules = append(t.Rules, rule)
		t.Inserted = appendNew(t.Inserted, rule.Placeholder)
		if !rule.Owned {
			t.Ambiguous = appendNew(t.Ambiguous, rule.Value)
		}
		if !rule.Owned && rule.Own != "" {
			t.ThirdParty = appendNew(t.ThirdParty, rule.Value)
		}
	}
	if h.random {
		t.Inserted = append(t.Inserted, equivalency.Random)
	}
	if h.id {
		t.Inserted = append(t.Inserted, equivalency.IDOf)
	}
	for _, i := range h.literals {
		t.Literal = appendNew(t.Literal, r.rules.Placeholders[i])
	}
	return t
}

// Join returns the trace of two texts of one column.
func (t *Trace) Join(u *Trace) *Trace {
	switch {
	case t == nil:
		return u
	case u == nil:
		return t
	}
	return &Trace{
		Inserted: slices.Concat(t.Inserted, u.Inserted), Literal: slices.Concat(t.Literal, u.Literal),
		Ambiguous: slices.Concat(t.Ambiguous, u.Ambiguous), ThirdParty: slices.Concat(t.ThirdParty, u.ThirdParty),
		Merged: t.Merged || u.Merged, Rules: slices.Concat(t.Rules, u.Rules),
	}
}

// Summary is what the traces of many texts have, each string once.
type Summary struct {
	Inserted, Literal, Ambiguous []string
	// ThirdParty and Merged report whether some trace has such.
	ThirdParty, Merged bool

	last *Trace // the one added last
}

// Add adds a trace, which may be nil.
func (s *Summary) Add(t *Trace) {
	if t == nil || t == s.last {
		return
	}
	s.last = t
	s.Inserted = appendNew(s.Inserted, t.Inserted...)
	s.Literal = appendNew(s.Literal, t.Literal...)
	s.Ambiguous = appendNew(s.Ambiguous, t.Ambiguous...)
	s.ThirdParty = s.ThirdParty || len(t.ThirdParty) > 0
	s.Merged = s.Merged || t.Merged
}

// Tracer rewrites texts and makes one trace for all that have an equal one.
// One goroutine at a time may use it.
type Tracer struct {
	rewriter *Rewriter
	traces   map[string]*Trace
	key      []byte // scratch
}

// NewTracer returns a Tracer that rewrites as r does.
func NewTracer(r *Rewriter) *Tracer {
	return &Tracer{rewriter: r, traces: map[string]*Trace{}}
}

// Rewrite returns the text after rewriting and its trace.
func (t *Tracer) Rewrite(field Field, text string) (after string, trace *Trace) {
	after, h := t.rewriter.rewrite(field, text)
	if h.none() {
		return after, nil
	}
	t.key = h.appendKey(t.key[:0])
	trace = t.traces[string(t.key)]
	if trace == nil {
		trace = t.rewriter.trace(&h)
		t.traces[string(t.key)] = trace
	}
	return after, trace
}

// Traces returns the traces made so far, in no order.
func (t *Tracer) Traces() iter.Seq[*Trace] { return maps.Values(t.traces) }

// appendKey appends bytes that are equal for equal hits alone.
func (h *hits) appendKey(b []byte) []byte {
	b = strconv.AppendBool(b, h.merged)
	b = strconv.AppendBool(b, h.random)
	b = strconv.AppendBool(b, h.id)
	b = binary.AppendUvarint(b, uint64(len(h.rules)))
	for _, list := range [][]int{h.rules, h.literals} {
		for _, i := range list {
			b = binary.AppendUvarint(b, uint64(i))
		}
	}
	return b
}
