package diff

import (
	"maps"
	"slices"
	"strings"

	"iamctl/inventory"
	"iamctl/normalize"
)

// joinBySuffix joins groups of one side alone whose policies have the same
// name but for CloudFormation's random suffix. A name that fits several is
// left alone: the policies then differ as wholes, which shows.
func (c *comparer) joinBySuffix(p *Pair, groups [][2]span) [][2]span {
	for i := range suffixRules {
		if rule := &suffixRules[i]; rule.path == "" {
			groups = c.joinByRule(p, groups, rule)
		}
	}
	return groups
}

func (c *comparer) joinByRule(p *Pair, groups [][2]span, rule *suffixRule) [][2]span {
	only := [2]map[string][]int{{}, {}}
	for n, g := range groups {
		for side := range 2 {
			if g[side].len() == 1 && g[1-side].len() == 0 {
				if key := g[side].stem(rule); key != "" {
					only[side][key] = append(only[side][key], n)
				}
			}
		}
	}
	gone := map[int]bool{}
	for _, key := range slices.Sorted(maps.Keys(only[0])) {
		a, b := only[0][key], only[1][key]
		if len(a) != 1 || len(b) != 1 {
			continue
		}
		one, other := groups[a[0]][0], groups[b[0]][1]
		groups[a[0]][1] = other
		gone[b[0]] = true
		c.notePair("the policies", one.first().Raw.Name, other.first().Raw.Name, rule)
		p.Renamed = append(p.Renamed, RenamedPolicy{
			Type: one.first().Type, A: one.first().Name, B: other.first().Name, Reason: suffixReason(rule),
		})
	}
	var kept [][2]span
	for n, g := range groups {
		if !gone[n] {
			kept = append(kept, g)
		}
	}
	slices.SortFunc(p.Renamed, func(x, y RenamedPolicy) int {
		return strings.Compare(string(x.Type)+" "+x.A, string(y.Type)+" "+y.A)
	})
	return kept
}

func suffixReason(rule *suffixRule) string {
	return "by the name without " + rule.name + " random suffix"
}

func (s span) len() int { return s.to - s.from }

func (s span) first() *normalize.Policy { return &s.list[s.from] }

// stem is the type and the name without the suffix, "" if it has none.
func (s span) stem(rule *suffixRule) string {
	if stem := rule.stem(s.first().Name, ""); stem != "" {
		return string(s.first().Type) + " " + stem
	}
	return ""
}

// dropRenamed drops the attributes that say that a renamed policy is on one
// side only, if all but its name is the same.
func (p *Pair) dropRenamed() {
	for _, r := range p.Renamed {
		if r.Type == inventory.Boundary {
			p.Attributes = slices.DeleteFunc(p.Attributes, func(v AttributeChange) bool {
				return v.Kind == normalize.KindBoundary && sameButName(v.A.Value, r.A, v.B.Value, r.B)
			})
			continue
		}
		a := p.policyAttribute(string(r.Type)+" "+r.A, func(v *AttributeChange) bool { return v.A.Has && !v.B.Has })
		b := p.policyAttribute(string(r.Type)+" "+r.B, func(v *AttributeChange) bool { return v.B.Has && !v.A.Has })
		if a < 0 || b < 0 || !sameButName(p.Attributes[a].A.Value, r.A, p.Attributes[b].B.Value, r.B) {
			continue
		}
		p.Attributes = slices.Delete(p.Attributes, max(a, b), max(a, b)+1)
		p.Attributes = slices.Delete(p.Attributes, min(a, b), min(a, b)+1)
	}
}

// sameButName compares ARNs that end with the names.
func sameButName(a, nameA, b, nameB string) bool {
	return strings.TrimSuffix(a, nameA) == strings.TrimSuffix(b, nameB)
}

func (p *Pair) policyAttribute(key string, of func(*AttributeChange) bool) int {
	return slices.IndexFunc(p.Attributes, func(v AttributeChange) bool {
		return v.Kind == normalize.KindPolicy && v.Key == key && of(&v)
	})
}
