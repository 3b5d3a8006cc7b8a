package findings

import (
	"iter"
	"slices"

	"iamctl/result/audited"
	"iamctl/verdict/severity"
)

// many is how many findings a report has that begins with an overview.
const many = 20

// most is how many findings of one rule, severity and account a report shows that may be
// cut.
const most = 10

// group is the findings of one rule and severity.
type group struct {
	severity severity.Level
	rule     string
	total    int
}

// overview returns the groups of findings, the worst first, then by rule; nil where there
// are so few that all can be looked at.
func overview(open []*audited.Finding) []group {
	if len(open) <= many {
		return nil
	}
	var out []group
	for _, f := range open {
		is := func(g group) bool { return g.severity == f.Severity && g.rule == f.Rule }
		i := slices.IndexFunc(out, is)
		if i < 0 {
			i = len(out)
			out = append(out, group{severity: f.Severity, rule: f.Rule})
		}
		out[i].total++
	}
	return out
}

// title returns what a rule looks for.
func title(a *audited.Audit, rule string) string {
	for i := range a.Rules {
		if a.Rules[i].ID == rule {
			return a.Rules[i].Title
		}
	}
	return ""
}

// shown yields the findings that a report shows: the first of each rule, severity and
// account, or every one. With the last of a group it yields how many more there are.
func shown(open []*audited.Finding, every bool) iter.Seq2[*audited.Finding, int] {
	return func(yield func(f *audited.Finding, more int) bool) {
		for len(open) > 0 {
			n := slices.IndexFunc(open, func(f *audited.Finding) bool { return !alike(f, open[0]) })
			if n < 0 {
				n = len(open)
			}
			show := n
			if !every {
				show = min(n, most)
			}
			for i, f := range open[:show] {
				more := 0
				if i == show-1 {
					more = n - show
				}
				if !yield(f, more) {
					return
				}
			}
			open = open[n:]
		}
	}
}

// alike reports whether findings are of one group.
func alike(f, g *audited.Finding) bool {
	return f.Severity == g.Severity && f.Rule == g.Rule && f.Account == g.Account && f.Tag == g.Tag
}
