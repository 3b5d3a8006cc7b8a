package diff

import (
	"maps"
	"slices"
	"strings"

	"iamctl/inventory"
	"iamctl/normalize"
)

// joinBySuffix joins the groups of one side alone whose policies have the same
// name without CloudFormation's random suffix. A name that fits several is left
// alone: the policies then differ as wholes, which shows.
func (c *comparer) joinBySuffix(p *Pair, groups []group) []group {
	for i := range suffixRules {
		if rule := &suffixRules[i]; rule.path == "" {
			groups = c.joinByRule(p, groups, rule)
		}
	}
	return groups
}

func (c *comparer) joinByRule(p *Pair, groups []group, rule *suffixRule) []group {
	alone := [2]map[string][]int{aloneByStem(groups, 0, rule), aloneByStem(groups, 1, rule)}
	joined := map[int]bool{}
	for _, key := range slices.Sorted(maps.Keys(alone[0])) {
		a, b := alone[0][key], alone[1][key]
		if len(a) != 1 || len(b) != 1 {
			continue
		}
		groups[a[0]][1] = groups[b[0]][1]
		joined[b[0]] = true
		c.recordRenamed(p, groups[a[0]], rule)
	}
	slices.SortFunc(p.Renamed, func(x, y RenamedPolicy) int {
		return strings.Compare(string(x.Type)+" "+x.A, string(y.Type)+" "+y.A)
	})
	var kept []group
	for i, g := range groups {
		if !joined[i] {
			kept = append(kept, g)
		}
	}
	return kept
}

// aloneByStem returns the indexes of the groups of one policy that a side alone
// has, by the policy's type and name without the suffix.
func aloneByStem(groups []group, side int, rule *suffixRule) map[string][]int {
	alone := map[string][]int{}
	for i, g := range groups {
		if g[side].len() != 1 || g[1-side].len() != 0 {
			continue
		}
		if key := g[side].stem(rule); key != "" {
			alone[key] = append(alone[key], i)
		}
	}
	return alone
}

func (c *comparer) recordRenamed(p *Pair, g group, rule *suffixRule) {
	a, b := g[0].first(), g[1].first()
	c.notePair("the policies", a.Raw.Name, b.Raw.Name, rule)
	p.Renamed = append(p.Renamed, RenamedPolicy{Type: a.Type, A: a.Name, B: b.Name, Reason: suffixReason(rule)})
}

func suffixReason(rule *suffixRule) string {
	return "by the name without " + rule.name + " random suffix"
}

// dropRenamed drops the attributes by which a renamed policy is on one side
// alone, if all but its name is the same.
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

// sameButName reports whether two ARNs are equal up to the names that they end
// with.
func sameButName(a, nameA, b, nameB string) bool {
	return strings.TrimSuffix(a, nameA) == strings.TrimSuffix(b, nameB)
}

// policyAttribute returns the index of the change of a policy's attribute that
// fits, -1 if there is none.
func (p *Pair) policyAttribute(key string, fits func(*AttributeChange) bool) int {
	return slices.IndexFunc(p.Attributes, func(v AttributeChange) bool {
		return v.Kind == normalize.KindPolicy && v.Key == key && fits(&v)
	})
}
