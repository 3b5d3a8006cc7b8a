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

// Row is a row of outliers.csv: an account in which a role is not as in the reference.
type Row struct {
	Account     string `csv:"account"` // the id or, without one, the tag
	Role        string `csv:"role"`
	Kind        string `csv:"kind"`
	Severity    string `csv:"severity"`
	Verdict     string `csv:"verdict"`
	What        string `csv:"what"`
	Tag         string `csv:"tag"`
	Name        string `csv:"name"`
	Path        string `csv:"path"`
	Form        int    `csv:"form"` // as in matrix.csv
	Age         string `csv:"age"`
	Fingerprint string `csv:"fingerprint"`
}

func outlierOf(f *matrix.Found) Row {
	a := f.Account
	return Row{id(a), f.Role.Name, f.Kind, string(f.Severity), string(f.Verdict), f.What, a.Tag, a.Name, a.Path, f.Form, f.Age, f.Outlier.Fingerprint}
}

// Outliers writes the accounts in which a role is not as in the reference and no waiver
// accepts it, the worst first.
func Outliers(w io.Writer, m *matrix.Matrix) error {
	return report.WriteTable(w, func(yield func(Row) bool) {
		for f := range m.Outliers() {
			if f.Waiver == nil && !yield(outlierOf(&f)) {
				return
			}
		}
	})
}

// waived is a row of waived_outliers.csv: an outlier and who accepts it.
type waived struct {
	Row
	Owner   string `csv:"owner"`
	Reason  string `csv:"reason"`
	Ticket  string `csv:"ticket"`
	Expires string `csv:"expires"`
}

// Waived writes the outliers that a waiver accepts, the worst first.
func Waived(w io.Writer, m *matrix.Matrix) error {
	return report.WriteTable(w, func(yield func(waived) bool) {
		for f := range m.Outliers() {
			if f.Waiver == nil {
				continue
			}
			by := &m.Waivers[*f.Waiver]
			if !yield(waived{outlierOf(&f), by.Owner, by.Reason, by.Ticket, by.Expires}) {
				return
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
