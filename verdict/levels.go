package verdict

import (
	"slices"
	"strings"

	"iamctl/policy"
	"iamctl/policy/eval"
)

// commonLevels returns what levels of control policies leave to two sides: those that are
// the same on both sides in the same place, and none of a side twice. Levels that allow
// everything come first, for they bound nothing but by what they deny. In which order
// levels are does not matter: each must allow what is allowed.
func commonLevels(old, new [][]*policy.Document) (out [2][][]*policy.Document) {
	if old == nil && new == nil {
		return out
	}
	var keys [2][]string
	for side, levels := range [][][]*policy.Document{old, new} {
		for _, level := range levels {
			key := levelKey(level)
			if i, seen := slices.BinarySearch(keys[side], key); !seen {
				keys[side] = slices.Insert(keys[side], i, key)
				out[side] = slices.Insert(out[side], i, level)
			}
		}
	}
	var both, alone [2][][]*policy.Document
	for side := range out {
		for i, level := range out[side] {
			if _, ok := slices.BinarySearch(keys[1-side], keys[side][i]); ok {
				both[side] = append(both[side], level)
			} else {
				alone[side] = append(alone[side], level)
			}
		}
		out[side] = append(both[side], alone[side]...)
	}
	return out
}

// levelKey returns a text that is the same for levels that say the same in the same words.
func levelKey(level []*policy.Document) string {
	texts := make([]string, 0, len(level))
	for _, d := range level {
		if d != nil {
			texts = append(texts, d.String())
		}
	}
	slices.Sort(texts)
	return strings.Join(slices.Compact(texts), "\x00")
}

// levels adds the levels of control policies of a side. One that allows everything adds
// what it denies alone; the others are layers.
func (c *comparison) levels(side int, levels [][]*policy.Document) {
	next := controlAllow
	for _, level := range levels {
		if slices.ContainsFunc(level, c.allowsAll) {
			c.denies(side, level)
			continue
		}
		c.limits[side] = append(c.limits[side], next)
		c.documents(side, level, next)
		next++
	}
}

// allowsAll reports whether a document has a statement that allows everything, as AWS's
// FullAWSAccess and RCPFullAWSAccess have.
func (c *comparison) allowsAll(d *policy.Document) bool {
	return d != nil && unreadable(d) == "" && slices.ContainsFunc(d.Statements, func(s policy.Statement) bool {
		return s.Effect == "Allow" && len(s.Condition) == 0 && harmless(s.Unknown) &&
			s.NotAction == nil && slices.Contains(s.Action, "*") && c.everything(&s)
	})
}

// denies adds of the documents of a level what they deny, or may.
func (c *comparison) denies(side int, level []*policy.Document) {
	for _, d := range level {
		if d == nil {
			continue
		}
		rest := *d
		rest.Statements = slices.DeleteFunc(slices.Clone(d.Statements), func(s policy.Statement) bool { return s.Effect == "Allow" && !hasEffect(s.Unknown) })
		c.documents(side, []*policy.Document{&rest}, deny)
	}
}

func hasEffect(list []policy.Element) bool {
	return slices.ContainsFunc(list, func(e policy.Element) bool { return policy.Fold(e.Name) == "effect" })
}

// everything reports whether a statement without conditions is about every resource.
func (*identityQuestion) everything(s *policy.Statement) bool {
	return s.NotResource == nil && slices.Contains(s.Resource, "*") && s.Principal == nil && s.NotPrincipal == nil
}

// everything reports whether a statement without conditions is about everybody.
func (trustQuestion) everything(s *policy.Statement) bool {
	return s.Resource == nil && s.NotResource == nil && s.NotPrincipal == nil && slices.Contains(s.Principal, policy.Principal{Type: "*", Value: "*"})
}

// aboutRole returns the resource control policies with the statements that are about the
// role, whose Resource is left out: who asks to assume the role asks for no other. Where
// that is not known, the Resource stays, and nobody can say to what the statement applies.
func (c *Comparer) aboutRole(a *eval.Admission) [][]*policy.Document {
	if a.Control == nil {
		return nil
	}
	out := make([][]*policy.Document, len(a.Control))
	for i, level := range a.Control {
		for _, d := range level {
			if d == nil {
				continue
			}
			of := *d
			of.Statements = nil
			for _, s := range d.Statements {
				if is := c.aboutARN(&s, a.Role); is != another {
					if is == certain {
						s.Resource, s.NotResource = nil, nil
					}
					of.Statements = append(of.Statements, s)
				}
			}
			out[i] = append(out[i], &of)
		}
	}
	return out
}

// aboutARN reports whether a statement is about an ARN.
func (c *Comparer) aboutARN(s *policy.Statement, arn string) certainty {
	list, not := s.Resource, s.NotResource != nil
	if not {
		list = s.NotResource
	}
	if len(list) == 0 || s.Resource != nil && s.NotResource != nil {
		return unsure
	}
	found := another
	for _, p := range list {
		switch {
		case p == "*":
			found = certain
		case strings.Contains(p, "$") || arn == "":
			found = max(found, unsure)
		case c.pattern(p).Match(arn):
			found = max(found, certain)
		}
	}
	if not {
		return certain - found
	}
	return found
}
