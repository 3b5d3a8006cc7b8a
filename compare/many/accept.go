package many

import (
	"fmt"

	"iamctl/compare"
	"iamctl/internal/driftkind"
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
