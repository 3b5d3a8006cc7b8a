package many

import (
	"encoding/hex"
	"slices"
	"strings"

	"iamctl/diff"
	"iamctl/fleet"
	"iamctl/internal/digest"
	"iamctl/inventory"
	"iamctl/policy"
	"iamctl/result"
)

// seenRole is a role as the second of two accounts has it, held against the first.
type seenRole struct {
	// raw is the second account's name for it, "" if it does not have it.
	raw string
	// key is the role's, and name what it is called.
	key, name string
	form      fleet.Form
}

// formsOf returns the roles of the second account, and those that only the first has, which
// is the reference.
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
		s := seenRole{c.Common[i].B.Raw.Name, keyOfReference(c.Common[i].A.Raw.Role), p.RoleName, same}
		list := drifts[p.RoleName]
		for _, g := range p.Blind {
			list = append(list, result.Fingerprint("blind", g.PolicyType, g.PolicyName, g.Reason))
		}
		if len(list) > 0 {
			s.form = formOf(list)
		}
		out = append(out, s)
	}
	alone := map[string]string{}
	for i := range r.UniqueRoles.A {
		name, key := r.UniqueRoles.A[i].RoleName, keyOfReference(c.OnlyA[i].Raw.Role)
		alone[policy.Fold(name)] = key
		out = append(out, seenRole{"", key, name, fleet.Absent})
	}
	for i := range r.UniqueRoles.B {
		u := &r.UniqueRoles.B[i]
		key, ok := alone[policy.Fold(u.RoleName)]
		if !ok {
			key = keyOfOther(u.RoleName)
		}
		out = append(out, seenRole{c.OnlyB[i].Raw.Name, key, u.RoleName, formOf([]string{u.Fingerprint})})
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
