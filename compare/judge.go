package compare

import (
	"slices"

	"iamctl/diff"
	"iamctl/inventory"
	"iamctl/normalize"
	"iamctl/result"
	"iamctl/waiver"
)

// judge holds the drift against the waivers, an earlier run and the history of
// the snapshots, and reports whether some of it is news.
func (c *comparison) judge(changes *diff.Changes, before *earlier, seen *history) bool {
	w := c.newJudgement(changes)
	marks, now, n := c.marks(changes, w, before, seen)
	waivers := w.waivers(c.result, marks, c.wording(changes))
	c.warnOfWaivers(waivers)
	m := &result.Marks{
		File: c.Waivers.Path, SHA256: c.Waivers.SHA256, Waivers: waivers,
		Since: before.since(), Fixed: c.fixed(before, now, changes),
		Tolerated: c.FailOn.New && !n.fails,
	}
	if len(marks) > 0 {
		m.Of = func(fingerprint string) result.Mark { return marks[fingerprint] }
	}
	c.result.Judge(m)
	return n.any
}

// marks returns the marks of the drifts that have any, by fingerprint, and all
// fingerprints, former ones included. Where nothing can be known of a drift it does
// without them, for they take a while.
func (c *comparison) marks(changes *diff.Changes, w *judgement, before *earlier, seen *history) (marks map[string]result.Mark, now map[string]bool, n *news) {
	if before == nil && seen == nil && w.none() && len(w.findings.file.Waivers)+len(w.findings.file.Ignore) == 0 {
		return nil, nil, &news{any: c.result.Tally().Drift()}
	}
	marks, now, n = map[string]result.Mark{}, map[string]bool{}, c.newNews(changes, before)
	former, items := result.Former(changes), result.FormerItems(changes)
	for d := range c.result.Drifts() {
		if d.Finding != nil {
			c.markFinding(marks, now, n, w, before, &d)
			continue
		}
		// Who knows the drift by its former fingerprint knows it.
		known := d.Fingerprint
		i, ok := w.accepted.Drift(d.Fingerprint, d.KindName(), rolesOf(&d)...)
		if f := former[d.Fingerprint]; f != "" {
			if j, by := w.accepted.Former(f); by && !ok {
				i, ok = j, true
			}
			if before.age(f) == result.AgeKnown || w.had[f] {
				known = f
			}
		}
		if list := items[d.Fingerprint]; len(list) > 0 {
			if j, by := w.all(list); by && !ok {
				i, ok = j, true
			}
			if before.age(known) == result.AgeNew && before.all(list) {
				known = list[0]
			}
			for _, f := range list {
				now[f] = true
			}
		}
		bound, has := w.bound(&d)
		if bound >= 0 && !ok {
			i, ok = bound, true
		}
		now[d.Fingerprint], now[known] = true, true
		mark := result.Mark{Age: before.age(known), FirstSeen: seen.first(d.Fingerprint)}
		if ok {
			mark.Waiver = &i
		} else if before.news(known, w.had[known] || has) {
			n.add(&d, mark.Age != result.AgeNew || w.had[known])
		}
		if mark != (result.Mark{}) {
			marks[d.Fingerprint] = mark
		}
	}
	return marks, now, n
}

// markFinding marks the drift that one account alone has a finding.
func (c *comparison) markFinding(marks map[string]result.Mark, now map[string]bool, n *news, w *judgement, before *earlier, d *result.Drift) {
	f := d.Finding
	mark := w.findings.mark(&f.Finding)
	if mark.Waiver != nil {
		*mark.Waiver += len(w.file.Waivers) + len(w.file.Ignore)
	} else if before.news(d.Fingerprint, w.findings.had[d.Fingerprint]) {
		n.add(d, before.age(d.Fingerprint) != result.AgeNew)
	}
	mark.Age = before.age(d.Fingerprint)
	now[d.Fingerprint] = true
	if mark != (result.Mark{}) {
		marks[d.Fingerprint] = mark
	}
}

// all returns a waiver that accepts a drift by the fingerprints of its parts, if
// waivers accept every part.
func (j *judgement) all(fingerprints []string) (index int, ok bool) {
	if slices.ContainsFunc(fingerprints, func(f string) bool { return !j.had[f] }) {
		return -1, false
	}
	index, ok = -1, true
	for _, f := range fingerprints {
		i, by := j.accepted.Former(f)
		if ok = ok && by; by && index < 0 {
			index = i
		}
	}
	return index, ok
}

// rolesOf returns a drift's role in the accounts that have it.
func rolesOf(d *result.Drift) []waiver.Role {
	var out []waiver.Role
	for _, r := range d.Roles {
		if r != nil {
			out = append(out, roleOf(r))
		}
	}
	return out
}

func roleOf(r *result.Role) waiver.Role {
	return waiver.Role{Name: r.RoleName, OriginalName: r.OriginalRoleName, Path: r.Path, OriginalPath: r.OriginalPath}
}

// fixed returns the drifts of the earlier run that are not there now. If an account
// has no role, nobody knows.
func (c *comparison) fixed(before *earlier, now map[string]bool, changes *diff.Changes) []result.Fixed {
	for side := range 2 {
		if _, none := changes.Account(side).Flat.NoRoles(); none {
			return nil
		}
	}
	return before.fixed(now, blindRoles(changes), c.result.Audit, !c.result.Incomplete)
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
