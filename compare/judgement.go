package compare

import (
	"fmt"
	"slices"
	"strings"

	"iamctl/diff"
	"iamctl/internal/visible"
	"iamctl/result"
	"iamctl/waiver"
)

// judgement is what the waivers that are for this comparison come to.
type judgement struct {
	file     *waiver.File
	accepted *waiver.Judge
	// had are the fingerprints for which there is a waiver. Drift that is open all
	// the same has one that expired.
	had map[string]bool
	// findings are those that are for the findings of audits: in the list of the result
	// they come behind the others.
	findings *findingJudgement
	// meant are the waivers bound to a meaning of each pair that has one.
	meant map[*result.Pair]meant
}

func (c *comparison) newJudgement(changes *diff.Changes) *judgement {
	tags := c.result.Tags()
	w := &judgement{file: c.Waivers.File.For(tags[0], tags[1]), had: map[string]bool{}}
	w.accepted = w.file.Judge(c.Today)
	for i := range w.file.Waivers {
		w.had[w.file.Waivers[i].Fingerprint] = true
	}
	w.findings = c.newFindingJudgement()
	w.meant = c.boundWaivers(w, changes)
	if len(w.file.Ignore) == 0 {
		return w
	}
	for i := range c.result.CommonRoles {
		p := &c.result.CommonRoles[i]
		w.accepted.Role(roleOf(&p.A), roleOf(&p.B))
	}
	for side := range 2 {
		for _, u := range *c.result.UniqueRoles.Of(side) {
			w.accepted.Role(roleOf(&u.Role))
		}
	}
	return w
}

// none reports whether there is no entry for this comparison.
func (w *judgement) none() bool { return len(w.file.Waivers) == 0 && len(w.file.Ignore) == 0 }

// waivers returns what the entries did.
func (w *judgement) waivers(r *result.Result, marks map[string]result.Mark, fold func(string) string) []result.Waiver {
	out, unmatched := WaiversOf(w.file, w.accepted)
	w.outgrown(out)
	for i, fingerprint := range w.file.Successors(unmatched, open(r, marks, fold), fold) {
		out[i].Successor = fingerprint
	}
	return append(out, w.findings.waivers(openFindings(r, marks))...)
}

// WaiversOf returns what the entries of a file did, and the indexes of the waivers that fit
// nothing.
func WaiversOf(file *waiver.File, accepted *waiver.Judge) (out []result.Waiver, unmatched []int) {
	for i, s := range accepted.States() {
		one := result.Waiver{State: string(s.State), Count: s.Count, Roles: s.Roles, Wide: s.Wide}
		if i < len(file.Waivers) {
			v := file.Waivers[i]
			one.Fingerprint, one.Owner, one.Reason, one.Ticket, one.Expires = v.Fingerprint, v.Owner, v.Reason, v.Ticket, v.Expires.String()
			if v.Meaning != nil {
				one.Meaning, one.Of = v.Meaning.Scope, v.Role
			}
			if s.State == waiver.StateUnmatched {
				unmatched = append(unmatched, i)
			}
		} else {
			v := file.Ignore[i-len(file.Waivers)]
			one.Role, one.Owner, one.Reason, one.Ticket, one.Expires = v.Selects(), v.Owner, v.Reason, v.Ticket, v.Expires.String()
		}
		out = append(out, one)
	}
	return out, unmatched
}

// open yields the drifts that no waiver accepts.
func open(r *result.Result, marks map[string]result.Mark, fold func(string) string) func(func(waiver.Open) bool) {
	return func(yield func(waiver.Open) bool) {
		for d := range r.Drifts() {
			if marks[d.Fingerprint].Waiver != nil || d.Finding != nil {
				continue
			}
			o := waiver.Open{
				Fingerprint: d.Fingerprint, Role: visible.Escape(d.RoleName),
				Text: func() string { return visible.Escape(d.Text()) },
			}
			if d.AWS != nil {
				o.Includes = func(w *waiver.Waiver) bool { return ofAWSPolicy(d.AWS, w, fold) }
			}
			if !yield(o) {
				return
			}
		}
	}
}

// ofAWSPolicy reports whether a waiver is for an item of a policy that AWS changed, in
// one of the roles that have it: versions before had a drift for each.
func ofAWSPolicy(c *result.AWSChange, w *waiver.Waiver, fold func(string) string) bool {
	return slices.ContainsFunc(c.Roles, func(h result.AWSHolder) bool {
		policy := " " + h.PolicyType + " " + visible.Escape(c.PolicyName) + ": "
		return w.Drift != "" && strings.HasPrefix(w.Drift[1:], policy) && fold(w.Role) == fold(visible.Escape(h.RoleName))
	})
}

// warned is how many waivers that fit nothing have a warning of their own.
const warned = 10

// warnOfWaivers warns of rules that leave little to report, and of waivers whose
// drift seems to be there under another fingerprint.
func (c *comparison) warnOfWaivers(list []result.Waiver) {
	gone := 0
	for _, w := range list {
		switch {
		case w.Outgrown != "":
			c.Warn(fmt.Sprintf("the waiver %s holds no longer: %s; look at the role, then accept that anew with 'iamctl waive --meaning'", w.Fingerprint, w.Outgrown))
		case w.Wide != "":
			c.Warn(fmt.Sprintf("the ignore rule for %s leaves little to report: %s", w.Role, w.Wide))
		case w.Successor != "":
			if gone++; gone <= warned {
				c.Warn(fmt.Sprintf("the waiver %s fits nothing; what it accepted seems to be %s now: accept that anew with 'iamctl waive'", w.Fingerprint, w.Successor))
			}
		}
	}
	if gone > warned {
		c.Warn(fmt.Sprintf("%d more waivers fit nothing, but what they accepted seems to be there: see \"successor\" in %s", gone-warned, result.FileName))
	}
}
