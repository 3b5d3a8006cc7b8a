package rewrite

import (
	"cmp"
	"slices"

	"iamctl/equivalency"
)

// inPartition reports whether a text has what is the own partition's, where the other
// account has another.
func (r *Rewriter) inPartition(field Field, text string) bool {
	p := r.rules.Partition
	return p != nil && (equivalency.InARNs(text, p.Own) != nil || equivalency.Hosts(field, text, p.Own) != nil)
}

// appendPartition adds replacements for the own partition in ARNs and for its domains,
// where nothing else is replaced. A domain becomes the usual one, which is no
// placeholder.
func (r *Rewriter) appendPartition(parts []replacement, field Field, text string, h *hits) []replacement {
	p := r.rules.Partition
	if p == nil {
		return parts
	}
	for _, s := range equivalency.InARNs(text, p.Own) {
		n := len(parts)
		parts = insert(parts, replacement{from: s.From, to: s.To, text: r.rules.Rewrites[p.Rule].Placeholder})
		if len(parts) > n {
			h.rules = appendNew(h.rules, p.Rule)
		}
	}
	for _, s := range equivalency.Hosts(field, text, p.Own) {
		parts = insert(parts, replacement{from: s.From, to: s.To, text: s.Usual, inner: []equivalency.Span{}})
	}
	return parts
}

// otherPartition returns what to put in place of the other account's partition in
// ARNs.
func (r *Rewriter) otherPartition(text string, found *[]int) []replacement {
	p := r.rules.Partition
	if p == nil {
		return nil
	}
	var out []replacement
	for _, s := range equivalency.InARNs(text, p.Other) {
		*found = appendNew(*found, p.Foreign)
		out = append(out, replacement{from: s.From, to: s.To, text: p.Own})
	}
	return out
}

// insert adds a replacement in its place, unless one of the others overlaps it.
func insert(parts []replacement, p replacement) []replacement {
	at, _ := slices.BinarySearchFunc(parts, p, func(x, p replacement) int { return cmp.Compare(x.from, p.from) })
	if at < len(parts) && parts[at].from < p.to || at > 0 && p.from < parts[at-1].to {
		return parts
	}
	return slices.Insert(parts, at, p)
}
