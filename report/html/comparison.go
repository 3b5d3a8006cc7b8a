package html

import (
	"html/template"
	"strconv"

	"iamctl/report/documents"
	"iamctl/result"
)

// comparison is two documents side by side, or one. Where there are many it is
// in the page once, whatever number of roles has the two.
type comparison struct {
	documents.Counts
	index int // among all comparisons, in the order of first use
	// pair are the indexes in Result.Documents, -1 for none.
	pair  [2]int
	roles []*shownRole
	// Policy names the policy in the first of the roles.
	Policy string
	// body is the markup of the documents, "" where it was dropped.
	body string
	// Dropped is how many bytes were left out to keep the page small.
	Dropped int
	// Number is the place among those that several roles have, from 1.
	Number int
	// uses is how often the comparison is in the page.
	uses int
}

// Side is the account that has the document, result.Both if both do.
func (c *comparison) Side() int {
	switch {
	case c.pair[1] < 0:
		return 0
	case c.pair[0] < 0:
		return 1
	}
	return result.Both
}

// equal reports whether both accounts have the document and nothing differs:
// of a document in one account all lines differ.
func (c *comparison) equal() bool { return !c.Differ() }

// Roles are the roles that have the documents.
func (c *comparison) Roles() []*shownRole { return c.roles }

// Body marks where the comparison's markup goes. All else is made before it is
// known how much room that leaves. No text in the page has the character.
func (c *comparison) Body() template.HTML {
	return template.HTML("\x00" + strconv.Itoa(c.index) + "\x00")
}

// markup is what goes there.
func (c *comparison) markup() string {
	if c.Dropped > 0 {
		return `<p class="box gap">Left out to keep the page small (` + thousands(c.Dropped) + ` bytes): <code>diff.json</code> has the documents.`
	}
	return c.body
}

// cost is how many bytes the comparison takes in the page.
func (c *comparison) cost() int { return len(c.markup()) * c.uses }

// drop leaves the documents out. Their figures stay.
func (c *comparison) drop() { c.Dropped, c.body = len(c.body), "" }

// compare fills in the markup and the figures.
func (c *comparison) compare(r *result.Result, rewrites [2]*documents.Rewrites, small bool) {
	var docs [2]*documents.Document
	for side, i := range c.pair {
		if i >= 0 {
			docs[side] = documents.Parse(r.Documents[i].Text, rewrites[side])
		}
	}
	compared := documents.Compare(docs[0], docs[1])
	c.Counts = compared.Counts
	if c.Side() == result.Both {
		c.body = twoDocuments(&compared, r.Tags(), small)
	} else {
		c.body = oneDocument(compared.Lines)
	}
}

// policyDocuments are the documents of a policy as shown in one place.
type policyDocuments struct {
	Tags   [2]string
	Policy string
	// Comparison is nil if there are no documents.
	Comparison *comparison
	// Here reports that the documents are in this place, not among those that
	// several roles share.
	Here  bool
	Whole bool
}

// Fold reports whether the documents are folded: nothing in them differs.
func (d policyDocuments) Fold() bool { return d.Whole && d.Comparison.equal() }

// Named reports whether the documents are named and not shown: nothing in them
// differs, and there are many.
func (d policyDocuments) Named() bool { return !d.Whole && d.Comparison.equal() }

// maxSharing is how many roles are listed with documents that they share.
const maxSharing = 50

// FirstRoles are the first roles that have the documents.
func (d policyDocuments) FirstRoles() []*shownRole {
	first, _ := cut(d.Comparison.roles, maxSharing)
	return first
}

// MoreRoles is how many more there are.
func (d policyDocuments) MoreRoles() int { return len(d.Comparison.roles) - len(d.FirstRoles()) }

// policyLabel names a policy of a role: its type and name.
func policyLabel(kind, name string) string {
	if name == "" {
		return kind
	}
	return kind + " " + name
}
