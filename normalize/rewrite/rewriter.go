package rewrite

import (
	"slices"
	"strings"

	"iamctl/equivalency"
)

// Field is the kind of value that a text is: a rule may be limited to some.
type Field = equivalency.Field

// Statement is the field of an item's statement column. A dictionary does not
// know it: its parts are ARNs and principals, and rules for those apply.
const Statement Field = "statement"

// Rewriter applies one account's rules. It does not change once made, and
// several goroutines may use it at the same time.
type Rewriter struct {
	rules *equivalency.Rules
	// values finds what to rewrite. Placeholders are among its patterns, so
	// that texts without either are told apart in one pass.
	values matcher
	// placeholders finds placeholders alone.
	placeholders matcher
	// names finds the values of the other account.
	names matcher
}

// Use is a rule that was applied to a text.
type Use struct {
	// Entry is the index of the dictionary's entry, -1 for the account's
	// own id.
	Entry       int
	Value       string
	Placeholder string
	// Owned reports whether the value is known to belong to the account.
	Owned bool
}

// New returns the Rewriter of an account with the rules; nil are no rules.
func New(rules *equivalency.Rules) *Rewriter {
	if rules == nil {
		rules = &equivalency.Rules{}
	}
	r := &Rewriter{rules: rules}
	for i, rule := range rules.Rewrites {
		if rules.Partition != nil && i == rules.Partition.Rule {
			continue
		}
		p := pattern{
			text: rule.Value, kind: ownValue, substring: rule.Substring, fields: fieldSetOf(rule.Fields),
			index: i, placeholder: rule.Placeholder,
		}
		r.values.add(p)
		r.names.add(p)
	}
	for i, text := range rules.Placeholders {
		p := pattern{text: text, kind: literalPlaceholder, substring: true, fields: everyField, index: i}
		r.values.add(p)
		r.placeholders.add(p)
	}
	for i, f := range rules.Foreign {
		if rules.Partition != nil && i == rules.Partition.Foreign {
			continue
		}
		r.names.add(pattern{text: f.Value, kind: foreignValue, substring: f.Substring, fields: fieldSetOf(f.Fields), index: i})
	}
	r.values.own = rules.IDs()
	r.names.own = r.values.own
	if rules.Others != nil {
		own := map[string]bool{}
		for _, rule := range rules.Rewrites {
			own[rule.Value] = true
		}
		r.values.inOther = func(text string, from, to int) bool {
			return rules.Others.Within(text, from, to, func(name string) bool { return own[name] })
		}
	}
	r.values.seal(rules.Shared)
	r.placeholders.seal(nil)
	r.names.seal(rules.Shared)
	return r
}

// Rules returns the rules, which must not be changed.
func (r *Rewriter) Rules() *equivalency.Rules { return r.rules }

// Rewrite returns the text after rewriting, and the rules that were used, each
// once, in the order of their first use. Of a condition only the values are
// rewritten, and a Statement is rewritten as its elements are; both come out
// in canonical form. A text without a match costs no memory.
func (r *Rewriter) Rewrite(field Field, text string) (after string, used []Use) {
	after, h := r.rewrite(field, text)
	for _, i := range h.rules {
		rule := &r.rules.Rewrites[i]
		used = append(used, Use{Entry: rule.Entry, Value: rule.Value, Placeholder: rule.Placeholder, Owned: rule.Owned})
	}
	return after, used
}

// RewriteValue returns one value of a condition, or another text that is no JSON, after
// rewriting.
func (r *Rewriter) RewriteValue(field Field, value string) string {
	_, after := r.plain(field, value, &hits{})
	return after
}

// Finds reports whether a text may have a value or a placeholder. Rewriting
// any other text changes nothing and leaves no trace. It is cheap, and true of
// all conditions and statements, in which a value may be hidden by an escape.
func (r *Rewriter) Finds(field Field, text string) bool {
	return text != "" && (isJSON(field) || r.values.any(field, text) || r.knows(field, text) || r.inPartition(field, text))
}

// hits are what was found in a text, as indexes, each once.
type hits struct {
	// rules are indexes of Rules.Rewrites.
	rules []int
	// literals are indexes of Rules.Placeholders: of those that are in the
	// text after rewriting, whole or in a longer word, where no rule put
	// them in.
	literals []int
	// merged reports whether different values of one list became equal.
	merged bool
	// random reports whether the text has a name of which a tool made a part up.
	random bool
	// id reports whether equivalency.IDOf took the place of a unique id.
	id bool
}

func (h *hits) none() bool { return len(h.rules) == 0 && len(h.literals) == 0 && !h.random && !h.id }

func (r *Rewriter) rewrite(field Field, text string) (string, hits) {
	var h hits
	if isJSON(field) {
		after, merged := editColumn(field, text, func(f Field, s jsonString) edited {
			parts, _ := r.plain(f, s.text, &h)
			return edited{raw: s.replace(parts)}
		})
		h.merged = merged
		return after, h
	}
	_, after := r.plain(field, text, &h)
	return after, h
}

// plain rewrites a text that is not JSON, and returns what it replaces.
func (r *Rewriter) plain(field Field, text string, h *hits) (parts []replacement, after string) {
	if arn, n := r.rules.Known.ID(field, text); arn != "" {
		return r.entity(field, text, n, arn, h)
	}
	return r.marked(field, text, r.rules.Known.In(field, text), h)
}

// marked is plain for a text of which a tool made parts up.
func (r *Rewriter) marked(field Field, text string, made []equivalency.Span, h *hits) (parts []replacement, after string) {
	if made == nil && !r.values.any(field, text) && !r.inPartition(field, text) {
		return nil, text
	}
	h.random = h.random || made != nil
	words := equivalency.BesideMade(text, made)
	for _, m := range r.values.matches(field, text) {
		if words.Blocks(m.from, m.to, false) {
			continue
		}
		parts, made = appendMade(parts, made, m.from)
		if len(made) > 0 && made[0].From < m.to || len(parts) > 0 && m.from < parts[len(parts)-1].to {
			continue
		}
		h.rules = appendNew(h.rules, m.index)
		parts = append(parts, replacement{from: m.from, to: m.to, text: m.placeholder})
	}
	parts, _ = appendMade(parts, made, len(text))
	parts = r.appendPartition(parts, field, text, h)
	after = splice(text, parts)
	r.findLiterals(after, parts, h)
	return parts, after
}

// findLiterals finds the placeholders that were not put in.
func (r *Rewriter) findLiterals(after string, parts []replacement, h *hits) {
	inserted := places(parts)
	for i := range len(after) {
		for _, p := range r.placeholders.lists[after[i]] {
			if strings.HasPrefix(after[i:], p.text) && !slices.Contains(inserted, equivalency.Span{From: i, To: i + len(p.text)}) {
				h.literals = appendNew(h.literals, p.index)
			}
		}
	}
}

// appendNew appends what the list does not have yet.
func appendNew[T comparable](list []T, values ...T) []T {
	for _, v := range values {
		if !slices.Contains(list, v) {
			list = append(list, v)
		}
	}
	return list
}
