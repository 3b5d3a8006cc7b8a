package escalation

import (
	"slices"

	"iamctl/audit/account"
	"iamctl/inventory"
	"iamctl/policy"
	"iamctl/verdict/escalation"
)

const policyKey = "iam:PolicyARN"

// attached asks what a holder may attach to a principal, if it is no policy that makes an
// administrator: one that it may change or make, or one that allows more.
func (g *graph) attached(h *node, t *account.Holder, w *way, boundary string, limited bool) *way {
	action := w.set.Actions[0]
	if !g.as(h, t, action, t.ARN, boundaryKey, boundary).Open() && !g.ask(h, action).On(t.ARN).Anything().Open() {
		return nil
	}
	who := h.holding(t)
	if made := g.written(h, t, w, boundary); made != nil {
		return g.leaves(who, having(who, t, action, ""), made, limited)
	}
	var more *way
	tried := 0
	for i := range g.in.Account.Policies {
		p := &g.in.Account.Policies[i]
		if inventory.AWSManaged(p.ARN) || slices.ContainsFunc(t.Policies, func(o account.Policy) bool { return o.ARN == p.ARN }) {
			continue
		}
		if tried++; tried > maxGiving {
			break
		}
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
		if d == nil || more != nil {
			continue
		}
		then := joining(who, t)
		if !limited {
			then.Boundary = nil
		}
		then.Policies = append(slices.Clip(then.Policies), account.Policy{Type: inventory.Managed, Name: p.Name, ARN: p.ARN, Document: d})
		v.does, v.by = "attach a policy to", p.Name
		if more = g.becoming(who, &then, &v); more != nil {
			more.bounded = limited && !more.whole
		}
	}
	return more
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
