package report

import (
	"io"

	"iamctl/diff"
)

// gapRow is a row of gaps.csv, with the fields of inventory.Gap.
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

func writeGaps(w io.Writer, c *diff.Changes) error {
	return writeTable(w, func(yield func(gapRow) bool) {
		for i := range c.Gaps {
			g := &c.Gaps[i]
			row := gapRow{
				Account: g.Account, Kind: string(g.Kind), Entity: string(g.Entity), Name: g.Name,
				PolicyType: string(g.Part), PolicyName: g.PolicyName, Blind: g.Blind,
				Reason: g.Reason, Raw: g.Raw,
			}
			if !yield(row) {
				return
			}
		}
	})
}
