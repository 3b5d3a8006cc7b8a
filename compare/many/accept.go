package many

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"iamctl/compare"
	"iamctl/internal/driftkind"
	"iamctl/internal/hint"
	"iamctl/internal/visible"
	"iamctl/policy"
	"iamctl/result"
	"iamctl/result/matrix"
	"iamctl/waiver"
)

// accept holds the outliers against the waivers and an earlier run.
func (m *run) accept(x *matrix.Matrix, before *earlier) error {
	waivers := m.Waivers
	if waivers == nil {
		waivers = &compare.Waivers{}
	}
	file := waivers.File.ForMatrix(x.Keys())
	a := &acceptance{judge: file.Judge(m.Today), had: map[string]bool{}, marks: map[string]result.Mark{}, news: map[string]bool{}, before: before}
	for i := range file.Waivers {
		a.had[file.Waivers[i].Fingerprint] = true
	}
	for i := range x.Roles {
		a.role(x, &x.Roles[i])
	}
	for i := range x.AWSChanges {
		a.outlier(&waiver.Outlier{Fingerprint: x.AWSChanges[i].Fingerprint, Kinds: []string{driftkind.AWSManaged}})
	}
	j := &matrix.Judgement{File: waivers.Path, SHA256: waivers.SHA256, Of: func(print string) (result.Mark, bool) { return a.marks[print], a.news[print] }}
	var unmatched []int
	j.Waivers, unmatched = compare.WaiversOf(file, a.judge)
	for i, print := range file.Successors(unmatched, a.open(x), policy.Fold) {
		j.Waivers[i].Successor = print
	}
	for i := range j.Waivers {
		if w := &j.Waivers[i]; w.Wide != "" && m.Warn != nil {
			m.Warn(fmt.Sprintf("the ignore rule for %s leaves little to report: %s", w.Role, w.Wide))
		}
	}
	if before != nil {
		if err := before.check(x); err != nil {
			return err
		}
		x.Meta.Inputs = append(x.Meta.Inputs, before.input)
		j.Since, j.Notes, j.Gone = before.name, append(before.notes(x), m.sinceRevision()...), before.gone(x)
	}
	if waivers.Path != "" {
		x.Meta.Inputs = append(x.Meta.Inputs, result.Input{Kind: result.InputWaivers, Path: waivers.Path, SHA256: waivers.SHA256})
	}
	x.Judge(j)
	return nil
}

// acceptance is what is known of outliers, by their fingerprints.
type acceptance struct {
	judge *waiver.Judge
	// had are the fingerprints for which there is a waiver, expired or not.
	had    map[string]bool
	marks  map[string]result.Mark
	news   map[string]bool
	before *earlier
}

func (a *acceptance) role(x *matrix.Matrix, r *matrix.Role) {
	a.judge.Role(waiver.Role{Name: r.Name, OriginalName: r.Name})
	for k := range r.Forms {
		f := &r.Forms[k]
		if f.Difference == nil {
			continue
		}
		of := rolesOf(r, f.Difference)
		for n, account := range f.Accounts {
			a.outlier(&waiver.Outlier{Fingerprint: f.Outliers[n].Fingerprint, Account: x.Keys()[account], Kinds: f.Difference.Kinds, Roles: of})
		}
	}
}

// rolesOf returns a role as waivers see it, in the reference and in a form.
func rolesOf(r *matrix.Role, d *matrix.Difference) []waiver.Role {
	var out []waiver.Role
	for _, of := range d.Roles {
		if of != nil {
			out = append(out, waiver.Role{Name: of.RoleName, OriginalName: of.OriginalRoleName, Path: of.Path, OriginalPath: of.OriginalPath})
		}
	}
	if out == nil {
		out = append(out, waiver.Role{Name: r.Name, OriginalName: r.Name})
	}
	return out
}

func (a *acceptance) outlier(o *waiver.Outlier) {
	var mark result.Mark
	if i, ok := a.judge.Outlier(o); ok {
		mark.Waiver = &i
	}
	known, waivedThen := false, false
	if a.before != nil {
		waivedThen, known = a.before.waived[o.Fingerprint]
	}
	mark.Age = compare.AgeOf(a.before != nil, known)
	a.marks[o.Fingerprint] = mark
	a.news[o.Fingerprint] = mark.Waiver == nil && compare.AsGoodAsNew(known, waivedThen, a.had[o.Fingerprint])
}

