package compare

import (
	"cmp"

	"iamctl/diff"
	"iamctl/meaning"
	"iamctl/result"
	"iamctl/verdict"
	"iamctl/waiver"
)

// meant are the waivers that are bound to the meaning of a pair, by scope.
type meant map[string]boundWaiver

// boundWaiver is a waiver that is bound to a meaning.
type boundWaiver struct {
	fingerprint string
	index       int
	// outgrown says why it does not hold, "" if it does or has expired.
	outgrown string
}

// boundWaivers finds the waivers that are bound to the meaning of roles that differ, and
// whether they hold.
func (c *comparison) boundWaivers(w *judgement, changes *diff.Changes) map[*result.Pair]meant {
	if !w.accepted.Binds() {
		return nil
	}
	out := map[*result.Pair]meant{}
	for i := range c.result.CommonRoles {
		p := &c.result.CommonRoles[i]
		for _, scope := range waiver.Scopes() {
			b := boundWaiver{fingerprint: c.result.MeaningFingerprint(p, scope)}
			b.index = w.accepted.Bound(b.fingerprint)
			if b.index < 0 || !p.Differs {
				continue
			}
			if v := &w.file.Waivers[b.index]; v.Expires.Compare(c.Today) >= 0 {
				b.outgrown = cmp.Or(c.misnamed(p, v), c.outgrown(&changes.Common[i], p.Meaning.Of(scope), scope, v))
				c.warnOfWords(v, scope)
			}
			if out[p] == nil {
				out[p] = meant{}
			}
			out[p][scope] = b
		}
	}
	return out
}

// outgrown says why a waiver that is bound to the meaning of a pair does not hold, "" if
// it does.
func (c *comparison) outgrown(p *diff.Pair, now *result.Scope, scope string, v *waiver.Waiver) string {
	switch {
	case v.Meaning.Scope != scope:
		return "it is of another scope"
	case now == nil:
		return "it is not known what the differences mean"
	case now.Verdict == verdict.Unknown:
		return "what the differences mean is not decided: " + cmp.Or(now.Reason, "UNKNOWN")
	}
	return c.meanings.Grown(p, scope == result.ScopeTrust, c.accepted(v))
}

// accepted returns what a waiver that is bound to a meaning accepts, in the order of the
// sides.
func (c *comparison) accepted(v *waiver.Waiver) (out [2]meaning.Allowed) {
	for side, s := range c.sides {
		// The waiver has the sides in the order of its own comparison.
		of := v.Meaning.Accepted[0]
		if v.Comparison[1] == s.Tag {
			of = v.Meaning.Accepted[1]
		}
		out[side] = meaning.Allowed{Documents: of.Documents, Boundary: of.Boundary}
	}
	return out
}

// bound returns the waiver that accepts a drift by its meaning, -1 for none, and whether
// there is one at all.
func (j *judgement) bound(d *result.Drift) (index int, has bool) {
	b, has := j.meant[d.Pair][d.Scope()]
	if d.Pair == nil || !has {
		return -1, false
	}
	index, standing := j.accepted.Meaning(b.fingerprint)
	if !standing || b.outgrown != "" {
		return -1, true
	}
	return index, true
}

// outgrown sets the states of the waivers whose meaning is, or may be, more than was
// accepted.
func (j *judgement) outgrown(list []result.Waiver) {
	for _, of := range j.meant {
		for _, b := range of {
			if w := &list[b.index]; b.outgrown != "" && w.State == result.WaiverUsed {
				w.State, w.Outgrown = result.WaiverOutgrown, b.outgrown
			}
		}
	}
}
