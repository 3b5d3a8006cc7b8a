package html

import (
	"slices"

	"iamctl/result"
	"iamctl/verdict"
	"iamctl/verdict/severity"
)

// maxWorst is how many findings the page opens with.
const maxWorst = 5

// finding is what a scope of a role, or a policy that AWS changed, means in words.
type finding struct {
	Level      severity.Level
	Link, Name string
	Scope      string
	What       string
	Example    string
}

// worst are the findings that the page opens with.
type worst struct {
	First []finding
	More  int
}

// Worst are the worst findings that no waiver accepts: what changes no permission is
// none.
func (p *page) Worst() *worst {
	var all []finding
	for _, r := range p.survey.roles {
		if r.tally.Open() > 0 {
			all = append(all, p.findings(p.section(r))...)
		}
	}
	for i := range p.AWSChanges {
		c := &p.AWSChanges[i]
		if s := c.Meaning.Of(result.ScopeIdentity); s != nil && s.Severity != severity.None && !p.survey.isWaived(&c.Mark) {
			all = append(all, finding{Level: s.Severity, Link: "aws", Name: c.PolicyName, Scope: "changed by AWS", What: words(s)})
		}
	}
	if len(all) == 0 {
		return nil
	}
	slices.SortStableFunc(all, func(a, b finding) int { return rank(a.Level) - rank(b.Level) })
	first, rest := cut(all, maxWorst)
	return &worst{first, len(rest)}
}

// findings are those of a role, one for each scope.
func (p *page) findings(s roleSection) []finding {
	var out []finding
	for _, v := range s.Scopes() {
		if v.Verdict == verdict.Equal && v.Severity == severity.None {
			continue
		}
		f := finding{Level: v.Severity, Link: s.ID, Name: s.Name, Scope: v.short, What: words(v.Scope)}
		if s.OneAccount() {
			f.Scope = "only in " + s.Tag() + ", " + f.Scope
		}
		if list := v.Proofs(); len(list) > 0 {
			last := list[len(list)-1]
			f.Example = last.short()
		}
		out = append(out, f)
	}
	return out
}

// words say what kind of change it is, or why that is not known.
func words(s *result.Scope) string {
	switch {
	case s.Verdict == verdict.Unknown && s.Reason != "":
		return "UNKNOWN: " + s.Reason
	case s.Kind != "":
		return s.Kind
	}
	return string(s.Verdict)
}
