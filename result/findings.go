package result

import (
	"cmp"
	"fmt"
	"iter"
	"slices"

	"iamctl/inventory"
	"iamctl/result/found"
	"iamctl/verdict/severity"
)

// Audit is what the rules of an audit found in one account alone.
type Audit struct {
	// Rules are the rules that were asked, and Both is how many findings both accounts
	// have.
	Rules []found.Rule `json:"rules"`
	Both  int          `json:"both"`
	// Findings are those of one account alone, the worst first.
	Findings []OneSided `json:"findings"`
}

// OneSided is a finding of an audit that one account alone has. Its fingerprint is the one
// that the audit of that account gives it.
type OneSided struct {
	// Side is "a" or "b", the account that has it.
	Side string `json:"side"`
	found.Finding
	Mark
}

// NewAudit returns the findings of each account alone, which are in the order of its audit;
// both is how many both have.
func NewAudit(rules []found.Rule, alone [2][]found.Finding, both int) *Audit {
	a := &Audit{Rules: rules, Both: both, Findings: []OneSided{}}
	for side, list := range alone {
		for _, f := range list {
			a.Findings = append(a.Findings, OneSided{Side: sideNames[side], Finding: f})
		}
	}
	slices.SortStableFunc(a.Findings, func(x, y OneSided) int {
		return cmp.Or(Rank(x.Level())-Rank(y.Level()), cmp.Compare(x.Side, y.Side), Rank(x.Severity)-Rank(y.Severity))
	})
	return a
}

// SetAudit sets what audits found in one account alone. gaps are those of the audits: what
// is of no role is a gap of a comparison only where the accounts are audited. Judge is to be
// called after it.
func (r *Result) SetAudit(a *Audit, gaps []inventory.Gap) {
	r.Audit = a
	for _, g := range gaps {
		if gap := GapOf(g); g.Entity != inventory.EntityRole && !slices.Contains(r.Gaps, gap) {
			r.Gaps = append(r.Gaps, gap)
			r.Incomplete = true
		}
	}
}

var sideNames = [2]string{"a", "b"}

// At returns the account that has the finding, 0 or 1.
func (o *OneSided) At() int { return slices.Index(sideNames[:], o.Side) }

// Level returns how bad it is that one account alone has the finding: in account B as bad
// as the finding, in account A, where B is without it, low at most.
func (o *OneSided) Level() severity.Level {
	if o.At() == 0 && o.Severity.Worse(severity.Low) {
		return severity.Low
	}
	return o.Severity
}

// Line returns a line on the finding: which rule, of what, and what it says.
func (o *OneSided) Line(esc Escape) string {
	return fmt.Sprintf("%c %s", Signs[o.At()], o.Text(esc))
}

// Text returns the line without its sign.
func (o *OneSided) Text(esc Escape) string {
	text := fmt.Sprintf("%s %s: %s %s%s: %s", o.Severity, esc(o.Rule, TagLimit), o.EntityType, esc(o.Entity, LineLimit), FindingPlace(esc, &o.Finding), esc(o.Message, LineLimit))
	if o.Unknown != "" {
		text += "; undecided: " + esc(o.Unknown, LineLimit)
	}
	return text
}

// FindingPlace returns the document and the statement of a finding, to follow its entity;
// "" if it comes from no document.
func FindingPlace(esc Escape, f *found.Finding) string {
	if f.Policy == "" {
		return ""
	}
	what := f.PolicyType + " policy"
	if f.PolicyType != f.Policy {
		what += " " + f.Policy
	}
	out := ", " + esc(what, LineLimit)
	if f.Statement != nil {
		out += fmt.Sprintf(", statement %d", *f.Statement+1)
	}
	if f.Sid != "" {
		out += " " + esc(f.Sid, TagLimit)
	}
	return out
}

// Drift returns the drift that one account alone has the finding.
func (o *OneSided) Drift() Drift {
	return Drift{
		Fingerprint: o.Fingerprint, Kind: DriftFinding, Side: o.At(), Detail: o.Rule, RoleName: o.Entity, Mark: o.Mark, Finding: o,
		Text: func() string { return o.Line(Whole) },
	}
}

// Drifts yields the drifts of the findings, none if a is nil.
func (a *Audit) Drifts() iter.Seq[Drift] {
	return func(yield func(Drift) bool) {
		if a == nil {
			return
		}
		for o := range pointers(a.Findings) {
			if !yield(o.Drift()) {
				return
			}
		}
	}
}

// Asked reports whether a rule with an id was asked.
func (a *Audit) Asked(id string) bool {
	return a != nil && slices.ContainsFunc(a.Rules, func(r found.Rule) bool { return r.ID == id })
}
