package normalize

import (
	"slices"
	"strings"

	"iamctl/equivalency"
	"iamctl/policy"
)

// Former returns a role as the dictionary alone names it and its policies, which is how
// fingerprints had them before made-up parts of names were left out; nil if that is the
// role itself. Texts within its items are as they are.
func (a *Account) Former(r *Role) *Role {
	if k := a.Rewriter.Rules().Known; k == nil || len(k.Names) == 0 && len(k.Attached) == 0 {
		return nil
	}
	if r.Name != r.Raw.Name && !r.random() {
		return nil
	}
	old, same := *r, true
	name := func(field Field, raw, now string) string {
		before := a.Rewriter.Marked(field, raw, nil)
		same = same && before == now
		return before
	}
	old.Name = name(FieldRoleName, r.Raw.Name, r.Name)
	old.Key = policy.Fold(old.Name)
	old.Policies = slices.Clone(r.Policies)
	for i := range old.Policies {
		p := &old.Policies[i]
		p.Name = name(FieldPolicyName, p.Raw.Name, p.Name)
	}
	old.Attributes = slices.Clone(r.Attributes)
	for i := range old.Attributes {
		at := &old.Attributes[i]
		switch at.Kind {
		case KindPolicy:
			kind, raw, _ := strings.Cut(at.RawKey, " ")
			at.Key = kind + " " + a.Rewriter.Marked(FieldPolicyName, raw, nil)
			at.Value = name(FieldARN, at.RawValue, at.Value)
		case KindBoundary:
			at.Value = name(FieldARN, at.RawValue, at.Value)
		}
	}
	if same {
		return nil
	}
	return &old
}

// random reports whether a name of the role or of one of its policies has a made-up
// part that was left out.
func (r *Role) random() bool {
	has := func(text string) bool { return strings.Contains(text, equivalency.Random) }
	return has(r.Name) || slices.ContainsFunc(r.Policies, func(p Policy) bool { return has(p.Name) }) ||
		slices.ContainsFunc(r.Attributes, func(at Attribute) bool {
			return (at.Kind == KindPolicy || at.Kind == KindBoundary) && (has(at.Key) || has(at.Value))
		})
}
