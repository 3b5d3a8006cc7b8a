package escalation

import (
	"iamctl/audit/account"
	"iamctl/audit/rule"
	"iamctl/inventory"
	"iamctl/verdict/severity"
)

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
