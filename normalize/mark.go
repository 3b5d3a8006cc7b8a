package normalize

import (
	"fmt"
	"slices"
)

// mark is what a text's rewriting means for the question whether its being
// equal to another text might hide drift. A text of which nothing is to be
// said has none.
type mark struct {
	// placed are the placeholders that were put in, standing those that
	// stood there already.
	placed, standing []string
	// unowned are the values without owner that were rewritten; third are
	// those of them in whose entry the account has another value of its own.
	unowned, third []string
}

// signs tell what is to be found in the marks of many texts.
type signs struct{ placed, standing, unowned, third bool }

func (s *signs) add(m *mark) {
	if m != nil {
		s.placed = s.placed || len(m.placed) > 0
		s.standing = s.standing || len(m.standing) > 0
		s.unowned = s.unowned || len(m.unowned) > 0
		s.third = s.third || len(m.third) > 0
	}
}

// may tells whether a text with signs s could hide drift against one with
// signs u.
func (s signs) may(u signs) bool {
	return s.third || u.third || s.unowned && u.unowned || s.placed && u.standing || s.standing && u.placed
}

// mark says what hits mean.
func (r *Rewriter) mark(h hits) *mark {
	if h.none() {
		return nil
	}
	m := &mark{}
	add := func(list *[]string, s string) {
		if !slices.Contains(*list, s) {
			*list = append(*list, s)
		}
	}
	for _, i := range h.rules {
		rule := &r.rules.Rewrites[i]
		add(&m.placed, rule.Placeholder)
		if !rule.Owned {
			add(&m.unowned, rule.Value)
		}
		if !rule.Owned && rule.Own != "" {
			add(&m.third, rule.Value)
		}
	}
	for _, i := range h.literals {
		add(&m.standing, r.rules.Placeholders[i])
	}
	return m
}

// masks tells whether two texts that are equal after rewriting may hide
// drift, with the value or placeholder that they may hide it by.
func (m *mark) masks(o *mark) (value, reason string, ok bool) {
	if m != nil && o != nil {
		if v, ok := common(m.unowned, o.unowned); ok {
			return v, fmt.Sprintf("%q stands on both sides, and the dictionary does not say whose it is", v), true
		}
		p, ok := common(m.placed, o.standing)
		if !ok {
			p, ok = common(m.standing, o.placed)
		}
		if ok {
			return p, fmt.Sprintf("the placeholder %q stands on one side as it is, where the other side's value was rewritten to it", p), true
		}
	}
	for _, side := range []*mark{m, o} {
		if side != nil && len(side.third) > 0 {
			v := side.third[0]
			return v, fmt.Sprintf("%q was rewritten although its account has a value of its own in the entry, so that it may be a third account's", v), true
		}
	}
	return "", "", false
}

func common(a, b []string) (string, bool) {
	for _, s := range a {
		if slices.Contains(b, s) {
			return s, true
		}
	}
	return "", false
}

// MaskingText tells whether two texts of one field, equal after rewriting,
// may hide drift: a and b rewrote them. It is so if
//
//   - a value that belongs to no known account was rewritten on both sides;
//   - a placeholder that was put in on one side stood on the other already;
//   - a value without owner was rewritten on an account that has another
//     value of its own in the same entry.
//
// value is the value or placeholder, reason a sentence about it.
func MaskingText(field Field, a *Rewriter, rawA string, b *Rewriter, rawB string) (value, reason string, ok bool) {
	_, x := a.rewrite(field, rawA)
	_, y := b.rewrite(field, rawB)
	return a.mark(x).masks(b.mark(y))
}

// MayMask tells whether any two rows of the tables may be such as Masking
// finds. It costs nothing.
func MayMask(a, b *Table) bool {
	for c := range columns {
		if a.signs[c].may(b.signs[c]) {
			return true
		}
	}
	return false
}

// Masking tells whether row i of a and row j of b, which are equal, may hide
// drift, as MaskingText does for their texts, column by column, over all the
// rows that became one.
func Masking(a *Table, i uint32, b *Table, j uint32) (value, reason string, ok bool) {
	for c := range columns {
		if !a.signs[c].may(b.signs[c]) {
			continue
		}
		for _, x := range a.Origins(i) {
			for _, y := range b.Origins(j) {
				if value, reason, ok := a.mark(c, x).masks(b.mark(c, y)); ok {
					return value, reason, true
				}
			}
		}
	}
	return "", "", false
}
