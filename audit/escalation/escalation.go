// Package escalation has the rules about ways to more permissions: who may lift itself,
// and who can become an administrator step by step.
package escalation

import (
	"fmt"
	"strings"

	"iamctl/audit/rule"
	"iamctl/inventory"
	"iamctl/verdict/severity"
)

const source = `pathfinding.cloud; IAM User Guide, "Grant a user permissions to pass a role to an AWS service" and "Permissions boundaries for IAM entities"`

// Rules are the rules of the package.
var Rules = []rule.Rule{
	{
		ID: "ESCALATION", Severity: severity.Critical, Check: direct, Source: source,
		Title: "who may lift itself to more permissions in one step",
		Why:   "whoever may give itself permissions, or start code with a stronger role, has them already",
		Blind: "which function, instance or stack runs as which role; what a holder is denied that a role which it may become is not; what resource policies, service control policies and other accounts allow",
	},
	{
		ID: "ESCALATION-CHAIN", Severity: severity.Critical, Check: chains, Source: source,
		Title: "who can become an administrator in several steps",
		Why:   "a chain of harmless steps that ends at an administrator is one permission",
		Blind: "as ESCALATION; chains by way of other accounts",
	},
}

// direct finds who lifts itself in one step: to an administrator, or if it becomes none in
// more steps either, to somebody stronger.
func direct(in *rule.Input) []rule.Finding {
	g := graphOf(in)
	var out []rule.Finding
	for _, h := range g.nodes {
		switch {
		case h.step != nil && h.step.n > 1, g.byGroup(h):
		case h.step != nil:
			f := g.finding(h, h.step.way)
			in.Within(g.limited, func() {
				f.Message = "it becomes an administrator in one step: it may " + h.step.words(h.Holder) + g.also(h)
			})
			out = append(out, f)
		case h.partial != nil:
			f := g.finding(h, h.partial)
			f.Severity = severity.High
			if f.Unknown != "" {
				f.Severity = severity.Medium
			}
			f.Message = "it gains permissions in one step: it may " + h.partial.words(h.Holder)
			out = append(out, f)
		}
	}
	return out
}

// chains finds who becomes an administrator in more steps than one.
func chains(in *rule.Input) []rule.Finding {
	g := graphOf(in)
	var out []rule.Finding
	for _, h := range g.nodes {
		if h.step == nil || h.step.n < 2 || g.byGroup(h) {
			continue
		}
		f := g.finding(h, h.step.way)
		f.Steps = nil
		var steps []string
		for n := h; n != nil && n.step != nil; n = n.step.leads() {
			steps = append(steps, n.step.words(n.Holder))
			proof := n.step.proof(n.Holder)
			proof.By = n.by()
			f.Steps = append(f.Steps, proof)
			f.Unknown = first(f.Unknown, n.step.unknown)
		}
		f.Message = fmt.Sprintf("it becomes an administrator in %d steps: it may %s", h.step.n, strings.Join(steps, ", then "))
		out = append(out, f)
	}
	return out
}

// byGroup reports whether a user has its way by a group that has one as short, of which
// there is a finding.
func (g *graph) byGroup(h *node) bool {
	w := h.partial
	if h.step != nil {
		w = h.step.way
	}
	if w == nil || w.Policy == nil || w.Policy.Group == "" {
		return false
	}
	group := g.of[g.in.Account.Of(inventory.EntityGroup, w.Policy.Group)]
	switch {
	case group == nil:
		return false
	case h.step != nil:
		return group.step != nil && group.step.n <= h.step.n
	}
	return group.step != nil || group.partial != nil
}
