package diff

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"iamctl/normalize"
)

// pairRoles pairs the roles by name; those that are left go to OnlyA and OnlyB.
func (c *comparer) pairRoles() {
	a, b := c.changes.A.Roles, c.changes.B.Roles
	i, j := 0, 0
	for i < len(a) || j < len(b) {
		switch order := compareKeys(a, i, b, j); {
		case order < 0:
			c.changes.OnlyA = append(c.changes.OnlyA, &a[i])
			i++
		case order > 0:
			c.changes.OnlyB = append(c.changes.OnlyB, &b[j])
			j++
		case !c.sameName(&a[i], &b[j]):
			c.changes.OnlyA = append(c.changes.OnlyA, &a[i])
			c.changes.OnlyB = append(c.changes.OnlyB, &b[j])
			i++
			j++
		default:
			c.changes.Common = append(c.changes.Common, c.pair(&a[i], &b[j], ""))
			i++
			j++
		}
	}
}

// compareKeys orders the next role of each side. A side that has none left
// comes last.
func compareKeys(a []normalize.Role, i int, b []normalize.Role, j int) int {
	switch {
	case i == len(a):
		return 1
	case j == len(b):
		return -1
	}
	return cmp.Compare(a[i].Key, b[j].Key)
}

// pair compares two roles; reason says why they pair if their names differ.
func (c *comparer) pair(a, b *normalize.Role, reason string) Pair {
	p := Pair{Name: a.Name, Reason: reason, A: a, B: b}
	p.Blind = slices.Concat(c.blindParts(0, a.Raw.Name), c.blindParts(1, b.Raw.Name))
	c.maskName(&p)
	c.compareAttributes(&p)
	c.comparePolicies(&p)
	p.dropRenamed()
	sortMasked(p.MaskedTexts)
	return p
}

// sameName reports whether two roles with one name after rewriting have the same
// name for all that is known.
func (c *comparer) sameName(a, b *normalize.Role) bool {
	var d doubts
	d.text(c, normalize.FieldRoleName, a.Raw.Name, b.Raw.Name)
	return !d.certain
}

// pairBySuffix pairs roles of one account alone by their names without AWS's
// random suffix. A name that fits more than one role of a side pairs none and
// is noted: guessing wrong would hide drift.
func (c *comparer) pairBySuffix() {
	for i := range suffixRules {
		c.pairByRule(&suffixRules[i])
	}
	slices.SortStableFunc(c.changes.Common, func(p, q Pair) int { return strings.Compare(p.A.Key, q.A.Key) })
}

// pairByRule pairs roles whose names have the suffix of one rule.
func (c *comparer) pairByRule(rule *suffixRule) {
	stems := [2]map[string][]*normalize.Role{rule.stems(c.changes.OnlyA), rule.stems(c.changes.OnlyB)}
	paired := map[*normalize.Role]bool{}
	for _, a := range c.changes.OnlyA {
		stem := rule.stem(a.Name, a.Raw.Path)
		if stem == "" || stems[0][stem][0] != a || len(stems[1][stem]) == 0 {
			continue
		}
		if len(stems[0][stem]) > 1 || len(stems[1][stem]) > 1 {
			c.ambiguous[stem] = fmt.Sprintf("not paired, because without %s suffix several roles have the same name: %s",
				rule.name, strings.Join(roleNames(slices.Concat(stems[0][stem], stems[1][stem])), ", "))
			continue
		}
		b := stems[1][stem][0]
		p := c.pair(a, b, suffixReason(rule))
		delete(c.ambiguous, stem)
		paired[a], paired[b] = true, true
		c.notePair("the roles", a.Raw.Name, b.Raw.Name, rule)
		c.changes.Common = append(c.changes.Common, p)
	}
	gone := func(r *normalize.Role) bool { return paired[r] }
	c.changes.OnlyA = slices.DeleteFunc(c.changes.OnlyA, gone)
	c.changes.OnlyB = slices.DeleteFunc(c.changes.OnlyB, gone)
}

// notePair notes a pair, so that every report has it, whether or not it differs.
func (c *comparer) notePair(what, a, b string, rule *suffixRule) {
	c.suffixPairs++
	if c.suffixPairs <= suffixPairsNoted {
		c.changes.Notes = append(c.changes.Notes, fmt.Sprintf("%s %s and %s were paired %s", what, a, b, suffixReason(rule)))
	}
}

// suffixPairsNoted is how many such pairs have a note of their own.
const suffixPairsNoted = 50

func roleNames(roles []*normalize.Role) []string {
	names := make([]string, len(roles))
	for i, r := range roles {
		names[i] = r.Raw.Name
	}
	return names
}
