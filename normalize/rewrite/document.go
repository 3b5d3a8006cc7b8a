package rewrite

import (
	"slices"

	"iamctl/equivalency"
	"iamctl/policy"
)

// Found is an account's own text, as it was found in a document.
type Found struct {
	Field Field
	// Placeholder is what Rewrite puts in its place, Own the text itself.
	Placeholder, Own string
	// Plain says that the placeholder is no placeholder but what other accounts
	// have there, such as the usual domain of AWS.
	Plain bool
}

// Document returns a document in which put has replaced what Rewrite replaces. All
// else is as it was and in its place, and the statements share what did not change.
func (r *Rewriter) Document(d *policy.Document, put func(Found) string) *policy.Document {
	out := *d
	out.Statements = slices.Clone(d.Statements)
	for i := range out.Statements {
		s := &out.Statements[i]
		s.Resource, s.NotResource = r.list(equivalency.ARN, s.Resource, put), r.list(equivalency.ARN, s.NotResource, put)
		s.Principal, s.NotPrincipal = r.principals(s.Principal, put), r.principals(s.NotPrincipal, put)
		s.Condition = changed(s.Condition, func(c policy.Condition) (policy.Condition, bool) { return r.condition(c, put) })
	}
	return &out
}

func (r *Rewriter) list(field Field, texts []string, put func(Found) string) []string {
	return changed(texts, func(t string) (string, bool) {
		after := r.Text(field, t, put)
		return after, after != t
	})
}

func (r *Rewriter) principals(list []policy.Principal, put func(Found) string) []policy.Principal {
	return changed(list, func(p policy.Principal) (policy.Principal, bool) {
		before := p
		p.Value = r.Text(PrincipalField(p.Type), p.Value, put)
		return p, p != before
	})
}

func (r *Rewriter) condition(c policy.Condition, put func(Found) string) (after policy.Condition, differs bool) {
	key := c.Key
	c.Key = r.Text(equivalency.ConditionKey, key, put)
	differs = c.Key != key
	c.Values = changed(c.Values, func(v string) (string, bool) {
		field := valueField(c.Operator, v)
		if field == "" {
			return v, false
		}
		after := r.Text(field, v, put)
		differs = differs || after != v
		return after, after != v
	})
	return c, differs
}

// changed returns a list with what one makes of each element, which says whether that
// differs: the list itself if nothing does.
func changed[T any](list []T, one func(T) (T, bool)) []T {
	copied := false
	for i, v := range list {
		after, differs := one(v)
		if !differs {
			continue
		}
		if !copied {
			list, copied = slices.Clone(list), true
		}
		list[i] = after
	}
	return list
}

// Text is Document for one text: put replaces what Rewrite replaces.
func (r *Rewriter) Text(field Field, text string, put func(Found) string) string {
	arn, n := r.rules.Known.ID(field, text)
	if arn == "" {
		return r.replaced(field, text, put)
	}
	name := r.replaced(field, arn, put)
	if field == equivalency.Condition {
		name = put(Found{Field: field, Placeholder: equivalency.IDOf, Own: text[:n]}) + name
	}
	return name + text[n:]
}

func (r *Rewriter) replaced(field Field, text string, put func(Found) string) string {
	var h hits
	parts, _ := r.marked(field, text, r.rules.Known.In(field, text), &h)
	for i, p := range parts {
		parts[i].text = put(Found{field, p.text, text[p.from:p.to], p.inner != nil})
	}
	return splice(text, parts)
}

// PrincipalField returns the field of a principal of the type.
func PrincipalField(principalType string) Field {
	if principalType == "Service" {
		return equivalency.Service
	}
	return equivalency.Principal
}
