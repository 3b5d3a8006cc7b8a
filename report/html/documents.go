package html

import (
	"bytes"
	"html/template"
	"io"
	"strconv"

	"iamctl/result"
)

// htmlComparison is two documents set side by side, or one. Where there are
// many it stands in the page once, whatever number of roles has the two.
type htmlComparison struct {
	at    int // order of first use
	a, b  int // indexes in Run.Documents, -1 for none
	roles []*htmlRole
	// Policy names the policy in the first of the roles.
	Policy string
	View   htmlDocView
	// Dropped is how many bytes were left out to keep the page small.
	Dropped int
	// Number is the place among those that several roles have, from 1.
	Number int
	// times is how often the comparison stands in the page.
	times int
}

func (c *htmlComparison) cost() int { return len(c.html()) * c.times }

// Body marks where the comparison's markup stands. All else is made before it
// is known how much room that leaves. No text in the page has the character.
func (c *htmlComparison) Body() template.HTML {
	return template.HTML("\x00" + strconv.Itoa(c.at) + "\x00")
}

// html is the comparison's markup, made by htmlRowWriter.
func (c *htmlComparison) html() string {
	if c.Dropped > 0 {
		return `<p class="box gap">Left out to keep the page small (` + htmlCount(c.Dropped) + ` bytes): <code>diff.json</code> has the documents.`
	}
	return string(c.View.body)
}

// OnlyA and OnlyB are how many lines stand on one side alone, Alike how many
// are equal after rewriting; Same tells that the texts are equal.
func (c *htmlComparison) OnlyA() int { return c.View.onlyA }
func (c *htmlComparison) OnlyB() int { return c.View.onlyB }
func (c *htmlComparison) Alike() int { return c.View.alike }
func (c *htmlComparison) Same() bool { return c.View.same }

// Twins is how many lines differ although they have the same text.
func (c *htmlComparison) Twins() int { return c.View.twins }

// Side is the account that has the document, htmlBoth if both do.
func (c *htmlComparison) Side() int {
	switch {
	case c.b < 0:
		return 0
	case c.a < 0:
		return 1
	}
	return htmlBoth
}

// equal tells that both accounts have the document, and that nothing differs.
func (c *htmlComparison) equal() bool {
	return c.Side() == htmlBoth && c.View.onlyA+c.View.onlyB == 0
}

// Roles are the roles that have the documents.
func (c *htmlComparison) Roles() []*htmlRole { return c.roles }

// htmlPolicyDocs is a policy's documents as shown in one place. Comparison is
// nil if there are none.
type htmlPolicyDocs struct {
	Tags       [2]string
	Policy     string
	Comparison *htmlComparison
	// Here tells that the documents stand here, not among the shared ones.
	Here  bool
	Whole bool
}

// Fold tells that the documents are folded: nothing in them differs.
func (d htmlPolicyDocs) Fold() bool { return d.Whole && d.Comparison.equal() }

// Named tells that the documents are not shown: nothing in them differs, and
// there are many.
func (d htmlPolicyDocs) Named() bool { return !d.Whole && d.Comparison.equal() }

// htmlFewShared is how many roles are listed with documents that they share.
const htmlFewShared = 50

// FirstRoles are the first roles that have the documents.
func (d htmlPolicyDocs) FirstRoles() []*htmlRole {
	first, _ := htmlCut(d.Comparison.roles, htmlFewShared)
	return first
}

// MoreRoles is how many more there are.
func (d htmlPolicyDocs) MoreRoles() int { return len(d.Comparison.roles) - len(d.FirstRoles()) }

// htmlComparisons are all comparisons of a page.
type htmlComparisons struct {
	byPair map[[2]int]*htmlComparison
	list   []*htmlComparison
	// whole tells that all documents stand where they belong, in two columns.
	whole bool
	// Shared stand in a section of their own.
	Shared []*htmlComparison
	shelf  htmlShelf
}

// named is how many comparisons are not shown because nothing differs.
func (c *htmlComparisons) named() int {
	n := 0
	for _, x := range c.list {
		if !c.whole && x.equal() {
			n++
		}
	}
	return n
}

