package many

import (
	"encoding/hex"
	"slices"
	"strings"

	"iamctl/diff"
	"iamctl/fleet"
	"iamctl/internal/digest"
	"iamctl/inventory"
	"iamctl/result"
)

// formsOf returns the roles of the second account, and those that only the first has.
func formsOf(c *diff.Changes) []seenRole {
	// Forms are compared between accounts, whatever these are called.
	c.A.Tag, c.B.Tag = "1", "2"
	r := result.New(c, result.Meta{})
	drifts := map[string][]string{}
	for d := range r.Drifts() {
		if d.Pair != nil {
			drifts[d.RoleName] = append(drifts[d.RoleName], d.Fingerprint)
		}
	}
	var out []seenRole
	for i := range r.CommonRoles {
		p := &r.CommonRoles[i]
		s := seenRole{p.RoleName, same, same}
		list := drifts[p.RoleName]
		for _, g := range p.Blind {
			list = append(list, result.Fingerprint("blind", g.PolicyType, g.PolicyName, g.Reason))
		}
		if len(list) > 0 {
			s.form = formOf(list)
		}
		out = append(out, s)
	}
	for i := range r.UniqueRoles.A {
		out = append(out, seenRole{r.UniqueRoles.A[i].RoleName, same, fleet.Absent})
	}
	for i := range r.UniqueRoles.B {
		u := &r.UniqueRoles.B[i]
		out = append(out, seenRole{u.RoleName, fleet.Absent, formOf([]string{u.Fingerprint})})
	}
	return out
}

func formOf(fingerprints []string) (f fleet.Form) {
	slices.Sort(fingerprints)
	sum := result.Fingerprint(append([]string{"iamctl form 1"}, fingerprints...)...)
	hex.Decode(f[:], []byte(sum))
	return f
}

// roughForm returns a digest of what a role says but for the account's id.
func roughForm(r *inventory.Role, id string) (f fleet.Form) {
	values := []string{r.Path, string(r.Trust)}
	for _, p := range r.Inline {
		values = append(values, p.Name, string(p.Document))
	}
	for _, p := range r.Attached {
		values = append(values, p.ARN)
	}
	if r.Boundary != nil {
		values = append(values, "boundary", r.Boundary.ARN)
	}
	if id != "" {
		for i := range values {
			values[i] = strings.ReplaceAll(values[i], id, "")
		}
	}
	copy(f[:], digest.Append(nil, values...))
	return f
}
