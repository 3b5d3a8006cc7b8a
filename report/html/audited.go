package html

import (
	"crypto/sha256"
	"encoding/hex"

	"iamctl/report"
	"iamctl/result"
	"iamctl/verdict/severity"
)

// findingRow is a finding of an audit that one account alone has.
type findingRow struct {
	*result.OneSided
	ID string
	// Tag and Class are those of the account that has it, and Bad how bad that is.
	Tag, Class string
	Bad        severity.Level
	Text       string
	Mark       mark
}

// FindingRows are the findings of the audit that one account alone has, the worst first.
func (p *page) FindingRows() []findingRow {
	if p.Audit == nil {
		return nil
	}
	var out []findingRow
	shown, _ := cut(p.Audit.Findings, findingLimit)
	for i := range shown {
		o := &shown[i]
		out = append(out, findingRow{
			OneSided: o, ID: findingID(o), Tag: p.Tag(o.At()), Class: [2]string{"A", "B"}[o.At()], Bad: o.Level(),
			Text: o.Text(result.Whole), Mark: p.survey.mark(&o.Mark, o.Fingerprint),
		})
	}
	return out
}

// FindingsMore is how many of them are not listed.
func (p *page) FindingsMore() int {
	if p.Audit == nil {
		return 0
	}
	return max(0, len(p.Audit.Findings)-findingLimit)
}

// Request is the witness of the finding in a line.
func (r findingRow) Request() string {
	if r.Witness == nil {
		return ""
	}
	return report.FindingRequest(r.Witness)
}

// Further are the requests of its further steps.
func (r findingRow) Further() []string { return report.FindingSteps(&r.Finding) }

// Commands are those that mend it.
func (r findingRow) Commands() []string { return commandLines(r.Fix) }

// findingID is the anchor of a finding, the same from run to run.
func findingID(o *result.OneSided) string {
	sum := sha256.Sum256([]byte(o.Side + o.Fingerprint))
	return "f" + hex.EncodeToString(sum[:5])
}

// lookFinding counts a finding.
func (s *survey) lookFinding(o *result.OneSided) {
	t := roleTally{Drifts: 1}
	_, expired := s.expiredWaiver(&o.Mark, o.Fingerprint)
	switch {
	case s.isWaived(&o.Mark):
		t.Waived++
	case expired:
		t.Expired++
		fallthrough
	default:
		switch o.Age {
		case result.AgeNew:
			t.New++
		case result.AgeKnown:
			t.Known++
		}
	}
	s.total.add(&t)
}
