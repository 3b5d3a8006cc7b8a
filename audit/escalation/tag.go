package escalation

import (
	"maps"
	"slices"

	"iamctl/audit/account"
	"iamctl/audit/grant"
	"iamctl/policy/eval"
	"iamctl/verdict/escalation"
)

// changing returns the step of a holder that changes a tag of a user or a role, without what
// comes of it; nil if it may not.
func (g *graph) changing(h *node, of *account.Holder) *way {
	set, unset := of.Tagging()
	for _, action := range []string{set, unset} {
		if a := g.may(h, action, of.ARN); a.Witness != nil {
			return &way{set: &escalation.Set{Actions: []string{action}}, does: "change the tags of", on: of, Answer: a, unknown: a.Unknown}
		}
	}
	return nil
}

// changingFor returns the step of a holder that changes the tags, as some holder may, of
// somebody or of whom its last step is about, or both, so that it may do that step; nil if it
// may not.
func (g *graph) changingFor(h *node, by, who *account.Holder, last *node) *way {
	of := []*account.Holder{who}
	if on := last.step.on; on != nil {
		of = append(of, on)
	}
	for _, x := range of {
		if g.after(tagged(who, onlyTagging(by, x))) != nil {
			of = []*account.Holder{x}
			break
		}
	}
	w := g.changing(h, of[0])
	if w == nil {
		return nil
	}
	if a := g.may(h, w.set.Actions[0], w.on.ARN, requested(last.step.way, w.on == who)...); a.Witness != nil {
		w.Answer = a
	}
	if len(of) > 1 {
		w.does += " the " + string(of[1].Kind) + " " + of[1].Name + " and of"
	}
	return w
}

// requested returns the tags, by the condition keys of what is requested, each with its value,
// that a step has of who does it, or of whom it is about.
func requested(w *way, own bool) []string {
	var out []string
	for _, r := range []*eval.Request{w.Witness, w.entry} {
		if r == nil {
			continue
		}
		for _, key := range slices.Sorted(maps.Keys(r.Context)) {
			tag, ok := grant.ResourceTag(key)
			if own {
				tag, ok = grant.PrincipalTag(key)
			}
			if ok && len(r.Context[key]) > 0 && !slices.Contains(out, grant.RequestTag+tag) {
				out = append(out, grant.RequestTag+tag, r.Context[key][0])
			}
		}
	}
	return out
}
