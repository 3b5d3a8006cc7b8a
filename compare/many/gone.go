package many

import (
	"cmp"
	"slices"

	"iamctl/result"
	"iamctl/result/matrix"
)

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
