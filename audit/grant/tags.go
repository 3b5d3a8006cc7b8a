package grant

import (
	"slices"

	"iamctl/audit/account"
	"iamctl/audit/asking"
	"iamctl/policy"
)

// Asking returns the holder as one who asks. The tags of a user, and of a role whose
// sessions have no others, are those that it has and those that it may give itself.
func (g Grant) Asking() asking.Principal {
	p := g.holder.Asking()
	p.Tags = g.tags
	if p.Tags == nil {
		p.Tags = g.asker.own(g.holder)
	}
	return p
}

// own returns the tags with which a holder asks, nil if they may be any.
func (a *Asker) own(h *account.Holder) func(key string) asking.Tag {
	if !h.TagsKnown() || h.SessionTags() || unread(h) {
		return nil
	}
	return a.helped(h, h, a.alone(h))
}

// helped returns the tags of a user or a role as those may change them too whom a holder
// becomes for that.
func (a *Asker) helped(h, t *account.Holder, tags func(key string) asking.Tag) func(key string) asking.Tag {
	for _, other := range h.Taggers {
		if other.Retags(t) {
			by, was := a.onto(other, t), tags
			tags = func(key string) asking.Tag { return was(key).Or(by(key)) }
		}
	}
	return tags
}

// alone is own, of what a holder itself changes.
func (a *Asker) alone(h *account.Holder) func(key string) asking.Tag {
	tags := tagsOf(h)
	if !h.Retags(h) {
		return tags
	}
	for n := range maxRetagged {
		tags = a.changed(tagging{h, h, n}, tags, tags)
	}
	return tags
}

// onto returns the tags of a user or a role as a holder may change them.
func (a *Asker) onto(h, t *account.Holder) func(key string) asking.Tag {
	return a.helped(h, t, a.changes(h, t))
}

// changes is onto, of what a holder itself changes.
func (a *Asker) changes(h, t *account.Holder) func(key string) asking.Tag {
	tags := tagsOf(t)
	if !h.Retags(t) {
		return tags
	}
	if own := a.own(h); h != t || own == nil {
		for n := range maxRetagged {
			tags = a.changed(tagging{h, t, n}, own, tags)
		}
		return tags
	}
	return a.own(h)
}

// maxRetagged is how many changes of tags are followed, of which one makes the next.
const maxRetagged = 3

func unread(h *account.Holder) bool {
	return slices.ContainsFunc(h.Policies, func(p account.Policy) bool { return p.Document == nil })
}

// tagsOf returns the tags of a user or a role as they are.
func tagsOf(h *account.Holder) func(key string) asking.Tag {
	return func(key string) asking.Tag {
		v, ok := h.Tag(key)
		return asking.Tag{Value: v, Set: ok}
	}
}

// tagging is the n-th change that a holder makes to the tags of a user or a role.
type tagging struct {
	by, of *account.Holder
	n      int
}

// changed returns the tags of a user or a role after a holder changed them, who asks with
// some tags, and has those that are changed. What was found is kept.
func (a *Asker) changed(by tagging, asks, has func(key string) asking.Tag) func(key string) asking.Tag {
	return func(key string) asking.Tag {
		key = policy.Fold(key)
		t, ok := a.tags[by][key]
		if !ok {
			t = a.retagged(by, key, asks, has)
			if a.tags[by] == nil {
				a.tags[by] = map[string]asking.Tag{}
			}
			if !a.c.Spent() {
				a.tags[by][key] = t
			}
		}
		return t
	}
}

func (a *Asker) retagged(by tagging, key string, asks, has func(key string) asking.Tag) asking.Tag {
	set, unset := by.of.Tagging()
	g := a.Of(by.by)
	g.tags = asks
	out := tagsOf(by.of)(key)
	out.Gone = out.Set && g.Only(unset).with(by.of, has).naming(key).Anything().Open()
	q := g.Only(set).with(by.of, has).naming(key).But(policy.Statement{Condition: []policy.Condition{{Operator: "Null", Key: RequestTag + key, Values: []string{"true"}}}})
	values := g.values(key, by.of)
	given := func(operator string, values ...string) bool {
		return q.But(policy.Statement{Condition: []policy.Condition{{Operator: operator, Key: RequestTag + key, Values: values}}}).Anything().Open()
	}
	if out.Any = len(values) == 0 && q.Anything().Open() || len(values) > 0 && given("StringLike", values...); out.Any {
		out.Not = slices.DeleteFunc(values, func(v string) bool { return given("StringNotLike", v) })
	} else {
		out.Others = slices.DeleteFunc(values, func(v string) bool { return !given("StringNotLike", v) })
	}
	return out
}

// RequestTag is what the condition keys of tags that a request sets begin with.
const RequestTag = "aws:RequestTag/"

const tagKeys = "aws:TagKeys"

// naming returns the permissions for requests alone that are about a tag with a key.
func (g Grant) naming(key string) Grant {
	if !asks(g.whole, func(k string) bool { return k == policy.Fold(tagKeys) }) {
		return g
	}
	return g.But(policy.Statement{Condition: []policy.Condition{{Operator: "ForAllValues:StringNotEqualsIgnoreCase", Key: tagKeys, Values: []string{key}}}})
}

// values returns patterns of the values of a tag that the permissions tell apart, sorted.
func (g Grant) values(key string, t *account.Holder) []string {
	var out []string
	for _, d := range slices.Concat(g.whole.Identity, g.whole.Boundary) {
		for i := range d.Statements {
			for _, c := range d.Statements[i].Condition {
				op, ok := policy.ParseOperator(c.Operator)
				if !ok || policy.CompareFold(c.Key, RequestTag+key) != 0 || op.Kind == policy.NullOperator {
					continue
				}
				for _, v := range c.Values {
					switch {
					case dollar(v): // a variable of a tag that somebody has
						for _, t := range slices.Concat(g.holder.Tags, t.Tags) {
							out = append(out, policy.Escape(t.Value))
						}
					case op.Like():
						out = append(out, v)
					default:
						out = append(out, policy.Escape(v))
					}
				}
			}
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}
