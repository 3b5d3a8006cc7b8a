package result

import (
	"fmt"
	"slices"

	"iamctl/internal/digest"
	"iamctl/verdict/severity"
)

// check returns an error for what the types alone do not find: members that are
// missing, indexes that lead nowhere and figures that contradict the lists.
func (r *Result) check() error {
	c := &fileCheck{run: r}
	c.needs("meta.iamctl", r.Meta.Iamctl != "")
	for _, a := range []*Account{&r.Accounts.A, &r.Accounts.B} {
		c.needs("an account's tag", a.Tag != "")
	}
	_, bad := ParseFailOn(r.Meta.FailOn)
	c.holds(bad == "", "meta.fail_on has %q, which is none of %v", bad, FailOnWords())
	c.holds(r.Meta.By == "" || r.Meta.By == ByMeaning, "meta.by is %q, not %s", r.Meta.By, ByMeaning)
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
	for i := range r.AWSChanges {
		c.awsChange(i, &r.AWSChanges[i])
	}
	c.audit(r.Audit)
	for i := range r.CommonRoles {
		c.pair(i, &r.CommonRoles[i])
	}
	for side := range 2 {
		for i := range *r.UniqueRoles.Of(side) {
			c.unique(side, i, &(*r.UniqueRoles.Of(side))[i])
		}
	}
	c.result()
	return c.err
}

// fileCheck checks a file and keeps the first fault.
type fileCheck struct {
	run *Result
	err error
}

func (c *fileCheck) holds(ok bool, format string, args ...any) {
	if !ok && c.err == nil {
		c.err = fmt.Errorf(format, args...)
	}
}

func (c *fileCheck) needs(member string, there bool) { c.holds(there, "%s is missing", member) }

// result compares what the run says of itself with what it lists.
func (c *fileCheck) result() {
	if c.err != nil {
		return
	}
	r := c.run
	r.count()
	drift := r.tally.Drift()
	c.holds(r.Drift == drift, "drift is %v, but the roles say %v", r.Drift, drift)
	c.holds(r.Incomplete == (len(r.Gaps) > 0), "incomplete is %v, but there are %d gaps", r.Incomplete, len(r.Gaps))
	// Drift need not fail a run that is to fail on new drift alone.
	ok := r.ExitCode == exitCode(r.Incomplete, r.fails()) || r.ExitCode == exitCode(r.Incomplete, false)
	c.holds(ok, "exit_code is %d, but drift is %v and incomplete is %v", int(r.ExitCode), r.Drift, r.Incomplete)
}

func (c *fileCheck) waiver(i int, w *Waiver) {
	states := []string{WaiverUsed, WaiverExpired, WaiverUnmatched, WaiverOutgrown}
	c.holds(slices.Contains(states, w.State), "waivers[%d].state is none of %v", i, states)
	for _, f := range []string{w.Fingerprint, w.Successor} {
		if f != "" {
			c.fingerprint(f, "waivers", i)
		}
	}
}

func (c *fileCheck) pair(i int, p *Pair) {
	if p.Attributes == nil || p.Blind == nil || p.OnlyA.source == nil || p.OnlyB.source == nil || p.Masked.list == nil {
		c.holds(false, "common_roles[%d] has not all of its lists", i)
	}
	differs := p.Differences() > 0
	c.holds(p.Differs == differs, "common_roles[%d].differs is %v, but its lists say %v", i, p.Differs, differs)
	for j := range p.Attributes {
		c.drift(p.Attributes[j].Fingerprint, &p.Attributes[j].Mark, "common_roles", i)
	}
	for side := range 2 {
		for _, it := range p.Only(side).All() {
			c.drift(it.Fingerprint, &it.Mark, "common_roles", i)
			c.originals(it.Originals, "common_roles", i)
		}
	}
	for side := range 2 {
		for _, it := range p.Impossible(side).All() {
			c.drift(it.Fingerprint, &it.Mark, "common_roles", i)
			c.originals(it.Originals, "common_roles", i)
		}
	}
	for m := range p.Masked.All() {
		c.originals(m.OriginalsA, "common_roles", i)
		c.originals(m.OriginalsB, "common_roles", i)
	}
	c.documents(p.Documents, "common_roles", i)
	c.meaning(p.Meaning, "common_roles", i)
}

