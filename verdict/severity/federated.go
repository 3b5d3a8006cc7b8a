package severity

import (
	"cmp"
	"slices"
	"strings"

	"iamctl/policy"
	"iamctl/verdict"
	"iamctl/verdict/keyname"
	"iamctl/verdict/severity/audience"
)

// provider is the finding for the users of an identity provider.
func (g *gain) provider() *finding {
	p := audience.New(g.Value)
	was, _ := g.audience(p, g.was)
	now, let := g.audience(p, g.now)
	some := func(group audience.Group) bool { return group.Everyone }
	f := &finding{level: High}
	if slices.ContainsFunc(now, some) && !slices.ContainsFunc(was, some) {
		f.level = Critical
	}
	fresh := slices.DeleteFunc(slices.Clone(now), func(n audience.Group) bool { return !g.newcomers(p, n) })
	if _, ok := g.witness.Request.Context[policy.Fold(p.Key)]; ok {
		f.witness = g.example(fresh, let)
	}
	before, after := groupWords(was), cmp.Or(groupWords(now), "some on "+p.Name)
	switch kept := len(now)-len(fresh) >= len(was); {
	case before == "":
		f.more, f.less = after+" added", after+" removed"
	case len(fresh) > 0 && kept:
		f.more, f.less = groupWords(fresh)+" added", groupWords(fresh)+" removed"
	case len(fresh) > 0:
		f.more, f.less = quoted(before)+became+quoted(after), quoted(after)+became+quoted(before)
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
// their claim are not everyone. It also returns a request with each claim that is let in.
func (g *gain) audience(p *audience.Provider, d *policy.Document) ([]audience.Group, map[string]*verdict.Witness) {
	let := map[string]*verdict.Witness{}
	if d == nil || len(d.Statements) == 0 {
		return nil, let
	}
	values := claims(p.Key, g.old, g.new)
	list := p.Of(values, func(claim string) bool {
		w := gained(g.c.Trust(nil, claiming(d, p.Key, claim)))
		let[claim] = w
		return w != nil
	})
	some := func(group audience.Group) bool { return group.Everyone }
	if p.Shared() && p.Key != "" && !slices.ContainsFunc(list, some) {
		if w := gained(g.c.Trust(nil, stranger(d, p, values))); w != nil {
			claim := strings.Join(w.Request.Context[policy.Fold(p.Key)], "")
			let[claim] = w
			list = append(list, audience.Group{Words: "some of anyone on " + p.Name, Claim: claim, Everyone: true})
		}
	}
	for i := range list {
		w := let[list[i].Claim]
		list[i].Everyone = list[i].Everyone && !named(p, d, w)
		if keys := g.otherKeys(p, w); len(keys) > 0 {
			list[i].Words += " with " + join(keys)
		}
	}
	return list, let
}

// example returns a request of the first of some groups that nobody could make before,
// of one that is everyone first; nil if there is none.
func (g *gain) example(fresh []audience.Group, let map[string]*verdict.Witness) *verdict.Witness {
	for _, everyone := range []bool{true, false} {
		for _, group := range fresh {
			if group.Everyone != everyone {
				continue
			}
			if w := g.replayed(let[group.Claim]); w != nil {
				return w
			}
		}
	}
	return nil
}

// stranger returns a trust policy for those alone of a provider that everybody shares
// whom the values of its claim do not name.
func stranger(d *policy.Document, p *audience.Provider, values []string) *policy.Document {
	others := policy.Condition{Operator: "StringNotLike", Key: p.Key, Values: []string{p.Form()}}
	out := denying(d, others)
	if tenants := p.Tenants(values); len(tenants) > 0 {
		out = denying(out, policy.Condition{Operator: "StringLike", Key: p.Key, Values: tenants})
	}
	return out
}

// named reports whether a request is let in for another claim of the provider's too that
// names who comes.
func named(p *audience.Provider, d *policy.Document, w *verdict.Witness) bool {
	for key := range w.Request.Context {
		if policy.Fold(key) != policy.Fold(p.Key) && p.Names(key) && guards(policy.Fold(key), &w.Request, deciding(d)) {
			return true
		}
	}
	return false
}

// otherKeys names the condition keys that a request needs besides the claim, and whom
// the token is for.
func (g *gain) otherKeys(p *audience.Provider, w *verdict.Witness) []string {
	var out []string
	for key := range w.Request.Context {
		if key = policy.Fold(key); key != policy.Fold(p.Key) && key != policy.Fold(p.Audience) {
			out = append(out, keyname.Of(key, g.old, g.new))
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
	return denying(d, policy.Condition{Operator: "StringNotEquals", Key: key, Values: []string{value}})
}

// denying returns a trust policy that lets nobody in for whom the condition holds.
func denying(d *policy.Document, c policy.Condition) *policy.Document {
	out := *d
	out.Statements = append(slices.Clip(d.Statements), policy.Statement{
		Effect: "Deny", Action: []string{"*"}, Principal: []policy.Principal{{Type: "*", Value: "*"}}, Condition: []policy.Condition{c},
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
