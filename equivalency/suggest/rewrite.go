package suggest

import (
	"slices"

	"iamctl/equivalency"
)

// rule puts a token in place of a run of tokens.
type rule struct {
	tokens []uint32
	put    uint32
	// fields limits the rule, nil for every field.
	fields []equivalency.Field
	// resource is true if the value is the ARN of a resource.
	resource bool
}

// rewriter applies rules as a comparison does: from left to right, the longest
// first, once. Values begin and end at boundaries, so whole tokens are all
// that can match.
type rewriter struct{ byFirst map[uint32][]rule }

func (w *rewriter) add(r rule) {
	if len(r.tokens) == 0 {
		return
	}
	if w.byFirst == nil {
		w.byFirst = map[uint32][]rule{}
	}
	list := append(w.byFirst[r.tokens[0]], r)
	slices.SortStableFunc(list, func(a, b rule) int { return len(b.tokens) - len(a.tokens) })
	w.byFirst[r.tokens[0]] = list
}

// rewrite appends the tokens as they are after rewriting. blocks reports where
// a rule may not match, nil means nowhere; keep returns what becomes of a token
// that no rule matches.
func (w *rewriter) rewrite(dst, tokens []uint32, field equivalency.Field, blocks func(i int, r *rule) bool, keep func(i int) uint32) []uint32 {
	for i := 0; i < len(tokens); {
		if r := w.match(tokens, i, field, blocks); r != nil {
			dst = append(dst, r.put)
			i += len(r.tokens)
			continue
		}
		if keep == nil {
			dst = append(dst, tokens[i])
		} else {
			dst = append(dst, keep(i))
		}
		i++
	}
	return dst
}

// match returns the longest rule for place i.
func (w *rewriter) match(tokens []uint32, i int, field equivalency.Field, blocks func(i int, r *rule) bool) *rule {
	list := w.byFirst[tokens[i]]
	for n := range list {
		r := &list[n]
		if hasPrefix(tokens[i:], r.tokens) && (r.fields == nil || slices.Contains(r.fields, field)) && (blocks == nil || !blocks(i, r)) {
			return r
		}
	}
	return nil
}

func hasPrefix(tokens, run []uint32) bool {
	return len(tokens) >= len(run) && slices.Equal(tokens[:len(run)], run)
}

// holds reports whether the run occurs in the tokens.
func holds(tokens, run []uint32) bool {
	for i, id := range tokens {
		if id == run[0] && hasPrefix(tokens[i:], run) {
			return true
		}
	}
	return false
}

// overlap reports whether a text could hold both runs so that they share tokens
// and neither is part of the other: then the one on the left would win.
func overlap(a, b []uint32) bool {
	for n := 1; n < min(len(a), len(b)); n++ {
		if slices.Equal(a[len(a)-n:], b[:n]) || slices.Equal(b[len(b)-n:], a[:n]) {
			return true
		}
	}
	return false
}
