package diff

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"

	"iamctl/inventory"
	"iamctl/normalize"
	"iamctl/normalize/doubt"
)

// Options chooses what is compared.
type Options struct {
	// Ignore are kinds of attributes that are left out.
	Ignore []normalize.Kind
}

// Compare finds what differs between a and b:
//
//  1. Roles pair by normalised name, without regard to case. The others pair
//     by their names without AWS's random suffix, if that fits one role each.
//  2. Attributes are compared kind by kind. One that a source does not carry
//     is not compared, and noted.
//  3. Items are compared as sets, policy by policy (type and name), on the
//     columns from effect to statement. An item that another item of the same
//     policy covers is no difference: it says nothing new.
//  4. What one side could not read is compared on neither.
//
// Compare(x, x) is empty, and Compare(b, a) is Compare(a, b) with the sides
// swapped.
func Compare(a, b *normalize.Account, o Options) *Changes {
	c := &comparer{
		changes:   &Changes{A: a, B: b, Ignored: slices.Clone(o.Ignore)},
		blind:     [2]map[string][]inventory.Gap{blindByRole(a), blindByRole(b)},
		tables:    map[[2]*normalize.Table]*matching{},
		unknown:   map[normalize.Kind]bool{},
		ambiguous: map[string]string{},
		masker:    doubt.NewMasker(a, b),
	}
	c.pairRoles()
	c.pairBySuffix()
	c.collectGaps()
	c.note()
	return c.changes
}

type comparer struct {
	changes *Changes
	blind   [2]map[string][]inventory.Gap
	// tables remembers comparisons of documents that many roles share.
	tables map[[2]*normalize.Table]*matching
	// unknown are the kinds of attributes that a source did not carry.
	unknown map[normalize.Kind]bool
	masker  *doubt.Masker
	// ambiguous are notes on names that fit several roles, by name.
	ambiguous map[string]string
	// suffixPairs counts what pairs without AWS's random suffixes.
	suffixPairs int
	// maskedNames counts names that pair by doubtful rewriting.
	maskedNames int
}

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
		case !c.sameText("the roles", normalize.FieldRoleName, a[i].Raw.Name, b[j].Raw.Name):
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

// compareKeys orders the next role of each side; a side at its end is last.
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
	c.compareAttributes(&p)
	c.comparePolicies(&p)
	p.dropRenamed()
	return p
}

// blindParts gives the gaps of a side that cover parts of the role: its own
// and those that name no role, because they cover every one.
func (c *comparer) blindParts(side int, name string) []inventory.Gap {
	return slices.Concat(c.blind[side][""], c.blind[side][name])
}

// blindByRole gives the parts of roles of which nothing is known.
func blindByRole(a *normalize.Account) map[string][]inventory.Gap {
	m := map[string][]inventory.Gap{}
	for _, g := range a.Flat.Gaps {
		if g.Entity == inventory.EntityRole && g.Blind {
			g.Account = a.Tag
			m[g.Name] = append(m[g.Name], g)
		}
	}
	return m
}

func (c *comparer) collectGaps() {
	for _, a := range []*normalize.Account{c.changes.A, c.changes.B} {
		for _, g := range a.Flat.Gaps {
			g.Account = a.Tag
			c.changes.Gaps = append(c.changes.Gaps, g)
		}
	}
	slices.SortStableFunc(c.changes.Gaps, inventory.Gap.Compare)
}

func (c *comparer) note() {
	for _, stem := range slices.Sorted(maps.Keys(c.ambiguous)) {
		c.changes.Notes = append(c.changes.Notes, c.ambiguous[stem])
	}
	if more := c.suffixPairs - suffixPairsNoted; more > 0 {
		c.changes.Notes = append(c.changes.Notes, fmt.Sprintf("%d more were paired by their names without a random suffix", more))
	}
	c.noteMaskedNames()
	var kinds []string
	for _, k := range normalize.Kinds() {
		if c.unknown[k] {
			kinds = append(kinds, string(k))
		}
	}
	for _, a := range []*normalize.Account{c.changes.A, c.changes.B} {
		for _, n := range a.Flat.Notes {
			c.changes.Notes = append(c.changes.Notes, a.Tag+": "+n)
		}
	}
	if len(kinds) > 0 {
		c.changes.Notes = append(c.changes.Notes,
			"not compared, because a source does not carry it: "+strings.Join(kinds, ", "))
	}
}
