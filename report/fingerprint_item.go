package report

import (
	"bytes"
	"iter"
	"slices"

	"iamctl/diff"
	"iamctl/inventory"
	"iamctl/normalize"
)

// itemDigests makes the fingerprints of one account's items.
type itemDigests struct {
	account, other *normalize.Account
	shelf          *shelf

	policy        *normalize.Policy
	lists         *lists
	head, scratch []byte
}

func newItemDigests(holder, other *normalize.Account, roles iter.Seq[itemsOf]) *itemDigests {
	docs := documents(roles, func(p *normalize.Policy) *inventory.Items { return p.Items })
	return &itemDigests{account: holder, other: other, shelf: newShelf(&itemDigest, docs)}
}

// begin turns to a policy of a role.
func (d *itemDigests) begin(r *normalize.Role, p *normalize.Policy) {
	d.policy, d.lists = p, d.shelf.lists(p.Items)
	d.head = appendItemHead(d.head[:0], d.account, d.other, r, p)
}

// append appends the fingerprint of a row of the policy at hand.
func (d *itemDigests) append(dst []byte, row uint32) []byte {
	d.scratch = d.lists.append(append(d.scratch[:0], d.head...), d.policy.Items.Rows[row])
	return appendFingerprint(dst, d.scratch)
}

// fingerprint is of an item of a role.
func (d *itemDigests) fingerprint(r *normalize.Role, ref diff.Ref) string {
	if p := &r.Policies[ref.Policy]; d.policy != p {
		d.begin(r, p)
	}
	var room [2 * digestLength]byte
	return string(d.append(room[:0], ref.Row))
}

// roleDigests makes the fingerprints of the roles that one account alone has.
// They cover all that a role is and may do, so that a role which was accepted
// is news again once it may do something else: what attributes it has, those
// aside that are not compared or that the source does not carry, and the items
// of each policy as a set.
type roleDigests struct {
	account, other *normalize.Account
	ignored        []normalize.Kind
	lists          *lists
	// sets are the digests of documents that roles may share.
	sets map[*inventory.Items][]byte
}

func newRoleDigests(c *diff.Changes, side int) *roleDigests {
	return &roleDigests{
		account: c.Account(side), other: c.Account(1 - side), ignored: c.Ignored,
		lists: newLists(&itemDigest), sets: map[*inventory.Items][]byte{},
	}
}

func (d *roleDigests) fingerprint(r *normalize.Role) string {
	digests := appendDigest(nil, "iamctl role 2", d.account.Tag, d.other.Tag, fold(r.Key))
	for i := range r.Attributes {
		a := &r.Attributes[i]
		if !a.Unknown && !slices.Contains(d.ignored, a.Kind) {
			digests = appendDigest(digests, "attribute", string(a.Kind), a.Key, a.Value)
		}
	}
	for i := range r.Policies {
		p := &r.Policies[i]
		digests = appendDigest(digests, "policy", string(p.Type), p.Name, yesNo(p.Raw.Blind))
		digests = append(digests, d.set(p.Items)...)
	}
	return string(appendFingerprint(nil, digests))
}

// set is the digest of a document's items as a set. Two rows that differ in
// the note alone are one, as they have one fingerprint.
func (d *roleDigests) set(t *inventory.Items) []byte {
	if s, ok := d.sets[t]; ok {
		return s
	}
	d.lists.reset(t)
	rows := make([][2 * digestLength]byte, len(t.Rows))
	var scratch []byte
	for i, r := range t.Rows {
		scratch = d.lists.append(scratch[:0], r)
		appendFingerprint(rows[i][:0], scratch)
	}
	slices.SortFunc(rows, func(a, b [2 * digestLength]byte) int { return bytes.Compare(a[:], b[:]) })
	var all []byte
	for _, r := range slices.Compact(rows) {
		all = append(all, r[:]...)
	}
	d.sets[t] = appendDigest(nil, string(all))
	return d.sets[t]
}

func yesNo(v bool) string {
	if v {
		return "yes"
	}
	return "no"
}
