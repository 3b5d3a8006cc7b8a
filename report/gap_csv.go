package report

import (
	"io"

	"iamctl/result"
)

// gapRow is a row of gaps.csv, with the fields of result.Gap.
type gapRow struct {
	Account    string `csv:"account"`
	Kind       string `csv:"kind"`
	Entity     string `csv:"entity"`
	Name       string `csv:"name"`
	PolicyType string `csv:"policytype"`
	PolicyName string `csv:"policyname"`
	Blind      bool   `csv:"blind"`
	Reason     string `csv:"reason"`
	Raw        string `csv:"raw"`
}

func writeGaps(w io.Writer, r *result.Result) error {
	return WriteTable(w, func(yield func(gapRow) bool) {
		for i := range r.Gaps {
			g := &r.Gaps[i]
			row := gapRow{
				Account: g.Account, Kind: g.Kind, Entity: g.Entity, Name: g.Name,
				PolicyType: g.PolicyType, PolicyName: g.PolicyName, Blind: g.Blind,
				Reason: g.Reason, Raw: g.Raw,
			}
			if !yield(row) {
				return
			}
		}
	})
}
