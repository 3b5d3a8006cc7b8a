// Package escalation has the rules about ways to more permissions: who may lift itself,
// and who can become an administrator step by step.
package escalation

import (
	"fmt"
	"slices"
	"strings"

	"iamctl/audit/account"
	"iamctl/audit/rule"
	"iamctl/inventory"
	"iamctl/verdict/escalation"
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

// finding is that of a way, without its words. A way that somebody meant is less than one
// that nobody has thought of, and so is one of which it is not known whether it is there.
// Most accounts administer no IAM Identity Center, and who may do all but IAM is common.
func (g *graph) finding(h *node, w *way) rule.Finding {
	f := rule.In(h.Holder, w.Policy, w.Statement)
	f.Witness, f.Unknown = w.Witness, w.unknown
	switch {
	case w.trust:
		f.Policy, f.Statement, f.Witness, f.Steps = nil, -1, nil, []rule.Step{w.proof(h.Holder)}
		f.Fix, f.Choice = rule.Command("iam update-assume-role-policy", "role-name", w.on.Name, "policy-document", "file://"+rule.Placeholder("TRUST_POLICY")+".json"), true
	case w.Policy != nil:
		holder := h.Holder
		if w.Policy.Group != "" {
			holder = g.in.Account.Of(inventory.EntityGroup, w.Policy.Group)
		}
		f.Fix, f.Choice = rule.Replacing(holder, w.Policy), !inventory.AWSManaged(w.Policy.ARN)
	}
	if h.step != nil {
		switch {
		case w.set.Actions[0][:4] == "sso:":
			f.Severity = severity.Low
		case !h.step.sure:
			f.Severity = severity.High
		case h.meant():
			f.Severity = severity.Medium
		}
	}
	return f
}

// proof is the step of a holder with the request that proves it.
func (w *way) proof(h *account.Holder) rule.Step {
	s := rule.Step{Entity: rule.Of(h).Entity, Does: w.words(h), Request: w.Witness}
	if w.trust {
		s.Request, s.Trusting = w.entry, w.on
	}
	return s
}

// meant reports whether all steps are of assuming a role that somebody meant.
func (n *node) meant() bool {
	for ; n != nil && n.step != nil; n = n.step.leads() {
		if !n.step.meant {
			return false
		}
	}
	return true
}

// words say what is done, by which actions. Whose step it is, is "itself".
func (w *way) words(of *account.Holder) string {
	text := w.does
	switch {
	case w.on != nil && w.to != nil && w.by != "":
		text += " the role " + w.on.Name + " to " + w.by
	case w.on != nil:
		text += " " + w.whose(of)
		if w.by != "" {
			text += " (" + w.by + ")"
		}
	}
	if w.trust {
		return text + ", whose trust policy names it"
	}
	return text + w.then + " by " + w.set.String()
}

// it says how somebody is become who was named before.
func (w *way) it() string {
	if w.by != "" {
		return w.does + " it to " + w.by
	}
	return w.does + " it"
}

func (w *way) whose(of *account.Holder) string {
	switch {
	case w.on == of || w.on.Name == anyMember:
		return "itself"
	case w.on.Kind == inventory.EntityGroup && slices.Contains(of.Groups, w.on.Name):
		return "its group " + w.on.Name
	}
	return "the " + string(w.on.Kind) + " " + w.on.Name
}

// maxAlso is how many other ways are named.
const maxAlso = 3

// also names the sets by which a holder becomes an administrator too.
func (g *graph) also(h *node) string {
	listed := []*escalation.Set{h.step.set}
	g.brief = true
	defer func() { g.brief = false }()
	g.ways(h, g.administrators(), true, func(w *way) bool {
		part := func(s *escalation.Set) bool { return subset(s.Actions, w.set.Actions) }
		if (w.to != nil || w.whole) && (w.unknown == "" || !h.step.sure) && !slices.ContainsFunc(listed, part) {
			listed = append(listed, w.set)
		}
		return len(listed) <= maxAlso+1
	})
	var names []string
	for i, s := range listed[1:] {
		if i == maxAlso {
			names = append(names, "other ways")
			break
		}
		names = append(names, s.String())
	}
	if len(names) == 0 {
		return ""
	}
	return "; also by " + strings.Join(names, "; ")
}

func (g *graph) administrators() *front {
	if g.admins == nil {
		g.admins = g.front(slices.DeleteFunc(slices.Clone(g.nodes), func(n *node) bool { return !n.admin }))
	}
	return g.admins
}
