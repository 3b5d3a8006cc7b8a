package html

import (
	"slices"

	"iamctl/result"
)

// itemGroup is items that differ from each other in the action alone.
type itemGroup struct {
	Item      *result.Item
	Originals []namedValue
	Items     []groupItem
}

// Common is what is known of each of several items alike, nil if they differ
// in it or if nothing is known.
func (g *itemGroup) Common() *mark {
	if len(g.Items) < 2 {
		return nil
	}
	first := g.Items[0].Mark
	first.Fingerprint = ""
	for _, it := range g.Items {
		it.Mark.Fingerprint = ""
		if it.Mark != first {
			return nil
		}
	}
	if first == (mark{}) {
		return nil
	}
	return &first
}

// groupItem is one item of a group.
type groupItem struct {
	Action string
	Mark   mark
}

// namedValue is a value with its name.
type namedValue struct{ Name, Value string }

// sideItems are the items of a role that one account alone has.
type sideItems struct {
	Side   int
	Tag    string
	Groups []*itemGroup
	Total  int
	More   int  // items that are not shown
	Own    bool // of a role of one account
	// Impossible reports whether they are pairs that the reference calls
	// impossible.
	Impossible bool
}

// sideItems groups the first items of a side of a role, in their order.
func (s *survey) sideItems(role *shownRole, items result.Items, side, limit int) *sideItems {
	o := &sideItems{Side: side, Total: items.Len(), More: max(0, items.Len()-limit), Own: role.Side != result.Both}
	groups := map[string]*itemGroup{}
	var key []byte
	for i, it := range items.All() {
		if i == limit {
			break
		}
		key = appendGroupKey(key[:0], &it)
		g := groups[string(key)]
		if g == nil {
			g = &itemGroup{Item: &it, Originals: originals(it.Originals)}
			groups[string(key)] = g
			o.Groups = append(o.Groups, g)
		}
		g.Items = append(g.Items, groupItem{it.FullAction(), s.mark(&it.Mark, it.Fingerprint)})
	}
	return o
}

// appendGroupKey appends all of an item but its action, marks and fingerprint.
func appendGroupKey(key []byte, it *result.Item) []byte {
	add := func(values ...string) {
		for _, v := range values {
			key = append(append(key, v...), 0)
		}
	}
	columns := func(c *result.Columns) {
		add(c.PolicyType, c.PolicyName, c.Effect, c.ARN, c.PrincipalType, c.Principal, c.Negated, c.Condition, c.Statement, c.Note)
	}
	columns(&it.Columns)
	for i := range it.Originals {
		columns(&it.Originals[i])
	}
	for _, n := range it.Names {
		add("names", n.Value, n.Owner, n.Expected)
	}
	return key
}

// taggedOriginals returns the values before rewriting in an account.
func taggedOriginals(tag string, list []result.Columns) []namedValue {
	out := originals(list)
	for i := range out {
		out[i].Name = tag + ": " + out[i].Name
	}
	return out
}

// originals returns the values before rewriting, each once.
func originals(list []result.Columns) []namedValue {
	var out []namedValue
	for _, c := range list {
		for _, v := range []namedValue{
			{"policy", c.PolicyName},
			{"resource", c.ARN},
			{"principal", c.Principal},
			{"condition", c.Condition},
			{"statement", c.Statement},
		} {
			if v.Value != "" && !slices.Contains(out, v) {
				out = append(out, v)
			}
		}
	}
	return out
}
