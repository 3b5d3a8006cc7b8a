package meaning

import (
	"slices"
	"strings"

	"iamctl/equivalency"
	"iamctl/normalize/rewrite"
	"iamctl/policy"
	"iamctl/verdict"
)

// Allowed is what a role allows in a scope, to be kept and read again: its documents as
// JSON on one line, in canonical form and as the dictionary rewrites them. <NAME> is
// what the placeholder NAME stands for.
type Allowed struct {
	Documents []string
	// Boundary is nil if there is none.
	Boundary []string
}

// allowed returns what both sides allow, where it is of use to keep it: of what is equal
// nothing need be known.
func (s *Scope) allowed(sides [2]*role, trust bool) *[2]Allowed {
	if s.Verdict == verdict.Unknown {
		return nil
	}
	out := &[2]Allowed{}
	var ok [2]bool
	for side, r := range sides {
		identity, boundary := r.asked(trust)
		bounded := boundary != nil
		if s.Verdict == verdict.Equal && s.Future == verdict.Equal && bounded == (sides[1-side].boundary != nil && !trust) {
			return nil
		}
		out[side].Documents, ok[0] = marked(identity)
		out[side].Boundary, ok[1] = marked(boundary)
		if !ok[0] || !ok[1] {
			return nil
		}
	}
	return out
}

// marked returns documents as an Allowed has them, nil for nil, and whether all can be so.
func marked(list []*document) ([]string, bool) {
	if list == nil {
		return nil, true
	}
	out := make([]string, len(list))
	for i, d := range list {
		if out[i] = d.marked(); out[i] == "" {
			return nil, false
		}
	}
	return out, true
}

// marks are what a name of the dictionary has around it. No ARN has them; a document
// that does cannot be kept.
const marks = "<>"

// mark returns what stands for a placeholder in a document that is kept.
func mark(placeholder string) string {
	if placeholder == equivalency.Random || placeholder == equivalency.IDOf {
		return placeholder
	}
	return "<" + placeholder + ">"
}

// markable reports whether a placeholder can be found again in a text.
func markable(placeholder string) bool {
	return placeholder == equivalency.Random || placeholder == equivalency.IDOf || !strings.ContainsAny(placeholder, marks)
}

// asIs is marked for a document in which the dictionary rewrites nothing.
func asIs(plain *policy.Document) string {
	if strings.ContainsAny(plain.ID, marks) {
		return ""
	}
	out := *plain
	out.ID = ""
	text := out.String()
	if strings.ContainsAny(text, marks) {
		return ""
	}
	return text
}

// marked returns a document in canonical form with marks for what the dictionary
// rewrites, "" if it could not be read again.
func (l *lexicon) marked(plain *policy.Document, r *rewrite.Rewriter) string {
	if strings.ContainsAny(plain.String(), marks) {
		return ""
	}
	ok := true
	out := r.Document(plain, func(f rewrite.Found) string {
		if f.Plain {
			return f.Placeholder
		}
		ok = ok && markable(f.Placeholder)
		return mark(f.Placeholder)
	})
	if !ok {
		return ""
	}
	out.ID = ""
	for i := range out.Statements {
		out.Statements[i].Sid = ""
	}
	return out.String()
}

// unmarked returns a document that was kept as it is with tokens, or what is wrong with
// it.
func (l *library) unmarked(text string) (*policy.Document, string) {
	d, _, err := policy.Parse(text)
	switch {
	case err != nil:
		return nil, "is no policy document"
	case l.reserved(d.String()):
		return nil, "has characters of private use"
	}
	known := l.lexicon.unmarker()
	left := ""
	tokens := mapped(d, func(operator, text string) string {
		text = known[addressed(operator, text)].Replace(text)
		if strings.ContainsAny(text, marks) && left == "" {
			left = text
		}
		return text
	})
	if left != "" {
		return nil, "has " + left + ", and the dictionary has no such name"
	}
	return policy.CanonicalStatements(tokens, partitionOf(l.account)), ""
}

// unmarker returns what puts tokens in place of marks, for addresses under true.
func (l *lexicon) unmarker() map[bool]*strings.Replacer {
	var texts, addresses []string
	for placeholder, token := range l.tokens {
		if markable(placeholder) {
			texts = append(texts, mark(placeholder), token)
		}
	}
	for placeholder, address := range l.addresses {
		if markable(placeholder) {
			addresses = append(addresses, mark(placeholder), address)
		}
	}
	return map[bool]*strings.Replacer{false: strings.NewReplacer(texts...), true: strings.NewReplacer(addresses...)}
}

// addressed reports whether a value of a condition is an address.
func addressed(operator, value string) bool {
	op, ok := policy.ParseOperator(operator)
	return ok && op.Kind == policy.IPOperator && !strings.Contains(value, "${")
}

// mapped returns a document with texts that the dictionary may rewrite replaced; operator
// is that of a condition's value, "" for other texts.
func mapped(d *policy.Document, put func(operator, text string) string) *policy.Document {
	out := *d
	out.Statements = make([]policy.Statement, len(d.Statements))
	for i, s := range d.Statements {
		list := func(texts []string, operator string) []string {
			texts = slices.Clone(texts)
			for k := range texts {
				texts[k] = put(operator, texts[k])
			}
			return texts
		}
		s.Resource, s.NotResource = list(s.Resource, ""), list(s.NotResource, "")
		s.Principal, s.NotPrincipal, s.Condition = slices.Clone(s.Principal), slices.Clone(s.NotPrincipal), slices.Clone(s.Condition)
		for _, p := range [][]policy.Principal{s.Principal, s.NotPrincipal} {
			for k := range p {
				p[k].Value = put("", p[k].Value)
			}
		}
		for k := range s.Condition {
			c := &s.Condition[k]
			c.Key, c.Values = put("", c.Key), list(c.Values, c.Operator)
		}
		out.Statements[i] = s
	}
	return &out
}
