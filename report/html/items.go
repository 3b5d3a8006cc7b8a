package html

import (
	"slices"
	"strings"

	"iamctl/result"
)

// htmlMark is what is known of a drift, as shown beside it.
type htmlMark struct {
	Age             string
	Waiver, Expired int // numbers of waivers, from 1
	First           htmlFirst
	Fingerprint     string
}

// htmlShortHash is how much of a commit's hash stands beside a drift.
const htmlShortHash = 8

// htmlFirst is the first commit that shows a drift.
type htmlFirst struct {
	Number  int // in the list of commits, from 1
	Day     string
	Hash    string
	AtLeast bool
}

// Known is the commit, nil if none is known.
func (f htmlFirst) Known() *htmlFirst {
	if f.Number == 0 {
		return nil
	}
	return &f
}

func (s *htmlSurvey) mark(m *result.Mark, fingerprint string) htmlMark {
	v := htmlMark{Age: m.Age, First: s.first(m.FirstSeen), Fingerprint: fingerprint}
	if s.isWaived(m) {
		v.Waiver = *m.Waiver + 1
	} else if i, ok := s.expiredWaiver(m, fingerprint); ok {
		v.Expired = i + 1
	}
	return v
}

// first is the zero value for no commit.
func (s *htmlSurvey) first(c *result.Commit) htmlFirst {
	if c == nil {
		return htmlFirst{}
	}
	return htmlFirst{s.number(c), htmlDay(c.Time), c.Hash[:min(len(c.Hash), htmlShortHash)], c.AtLeast}
}

// htmlDay is the day of a time in RFC 3339, in the zone that it is given in.
func htmlDay(time string) string {
	day, _, _ := strings.Cut(time, "T")
	return day
}

// htmlGroup is items that differ from each other in the action alone.
type htmlGroup struct {
	Item      *result.Item
	Originals []htmlValue
	Items     []htmlItem
}

// Common is what is known of each of several items alike, nil if they differ
// in it or if nothing is known.
func (g *htmlGroup) Common() *htmlMark {
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
	if first == (htmlMark{}) {
		return nil
	}
	return &first
}

// htmlItem is one item of a group.
type htmlItem struct {
	Action string
	Mark   htmlMark
}

// htmlValue is a value with its name.
type htmlValue struct{ Name, Value string }

// htmlOneSide are the items of a role that one account alone has.
type htmlOneSide struct {
	Side   int
	Tag    string
	Groups []*htmlGroup
	Total  int
	More   int  // items that are not shown
	Own    bool // of a role of one account
}

// oneSide groups the first items of a side, in their order.
func (s *htmlSurvey) oneSide(role *htmlRole, side, limit int) *htmlOneSide {
	items := role.Items[side]
	o := &htmlOneSide{Side: side, Total: items.Len(), More: max(0, items.Len()-limit), Own: role.Side != htmlBoth}
	groups := map[string]*htmlGroup{}
	var key []byte
	for i, it := range items.All() {
		if i == limit {
			break
		}
		key = appendGroupKey(key[:0], &it)
		g := groups[string(key)]
		if g == nil {
			g = &htmlGroup{Item: &it, Originals: htmlOriginals(it.Originals)}
			groups[string(key)] = g
			o.Groups = append(o.Groups, g)
		}
		g.Items = append(g.Items, htmlItem{it.Service + ":" + it.Action, s.mark(&it.Mark, it.Fingerprint)})
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

// htmlTaggedOriginals are the values before rewriting in an account.
func htmlTaggedOriginals(tag string, list []result.Columns) []htmlValue {
	out := htmlOriginals(list)
	for i := range out {
		out[i].Name = tag + ": " + out[i].Name
	}
	return out
}

// htmlOriginals are the values before rewriting, each once.
func htmlOriginals(list []result.Columns) []htmlValue {
	var out []htmlValue
	for _, c := range list {
		for _, v := range []htmlValue{
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