// dropped is how many comparisons were left out.
func (c *htmlComparisons) dropped() int {
	n := 0
	for _, x := range c.list {
		if x.Dropped > 0 {
			n++
		}
	}
	return n
}

// newHTMLComparisons compares all documents and keeps so many bytes of them.
func newHTMLComparisons(r *result.Result, roles []*htmlRole, limit int) *htmlComparisons {
	c := &htmlComparisons{byPair: map[[2]int]*htmlComparison{}, whole: htmlDocumentBytes(r, roles) <= htmlWhole}
	for _, role := range roles {
		for _, d := range role.Documents {
			c.add(role, d)
		}
	}
	rewrites := [2]*htmlRewrites{newHTMLRewrites(r.Rewrites.A), newHTMLRewrites(r.Rewrites.B)}
	for _, x := range c.list {
		x.View = compareHTML(r, x, rewrites, !c.whole)
		if len(x.roles) > 1 && !c.whole && !x.equal() {
			c.Shared = append(c.Shared, x)
			x.Number, x.times = len(c.Shared), 1
		}
		c.shelf.add(x)
		c.shelf.shrink(limit)
	}
	return c
}

// put writes a part of the page with the comparisons in it.
func (c *htmlComparisons) put(w io.Writer, part []byte) error {
	for len(part) > 0 {
		text, after, found := bytes.Cut(part, []byte{0})
		if _, err := w.Write(text); err != nil || !found {
			return err
		}
		number, after, _ := bytes.Cut(after, []byte{0})
		at, err := strconv.Atoi(string(number))
		if err != nil {
			return err
		}
		if _, err := io.WriteString(w, c.list[at].html()); err != nil {
			return err
		}
		part = after
	}
	return nil
}

func (c *htmlComparisons) add(role *htmlRole, d result.PolicyDocuments) {
	pair, ok := htmlPair(d)
	if !ok {
		return
	}
	x := c.byPair[pair]
	if x == nil {
		x = &htmlComparison{at: len(c.list), a: pair[0], b: pair[1], Policy: htmlPolicy(d.PolicyType, d.PolicyName)}
		c.byPair[pair] = x
		c.list = append(c.list, x)
	}
	x.times++
	if n := len(x.roles); n == 0 || x.roles[n-1] != role {
		x.roles = append(x.roles, role)
	}
}

// htmlPair gives the indexes of documents; false if there are none.
func htmlPair(d result.PolicyDocuments) ([2]int, bool) {
	pair := [2]int{-1, -1}
	for side, at := range []*int{d.A, d.B} {
		if at != nil {
			pair[side] = *at
		}
	}
	return pair, pair != [2]int{-1, -1}
}

// htmlWhole is how many bytes of documents a page may have in full, each where
// it belongs. A browser takes long for the elements of more: they are given in
// a smaller form then, and those that several roles have once.
const htmlWhole = 1 << 20

// htmlDocumentBytes counts the documents of roles, each time that one stands.
func htmlDocumentBytes(r *result.Result, roles []*htmlRole) int {
	total := 0
	for _, role := range roles {
		for _, d := range role.Documents {
			pair, _ := htmlPair(d)
			for _, at := range pair {
				if at >= 0 {
					total += len(r.Documents[at].Text)
				}
			}
		}
	}
	return total
}

func compareHTML(r *result.Result, x *htmlComparison, rewrites [2]*htmlRewrites, small bool) htmlDocView {
	var docs [2]htmlDoc
	for side, at := range []int{x.a, x.b} {
		if at >= 0 {
			docs[side] = newHTMLDoc(r.Documents[at].Text, rewrites[side])
		}
	}
	if side := x.Side(); side != htmlBoth {
		return oneHTMLDoc(&docs[side])
	}
	return twoHTMLDocs(&docs[0], &docs[1], [2]string{r.Accounts.A.Tag, r.Accounts.B.Tag}, small)
}

// htmlPolicy names a policy of a role: its type and name.
func htmlPolicy(kind, name string) string {
	if name == "" {
		return kind
	}
	return kind + " " + name
}
