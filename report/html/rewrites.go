package html

import (
	"maps"

	"iamctl/policy"
	"iamctl/result"
)

// htmlField is what a text in a policy document is.
type htmlField uint8

const (
	htmlOther htmlField = iota
	htmlAction
	htmlARN
	htmlPrincipal
	htmlCondition
	htmlSid
	htmlFields
)

var htmlFieldOf = map[string]htmlField{
	"Action": htmlAction, "NotAction": htmlAction,
	"Resource": htmlARN, "NotResource": htmlARN,
	"Principal": htmlPrincipal, "NotPrincipal": htmlPrincipal,
	"Condition": htmlCondition, "Sid": htmlSid,
}

// htmlRewrites are the values that the dictionary rewrote in one account, so
// that lines of documents that are equal after rewriting can be told from
// lines that differ.
type htmlRewrites [htmlFields]map[string]string

// newHTMLRewrites gathers single values. A value of which the run tells two
// ways of rewriting is left out: its lines are marked rather than not.
func newHTMLRewrites(list []result.Rewrite) *htmlRewrites {
	r := &htmlRewrites{}
	for i := range r {
		r[i] = map[string]string{}
	}
	twice := htmlRewrites{}
	add := func(f htmlField, before, after string) {
		if had, ok := r[f][before]; ok && had != after {
			if twice[f] == nil {
				twice[f] = map[string]string{}
			}
			twice[f][before] = after
		}
		r[f][before] = after
	}
	for _, w := range list {
		switch w.Field {
		case "arn":
			add(htmlARN, w.Before, w.After)
		case "principal":
			add(htmlPrincipal, w.Before, w.After)
		case "condition":
			walkHTMLRewrite(w, func(f htmlField, before, after string) { add(htmlCondition, before, after) })
		case "statement":
			walkHTMLRewrite(w, add)
		}
	}
	for f := range r {
		maps.DeleteFunc(r[f], func(before, _ string) bool { _, ok := twice[f][before]; return ok })
	}
	return r
}

// walkHTMLRewrite finds the single values in a rewritten column of JSON.
func walkHTMLRewrite(w result.Rewrite, add func(f htmlField, before, after string)) {
	before, ok := readHTMLNode(w.Before)
	after, ok2 := readHTMLNode(w.After)
	if ok && ok2 {
		pairHTMLNodes(&before, &after, htmlOther, add)
	}
}

func pairHTMLNodes(a, b *htmlNode, f htmlField, add func(f htmlField, before, after string)) {
	switch {
	case a.kind != b.kind:
	case a.kind == '"':
		if a.text != b.text {
			add(f, a.text, b.text)
		}
	case a.kind == '{' && len(a.items) == len(b.items):
		for i := range a.items {
			if a.names[i] != b.names[i] {
				return
			}
			in := f
			if f == htmlOther {
				in = htmlFieldOf[a.names[i]]
			}
			pairHTMLNodes(&a.items[i], &b.items[i], in, add)
		}
	case a.kind == '[':
		// Lists are sorted again after rewriting: only one value that left
		// and one that came are known to be the same.
		left, came := htmlWithout(a.items, b.items), htmlWithout(b.items, a.items)
		if len(left) == 1 && len(came) == 1 {
			add(f, left[0], came[0])
		}
	}
}

// htmlWithout are the strings of list that other does not have.
func htmlWithout(list, other []htmlNode) []string {
	has := make(map[string]bool, len(other))
	for _, n := range other {
		has[n.text] = n.kind == '"' || has[n.text]
	}
	var out []string
	for _, n := range list {
		if n.kind == '"' && !has[n.text] {
			out = append(out, n.text)
		}
	}
	return out
}

// same is a text after rewriting: equal texts of two accounts mean the same.
func (r *htmlRewrites) same(f htmlField, text string) string {
	switch f {
	case htmlAction:
		return policy.Fold(text)
	case htmlSid:
		return ""
	}
	if after, ok := r[f][text]; ok {
		return after
	}
	return text
}
