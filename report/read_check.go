package report

import (
	"fmt"
	"slices"
)

// check finds what the types alone do not: members that are missing, indexes
// that lead nowhere and figures that contradict what is listed.
func (r *Run) check() error {
	c := &runCheck{run: r}
	c.needs("meta.iamctl", r.Meta.Iamctl != "")
	for _, a := range []*RunAccount{&r.Accounts.A, &r.Accounts.B} {
		c.needs("an account's tag", a.Tag != "")
	}
	c.needs("counts", r.Counts != nil)
	c.needs("ignored", r.Ignored != nil)
	c.needs("out_of_scope", r.OutOfScope != nil)
	c.needs("notes", r.Notes != nil)
	c.needs("gaps", r.Gaps != nil)
	c.needs("common_roles", r.CommonRoles != nil)
	c.needs("unique_roles", r.UniqueRoles.A != nil && r.UniqueRoles.B != nil)
	c.needs("rewrites", r.Rewrites.A != nil && r.Rewrites.B != nil)
	for i := range r.Waivers {
		c.waiver(i, &r.Waivers[i])
	}
	for i, f := range r.Fixed {
		c.fingerprint(f.Fingerprint, "fixed", i)
		c.holds(slices.Contains([]string{"", "a", "b"}, f.Side), "fixed[%d].side is neither a nor b", i)
	}
	for i := range r.CommonRoles {
		c.pair(i, &r.CommonRoles[i])
	}
	for side := range 2 {
		for i := range r.unique(side) {
			c.unique(side, i, &r.unique(side)[i])
		}
	}
	c.result()
	return c.err
}

// runCheck keeps the first fault.
type runCheck struct {
	run *Run
	err error
}

func (c *runCheck) holds(ok bool, format string, args ...any) {
	if !ok && c.err == nil {
		c.err = fmt.Errorf(format, args...)
	}
}

func (c *runCheck) needs(member string, there bool) { c.holds(there, "%s is missing", member) }

// result holds what the run says of itself against what it lists.
func (c *runCheck) result() {
	if c.err != nil {
		return
	}
	r := c.run
	drift := newTally(len(r.CommonRoles), r.Drifts()).drift()
	c.holds(r.Drift == drift, "drift is %v, but the roles say %v", r.Drift, drift)
	c.holds(r.Incomplete == (len(r.Gaps) > 0), "incomplete is %v, but there are %d gaps", r.Incomplete, len(r.Gaps))
}

func (c *runCheck) waiver(i int, w *RunWaiver) {
	states := []string{WaiverUsed, WaiverExpired, WaiverUnmatched}
	c.holds(slices.Contains(states, w.State), "waivers[%d].state is none of used, expired and unmatched", i)
	if w.Fingerprint != "" {
		c.fingerprint(w.Fingerprint, "waivers", i)
	}
}

func (c *runCheck) pair(i int, p *RunPair) {
	if p.Attributes == nil || p.Blind == nil || p.OnlyA == nil || p.OnlyB == nil || p.Masked == nil {
		c.holds(false, "common_roles[%d] has not all of its lists", i)
	}
	differs := len(p.Attributes)+len(p.OnlyA)+len(p.OnlyB) > 0
	c.holds(p.Differs == differs, "common_roles[%d].differs is %v, but its lists say %v", i, p.Differs, differs)
	for j := range p.Attributes {
		c.drift(p.Attributes[j].Fingerprint, &p.Attributes[j].RunMark, "common_roles", i)
	}
	for side := range 2 {
		for j := range p.only(side) {
			it := &p.only(side)[j]
			c.drift(it.Fingerprint, &it.RunMark, "common_roles", i)
			c.originals(it.Originals, "common_roles", i)
		}
	}
	for j := range p.Masked {
		c.originals(p.Masked[j].OriginalsA, "common_roles", i)
		c.originals(p.Masked[j].OriginalsB, "common_roles", i)
	}
	c.documents(p.Documents, "common_roles", i)
}

var uniqueLists = [2]string{"unique_roles.a", "unique_roles.b"}

func (c *runCheck) unique(side, i int, u *RunUnique) {
	list := uniqueLists[side]
	if u.Attributes == nil || u.Items == nil {
		c.holds(false, "%s[%d] has not all of its lists", list, i)
	}
	c.drift(u.Fingerprint, &u.RunMark, list, i)
	for j := range u.Items {
		it := &u.Items[j]
		c.fingerprint(it.Fingerprint, list, i)
		c.originals(it.Originals, list, i)
		if it.RunMark != (RunMark{}) {
			c.holds(false, "%s[%d].items[%d] has a mark, but the role has it", list, i, j)
		}
	}
	c.documents(u.Documents, list, i)
}

func (c *runCheck) drift(fingerprint string, m *RunMark, list string, i int) {
	c.fingerprint(fingerprint, list, i)
	if m.Age != "" && m.Age != AgeNew && m.Age != AgeKnown {
		c.holds(false, "%s[%d]: an age is neither new nor known", list, i)
	}
	if m.Waiver == nil {
		return
	}
	w := *m.Waiver
	if w < 0 || w >= len(c.run.Waivers) || c.run.Waivers[w].State == WaiverExpired {
		c.holds(false, "%s[%d]: waiver %d is not there, or has expired", list, i, w)
	}
}

func (c *runCheck) fingerprint(s, list string, i int) {
	ok := len(s) == 2*digestLength
	for j := 0; ok && j < len(s); j++ {
		ok = '0' <= s[j] && s[j] <= '9' || 'a' <= s[j] && s[j] <= 'f'
	}
	if !ok {
		c.holds(false, "%s[%d]: a fingerprint is not 32 hexadecimal digits", list, i)
	}
}

// originals may hold what rewriting changes and nothing else.
func (c *runCheck) originals(list []RunItemColumns, of string, i int) {
	for _, o := range list {
		if o.PolicyType+o.Effect+o.Service+o.Action+o.PrincipalType+o.Negated+o.Note != "" {
			c.holds(false, "%s[%d]: an original has a member that rewriting never changes", of, i)
		}
	}
}

func (c *runCheck) documents(list []RunPolicyDocuments, of string, i int) {
	for _, d := range list {
		for _, n := range []*int{d.A, d.B} {
			if n != nil && (*n < 0 || *n >= len(c.run.Documents)) {
				c.holds(false, "%s[%d]: document %d is not there", of, i, *n)
			}
		}
	}
}
