package grant

import (
	"maps"
	"slices"
	"strings"

	"iamctl/audit/account"
	"iamctl/inventory"
	"iamctl/policy"
)

// resourceTags are what the condition keys of the tags of a user or role that is asked
// about begin with, in lower case (IAM User Guide, "Controlling access to AWS resources
// using tags").
var resourceTags = []string{"aws:resourcetag/", "iam:resourcetag/"}

// Onto returns the permissions on a user, a role or a group alone, with the tags that it
// has. Who may change these chooses them.
func (g Grant) Onto(t *account.Holder) Grant {
	out := g.On(t.ARN)
	if !t.TagsKnown() {
		return out
	}
	keys := map[string]string{} // each with the tag's
	asks(g.whole, func(key string) bool {
		for _, prefix := range resourceTags {
			if tag, ok := strings.CutPrefix(key, prefix); ok {
				keys[key] = tag
			}
		}
		return false
	})
	if len(keys) == 0 || g.retags(t) {
		return out
	}
	for _, key := range slices.Sorted(maps.Keys(keys)) {
		value, ok := t.Tag(keys[key])
		never := []policy.Condition{{Operator: "Null", Key: key, Values: []string{"false"}}}
		if ok {
			never = []policy.Condition{{Operator: "Null", Key: key, Values: []string{"true"}}, {Operator: "StringNotEquals", Key: key, Values: []string{policy.Escape(value)}}}
		}
		for _, c := range never {
			out = out.But(policy.Statement{Condition: []policy.Condition{c}})
		}
	}
	return out
}

// retags reports whether the holder may change the tags of a user or a role.
func (g Grant) retags(t *account.Holder) bool {
	actions := []string{"iam:TagUser", "iam:UntagUser"}
	if t.Kind == inventory.EntityRole {
		actions = []string{"iam:TagRole", "iam:UntagRole"}
	}
	return g.asker.Of(g.holder).Only(actions...).On(t.ARN).Anything().Open()
}
