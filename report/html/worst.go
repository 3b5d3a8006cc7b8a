package html

import (
	"crypto/sha256"
	"encoding/hex"

	"iamctl/policy"
	"iamctl/report"
	"iamctl/result"
)

// finding is one of the findings that the page opens with, and where it is told in full.
type finding struct {
	report.Finding
	Link string
}

// worst are the findings that the page opens with.
type worst struct {
	First []finding
	More  int
}

// Worst are the worst findings that no waiver accepts, in the words and the order of all
// reports.
func (p *page) Worst() *worst {
	all := report.Findings(report.Clip, p.Result)
	if len(all) == 0 {
		return nil
	}
	first, rest := cut(all, report.FirstFindings)
	w := &worst{More: len(rest)}
	for _, f := range first {
		w.First = append(w.First, finding{f, p.survey.anchor(&f.Of)})
	}
	return w
}

// anchor is the anchor of what a finding is about.
func (s *survey) anchor(f *result.Finding) string {
	if f.Audited != nil {
		return findingID(f.Audited)
	}
	if f.AWS != nil {
		return s.aws[f.AWS].ID
	}
	for _, r := range s.roles {
		if f.Pair != nil && r.pair == f.Pair || f.Unique != nil && r.unique == f.Unique {
			return r.ID
		}
	}
	return "roles"
}

// awsID is the anchor of a policy that AWS changed, the same from run to run.
func awsID(c *result.AWSChange) string {
	sum := sha256.Sum256([]byte(policy.Fold(c.ARN)))
	return "p" + hex.EncodeToString(sum[:5])
}
