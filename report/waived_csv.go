package report

import (
	"io"

	"iamctl/diff"
)

// waivedName is the file of the drift that a waiver accepts.
const waivedName = "waived_differences.csv"

// waivedRow is a row of that file.
type waivedRow struct {
	Fingerprint string `csv:"fingerprint"`
	Owner       string `csv:"owner"`
	Reason      string `csv:"reason"`
	Ticket      string `csv:"ticket"`
	Expires     string `csv:"expires"`
	RoleName    string `csv:"rolename"` // normalised
	Text        string `csv:"text"`
}

func writeWaived(w io.Writer, c *diff.Changes, m *Marks) error {
	return writeTable(w, func(yield func(waivedRow) bool) {
		if m == nil || len(m.Waivers) == 0 {
			return
		}
		for d := range markedDrifts(c, m) {
			if d.Mark.Waiver == nil {
				continue
			}
			by := &m.Waivers[*d.Mark.Waiver]
			if !yield(waivedRow{d.Fingerprint, by.Owner, by.Reason, by.Ticket, by.Expires, d.RoleName, d.Text()}) {
				return
			}
		}
	})
}
