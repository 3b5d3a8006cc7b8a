package many

import (
	"slices"

	"iamctl/diff"
	"iamctl/fleet"
	"iamctl/meaning"
	"iamctl/normalize"
	"iamctl/result"
	"iamctl/result/matrix"
	"iamctl/verdict"
	"iamctl/verdict/severity"
)

// split returns the groups of a role, of which each is bound by the same control policies. The
// first is the reference: those of its form that are left the same.
func (m *run) split(key string, groups []fleet.Group) []fleet.Group {
	if m.organizations == nil {
		return groups
	}
	var out []fleet.Group
	for i, g := range groups {
		if g.Form == fleet.Absent {
			out = append(out, g)
			continue
		}
		var same []int
		if i == 0 {
			for _, p := range m.alike[key] {
				same = append(same, p.accounts...)
			}
			slices.Sort(same)
			out = append(out, fleet.Group{Form: g.Form, Accounts: same})
		}
		rest := slices.DeleteFunc(slices.Clone(g.Accounts), func(a int) bool { _, is := slices.BinarySearch(same, a); return is })
		for _, p := range m.partsOf(key, rest) {
			out = append(out, fleet.Group{Form: g.Form, Accounts: p.accounts})
		}
	}
	return out
}

// effects adds to pairs what control policies alone make different.
func (m *run) effects(j *meaning.Judge, c *diff.Changes, wanted func(name string) bool) {
	if m.organizations == nil || slices.Contains(m.Ignore, normalize.KindEffective) {
		return
	}
	for i := range c.Common {
		if p := &c.Common[i]; wanted(p.Name) {
			p.Attributes = append(p.Attributes, j.Effective(p).Changes...)
		}
	}
}

// differenceSaid is all that is said of the difference of a form, but for the requests that prove it.
type differenceSaid struct {
	form                      fleet.Form
	kind, what, digest        string
	severity                  severity.Level
	verdict                   verdict.Verdict
	same                      bool
	effective, effectiveTrust string
}

// gathered puts forms together that are bound by different control policies, of which the very
// same is said.
func gathered(forms []matrix.Form, groups []fleet.Group) []matrix.Form {
	at := map[differenceSaid]int{}
	var out []matrix.Form
	for i, f := range forms {
		if f.Difference == nil {
			out = append(out, f)
			continue
		}
		d := f.Difference
		key := differenceSaid{
			form: groups[i].Form, kind: d.Kind, severity: d.Severity, what: d.What, digest: d.Digest, verdict: d.Verdict, same: d.SameMeaning,
			effective: saidOf(d.Effective), effectiveTrust: saidOf(d.EffectiveTrust),
		}
		if k, ok := at[key]; ok {
			out[k].Accounts = append(out[k].Accounts, f.Accounts...)
			slices.Sort(out[k].Accounts)
			continue
		}
		at[key] = len(out)
		out = append(out, f)
	}
	return out
}

func saidOf(s *result.Scope) string {
	if s == nil {
		return ""
	}
	return string(s.Verdict) + " " + string(s.Future) + " " + s.Kind + " " + s.Reason
}
