package result

import "iamctl/diff"

// Former returns the fingerprints that versions gave a comparison's drifts that did not
// leave out what tools make up in names, by the present ones. A waiver by either
// accepts the drift. Drifts that have but one are not in it.
func Former(c *diff.Changes) map[string]string {
	f := former{changes: c, of: map[string]string{}}
	for i := range c.Common {
		if p := &c.Common[i]; p.Differs() {
			f.pair(p)
		}
	}
	for side := range 2 {
		digests := newRoleDigests(c, side)
		for _, r := range c.Only(side) {
			if old := c.Account(side).Former(r); old != nil {
				f.of[digests.fingerprint(r)] = digests.fingerprint(old)
			}
		}
	}
	return f.of
}

type former struct {
	changes *diff.Changes
	of      map[string]string
}

// pair adds the fingerprints of the drifts of a common role.
func (f *former) pair(p *diff.Pair) {
	old := *p
	for side := range 2 {
		r := f.changes.Account(side).Former(p.Role(side))
		if r == nil {
			continue
		}
		if side == 0 {
			old.A = r
		} else {
			old.B = r
		}
		digests := newDigests(f.changes.Account(side), f.changes.Account(1-side), noDocuments)
		for _, ref := range p.Only(side) {
			f.of[digests.fingerprint(p.Role(side), ref)] = digests.fingerprint(r, ref)
		}
	}
	if old.A == p.A && old.B == p.B {
		return
	}
	for i := range p.Attributes {
		a := &p.Attributes[i]
		f.of[attributeFingerprint(f.changes, p, a)] = attributeFingerprint(f.changes, &old, a)
	}
}

// FormerItems returns the fingerprints that versions gave the items of a policy that
// AWS changed, role by role, by the fingerprint of the change. What waivers for all of
// them accept is accepted. A change in impossible pairs, which those versions did not
// report, is not in it.
func FormerItems(c *diff.Changes) map[string][]string {
	out := map[string][]string{}
	for i := range c.AWSChanges {
		x := &c.AWSChanges[i]
		if len(x.ImpossibleA)+len(x.ImpossibleB) > 0 {
			continue
		}
		change := awsFingerprint(c, x)
		for side := range 2 {
			digests := newDigests(c.Account(side), c.Account(1-side), noDocuments)
			for h := range x.Holders {
				for _, ref := range x.OnlyIn(&x.Holders[h], side) {
					out[change] = append(out[change], digests.fingerprint(x.Holders[h].Role(side), ref))
				}
			}
		}
	}
	return out
}
