package escalation

import (
	"slices"
	"strings"

	"iamctl/audit/account"
	"iamctl/inventory"
	"iamctl/verdict/escalation"
)

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

// gift says what is given to who was named before.
func (w *way) gift() string {
	switch {
	case w.does == gives[w.set.Actions[0]]:
		return "give it any policy"
	case w.by != "":
		return w.does + " it (" + w.by + ")"
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
