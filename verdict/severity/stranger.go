package severity

import (
	"slices"
	"strings"

	"iamctl/policy"
	"iamctl/verdict"
	"iamctl/verdict/keyname"
)

// strangers says whom a policy lets in of an account that nothing names: anyone, or
// those of whom it asks no more than one condition key.
func (g *gain) strangers(d *policy.Document) string {
	keys := slices.DeleteFunc(keysOf(d), func(key string) bool { return key == principalARN || key == principalAccount })
	if g.letIn(without(d, keys, "")) != nil {
		return "anyone in AWS"
	}
	var who, with []string
	for _, key := range keys {
		w := g.letIn(without(d, keys, key))
		if w == nil {
			continue
		}
		value := strings.Join(w.Request.Context[key], ", ")
		switch key {
		case "aws:principalorgid":
			who = append(who, "any account of the organisation "+value)
		case "aws:principalorgpaths":
			who = append(who, "any account of the organisation's path "+value)
		default:
			with = append(with, keyname.Of(key, g.old, g.new))
		}
	}
	switch {
	case with != nil:
		who = append(who, "anyone in AWS with "+strings.Join(with, " or "))
	case who == nil:
		who = []string{"anyone in AWS under conditions"}
	}
	return join(who)
}

// letIn returns a witness that a trust policy lets somebody in, nil if none is possible.
func (g *gain) letIn(d *policy.Document) *verdict.Witness { return gainedPossible(g.c.Trust(nil, d)) }

// without returns a trust policy for requests alone that have none of the keys but one.
func without(d *policy.Document, keys []string, one string) *policy.Document {
	if d == nil {
		return nil
	}
	for _, key := range keys {
		if key != one {
			d = denying(d, policy.Condition{Operator: "Null", Key: key, Values: []string{"false"}})
		}
	}
	return d
}

// plainest returns a witness that needs no condition key or, if there is none, only the
// first key that will do; w, if it needs several. So it does not depend on how the
// policies are written.
func (g *gain) plainest(w *verdict.Witness) *verdict.Witness {
	keys := slices.DeleteFunc(keysOf(g.was, g.now), func(key string) bool { return key == principalARN || key == principalAccount })
	if w == nil || len(keys) < 2 {
		return w
	}
	for _, one := range append([]string{""}, keys...) {
		if plain := gainedPossible(g.c.Trust(without(g.was, keys, one), without(g.now, keys, one))); plain != nil {
			return plain
		}
	}
	return w
}
