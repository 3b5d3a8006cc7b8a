package result

import (
	"bytes"
	"iter"
	"slices"

	"iamctl/diff"
	"iamctl/internal/digest"
	"iamctl/internal/itemtext"
	"iamctl/inventory"
	"iamctl/normalize"
	"iamctl/policy"
)

// Digests makes the fingerprints of one account's items, fastest policy by
// policy. It is not for several goroutines at once.
type Digests struct {
	account, other *normalize.Account
	shelf          *itemtext.Shelf

	policy        *normalize.Policy
	lists         *itemtext.Document
	head, scratch []byte
}

// newDigests returns the digests of holder's items; docs are the documents
// that will be asked for.
func newDigests(holder, other *normalize.Account, docs iter.Seq[*inventory.Items]) *Digests {
	return &Digests{account: holder, other: other, shelf: itemtext.NewShelf(&itemDigest, docs)}
}

// NewDigests returns the digests of the items of one side that differ, nil for
// a Result that was read.
func (r *Result) NewDigests(side int) *Digests {
	if r.changes == nil {
		return nil
	}
	c := r.changes
	return newDigests(c.Account(side), c.Account(1-side), documentsOf(r.Differing(side)))
}

// begin turns to a policy.
func (d *Digests) begin(r *normalize.Role, p *normalize.Policy) {
	d.policy, d.lists = p, d.shelf.Document(p.Items)
	d.head = appendItemHead(d.head[:0], d.account, d.other, r, p)
}

// Append appends the fingerprint of an item of a role.
func (d *Digests) Append(dst []byte, r *normalize.Role, ref Ref) []byte {
	if p := &r.Policies[ref.Policy]; d.policy != p {
		d.begin(r, p)
	}
	d.scratch = d.lists.Append(append(d.scratch[:0], d.head...), d.policy.Items.Rows[ref.Row])
	return appendFingerprint(dst, d.scratch)
}

// fingerprint returns the fingerprint of an item of a role.
func (d *Digests) fingerprint(r *normalize.Role, ref Ref) string {
	var room [2 * digest.Length]byte
	return string(d.Append(room[:0], r, ref))
}

// roleDigests makes the fingerprints of the roles that one account alone has.
// They cover what a role is and may do, so that a role which was accepted is new
// again once it may do something else: its attributes, but for those that are
// not compared or that the source does not carry, and the items and impossible
// pairs of each policy as sets.
type roleDigests struct {
	account, other *normalize.Account
	ignored        []normalize.Kind
	// impossible reports whether pairs that the reference calls impossible count.
	impossible bool
	lists      *itemtext.Document
	// sets keeps the digests of documents: roles may share them.
	sets map[*inventory.Items][]byte
}

func newRoleDigests(c *diff.Changes, side int) *roleDigests {
	return &roleDigests{
		account: c.Account(side), other: c.Account(1 - side), ignored: c.Ignored,
		impossible: !slices.Contains(c.Ignored, normalize.KindImpossible),
		lists:      itemtext.NewDocument(&itemDigest), sets: map[*inventory.Items][]byte{},
	}
}

// fingerprint returns the fingerprint of a role.
func (d *roleDigests) fingerprint(r *normalize.Role) string {
	digests := digest.Append(nil, "iamctl role 2", d.account.Tag, d.other.Tag, policy.Fold(r.Key))
	for i := range r.Attributes {
		a := &r.Attributes[i]
		if !a.Unknown && !slices.Contains(d.ignored, a.Kind) {
			digests = digest.Append(digests, "attribute", string(a.Kind), a.Key, a.Value)
		}
	}
	for i := range r.Policies {
		p := &r.Policies[i]
		digests = digest.Append(digests, "policy", string(p.Type), p.Name, yesNo(p.Raw.Blind))
		digests = append(digests, d.set(p.Items)...)
	}
	return string(appendFingerprint(nil, digests))
}

// set returns the digest of a document's items as a set, and of the pairs of which the
// items say nothing, if there are any. Two rows that differ in the note alone count as
// one, because they have one fingerprint.
func (d *roleDigests) set(t *inventory.Items) []byte {
	if s, ok := d.sets[t]; ok {
		return s
	}
	d.lists.Reset(t)
	s := d.rows(t.Rows)
	if d.impossible {
		if pairs := diff.PairsWithoutRow(t); len(pairs) > 0 {
			s = append(digest.Append(s, "impossible"), d.rows(pairs)...)
		}
	}
	d.sets[t] = s
	return s
}

// rows returns the digest of rows of the document as a set.
func (d *roleDigests) rows(list []inventory.Row) []byte {
	rows := make([][2 * digest.Length]byte, len(list))
	var scratch []byte
	for i, r := range list {
		scratch = d.lists.Append(scratch[:0], r)
		appendFingerprint(rows[i][:0], scratch)
	}
	slices.SortFunc(rows, func(a, b [2 * digest.Length]byte) int { return bytes.Compare(a[:], b[:]) })
	var all []byte
	for _, r := range slices.Compact(rows) {
		all = append(all, r[:]...)
	}
	return digest.Append(nil, string(all))
}

func yesNo(v bool) string {
	if v {
		return "yes"
	}
	return "no"
}
