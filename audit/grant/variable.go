package grant

import (
	"slices"
	"strings"

	"iamctl/policy"
	"iamctl/verdict"
)

// asks reports whether permissions have a condition on a key, in lower case, of some, or a
// variable of one.
func asks(p *verdict.Permissions, some func(key string) bool) bool {
	in := func(list []string) bool {
		return slices.ContainsFunc(list, func(s string) bool { return variables(s, some) })
	}
	for _, documents := range [][]*policy.Document{p.Identity, p.Boundary} {
		for _, d := range documents {
			for i := range d.Statements {
				s := &d.Statements[i]
				if slices.ContainsFunc(s.Condition, func(c policy.Condition) bool {
					return some(policy.Fold(c.Key)) || d.Version == languageVersion && in(c.Values)
				}) ||
					d.Version == languageVersion && (in(s.Resource) || in(s.NotResource)) {
					return true
				}
			}
		}
	}
	return false
}

// languageVersion is the only one that has variables (IAM User Guide, "Version").
const languageVersion = "2012-10-17"

// variables reports whether a text has a variable of some condition key, in lower case.
func variables(text string, some func(key string) bool) bool {
	for i, j, ok := policy.NextVariable(text); ok; i, j, ok = policy.NextVariable(text) {
		v := policy.ParseVariable(text, i, j)
		if some(policy.Fold(text[v.KeyFrom:v.KeyTo])) {
			return true
		}
		text = text[j:]
	}
	return false
}

// filled returns documents with the values of the variables that all requests of the holder
// have. One that none of them has keeps its place, unless it has a default.
func (g Grant) filled(documents []*policy.Document) []*policy.Document {
	known := func(key string) bool { _, ok := g.settled(key); return ok }
	has := func(s string) bool { return variables(s, known) }
	some := func(s *policy.Statement) bool {
		return slices.ContainsFunc(s.Resource, has) || slices.ContainsFunc(s.NotResource, has) ||
			slices.ContainsFunc(s.Condition, func(c policy.Condition) bool { return slices.ContainsFunc(c.Values, has) })
	}
	for i, d := range documents {
		if d.Version != languageVersion || !slices.ContainsFunc(d.Statements, func(s policy.Statement) bool { return some(&s) }) {
			continue
		}
		out := *d
		out.Statements = slices.Clone(d.Statements)
		for k := range out.Statements {
			out.Statements[k] = g.fill(out.Statements[k])
		}
		documents = slices.Clone(documents)
		documents[i] = &out
	}
	return documents
}

// fill is filled of one statement.
func (g Grant) fill(s policy.Statement) policy.Statement {
	each := func(list []string, put func(string) string) []string {
		if !slices.ContainsFunc(list, dollar) {
			return list
		}
		out := slices.Clone(list)
		for i := range out {
			out[i] = put(out[i])
		}
		return out
	}
	s.Resource, s.NotResource = each(s.Resource, g.ofResource), each(s.NotResource, g.ofResource)
	s.Condition = slices.Clone(s.Condition)
	for i := range s.Condition {
		c := &s.Condition[i]
		if op, ok := policy.ParseOperator(c.Operator); ok && substituted(op) {
			c.Values = each(c.Values, g.text)
		}
	}
	return s
}

// substituted reports whether an operator's values have variables (IAM User Guide, "IAM
// policy elements: Variables and tags").
func substituted(op policy.Operator) bool {
	switch op.Kind {
	case policy.NumericOperator, policy.DateOperator, policy.IPOperator, policy.BinaryOperator, policy.NullOperator:
		return false
	}
	return true
}

// ofResource is text for a resource, which has no variables before the fifth colon.
func (g Grant) ofResource(resource string) string {
	at := 0
	for range 5 {
		i := strings.IndexByte(resource[at:], ':')
		if i < 0 {
			return resource
		}
		at += i + 1
	}
	if strings.Contains(resource[:at], "${") {
		return resource
	}
	return resource[:at] + g.text(resource[at:])
}

// text returns a text with the values of its variables that are known.
func (g Grant) text(s string) string {
	var b strings.Builder
	for i, j, ok := policy.NextVariable(s); ok; i, j, ok = policy.NextVariable(s) {
		v := policy.ParseVariable(s, i, j)
		value, known := g.settled(policy.Fold(s[v.KeyFrom:v.KeyTo]))
		b.WriteString(s[:i])
		switch {
		case known && value != "":
			b.WriteString(policy.Escape(value))
		case known && v.HasDefault && !strings.ContainsAny(s[v.DefaultFrom:v.DefaultTo], "*?"):
			b.WriteString(policy.Escape(s[v.DefaultFrom:v.DefaultTo]))
		default:
			b.WriteString(s[i:j])
		}
		s = s[j:]
	}
	return b.String() + s
}
