package escalation

import (
	"slices"
	"strings"

	"iamctl/audit/account"
	"iamctl/audit/grant"
	"iamctl/inventory"
	"iamctl/policy"
	"iamctl/verdict/escalation"
)

const policyKey = "iam:PolicyARN"

// attached asks what a holder may attach to a principal, if it is no policy that makes an
// administrator: one that it may change or make, or one that allows more.
func (g *graph) attached(h *node, t, who *account.Holder, w *way, boundary string, limited bool) *way {
	action := w.set.Actions[0]
	if !g.as(h, t, action, t.ARN, boundaryKey, boundary).Open() && !g.ask(h, action).On(t.ARN).Anything().Open() {
		return nil
	}
	if made := g.written(h, t, w, boundary); made != nil {
		return g.leaves(who, having(who, t, action, ""), made, limited)
	}
	var plain []candidate
	var list [][]candidate
	for _, p := range g.attachable(h.Holder, t, action) {
		v := *w
		if v.Answer = g.as(h, t, action, t.ARN, policyKey, p.ARN, boundaryKey, boundary); !v.Open() {
			continue
		}
		if g.may(h, "iam:CreatePolicyVersion", p.ARN).Witness != nil {
			v.set, v.by, v.unknown = together(w.set, &escalation.Set{Actions: []string{"iam:CreatePolicyVersion"}}), p.Name, v.Unknown
			v.does = "change a policy and attach it to"
			return g.leaves(who, having(who, t, action, p.ARN), &v, limited)
		}
		d := g.document(p.ARN)
		if d == nil {
			continue
		}
		c := candidate{account.Policy{Type: inventory.Managed, Name: p.Name, ARN: p.ARN, Document: d}, v.Answer}
		if denies(&account.Holder{Policies: []account.Policy{c.Policy}}) {
			list = append(list, []candidate{c})
		} else {
			plain = append(plain, c)
		}
	}
	for _, all := range append([][]candidate{plain}, list...) {
		if out := g.together(who, t, w, all, limited); out != nil {
			return out
		}
	}
	return nil
}

// candidate is a policy that a holder may attach, with the answer that says so.
type candidate struct {
	account.Policy
	answer grant.Answer
}

// together asks what policies make of a principal that are attached to it together.
func (g *graph) together(who, t *account.Holder, of *way, list []candidate, limited bool) *way {
	if len(list) == 0 {
		return nil
	}
	w := *of
	arns := make([]string, len(list))
	names := make([]string, len(list))
	for i, c := range list {
		arns[i], names[i] = c.ARN, c.Name
	}
	w.does, w.by, w.Answer = "attach a policy to", strings.Join(names, ", "), list[0].answer
	key := addition{who, t, strings.Join(arns, " "), limited}
	made, ok := g.added[key]
	if !ok {
		if made = g.becoming(who, key.to(list), &way{}); g.of[who] != nil && g.of[t] != nil {
			g.added[key] = made
		}
	}
	if made == nil {
		return nil
	}
	w.whole, w.became, w.unknown = made.whole, made.became, first(w.Unknown, made.unknown)
	w.bounded = limited && !w.whole
	return &w
}

// addition is what a principal may be given: policies by their ARNs, to itself or to a group
// of its own, within its boundary or without.
type addition struct {
	who, t  *account.Holder
	arns    string
	limited bool
}

// to returns the principal as it is then.
func (a *addition) to(list []candidate) *account.Holder {
	then := joining(a.who, a.t)
	if !a.limited {
		then.Boundary = nil
	}
	then.Policies = slices.Clip(then.Policies)
	for _, c := range list {
		then.Policies = append(then.Policies, c.Policy)
	}
	return &then
}

// attachable are the managed policies that might be attached to a principal, a few: those
// that conditions of the holder name, then others of the account's own.
func (g *graph) attachable(h, t *account.Holder, action string) []*inventory.Policy {
	var named, others []*inventory.Policy
	patterns := policyARNs(h, action)
	for i := range g.in.Account.Policies {
		p := &g.in.Account.Policies[i]
		switch {
		case slices.ContainsFunc(t.Policies, func(o account.Policy) bool { return o.ARN == p.ARN }):
		case slices.ContainsFunc(patterns, func(s string) bool { return policy.Match(s, p.ARN) }):
			named = append(named, p)
		case !inventory.AWSManaged(p.ARN):
			others = append(others, p)
		}
	}
	all := append(named, others...)
	return all[:min(len(all), maxGiving)]
}

// written asks whether a holder may make a policy and attach it to a principal.
func (g *graph) written(h *node, t *account.Holder, w *way, boundary string) *way {
	const create = "iam:CreatePolicy"
	if q := g.ask(h, create); !q.all && len(q.patterns) == 0 {
		return nil
	}
	q := g.ask(h, create).On(g.arn("policy/*"))
	if list := policyARNs(h.Holder, w.set.Actions[0]); len(list) > 0 {
		q = q.On(list...)
	}
	arn := unused(q, func(arn string) bool { return g.in.Account.Managed(arn) != nil })
	if arn == "" {
		return nil
	}
	v := *w
	if v.Answer = g.as(h, t, w.set.Actions[0], t.ARN, policyKey, arn, boundaryKey, boundary); v.Witness == nil {
		return nil
	}
	v.set, v.does = together(w.set, &escalation.Set{Actions: []string{create}}), "write a policy and attach it to"
	return &v
}

// policyARNs returns the ARNs, and patterns of them, of the policies that a holder may
// attach by an action, as far as conditions name them.
func policyARNs(h *account.Holder, action string) []string {
	return conditioned(h, action, policyKey, func(effect string, op policy.Operator) bool { return effect == "Allow" && !op.Negated })
}

// conditioned returns the values that the conditions on a key have in the statements of a
// holder about an action, of those effects and operators that are wanted.
func conditioned(h *account.Holder, action, key string, wanted func(effect string, op policy.Operator) bool) []string {
	var out []string
	for _, p := range h.Policies {
		if p.Document == nil {
			continue
		}
		for i := range p.Document.Statements {
			s := &p.Document.Statements[i]
			for _, c := range s.Condition {
				op, ok := policy.ParseOperator(c.Operator)
				if ok && policy.CompareFold(c.Key, key) == 0 && wanted(s.Effect, op) && s.About(action) {
					out = append(out, c.Values...)
				}
			}
		}
	}
	return out
}

// document returns what a managed policy says that was read, nil if it was not.
func (g *graph) document(arn string) *policy.Document {
	d, ok := g.managed[arn]
	if !ok {
		if arn == g.giving[0] {
			d = anything
		} else if p := g.in.Account.Managed(arn); p != nil {
			d, _, _ = policy.Parse(string(p.Document))
		}
		g.managed[arn] = d
	}
	return d
}
