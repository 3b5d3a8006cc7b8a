package many

import (
	"slices"

	"iamctl/diff"
	"iamctl/internal/driftkind"
	"iamctl/policy"
	"iamctl/result"
	"iamctl/result/matrix"
)

// printDifferences puts the digests and the kinds of what is different into forms, by the
// role. They do not depend on what the two accounts are called.
func printDifferences(c *diff.Changes, wanted map[string]*matrix.Form) {
	drifts := map[*matrix.Form][]string{}
	for d := range result.Drifts(nameless(c)) {
		f := wanted[policy.Fold(d.RoleName)]
		if f == nil || d.RoleName == "" {
			continue
		}
		if k := d.KindName(); !slices.Contains(f.Difference.Kinds, k) {
			f.Difference.Kinds = append(f.Difference.Kinds, k)
		}
		drifts[f] = append(drifts[f], d.Fingerprint)
	}
	for i := range c.Common {
		p := &c.Common[i]
		f := wanted[policy.Fold(p.Name)]
		if f == nil {
			continue
		}
		for _, g := range p.Blind {
			drifts[f] = append(drifts[f], result.Fingerprint("blind", string(g.Part), g.PolicyName, g.Reason))
		}
	}
	for f, list := range drifts {
		slices.Sort(f.Difference.Kinds)
		if f.Difference.Kind == matrix.Missing {
			// That a role is missing stays the same when the others' changes.
			f.Difference.Kinds = []string{driftkind.Role}
			continue
		}
		slices.Sort(list)
		f.Difference.Digest = result.Fingerprint(append([]string{"iamctl difference 1"}, list...)...)
	}
}

// nameless returns the changes of two accounts whose tags are always the same.
func nameless(c *diff.Changes) *diff.Changes {
	out, a, b := *c, *c.A, *c.B
	a.Tag, b.Tag = "1", "2"
	out.A, out.B = &a, &b
	return &out
}