// open yields the outliers that no waiver accepts.
func (a *acceptance) open(x *matrix.Matrix) func(func(waiver.Open) bool) {
	return func(yield func(waiver.Open) bool) {
		for i := range x.Roles {
			r := &x.Roles[i]
			for k := range r.Forms {
				f := &r.Forms[k]
				for n := range f.Outliers {
					print, account := f.Outliers[n].Fingerprint, x.Keys()[f.Accounts[n]]
					if a.marks[print].Waiver == nil && !yield(waiver.Open{Fingerprint: print, Role: visible.Escape(r.Name), Text: func() string { return account }}) {
						return
					}
				}
			}
		}
	}
}

// check returns an error if none of the accounts was there then: everything would look new.
func (e *earlier) check(now *matrix.Matrix) error {
	if slices.ContainsFunc(now.Keys(), func(k string) bool { return slices.Contains(e.Keys(), k) }) {
		return nil
	}
	return hint.With(fmt.Errorf("--since %s: that run was of none of these accounts: hold like against like", e.name), "see 'iamctl matrix --help'")
}

// notes say in what the earlier run is another.
func (e *earlier) notes(now *matrix.Matrix) []string {
	var out []string
	add := func(format string, of, in *matrix.Matrix) {
		there := map[string]bool{}
		for _, k := range in.Keys() {
			there[k] = true
		}
		var list []string
		for i, k := range of.Keys() {
			if !there[k] {
				list = append(list, of.Accounts[i].Tag)
			}
		}
		if len(list) > 0 {
			out = append(out, fmt.Sprintf(format, cut(list)))
		}
	}
	add("the earlier run was not of %s: all that differs there counts as new", now, e.Matrix)
	add("the earlier run was of %s too: nothing is said of what differed there", e.Matrix, now)
	if e.Incomplete {
		out = append(out, "the earlier run was incomplete: what it could not read counts as new")
	}
	return out
}

// noted is how many accounts a note names.
const noted = 8

func cut(tags []string) string {
	out := strings.Join(tags[:min(len(tags), noted)], ", ")
	if more := len(tags) - noted; more > 0 {
		out += fmt.Sprintf(" and %d more", more)
	}
	return out
}

// place is a role in an account.
type place struct{ account, role string }

// gone returns the outliers that are none now, the worst first, but for those of accounts
// that are not there now or were not read whole.
func (e *earlier) gone(now *matrix.Matrix) []matrix.Gone {
	unread := map[string]bool{}
	for _, g := range now.Gaps {
		unread[g.Account] = unread[g.Account] || g.Blind
	}
	read, still := map[string]bool{}, map[place]bool{}
	for i, k := range now.Keys() {
		read[k] = !unread[now.Accounts[i].Tag]
	}
	outliers(now, func(at place, _ *matrix.Difference, _ *matrix.Outlier) { still[at] = true })
	var out []matrix.Gone
	outliers(e.Matrix, func(at place, d *matrix.Difference, o *matrix.Outlier) {
		if read[at.account] && !still[at] {
			out = append(out, matrix.Gone{Account: at.account, Role: at.role, Kind: d.Kind, Severity: d.Severity, What: d.What, Fingerprint: o.Fingerprint})
		}
	})
	slices.SortStableFunc(out, func(x, y matrix.Gone) int {
		return cmp.Or(cmp.Compare(result.Rank(x.Severity), result.Rank(y.Severity)), cmp.Compare(x.Role, y.Role), cmp.Compare(x.Account, y.Account))
	})
	return out
}

// outliers passes on every outlier of a role.
func outliers(m *matrix.Matrix, each func(place, *matrix.Difference, *matrix.Outlier)) {
	for i := range m.Roles {
		for k := range m.Roles[i].Forms {
			f := &m.Roles[i].Forms[k]
			for n := range f.Outliers {
				each(place{m.Keys()[f.Accounts[n]], m.Roles[i].Name}, f.Difference, &f.Outliers[n])
			}
		}
	}
}
