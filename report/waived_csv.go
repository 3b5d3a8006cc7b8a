package report

import (
	"io"

	"iamctl/result"
)

// waivedName is the name of the file of the drift that waivers accept.
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

func writeWaived(w io.Writer, r *result.Result) error {
	return WriteTable(w, func(yield func(waivedRow) bool) {
		if len(r.Waivers) == 0 {
			return
		}
		for d := range r.Drifts() {
			if d.Mark.Waiver == nil {
				continue
			}
			by := &r.Waivers[*d.Mark.Waiver]
			if !yield(waivedRow{d.Fingerprint, by.Owner, by.Reason, by.Ticket, by.Expires, d.RoleName, d.Text()}) {
				return
			}
		}
	})
}
