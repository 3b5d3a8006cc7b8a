package severity

import (
	"maps"
	"slices"
	"strings"

	"iamctl/policy"
	"iamctl/policy/eval"
	"iamctl/verdict"
)

// gain is what callers of a kind gained in trust.
type gain struct {
	*trust
	caller
	was, now *policy.Document // about them
	witness  *verdict.Witness
	names    []string // the actions
}

// unnamed leaves out the principals of an account that the policies name, and reports
// whether there are any.
func (g *gain) unnamed() bool {
	var named []policy.Principal
	for _, value := range values("AWS", g.old, g.new) {
		if p := (policy.Principal{Type: "AWS", Value: value}); accountOf(p) == g.account && !wholeAccount(p) {
			named = append(named, p)
		}
	}
	if g.Type != "AWS" || !wholeAccount(g.Principal) || len(named) == 0 {
		return false
	}
	for _, d := range []**policy.Document{&g.was, &g.now} {
		out := policy.Document{Version: "2012-10-17"}
		if *d != nil {
			out = **d
		}
		out.Statements = append(slices.Clip(out.Statements), policy.Statement{Effect: "Deny", Action: []string{"*"}, Principal: named})
		*d = &out
	}
	return true
}

func (g *gain) finding() *finding {
	switch {
	case g.Type == "Federated":
		return g.provider()
	case g.letIn(g.was) == nil:
		return g.newcomer()
	case !slices.ContainsFunc(g.names, func(name string) bool { return name != "sts:TagSession" && name != "sts:SetSourceIdentity" }):
		return &finding{level: High, more: g.String() + " may " + join(g.names), less: g.String() + " may not " + join(g.names)}
	case g.strange:
		if was, now := g.strangers(g.was), g.strangers(g.now); was != now {
			return &finding{level: Critical, more: quoted(was) + became + quoted(now), less: quoted(now) + became + quoted(was)}
		}
	}
	if f := g.condition(g.String()); f != nil {
		return f
	}
	return &finding{level: High, more: g.who() + " added", less: g.who() + " removed"}
}

// newcomer is the finding for callers that were not let in at all.
func (g *gain) newcomer() *finding {
	switch {
	case g.strange:
		who := g.strangers(g.now)
		return &finding{level: Critical, more: "opened to " + who, less: "no longer open to " + who}
	case g.Type == "AWS" && g.account != g.own && !g.present():
		who := strings.TrimPrefix(g.who(), "any principal of ")
		return &finding{level: Critical, more: who + " added", less: who + " removed"}
	case g.Type == "AWS":
		return &finding{level: High, more: g.who() + " added", less: g.who() + " removed"}
	}
	return &finding{level: High, more: g.String() + " added", less: g.String() + " removed"}
}

// present reports whether anybody of the account was let in before.
func (g *gain) present() bool {
	return g.letIn(edited(g.old, func(s *policy.Statement) bool {
		if s.Effect != "Allow" || len(s.Principal) == 0 {
			return true
		}
		var out []policy.Principal
		for _, p := range s.Principal {
			switch all := g.accountCaller(g.account, false); {
			case all.isOne(p):
				out = append(out, all.Principal)
			case accountOf(p) == g.account:
				out = append(out, p)
			}
		}
		s.Principal = out
		return len(out) > 0
	})) != nil
}

// who names the principal of the witness: a role that a policy names, or any.
func (g *gain) who() string {
	value := g.witness.Request.Principal.Value
	arn, ok := policy.ParseARN(value)
	kind, name, named := strings.Cut(arn.Resource, "/")
	if !ok || !named || g.Type != "AWS" || !mentions(value, g.old, g.new) {
		return "any principal of " + g.String()
	}
	return kind + " " + name + " of " + g.String()
}

// mentions reports whether policies have the ARN.
func mentions(arn string, list ...*policy.Document) bool {
	found := false
	eachStatement(func(s *policy.Statement) {
		found = found || slices.ContainsFunc(s.Principal, func(p policy.Principal) bool { return p.Value == arn }) ||
			slices.ContainsFunc(s.Condition, func(c policy.Condition) bool { return slices.Contains(c.Values, arn) })
	}, list...)
	return found
}

// condition is the finding for callers that were let in by other requests, nil if that
// was not due to a condition.
func (g *gain) condition(who string) *finding {
	allowed := func(keys map[string]bool) bool {
		return eval.Trust(edited(g.was, unconditioned(keys)), &g.witness.Request).Outcome == eval.Allowed
	}
	keys := keysOf(g.was)
	if len(keys) == 0 || !allowed(nil) {
		return nil
	}
	keys = slices.DeleteFunc(due(keys, allowed), func(key string) bool { return key == principalARN || key == principalAccount })
	if len(keys) == 0 {
		return nil
	}
	gone := slices.DeleteFunc(slices.Clone(keys), func(key string) bool { return guards(key, &g.witness.Request, deciding(g.new)) })
	if slices.Equal(keys, []string{externalID}) && len(gone) == 0 {
		name := "another external id for " + who
		return &finding{level: High, more: name, less: name}
	}
	if len(gone) == 0 {
		name := conditions(keys, g.old, g.new) + " for " + who
		return &finding{level: High, more: name + " widened", less: name + " narrowed"}
	}
	return g.removed(who, gone)
}

// removed is the finding for conditions that no longer guard.
func (g *gain) removed(who string, keys []string) *finding {
	switch {
	case slices.Equal(keys, []string{externalID}) && g.needs(g.old, externalID) && g.needs(g.new, externalID):
		return &finding{level: High, more: "any external id will do for " + who, less: who + " needs a certain external id"}
	case slices.Equal(keys, []string{externalID}) && g.needs(g.old, externalID):
		return &finding{level: High, more: who + " needs no external id any more", less: who + " needs an external id"}
	case slices.Equal(keys, []string{multiFactorAge}) && g.needs(g.old, multiFactorAge) && g.needs(g.new, multiFactorAge):
		return &finding{level: High, more: "MFA of any age will do for " + who, less: who + " needs MFA of a certain age"}
	case !slices.ContainsFunc(keys, func(key string) bool { return !strings.HasPrefix(key, multiFactor) }):
		return &finding{level: High, more: "MFA no longer needed for " + who, less: "MFA needed for " + who}
	}
	name := conditions(keys, g.old, g.new) + " for " + who
	return &finding{level: High, more: name + " removed", less: name + " added"}
}

// needs reports whether a trust policy does not allow the request without the key.
func (g *gain) needs(d *policy.Document, key string) bool {
	r := g.witness.Request
	r.Context = maps.Clone(r.Context)
	delete(r.Context, key)
	return eval.Trust(d, &r).Outcome != eval.Allowed
}

func quoted(s string) string { return `"` + s + `"` }
