package normalize

import (
	"slices"
	"strings"

	"iamctl/equivalency"
)

// Field says what kind of value a text is: a rule may be limited to some.
type Field = equivalency.Field

// Rewriter applies one account's rules. It never changes once made, and many
// may use it at once.
//
// At each place of a text, from left to right, the longest value that matches
// is rewritten; what was put in is not looked at again. A value matches as a
// whole token (equivalency.Boundary), or anywhere if its rule says so. Nothing
// is rewritten that a shared literal, as a whole token, has a part in.
type Rewriter struct {
	rules *equivalency.Rules
	// rewriting finds what to rewrite, and tells of texts with placeholders;
	// standing finds those. naming finds what belongs to the other account.
	rewriting, standing, naming matcher
}

// Use is a rule that was applied to a text.
type Use struct {
	// Entry is the index of the dictionary's entry, -1 for the account's
	// own id.
	Entry       int
	Value       string
	Placeholder string
	// Owned tells that the value is known to belong to the account.
	Owned bool
}

// Named is the other account's value, found in this account.
type Named struct {
	Value string
	// Owner is the tag of the account that the value belongs to.
	Owner string
	// Expected is the whole text as it would be expected here: with this
	// account's counterparts in place of the other's values. It is "" if
	// the value has no counterpart.
	Expected string
}

// NewRewriter takes the rules of one account; nil are no rules.
func NewRewriter(rules *equivalency.Rules) *Rewriter {
	if rules == nil {
		rules = &equivalency.Rules{}
	}
	r := &Rewriter{rules: rules}
	for i, rule := range rules.Rewrites {
		p := pattern{text: rule.Value, kind: rewritten, substring: rule.Substring, fields: fieldSetOf(rule.Fields), index: i, put: rule.Placeholder}
		r.rewriting.add(p)
		r.naming.add(p)
	}
	for i, text := range rules.Placeholders {
		p := pattern{text: text, kind: literal, substring: true, fields: everyField, index: i}
		r.rewriting.add(p)
		r.standing.add(p)
	}
	for i, f := range rules.Foreign {
		r.naming.add(pattern{text: f.Value, kind: foreign, substring: f.Substring, fields: fieldSetOf(f.Fields), index: i})
	}
	r.rewriting.seal(rules.Shared)
	r.standing.seal(nil)
	r.naming.seal(rules.Shared)
	return r
}

// Rewrite gives the text after rewriting, and the rules that were used, each
// once, in the order of their first use. Of a condition only the values are
// rewritten, and a FieldStatement is rewritten as its elements are; both come
// out in canonical form. A text without a match costs no memory.
func (r *Rewriter) Rewrite(field Field, text string) (after string, used []Use) {
	after, h := r.rewrite(field, text)
	for _, i := range h.rules {
		rule := &r.rules.Rewrites[i]
		used = append(used, Use{Entry: rule.Entry, Value: rule.Value, Placeholder: rule.Placeholder, Owned: rule.Owned})
	}
	return after, used
}

// hits are what was found in a text, as indexes, each once.
type hits struct {
	rules []int // of Rules.Rewrites
	// loose are those of Rules.Placeholders that stand in the text after
	// rewriting, whole or in a longer word, where no rule put them in.
	loose []int
	// merged tells that values of one list became one.
	merged bool
}

func (h *hits) none() bool { return len(h.rules) == 0 && len(h.loose) == 0 }

func (h *hits) add(list *[]int, i int) {
	if !slices.Contains(*list, i) {
		*list = append(*list, i)
	}
}

func (r *Rewriter) rewrite(field Field, text string) (string, hits) {
	var h hits
	switch field {
	case FieldCondition, FieldStatement:
		after, merged := editJSON(field, text, func(f Field, s jsonString) edited {
			parts, _ := r.plain(f, s.text, &h)
			return edited{raw: s.replace(parts)}
		})
		h.merged = merged
		return after, h
	}
	_, after := r.plain(field, text, &h)
	return after, h
}

// plain rewrites a text that is no JSON, and gives what it replaces.
func (r *Rewriter) plain(field Field, text string, h *hits) (parts []replacement, after string) {
	if !r.rewriting.any(bit(field), text) {
		return nil, text
	}
	for _, s := range r.rewriting.spans(field, text) {
		h.add(&h.rules, s.index)
		parts = append(parts, replacement{s.from, s.to, s.put})
	}
	after = splice(text, parts)
	r.loose(after, parts, h)
	return parts, after
}

// loose finds the placeholders that were not put in.
func (r *Rewriter) loose(after string, parts []replacement, h *hits) {
	at := places(parts)
	for i := range len(after) {
		for _, p := range r.standing.lists[after[i]] {
			if strings.HasPrefix(after[i:], p.text) && !slices.Contains(at, part{i, i + len(p.text)}) {
				h.add(&h.loose, p.index)
			}
		}
	}
}

// replacement is new text for a part of a text.
type replacement struct {
	from, to int
	text     string
}

// places are where the new texts stand afterwards.
func places(parts []replacement) []part {
	if len(parts) == 0 {
		return nil
	}
	out := make([]part, len(parts))
	grown := 0
	for i, p := range parts {
		out[i] = part{p.from + grown, p.from + grown + len(p.text)}
		grown += len(p.text) - (p.to - p.from)
	}
	return out
}

// splice replaces parts, which are ascending and do not overlap.
func splice(text string, parts []replacement) string {
	if len(parts) == 0 {
		return text
	}
	var b strings.Builder
	at := 0
	for _, p := range parts {
		b.WriteString(text[at:p.from])
		b.WriteString(p.text)
		at = p.to
	}
	b.WriteString(text[at:])
	return b.String()
}

// Named finds the other account's values in a text of this account, each
// once, in the order in which they stand. A value inside a longer one of this
// account's own is not the other's, nor is one inside a shared literal.
func (r *Rewriter) Named(field Field, text string) []Named {
	var found []int
	expect := func(f Field, text string) []replacement {
		var out []replacement
		if !r.naming.any(bit(f), text) {
			return nil
		}
		for _, s := range r.naming.spans(f, text) {
			if s.kind != foreign {
				continue
			}
			if !slices.Contains(found, s.index) {
				found = append(found, s.index)
			}
			if e := r.rules.Foreign[s.index].Expected; e != "" {
				out = append(out, replacement{s.from, s.to, e})
			}
		}
		return out
	}
	var expected string
	switch field {
	case FieldCondition, FieldStatement:
		expected, _ = editJSON(field, text, func(f Field, s jsonString) edited { return edited{raw: s.replace(expect(f, s.text))} })
	default:
		expected = splice(text, expect(field, text))
	}
	var out []Named
	for _, i := range found {
		f := &r.rules.Foreign[i]
		n := Named{Value: f.Value, Owner: f.Owner}
		if f.Expected != "" {
			n.Expected = expected
		}
		if !slices.Contains(out, n) {
			out = append(out, n)
		}
	}
	return out
}
