package normalize

import (
	"slices"

	"iamctl/equivalency"
)

// mark is what a text's rewriting means for the question whether its being
// equal to another text might hide drift. A text of which nothing is to be
// said has none.
type mark struct {
	// placed are the placeholders that were put in, loose those that stand
	// there although nothing put them in.
	placed, loose []string
	// unowned are the doubtful values that were rewritten; third are those
	// of them in whose entry the account has another value of its own.
	unowned, third []string
	// merged tells that values of one list became one.
	merged bool
	// rules are those used, as indexes of Rules.Rewrites.
	rules []int
}

// signs tell what is to be found in the marks of many texts.
type signs struct {
	placed, loose, unowned []string
	third, merged          bool
	last                   *mark // the one added last
}

func (s *signs) add(m *mark) {
	if m == nil || m == s.last {
		return
	}
	s.last = m
	s.placed = union(s.placed, m.placed)
	s.loose = union(s.loose, m.loose)
	s.unowned = union(s.unowned, m.unowned)
	s.third = s.third || len(m.third) > 0
	s.merged = s.merged || m.merged
}

func union(a, b []string) []string {
	for _, s := range b {
		if !slices.Contains(a, s) {
			a = append(a, s)
		}
	}
	return a
}

// mark says what hits mean.
func (r *Rewriter) mark(h hits) *mark {
	if h.none() {
		return nil
	}
	m := &mark{merged: h.merged, rules: h.rules}
	add := func(list *[]string, s string) {
		if !slices.Contains(*list, s) {
			*list = append(*list, s)
		}
	}
	for _, i := range h.rules {
		rule := &r.rules.Rewrites[i]
		add(&m.placed, rule.Placeholder)
		if doubtful(rule) {
			add(&m.unowned, rule.Value)
		}
		if !rule.Owned && rule.Own != "" {
			add(&m.third, rule.Value)
		}
	}
	for _, i := range h.loose {
		add(&m.loose, r.rules.Placeholders[i])
	}
	return m
}

// doubtful tells whether the other side rewrites the rule's value too, so that
// a text with it may mean either side's thing.
func doubtful(rule *equivalency.Rule) bool { return !rule.Owned || rule.Both }

// join is the mark of two texts of one column.
func (m *mark) join(n *mark) *mark {
	switch {
	case m == nil:
		return n
	case n == nil:
		return m
	}
	return &mark{
		placed: slices.Concat(m.placed, n.placed), loose: slices.Concat(m.loose, n.loose),
		unowned: slices.Concat(m.unowned, n.unowned), third: slices.Concat(m.third, n.third),
		merged: m.merged || n.merged, rules: slices.Concat(m.rules, n.rules),
	}
}

// common gives the first string of a that b has too.
func common(a, b []string) (string, bool) {
	for _, s := range a {
		if slices.Contains(b, s) {
			return s, true
		}
	}
	return "", false
}

// crossed gives a placeholder that was put in on one side and stands on the
// other without, the same whichever side is named first.
func crossed(placedA, looseA, placedB, looseB []string) (string, bool) {
	p, ok := common(placedA, looseB)
	if q, also := common(looseA, placedB); also && (!ok || q < p) {
		return q, true
	}
	return p, ok
}