func (c *fileCheck) awsChange(i int, a *AWSChange) {
	ok := a.PolicyName != "" && a.ARN != "" && a.Versions.A != "" && a.Versions.B != "" && len(a.Roles) > 0 &&
		a.OnlyA.source != nil && a.OnlyB.source != nil
	c.holds(ok, "aws_changes[%d] has not all of its members", i)
	c.holds(!ok || a.Actions == a.actions(), "aws_changes[%d].actions is %d, but its lists say %d", i, a.Actions, a.actions())
	c.drift(a.Fingerprint, &a.Mark, "aws_changes", i)
	c.meaning(a.Meaning, "aws_changes", i)
	for side := range 2 {
		for _, list := range []Items{a.Only(side), a.Impossible(side)} {
			for j, it := range list.All() {
				c.fingerprint(it.Fingerprint, "aws_changes", i)
				c.originals(it.Originals, "aws_changes", i)
				c.holds(it.Mark == (Mark{}), "aws_changes[%d]: item %d has a mark, but the policy has it", i, j)
			}
		}
	}
}

func (c *fileCheck) audit(a *Audit) {
	if a == nil {
		return
	}
	c.needs("audit.rules", a.Rules != nil)
	c.needs("audit.findings", a.Findings != nil)
	for i := range a.Findings {
		o := &a.Findings[i]
		c.holds(o.At() >= 0, "audit.findings[%d].side is neither a nor b", i)
		c.holds(slices.Contains(severity.Levels(), o.Severity), "audit.findings[%d]: there is no such severity", i)
		c.holds(o.Rule != "" && o.Entity != "" && o.EntityType != "", "audit.findings[%d] has not all of its members", i)
		c.drift(o.Fingerprint, &o.Mark, "audit.findings", i)
		if c.err != nil {
			return
		}
	}
}

var uniqueLists = [2]string{"unique_roles.a", "unique_roles.b"}

func (c *fileCheck) unique(side, i int, u *Unique) {
	list := uniqueLists[side]
	if u.Attributes == nil || u.Items.source == nil {
		c.holds(false, "%s[%d] has not all of its lists", list, i)
	}
	c.drift(u.Fingerprint, &u.Mark, list, i)
	for _, items := range []Items{u.Items, u.Impossible} {
		for j, it := range items.All() {
			c.fingerprint(it.Fingerprint, list, i)
			c.originals(it.Originals, list, i)
			if it.Mark != (Mark{}) {
				c.holds(false, "%s[%d]: item %d has a mark, but the role has it", list, i, j)
			}
		}
	}
	c.documents(u.Documents, list, i)
	c.meaning(u.Meaning, list, i)
}

func (c *fileCheck) drift(fingerprint string, m *Mark, list string, i int) {
	c.fingerprint(fingerprint, list, i)
	if m.Age != "" && m.Age != AgeNew && m.Age != AgeKnown {
		c.holds(false, "%s[%d]: an age is neither new nor known", list, i)
	}
	if m.Waiver == nil {
		return
	}
	w := *m.Waiver
	if w < 0 || w >= len(c.run.Waivers) || c.run.Waivers[w].Void() {
		c.holds(false, "%s[%d]: waiver %d is not there, has expired or is outgrown", list, i, w)
	}
}

func (c *fileCheck) fingerprint(s, list string, i int) {
	ok := len(s) == 2*digest.Length
	for j := 0; ok && j < len(s); j++ {
		ok = '0' <= s[j] && s[j] <= '9' || 'a' <= s[j] && s[j] <= 'f'
	}
	if !ok {
		c.holds(false, "%s[%d]: a fingerprint is not 32 hexadecimal digits", list, i)
	}
}

// originals checks that originals have nothing but what rewriting can change.
func (c *fileCheck) originals(list []Columns, of string, i int) {
	for _, o := range list {
		if o.PolicyType+o.Effect+o.Service+o.Action+o.PrincipalType+o.Negated+o.Note != "" {
			c.holds(false, "%s[%d]: an original has a member that rewriting never changes", of, i)
		}
	}
}

func (c *fileCheck) documents(list []PolicyDocuments, of string, i int) {
	for _, d := range list {
		for _, n := range []*int{d.A, d.B} {
			if n != nil && (*n < 0 || *n >= len(c.run.Documents)) {
				c.holds(false, "%s[%d]: document %d is not there", of, i, *n)
			}
		}
	}
}
