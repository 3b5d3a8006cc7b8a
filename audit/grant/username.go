package grant

import (
	"slices"
	"strings"

	"iamctl/audit/asking"
	"iamctl/inventory"
	"iamctl/policy"
	"iamctl/policy/eval"
	"iamctl/verdict"
)

const (
	userKey = "aws:username"
	// standIn is a key that has the user's name in the search, which asks about roles:
	// requests of these have no aws:username.
	standIn = "aws:principaltag/iamctl-username"
)

// byName returns the permissions of a user, a group or a policy with the key standIn in
// place of the user's name.
func (g Grant) byName(p *verdict.Permissions) *verdict.Permissions {
	if g.holder.Kind == inventory.EntityRole || !asks(p, func(key string) bool { return key == userKey }) {
		return p
	}
	p.Identity, p.Boundary = renamed(p.Identity), renamed(p.Boundary)
	return p
}

// renamed puts the key standIn in place of the user's name, as a key and as a variable.
func renamed(documents []*policy.Document) []*policy.Document {
	out := slices.Clone(documents)
	for i, d := range out {
		changed := *d
		changed.Statements = slices.Clone(d.Statements)
		for k := range changed.Statements {
			s := &changed.Statements[k]
			s.Condition = slices.Clone(s.Condition)
			for j := range s.Condition {
				c := &s.Condition[j]
				if policy.Fold(c.Key) == userKey {
					c.Key = standIn
				}
				if d.Version == languageVersion {
					c.Values = standing(c.Values)
				}
			}
		}
		out[i] = &changed
	}
	return out
}

// standing returns texts with the variable standIn in place of that of the user's name.
func standing(list []string) []string {
	has := func(s string) bool { return variables(s, func(key string) bool { return key == userKey }) }
	if !slices.ContainsFunc(list, has) {
		return list
	}
	out := slices.Clone(list)
	for i, s := range out {
		var b strings.Builder
		for from, to, ok := policy.NextVariable(s); ok; from, to, ok = policy.NextVariable(s) {
			v := policy.ParseVariable(s, from, to)
			b.WriteString(s[:from])
			if policy.Fold(s[v.KeyFrom:v.KeyTo]) == userKey {
				b.WriteString("${" + standIn)
			} else {
				b.WriteString(s[from:v.KeyTo])
			}
			b.WriteString(s[v.KeyTo:to])
			s = s[to:]
		}
		out[i] = b.String() + s
	}
	return out
}

// restore puts the user's name back into a request of the search's.
func restore(r *eval.Request) {
	if v, ok := r.Context[standIn]; ok {
		delete(r.Context, standIn)
		r.Context[userKey] = v
	}
}

// Settled returns a statement of the holder's without the conditions on who asks that hold
// for it, so that it may be held against what others may do; ok is false if one does not
// hold.
func (g Grant) Settled(s policy.Statement) (settled policy.Statement, ok bool) {
	var kept []policy.Condition
	for _, c := range s.Condition {
		key := policy.Fold(c.Key)
		context, known := g.has(key)
		if !known || slices.ContainsFunc(c.Values, dollar) {
			kept = append(kept, c)
			continue
		}
		d := &policy.Document{Version: "2012-10-17", Statements: []policy.Statement{{Effect: "Allow", Action: []string{"*"}, Resource: []string{"*"}, Condition: []policy.Condition{c}}}}
		p := verdict.Permissions{Identity: []*policy.Document{d}}
		switch p.Decide(&eval.Request{Action: "s3:ListAllMyBuckets", Resource: "*", Context: context}).Outcome {
		case eval.Allowed:
		case eval.NotAllowed:
			return s, false
		default:
			kept = append(kept, c)
		}
	}
	s.Condition = kept
	return s, true
}

// settled returns what a condition key, in lower case, has in all requests of the holder, ""
// for nothing; ok is false where that is not known, or not the same in all.
func (g Grant) settled(key string) (value string, ok bool) {
	switch {
	case key == principalARN && g.individual():
		return g.holder.ARN, true
	case key == userKey, asking.Personal(key), asking.Tagged(key):
		return g.Asking().Settled(key)
	}
	return "", false
}

// has returns what requests of the holder have of a condition key, in lower case; known is
// false where that is not known, or not the same in all.
func (g Grant) has(key string) (context map[string][]string, known bool) {
	value := g.value(key)
	if asking.Tagged(key) {
		if value, known = g.settled(key); known && value == "" {
			return nil, true
		}
	}
	return map[string][]string{key: {value}}, value != ""
}

// value returns what a condition key, in lower case, has in the holder's requests, "" if
// that is not known.
func (g Grant) value(key string) string {
	switch {
	case key == principalARN && g.individual():
		return g.holder.ARN
	case key == userKey, asking.Personal(key):
		return g.holder.Asking().Value(key)
	}
	return ""
}
