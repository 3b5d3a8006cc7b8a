package verdict

import (
	"slices"
	"strings"

	"iamctl/policy"
	"iamctl/policy/eval"
	"iamctl/verdict/internal/actions"
	"iamctl/verdict/internal/search"
)

type trustQuestion struct{ sides [2]*eval.Admission }

func (trustQuestion) strange(s *policy.Statement) bool {
	return s.Resource != nil || s.NotResource != nil || s.NotPrincipal != nil || len(s.Principal) == 0
}

func (q trustQuestion) decide(side int, r *eval.Request) eval.Decision {
	return q.sides[side].Decide(r)
}

// scope returns a body with the principals of a statement.
func (trustQuestion) scope(_ *comparison, s *policy.Statement, _ bool) (body, []byte) {
	b := body{principals: slices.Clone(s.Principal)}
	slices.SortFunc(b.principals, func(p, q policy.Principal) int {
		return strings.Compare(principalName(p), principalName(q))
	})
	b.principals = slices.Compact(b.principals)
	var key []byte
	for _, p := range b.principals {
		key = append(append(key, principalName(p)...), 1)
	}
	return b, key
}

// principalName is the name of the doubt whether a principal is who asks.
func principalName(p policy.Principal) string {
	return "doubt\x00" + policy.Fold(p.Type) + "\x00" + p.Value
}

// assuming are the actions that a trust policy is asked about, with the types of
// principals that can ask for them (IAM User Guide, "Using IAM roles").
var assuming = map[string][]string{
	"assumerole":                {"AWS", "Service"},
	"assumerolewithsaml":        {"Federated"},
	"assumerolewithwebidentity": {"Federated"},
	"tagsession":                {"AWS", "Service", "Federated"},
	"setsourceidentity":         {"AWS", "Service", "Federated"},
}

// assumes reports whether a trust policy is asked about the action, or may be in
// future.
func assumes(a *actions.Action) bool {
	if policy.Fold(a.Prefix) != "sts" {
		return false
	}
	return a.Future || a.Known == nil || assuming[policy.Fold(a.Short)] != nil
}

// callerPairs looks for principals that can ask for the action.
func (s *solver) callerPairs(a *actions.Action) (int, *answer) {
	kinds := assuming[policy.Fold(a.Short)]
	found := s.ask(strings.Join(kinds, " "), a, restriction{kinds: kinds})
	if !found.found {
		return 0, nil
	}
	return 1, found
}

// everyCaller looks at all kinds of principals.
func (f *finder) everyCaller() error {
	for i := range f.callers {
		f.who = &f.callers[i]
		if f.kinds != nil && !slices.Contains(f.kinds, f.who.Type) {
			continue
		}
		if err := f.class("", nil, nil); err != nil || f.done {
			return err
		}
	}
	return nil
}

// admits returns where a body with principals applies to who asks.
func (f *finder) admits(b *body, box search.Box) []search.Box {
	var out []search.Box
	for _, p := range b.principals {
		switch f.who.is(p) {
		case certain:
			return []search.Box{box}
		case unsure:
			out = append(out, f.with(box, principalName(p), true))
		}
	}
	return out
}

// fixed returns the parts of boxes with what the request says of who asks.
func (f *finder) fixed(list []search.Box) []search.Box {
	var out []search.Box
	for _, b := range list {
		ok := true
		for _, key := range f.who.keys {
			if ok {
				b, ok = f.space.Fix(b, key.name, key.value)
			}
		}
		if ok {
			out = append(out, b)
		}
	}
	return out
}
