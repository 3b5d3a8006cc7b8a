// Package matrix renders a comparison of many accounts.
package matrix

import (
	"io"
	"strings"

	"iamctl/report"
	"iamctl/result/matrix"
)

// cell is a row of matrix.csv: a form of a role.
type cell struct {
	Role string `csv:"role"`
	// Form is 0 for the reference, then the forms that differ, the worst first.
	Form     int    `csv:"form"`
	Accounts string `csv:"accounts"` // by id or, without one, tag, separated by blanks
}

// CSV writes which accounts have which form of a role.
func CSV(w io.Writer, m *matrix.Matrix) error {
	return report.WriteTable(w, func(yield func(cell) bool) {
		for i := range m.Roles {
			for k, f := range m.Roles[i].Forms {
				var ids []string
				for _, a := range f.Accounts {
					ids = append(ids, id(&m.Accounts[a]))
				}
				if !yield(cell{m.Roles[i].Name, k, strings.Join(ids, " ")}) {
					return
				}
			}
		}
	})
}

// outlier is a row of outliers.csv: an account in which a role is not as in the reference.
type outlier struct {
	Account  string `csv:"account"` // the id or, without one, the tag
	Role     string `csv:"role"`
	Kind     string `csv:"kind"`
	Severity string `csv:"severity"`
	Verdict  string `csv:"verdict"`
	What     string `csv:"what"`
}

// Outliers writes the accounts in which a role is not as in the reference, the worst first.
func Outliers(w io.Writer, m *matrix.Matrix) error {
	return report.WriteTable(w, func(yield func(outlier) bool) {
		for _, r := range m.Ranked() {
			for _, f := range r.Forms[1:] {
				d := f.Difference
				for _, a := range f.Accounts {
					if !yield(outlier{id(&m.Accounts[a]), r.Name, d.Kind, string(d.Severity), string(d.Verdict), d.What}) {
						return
					}
				}
			}
		}
	})
}

func id(a *matrix.Account) string {
	if a.ID != "" {
		return a.ID
	}
	return a.Tag
}
