package grant

import (
	"maps"
	"slices"
	"strings"

	"iamctl/audit/account"
	"iamctl/audit/asking"
	"iamctl/policy"
	"iamctl/verdict"
)

// resourceTags are what the condition keys of the tags of a user or role that is asked
// about begin with, in lower case (IAM User Guide, "Controlling access to AWS resources
// using tags").
var resourceTags = []string{"aws:resourcetag/", "iam:resourcetag/"}

// Onto returns the permissions on a user, a role or a group alone, with the tags that it
// has, and those that the holder may give it.
func (g Grant) Onto(t *account.Holder) Grant {
	if !t.TagsKnown() {
		return g.On(t.ARN)
	}
	return g.with(t, g.asker.onto(g.holder, t))
}

// with returns the permissions on a user or a role alone that has some tags.
func (g Grant) with(t *account.Holder, tags func(key string) asking.Tag) Grant {
	return g.On(t.ARN).tagged(tags, resourceTags...)
}

// Making returns the permissions to make a user or a role, with tags that the holder may
// give it: whoever makes one with tags must be allowed to tag it.
func (g Grant) Making(t *account.Holder) Grant {
	return g.On(t.ARN).tagged(g.asker.onto(g.holder, t), policy.Fold(RequestTag))
}

// tagged returns the permissions for requests alone with tags, by the condition keys that
// begin in some way.
func (g Grant) tagged(tags func(key string) asking.Tag, prefixes ...string) Grant {
	keys := map[string]string{} // each with the tag's
	asks(g.whole, func(key string) bool {
		for _, prefix := range prefixes {
			if tag, ok := strings.CutPrefix(key, prefix); ok {
				keys[key] = tag
			}
		}
		return false
	})
	for _, key := range slices.Sorted(maps.Keys(keys)) {
		for _, list := range tags(keys[key]).Never(key) {
			g = g.But(policy.Statement{Condition: list})
		}
	}
	return g
}

// ResourceTag returns the tag that a condition key, in lower case, is of, of a user or role that
// is asked about; ok is false if it is no such key.
func ResourceTag(key string) (tag string, ok bool) {
	for _, prefix := range resourceTags {
		if tag, ok = strings.CutPrefix(key, prefix); ok {
			return tag, true
		}
	}
	return "", false
}

// PrincipalTag is ResourceTag for the tags of who asks.
func PrincipalTag(key string) (tag string, ok bool) {
	if !asking.Tagged(key) {
		return "", false
	}
	_, tag, ok = strings.Cut(key, "/")
	return tag, ok
}

// AsksTags reports whether a document has a condition on the tag of who asks, or of a user or
// a role that is asked about, or a variable of one.
func AsksTags(d *policy.Document) bool {
	return d != nil && asks(&verdict.Permissions{Identity: []*policy.Document{d}}, func(key string) bool {
		_, of := ResourceTag(key)
		return of || asking.Tagged(key)
	})
}
