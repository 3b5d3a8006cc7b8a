package documents

import (
	"maps"
	"slices"

	"iamctl/policy"
	"iamctl/result"
)

// field is what a text in a policy document is.
type field uint8

const (
	fieldOther field = iota
	fieldAction
	fieldARN
	fieldPrincipal
	fieldCondition
	// fieldKey is a condition key, in lower case.
	fieldKey
	fieldSid
	fields // how many there are
)

// fieldOf is the field of the values of a statement's member.
var fieldOf = map[string]field{
	"Action": fieldAction, "NotAction": fieldAction,
	"Resource": fieldARN, "NotResource": fieldARN,
	"Principal": fieldPrincipal, "NotPrincipal": fieldPrincipal,
	"Condition": fieldCondition, "Sid": fieldSid,
}

// Rewrites are the values that the dictionary rewrote in one account. A nil
// *Rewrites has none.
type Rewrites [fields]map[string]string

// NewRewrites gathers single values from the rewritten columns of an account's
// items. A value that was rewritten in two ways is left out: its lines then
// differ, which is seen, and are not taken for equal, which might hide drift.
func NewRewrites(list []result.Rewrite) *Rewrites {
	g := gatherer{}
	for i := range g.values {
		g.values[i], g.doubtful[i] = map[string]string{}, map[string]bool{}
	}
	for _, w := range list {
		switch w.Field {
		case "arn":
			g.add(fieldARN, w.Before, w.After)
		case "principal":
			g.add(fieldPrincipal, w.Before, w.After)
		case "condition":
			g.condition(w)
		case "statement":
			g.column(w, g.add)
		}
	}
	for f, values := range g.values {
		maps.DeleteFunc(values, func(before, _ string) bool { return g.doubtful[f][before] })
	}
	return &g.values
}

// after returns a text after rewriting: equal texts of two accounts mean the
// same.
func (r *Rewrites) after(f field, text string) string {
	switch f {
	case fieldAction:
		return policy.Fold(text)
	case fieldSid:
		return ""
	}
	if r == nil {
		return text
	}
	if after, ok := r[f][text]; ok {
		return after
	}
	return text
}

// gatherer gathers rewritten values.
type gatherer struct {
	values   Rewrites
	doubtful [fields]map[string]bool
}

func (g *gatherer) add(f field, before, after string) {
	if had, ok := g.values[f][before]; ok && had != after {
		g.doubtful[f][before] = true
	}
	g.values[f][before] = after
}

// column finds the single values in a rewritten column of JSON.
func (g *gatherer) column(w result.Rewrite, add func(f field, before, after string)) {
	before, ok := readNode(w.Before)
	after, ok2 := readNode(w.After)
	if ok && ok2 {
		pair(&before, &after, fieldOther, add)
	}
}

// condition finds the single values and keys in a rewritten condition.
func (g *gatherer) condition(w result.Rewrite) {
	before, ok := readNode(w.Before)
	after, ok2 := readNode(w.After)
	if !ok || !ok2 || before.kind != '{' || !slices.Equal(before.names, after.names) {
		return
	}
	for i := range before.items {
		g.keys(&before.items[i], &after.items[i])
	}
}

// keys finds them in what belongs to one operator. The keys are sorted again after
// rewriting: which became which is known of those that are alike but for a name, if
// there is one of a kind.
func (g *gatherer) keys(before, after *node) {
	for i, key := range before.names {
		j, ok := after.only(key)
		if _, again := before.only(key); !ok || !again {
			continue
		}
		if key != after.names[j] {
			g.add(fieldKey, policy.Fold(key), after.names[j])
		}
		pair(&before.items[i], &after.items[j], fieldCondition, g.add)
	}
}

// only returns the one member whose name is like that key, but for the name in it;
// of several, the one with the same name.
func (n *node) only(key string) (at int, ok bool) {
	at = -1
	for i, name := range n.names {
		if aroundName(name) != aroundName(key) {
			continue
		}
		if at >= 0 {
			at = slices.Index(n.names, key)
			break
		}
		at = i
	}
	return at, at >= 0
}

// aroundName returns a condition key without the name in it.
func aroundName(key string) [2]string {
	if from, to, ok := policy.KeyName(key); ok {
		return [2]string{policy.Fold(key[:from]), policy.Fold(key[to:])}
	}
	return [2]string{policy.Fold(key)}
}

// pair calls add for every text of a that is another one in b.
func pair(a, b *node, f field, add func(f field, before, after string)) {
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
			if f == fieldOther {
				in = fieldOf[a.names[i]]
			}
			pair(&a.items[i], &b.items[i], in, add)
		}
	case a.kind == '[':
		// Lists are sorted again after rewriting: only if one value left and
		// one came is it known which became which.
		left, came := without(a.items, b.items), without(b.items, a.items)
		if len(left) == 1 && len(came) == 1 {
			add(f, left[0], came[0])
		}
	}
}

// without returns the strings of list that other does not have.
func without(list, other []node) []string {
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
