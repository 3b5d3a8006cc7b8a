package matrix

import (
	"cmp"
	"iter"
	"slices"

	"iamctl/policy"
	"iamctl/result"
	"iamctl/verdict/severity"
)

// Keys returns what outliers, waivers and earlier runs name the accounts by: their ids, or
// their tags where these are not known or are those of several.
func (m *Matrix) Keys() []string {
	if m.keys != nil {
		return m.keys
	}
	times := map[string]int{}
	for i := range m.Accounts {
		times[m.Accounts[i].ID]++
	}
	m.keys = make([]string, len(m.Accounts))
	for i := range m.Accounts {
		a := &m.Accounts[i]
		if m.keys[i] = a.ID; a.ID == "" || times[a.ID] > 1 {
			m.keys[i] = a.Tag
		}
	}
	return m.keys
}

// Labels returns what reports call the accounts: by their tags, or by their names where the
// tags are no more than ids and the names are of one account alone.
func (m *Matrix) Labels() []string {
	if m.labels != nil {
		return m.labels
	}
	times := map[string]int{}
	for i := range m.Accounts {
		a := &m.Accounts[i]
		times[a.Tag]++
		if a.Name != a.Tag {
			times[a.Name]++
		}
	}
	m.labels = make([]string, len(m.Accounts))
	for i := range m.Accounts {
		a := &m.Accounts[i]
		if m.labels[i] = a.Tag; a.Tag == a.ID && a.Name != "" && times[a.Name] == 1 {
			m.labels[i] = a.Name
		}
	}
	return m.labels
}

// LabelOf returns what reports call the account with a key, the key itself where there is no
// such account.
func (m *Matrix) LabelOf(key string) string {
	if i := slices.Index(m.Keys(), key); i >= 0 {
		return m.Labels()[i]
	}
	return key
}

// name names the outliers by their fingerprints.
func (m *Matrix) name() {
	keys := m.Keys()
	for i := range m.Roles {
		r := &m.Roles[i]
		for k := range r.Forms {
			f := &r.Forms[k]
			if f.Difference == nil {
				continue
			}
			f.Outliers = make([]Outlier, len(f.Accounts))
			for n, a := range f.Accounts {
				f.Outliers[n].Fingerprint = result.Fingerprint("iamctl outlier 1", policy.Fold(r.Name), keys[a], f.Difference.Kind, f.Difference.Digest)
			}
		}
	}
	for i := range m.AWSChanges {
		c := &m.AWSChanges[i]
		versions := []string{c.Versions[0], c.Versions[1]}
		slices.Sort(versions)
		c.Fingerprint = result.Fingerprint("iamctl outlier of AWS 1", c.Policy, versions[0], versions[1])
	}
}

// Matters reports whether a difference counts: by items every one does, by meaning only one
// that changes a permission, as result.Matters says of drift.
func (m *Matrix) Matters(d *Difference) bool { return m.Meta.By != result.ByMeaning || !d.SameMeaning }

// Open returns the accounts of a form, by place in its Accounts, that no waiver accepts and
// that count.
func (m *Matrix) Open(f *Form) []int {
	if f.Difference == nil || !m.Matters(f.Difference) {
		return nil
	}
	var out []int
	for i := range f.Outliers {
		if f.Outliers[i].Waiver == nil {
			out = append(out, i)
		}
	}
	return out
}

// Severity returns the worst of the role's differences that are open, "" if none is.
func (m *Matrix) Severity(r *Role) severity.Level {
	for i := range r.Forms {
		if len(m.Open(&r.Forms[i])) > 0 {
			return r.Forms[i].Difference.Severity
		}
	}
	return ""
}

// Ranked returns the roles with outliers that are open, the worst first.
func (m *Matrix) Ranked() []*Role {
	var out []*Role
	for i := range m.Roles {
		if r := &m.Roles[i]; m.Severity(r) != "" {
			out = append(out, r)
		}
	}
	slices.SortStableFunc(out, func(a, b *Role) int {
		return cmp.Compare(result.Rank(m.Severity(a)), result.Rank(m.Severity(b)))
	})
	return out
}

// OpenAWS returns the policies that AWS changed and that no waiver accepts.
func (m *Matrix) OpenAWS() []*AWSChange {
	var out []*AWSChange
	for i := range m.AWSChanges {
		if m.AWSChanges[i].Waiver == nil {
			out = append(out, &m.AWSChanges[i])
		}
	}
	return out
}

// Waives reports whether there were waivers at all.
func (m *Matrix) Waives() bool { return len(m.Waivers) > 0 || m.Meta.Waivers != "" }

// Found is an outlier with what it is of.
type Found struct {
	*Outlier
	Role *Role
	Form int // the place of the form in the role
	*Difference
	Account *Account
	// Key is what outliers name the account by, and Label what reports call it.
	Key, Label string
}

// Outliers yields all outliers of roles, the worst first: by the severity of their form, then
// by role and account. Waived ones and those that do not count are among them.
func (m *Matrix) Outliers() iter.Seq[Found] {
	type form struct{ role, form int }
	var list []form
	for i := range m.Roles {
		for k := range m.Roles[i].Forms {
			if m.Roles[i].Forms[k].Difference != nil {
				list = append(list, form{i, k})
			}
		}
	}
	rank := func(f form) int { return result.Rank(m.Roles[f.role].Forms[f.form].Difference.Severity) }
	slices.SortStableFunc(list, func(a, b form) int { return cmp.Compare(rank(a), rank(b)) })
	return func(yield func(Found) bool) {
		keys, labels := m.Keys(), m.Labels()
		for _, at := range list {
			r := &m.Roles[at.role]
			f := &r.Forms[at.form]
			for n, a := range f.Accounts {
				if !yield(Found{&f.Outliers[n], r, at.form, f.Difference, &m.Accounts[a], keys[a], labels[a]}) {
					return
				}
			}
		}
	}
}

// Counted reports whether the outlier is open and counts.
func (m *Matrix) Counted(f *Found) bool { return f.Waiver == nil && m.Matters(f.Difference) }

// Fails reports whether the outlier fails the run, of one that was judged.
func (m *Matrix) Fails(f *Found) bool {
	on, _ := result.ParseFailOn(m.Meta.FailOn)
	return m.Counted(f) && on.Reaches(f.Severity) && (!on.New || f.Age != result.AgeKnown || f.Again)
}

// News reports whether there is an outlier, or a policy that AWS changed, that counts, that no
// waiver accepts, and that the earlier run did not have or that is as good as new. Without an
// earlier run all are.
func (m *Matrix) News() bool {
	for f := range m.Outliers() {
		if m.Counted(&f) && (f.Age != result.AgeKnown || f.Again) {
			return true
		}
	}
	return slices.ContainsFunc(m.OpenAWS(), func(c *AWSChange) bool { return c.Age != result.AgeKnown || c.Again })
}
