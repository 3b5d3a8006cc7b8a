package severity

import (
	"cmp"
	"slices"
	"strings"

	"iamctl/policy"
	"iamctl/verdict"
	"iamctl/verdict/severity/audience"
)

// provider is the finding for the users of an identity provider.
func (g *gain) provider() *finding {
	p := audience.New(g.Value)
	was, now := g.audience(p, g.was), g.audience(p, g.now)
	some := func(group audience.Group) bool { return group.Everyone }
	f := &finding{level: High}
	if slices.ContainsFunc(now, some) && !slices.ContainsFunc(was, some) {
		f.level = Critical
	}
	fresh := slices.DeleteFunc(slices.Clone(now), func(n audience.Group) bool { return !g.newcomers(p, n) })
	before, after := groupWords(was), cmp.Or(groupWords(now), "some on "+p.Name)
	switch kept := len(now)-len(fresh) >= len(was); {
	case before == "":
		f.more, f.less = after+" added", after+" removed"
	case len(fresh) > 0 && kept:
		f.more, f.less = groupWords(fresh)+" added", groupWords(fresh)+" removed"
	case len(fresh) > 0:
		f.more, f.less = quoted(before)+" became "+quoted(after), quoted(after)+" became "+quoted(before)
	default:
		if c := g.condition(after); c != nil {
			return c
		}
		f.more, f.less = after+" by "+join(g.names), after+" not by "+join(g.names)
	}
	return f
}

// maxGroups is how many groups are named.
const maxGroups = 3

func groupWords(list []audience.Group) string {
	var out []string
	for _, group := range list {
		out = append(out, group.Words)
	}
	if n := len(out) - maxGroups; n > 0 {
		return strings.Join(out[:maxGroups], ", ") + more(n)
	}
	return join(out)
}

// newcomers reports whether those of a group were not let in at all.
func (g *gain) newcomers(p *audience.Provider, group audience.Group) bool {
	return gained(g.c.Trust(nil, claiming(g.was, p.Key, group.Claim))) == nil
}

// audience says whom of a provider a policy lets in. Those for whom it needs more than
// their claim are not everyone.
func (g *gain) audience(p *audience.Provider, d *policy.Document) []audience.Group {
	if d == nil || len(d.Statements) == 0 {
		return nil
	}
	guards := map[string][]string{}
	list := p.Of(claims(p.Key, g.old, g.new), func(claim string) bool {
		w := gained(g.c.Trust(nil, claiming(d, p.Key, claim)))
		if w != nil {
			guards[claim] = g.otherKeys(p, w)
		}
		return w != nil
	})
	for i := range list {
		if keys := guards[list[i].Claim]; len(keys) > 0 {
			list[i].Everyone = false
			list[i].Words += " with " + join(keys)
		}
	}
	return list
}

// otherKeys names the condition keys that a request needs besides the claim, and whom
// the token is for.
func (g *gain) otherKeys(p *audience.Provider, w *verdict.Witness) []string {
	var out []string
	for key := range w.Request.Context {
		if key = policy.Fold(key); key != policy.Fold(p.Key) && key != policy.Fold(p.Audience) {
			out = append(out, keyName(key, g.old, g.new))
		}
	}
	slices.Sort(out)
	return out
}

// claiming returns a trust policy for requests alone with a value of the key.
func claiming(d *policy.Document, key, value string) *policy.Document {
	if key == "" || d == nil {
		return d
	}
	out := *d
	out.Statements = append(slices.Clip(d.Statements), policy.Statement{
		Effect: "Deny", Action: []string{"*"}, Principal: []policy.Principal{{Type: "*", Value: "*"}},
		Condition: []policy.Condition{{Operator: "StringNotEquals", Key: key, Values: []string{value}}},
	})
	return &out
}

// claims returns the values of a condition key, with their wildcards.
func claims(key string, list ...*policy.Document) []string {
	var out []string
	eachAllow(func(s *policy.Statement) {
		for _, c := range s.Condition {
			if strings.EqualFold(c.Key, key) {
				out = append(out, c.Values...)
			}
		}
	}, list...)
	slices.Sort(out)
	return slices.Compact(out)
}
