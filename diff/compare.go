package diff

import (
	"fmt"
	"slices"
	"strings"

	"iamctl/inventory"
	"iamctl/normalize"
	"iamctl/normalize/doubt"
	"iamctl/normalize/weigh"
)

// Options chooses what is compared.
type Options struct {
	// Ignore are kinds of attributes that are left out.
	Ignore []normalize.Kind
	// Exclude are the rules by which roles are left out.
	Exclude []Exclusion
	// Notes are remarks on the accounts that come before those on comparing them.
	Notes []string
}

// Compare returns what differs between a and b, by the rules of the package
// comment.
func Compare(a, b *normalize.Account, o Options) *Changes {
	kept, excluded := exclude([2]*normalize.Account{a, b}, o.Exclude)
	a, b = kept[0], kept[1]
	c := &comparer{
		changes:   &Changes{A: a, B: b, Ignored: slices.Clone(o.Ignore), Excluded: excluded, Notes: slices.Clone(o.Notes)},
		blind:     [2]map[string][]inventory.Gap{blindByRole(a), blindByRole(b)},
		tables:    map[[2]*normalize.Table]*matching{},
		only:      map[[2]*normalize.Table]only{},
		documents: map[*inventory.Items]*document{},
		alone:     map[*inventory.Items][]entry{},
		masked:    map[[2]*normalize.Table][]equalPair{},
		unknown:   map[normalize.Kind]bool{},
		byAWS:     map[string]*AWSChange{},
		masker:    doubt.NewMasker(a, b),
		scale:     weigh.New(a, b),
	}
	c.pairRoles()
	c.changes.PairsAlone = c.pairsAlone()
	c.collectAWSChanges()
	c.collectGaps()
	c.changes.Weights = c.scale.Weights()
	c.note()
	return c.changes
}

type comparer struct {
	changes *Changes
	blind   [2]map[string][]inventory.Gap
	// tables remembers what differs between two documents: many roles share
	// them.
	tables map[[2]*normalize.Table]*matching
	// only remembers likewise what one of two documents has alone.
	only map[[2]*normalize.Table]only
	// documents are those that differ from another, prepared for comparing.
	documents map[*inventory.Items]*document
	// alone remembers the entries of documents of roles that one account alone has,
	// and masked the impossible pairs of two documents that are in doubt.
	alone  map[*inventory.Items][]entry
	masked map[[2]*normalize.Table][]equalPair
	// uncovered counts the documents of which it took too long to say what
	// covers what.
	uncovered int
	// unknown are the kinds of attributes that a source did not carry.
	unknown map[normalize.Kind]bool
	masker  *doubt.Masker
	scale   *weigh.Scale
	// byAWS are the policies that AWS changed by ARN, and versions each account's
	// versions of its managed policies, once needed.
	byAWS    map[string]*AWSChange
	versions [2]map[string]string
}

// blindParts returns the gaps of a side that leave parts of the named role
// unread: those of the role and those of every role, which name none.
func (c *comparer) blindParts(side int, name string) []inventory.Gap {
	return slices.Concat(c.blind[side][""], c.blind[side][name])
}

// blindByRole returns the blind gaps in an account's roles by the role's name,
// "" for gaps in every role.
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

// collectGaps gathers the gaps of both accounts.
func (c *comparer) collectGaps() {
	for _, a := range []*normalize.Account{c.changes.A, c.changes.B} {
		for _, g := range a.Flat.Gaps {
			g.Account = a.Tag
			c.changes.Gaps = append(c.changes.Gaps, g)
		}
	}
	c.changes.Gaps = append(c.changes.Gaps, c.nothingLeft()...)
	slices.SortStableFunc(c.changes.Gaps, inventory.Gap.Compare)
}

// note gathers the notes.
func (c *comparer) note() {
	if r := c.changes.A.Rewriter; r != nil && r.Rules().Idle {
		c.changes.Notes = append(c.changes.Notes,
			fmt.Sprintf("both sides are the account %s, in which nothing is meant to differ: no entry of the dictionary was applied", c.changes.A.ID()))
	}
	c.noteUncovered()
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

// noteUncovered notes that some differences may say nothing new.
func (c *comparer) noteUncovered() {
	if c.uncovered > 0 {
		c.changes.Notes = append(c.changes.Notes, fmt.Sprintf(
			"%d policy documents have too many wildcards to say within bounds which of their items cover others: some of what differs in them may say nothing new", c.uncovered))
	}
}
