package html

import (
	"bytes"
	"io"
	"strconv"

	"iamctl/report/documents"
	"iamctl/result"
)

// maxWhole is how many bytes of documents a page may have in full, each where
// it belongs. A browser takes long for the elements of more: they are in a
// smaller form then, and those that several roles have are there once.
const maxWhole = 1 << 20

// comparisons are all comparisons of a page.
type comparisons struct {
	byPair map[[2]int]*comparison
	list   []*comparison
	// whole reports that all documents are where they belong, in two columns.
	whole bool
	// Shared are in a section of their own.
	Shared []*comparison
	shelf  shelf
}

// newComparisons compares all documents and keeps so many bytes of them.
func newComparisons(r *result.Result, roles []*shownRole, limit int) *comparisons {
	c := &comparisons{byPair: map[[2]int]*comparison{}, whole: documentBytes(r, roles) <= maxWhole}
	for _, role := range roles {
		for _, d := range role.Documents {
			c.add(role, d)
		}
	}
	rewrites := [2]*documents.Rewrites{documents.NewRewrites(r.Rewrites.A), documents.NewRewrites(r.Rewrites.B)}
	for _, x := range c.list {
		x.compare(r, rewrites, !c.whole)
		if len(x.roles) > 1 && !c.whole && !x.equal() {
			c.Shared = append(c.Shared, x)
			x.Number, x.uses = len(c.Shared), 1
		}
		c.shelf.add(x)
		c.shelf.shrink(limit)
	}
	return c
}

func (c *comparisons) add(role *shownRole, d result.PolicyDocuments) {
	pair, ok := indexPair(d)
	if !ok {
		return
	}
	x := c.byPair[pair]
	if x == nil {
		x = &comparison{index: len(c.list), pair: pair, Policy: policyLabel(d.PolicyType, d.PolicyName)}
		c.byPair[pair] = x
		c.list = append(c.list, x)
	}
	x.uses++
	if n := len(x.roles); n == 0 || x.roles[n-1] != role {
		x.roles = append(x.roles, role)
	}
}

// indexPair returns the indexes of documents in the result, -1 for none. It
// reports false if there are none at all.
func indexPair(d result.PolicyDocuments) ([2]int, bool) {
	pair := [2]int{-1, -1}
	for side, i := range []*int{d.A, d.B} {
		if i != nil {
			pair[side] = *i
		}
	}
	return pair, pair != [2]int{-1, -1}
}

// documentBytes counts the bytes of the documents of roles, as often as they
// are there.
func documentBytes(r *result.Result, roles []*shownRole) int {
	total := 0
	for _, role := range roles {
		for _, d := range role.Documents {
			pair, _ := indexPair(d)
			for _, i := range pair {
				if i >= 0 {
					total += len(r.Documents[i].Text)
				}
			}
		}
	}
	return total
}

// named is how many comparisons are not shown because nothing differs.
func (c *comparisons) named() int {
	n := 0
	for _, x := range c.list {
		if !c.whole && x.equal() {
			n++
		}
	}
	return n
}

// dropped is how many comparisons were left out.
func (c *comparisons) dropped() int {
	n := 0
	for _, x := range c.list {
		if x.Dropped > 0 {
			n++
		}
	}
	return n
}

// put writes a part of the page with the comparisons in it.
func (c *comparisons) put(w io.Writer, part []byte) error {
	for len(part) > 0 {
		text, after, found := bytes.Cut(part, []byte{0})
		if _, err := w.Write(text); err != nil || !found {
			return err
		}
		number, after, _ := bytes.Cut(after, []byte{0})
		i, err := strconv.Atoi(string(number))
		if err != nil {
			return err
		}
		if _, err := io.WriteString(w, c.list[i].markup()); err != nil {
			return err
		}
		part = after
	}
	return nil
}
