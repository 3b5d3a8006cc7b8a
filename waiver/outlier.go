package waiver

import (
	"slices"

	"iamctl/internal/driftkind"
)

// Outlier is a role that one of many accounts has in another form than most, as waivers and
// rules see it.
type Outlier struct {
	Fingerprint string
	// Account is the account's id, or its tag where that is not known.
	Account string
	// Kinds are the kinds of what differs (package driftkind).
	Kinds []string
	// Roles are the role as the reference has it and as the account does, as far as they
	// have it; none where the outlier is of no role.
	Roles []Role
}

// OfMatrix reports whether the waiver is for an outlier of many accounts.
func (w *Waiver) OfMatrix() bool { return w.Account != "" && !w.OfAudit() }

// OfMatrix reports whether the rule is for the outliers of an account. One for drift
// without a comparison is for outliers of any account too.
func (r *Rule) OfMatrix() bool { return r.Account != "" && !r.OfAudit() }

// ForMatrix returns the entries that are for a comparison of many accounts, given by their
// ids. What is for others has no say in it, and is not missed there either.
func (f *File) ForMatrix(accounts []string) *File {
	out := &File{}
	if f == nil {
		return out
	}
	out.Schema, out.Comment = f.Schema, f.Comment
	for _, w := range f.Waivers {
		if w.OfMatrix() && slices.Contains(accounts, w.Account) {
			out.Waivers = append(out.Waivers, w)
		}
	}
	for _, r := range f.Ignore {
		if !r.OfAudit() && r.Comparison == (Comparison{}) && (r.Account == "" || slices.Contains(accounts, r.Account)) {
			out.Ignore = append(out.Ignore, r)
		}
	}
	return out
}

// Outlier returns the entry that accepts an outlier, as Drift does that of a drift. A rule
// for some kinds of drift accepts an outlier that differs in these alone. Outliers come
// role by role.
func (j *Judge) Outlier(o *Outlier) (index int, ok bool) {
	a := j.accept(o.Fingerprint)
	if !slices.Equal(o.Roles, j.roles) || len(o.Roles) == 0 {
		j.roles = append(j.roles[:0], o.Roles...)
		j.rules, j.counted = j.match(j.rules[:0]), j.counted[:0]
	}
	for _, i := range j.rules {
		r := &j.file.Ignore[i]
		if r.Account != "" && r.Account != o.Account || !r.forAll(o.Kinds) {
			continue
		}
		if len(o.Roles) > 0 && !slices.Contains(j.counted, i) {
			j.counted = append(j.counted, i)
			j.drifted[i]++
		}
		a.by(len(j.file.Waivers)+i, r.Expires)
	}
	return a.index, a.index >= 0
}

// forAll reports whether the rule is for drift of every one of the kinds.
func (r *Rule) forAll(kinds []string) bool {
	return len(r.Kinds) == 0 || len(kinds) > 0 && !slices.ContainsFunc(kinds, func(k string) bool { return !r.For(k) })
}

// outliers checks what a rule for outliers of an account has.
func (c *checker) outliers(r *Rule, of string) {
	c.empty("account", r.Account)
	if r.Account == "" {
		return
	}
	if r.Comparison != (Comparison{}) {
		c.fail("comparison", `%s is for one of many accounts ("account"): leave out "comparison", or "account"`, of)
	}
	if slices.Contains(r.Kinds, driftkind.AWSManaged) {
		c.fail("kind", `what AWS changed in its own policies (%q) is no account's: leave out "account", or the kind`, driftkind.AWSManaged)
	}
}

// outlier checks what a waiver of an outlier has.
func (c *checker) outlier(w *Waiver, of string) {
	if c.present("account") && w.Account == "" {
		c.fail("account", `%s has an empty "account": name the account's id`, of)
	}
	if w.Account != "" && (w.Comparison != (Comparison{}) || w.Meaning != nil || c.any("comparison", "meaning")) {
		c.fail("account", `%s has an "account", and is for one of many accounts: leave out "comparison" and "meaning", or "account"`, of)
	}
}
