package compare

import (
	"slices"
	"strings"

	"iamctl/diff"
	"iamctl/inventory"
	"iamctl/normalize"
	"iamctl/result"
	"iamctl/waiver"
)

// judge holds the drift against the waivers, an earlier run and the history of
// the snapshots, and reports whether some of it is news.
func (c *comparison) judge(changes *diff.Changes, before *earlier, seen *history) (news bool) {
	accepted := c.Waivers.File.Judge(c.Today)
	marks, now := map[string]result.Mark{}, map[string]bool{}
	for d := range c.result.Drifts() {
		now[d.Fingerprint] = true
		mark := result.Mark{Age: before.age(d.Fingerprint), FirstSeen: seen.first(d.Fingerprint)}
		if i, ok := accepted.Drift(d.Fingerprint, rolesOf(&d)...); ok {
			mark.Waiver = &i
		} else {
			news = news || !before.open(d.Fingerprint) || c.Waivers.had(d.Fingerprint)
		}
		if mark != (result.Mark{}) {
			marks[d.Fingerprint] = mark
		}
	}
	c.result.Judge(&result.Marks{
		File: c.Waivers.Path, SHA256: c.Waivers.SHA256, Waivers: c.Waivers.states(accepted),
		Of:    func(fingerprint string) result.Mark { return marks[fingerprint] },
		Since: before.since(), Fixed: fixed(before, now, changes),
		Tolerated: c.OnlyNew && !news,
	})
	return news
}

// rolesOf returns a drift's role in the accounts that have it.
func rolesOf(d *result.Drift) []waiver.Role {
	var out []waiver.Role
	for _, r := range d.Roles {
		if r != nil {
			out = append(out, waiver.Role{Name: r.RoleName, OriginalName: r.OriginalRoleName, Path: r.Path, OriginalPath: r.OriginalPath})
		}
	}
	return out
}

// had reports whether there is a waiver for the drift. If the drift is open all
// the same, the waiver has expired.
func (w *Waivers) had(fingerprint string) bool {
	return w.File != nil && slices.ContainsFunc(w.File.Waivers, func(x waiver.Waiver) bool { return x.Fingerprint == fingerprint })
}

// states returns what the entries of the file did.
func (w *Waivers) states(j *waiver.Judge) []result.Waiver {
	var out []result.Waiver
	for i, s := range j.States() {
		r := result.Waiver{State: string(s.State), Count: s.Count}
		if i < len(w.File.Waivers) {
			v := w.File.Waivers[i]
			r.Fingerprint, r.Owner, r.Reason, r.Ticket, r.Expires = v.Fingerprint, v.Owner, v.Reason, v.Ticket, v.Expires.String()
		} else {
			v := w.File.Ignore[i-len(w.File.Waivers)]
			r.Role, r.Owner, r.Reason, r.Ticket, r.Expires = v.Role, v.Owner, v.Reason, v.Ticket, v.Expires.String()
			if v.Path != "" {
				r.Role = strings.TrimSpace(v.Role + " path " + v.Path)
			}
		}
		out = append(out, r)
	}
	return out
}

// fixed returns the drifts of the earlier run that are not there now. If an account
// has no role, nobody knows.
func fixed(before *earlier, now map[string]bool, changes *diff.Changes) []result.Fixed {
	for side := range 2 {
		if _, none := changes.Account(side).Flat.NoRoles(); none {
			return nil
		}
	}
	return before.fixed(now, blindRoles(changes))
}

// blindRoles returns the normalised names of roles of which a part could not be
// read.
func blindRoles(c *diff.Changes) map[string]bool {
	blind := map[string]bool{}
	for side := range 2 {
		a := c.Account(side)
		gaps := map[string]bool{}
		for _, g := range a.Flat.Gaps {
			if g.Entity == inventory.EntityRole && g.Blind {
				gaps[g.Name] = true
			}
		}
		for i := range a.Roles {
			r := &a.Roles[i]
			unread := slices.ContainsFunc(r.Policies, func(p normalize.Policy) bool { return p.Raw.Blind })
			if unread || gaps[r.Raw.Name] || gaps[""] {
				blind[r.Name] = true
			}
		}
	}
	return blind
}
