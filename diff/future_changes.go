package diff

import (
	"slices"
	"strings"

	"iamctl/inventory"
	"iamctl/normalize"
)

// laterDrift gathers what policies of one type and name have of that, by effect and
// pattern.
type laterDrift struct{ list []*laterPattern }

// laterPattern is a pattern with what it is on, on either side.
type laterPattern struct {
	action inventory.Action // folded
	effect string
	sides  [2]AttributeValue
	keys   [2]string
	on     [2][]string // texts after rewriting
	raw    [2][]string // and before
}

// add adds the entries of a side's policy.
func (l *laterDrift) add(side int, p *normalize.Policy, entries []entry) {
	if len(entries) == 0 {
		return
	}
	origins := p.PairOrigins()
	for _, e := range entries {
		action := p.Items.Patterns[e.pattern].Action
		x := l.pattern(p.Items.Effects[e.effect], folded(action))
		what := ": " + x.effect + " " + actionText(action)
		x.sides[side].Has = true
		x.keys[side] = smaller(x.keys[side], string(p.Type)+nameOf(p.Name)+what)
		x.sides[side].RawKey = smaller(x.sides[side].RawKey, string(p.Type)+nameOf(p.Raw.Name)+what)
		x.on[side] = append(x.on[side], placeText(p.Items, e.row()))
		for _, r := range origins.Of(e.row()) {
			x.raw[side] = append(x.raw[side], placeText(p.Before, r))
		}
	}
}

func (l *laterDrift) pattern(effect string, action inventory.Action) *laterPattern {
	for _, x := range l.list {
		if x.effect == effect && x.action == action {
			return x
		}
	}
	x := &laterPattern{effect: effect, action: action}
	l.list = append(l.list, x)
	return x
}

// nameOf returns a policy's name behind its type: a trust policy has none.
func nameOf(name string) string {
	if name == "" {
		return ""
	}
	return " " + name
}

// smaller returns the smaller of two texts of which "" is none: of the spellings of an
// action the same one is chosen whatever the order.
func smaller(a, b string) string {
	if a == "" || b == "" {
		return a + b
	}
	return min(a, b)
}

// placeText says in words what a row is on, for whom and under which conditions.
func placeText(t *inventory.Items, r inventory.Row) string {
	m, q := t.Terms[r.Terms], t.Principals[r.Principal]
	var parts []string
	for _, part := range []struct{ before, value string }{
		{"on ", t.Resources[r.Resource]},
		{"by ", strings.TrimSpace(q.Type + " " + q.Value)},
		{"if ", m.Condition},
		{"as a whole: ", m.Statement},
	} {
		not := part.before == "on " && strings.Contains(m.Negated, "NotResource") ||
			part.before == "by " && strings.Contains(m.Negated, "NotPrincipal")
		if part.value != "" && !not {
			parts = append(parts, part.before+part.value)
		}
	}
	return strings.Join(parts, " ")
}

// changes returns what was gathered, as attributes that differ.
func (l *laterDrift) changes() []AttributeChange {
	var out []AttributeChange
	for _, x := range l.list {
		for side := range 2 {
			x.sides[side].Value, x.sides[side].Raw = joined(x.on[side]), joined(x.raw[side])
		}
		out = append(out, AttributeChange{Kind: normalize.KindFuture, Key: smaller(x.keys[0], x.keys[1]), A: x.sides[0], B: x.sides[1]})
	}
	return out
}

func joined(texts []string) string {
	slices.Sort(texts)
	return strings.Join(slices.Compact(texts), "; ")
}

// Trust reports whether a change of KindFuture is one of whom the role trusts.
func (a *AttributeChange) Trust() bool { return strings.HasPrefix(a.Key, string(inventory.Trust)+":") }

// Future reports whether a pattern differs in what AWS may add: of whom the roles trust,
// or of what they may do.
func (p *Pair) Future(trust bool) bool {
	return slices.ContainsFunc(p.Attributes, func(a AttributeChange) bool { return a.Kind == normalize.KindFuture && a.Trust() == trust })
}

// DropFuture takes out what Future reports: the documents mean the same.
func (p *Pair) DropFuture(trust bool) {
	p.Attributes = slices.DeleteFunc(p.Attributes, func(a AttributeChange) bool { return a.Kind == normalize.KindFuture && a.Trust() == trust })
}
